"""What PBS Professional and Torque, which have one ancestor, read and are told alike."""

import getopt
import re
import shlex
from collections.abc import Iterator

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc.jobs.model import Environment, Event, Job
from envc_backends.batch import asking
from envc_backends.batch.amounts import clock
from envc_backends.batch.reading import Line, Option, at

# ---- read ----------------------------------------------------------------------------------------

EVENTS = {"b": "begin", "e": "end", "a": "fail"}


def options(line: Line, letters: str) -> Iterator[Option | Problem]:
    """As getopt finds them: `-N name` and `-Nname`; then what is left over, as an option without
    a name."""
    try:
        found, rest = getopt.getopt(shlex.split(line.text), letters)
    except (getopt.GetoptError, ValueError) as error:
        yield at(line.number, Problem(f"directive error: {error}"))
        return
    yield from (Option(line.number, name, value) for name, value in found)
    if rest:
        yield Option(line.number, "", " ".join(rest))


def mail(value: str) -> Told | Problem:
    if value == "n":
        return {}
    if not re.fullmatch("[abe]+", value):
        return Problem(f"`-m {value}`: letters are `a`, `b` and `e`")
    return {"notify": ",".join(event for letter, event in EVENTS.items() if letter in value)}


def rerunnable(value: str) -> Told | Problem:
    if value not in {"y", "n"}:
        return Problem(f"`-r {value}`: it is `y` or `n`")
    return {"requeue": "yes" if value == "y" else "no"}


def dependencies(value: str) -> Told | Problem:
    if not value.startswith(("depend=", "block=", "x=", "group_list=", "umask=")):
        return Problem(f"`-W {value}` is no attribute")
    return {}


# ---- written -------------------------------------------------------------------------------------

OURS = ("-S /bin/sh", "-j oe")
"""Not the user's own shell, which may be another; and one file for all that is printed."""


def time(job: Job) -> Iterator[str]:
    if job.walltime is not None:
        yield f"-l walltime={clock(job.walltime.value)}"
    if job.requeue is not None:
        yield f"-r {'y' if job.requeue.value else 'n'}"


def told(job: Job) -> Iterator[str]:
    """Whom to write to, and what of the environment is told to the job."""
    if job.mail is not None:
        yield f"-M {job.mail.value}"
    if found := letters(job):
        yield f"-m {found}"
    if job.environment is not None and job.environment.value is Environment.INHERIT:
        yield "-V"


def letters(job: Job) -> str:
    """Grid Engine's, too. `a` is what the scheduler ends, and `e` any other end: a program that
    fails is not told from one that succeeds."""
    events = asking.events(job)
    ends = Event.END in events or Event.FAIL in events
    return ("b" if Event.BEGIN in events else "") + ("ae" if ends else "")


def handed_in(job: Job, file: str) -> str:
    """The ids of the jobs before it are known when these are handed in."""
    if job.after is None:
        return f"qsub {file}"
    return f"qsub -W depend=afterok:{':'.join(f'ID-OF-{name}' for name in job.after.value)} {file}"
