"""A script as `flux batch` reads it."""

import getopt
import re
import shlex
from collections.abc import Iterator, Mapping

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.batch.reading import (
    Line,
    Option,
    Reader,
    as_text,
    at,
    counting,
    ignored,
    told,
)

_SHORT = {"-N": "nodes", "-n": "nslots", "-c": "cores-per-slot", "-g": "gpus-per-slot"}
_SAME = {
    **{short: f"--{long}" for short, long in _SHORT.items()},
    "-t": "--time-limit",
    "-x": "--exclusive",
    "-q": "--queue",
    "-B": "--bank",
}
_MARK = re.compile(r"([^A-Za-z0-9\n]*(?:flux|FLUX):)(.*)")
_UNITS = {"": 60, "s": 1, "m": 60, "h": 3600, "d": 86400}


def read(text: str) -> Told | Problem:
    if "\r" in text:
        return Problem("the lines of the script end as in Windows")
    found = told(_options(text), _READERS)
    return found if isinstance(found, Problem) else _whole(found)


def _whole(found: Told) -> Told:
    """What is counted for a slot, which is a task of ours, in all."""
    tasks = int(found.get("tasks", 1))
    return {**found, **{key: int(found[key]) * tasks for key in ("cpus", "gpus") if key in found}}


def _options(text: str) -> Iterator[Option | Problem]:
    marks = [found[1] for found in marked(text).values()]
    for number, found in marked(text).items():
        if found[1] != marks[0]:
            yield at(number, Problem(f"`{found[1]}` is another mark than that of the first"))
            return
        yield from _words(Line(number, found[2]))


def marked(text: str) -> dict[int, re.Match[str]]:
    """Lines that begin with `flux:` behind nothing or what is neither letter nor digit."""
    lines = enumerate(text.split("\n"), 1)
    return {number: found for number, line in lines if (found := _MARK.match(line))}


def _words(line: Line) -> Iterator[Option | Problem]:
    longs = [name[2:] + ("" if name in _FLAGS else "=") for name in _READERS]
    try:
        words = shlex.split(line.text, comments=True)
        found, rest = getopt.gnu_getopt(words, "N:n:c:g:t:xq:B:", longs)
    except (getopt.GetoptError, ValueError) as error:
        yield at(line.number, Problem(str(error)))
        return
    if rest:
        yield at(line.number, Problem(f"`{' '.join(rest)}` belongs to no option"))
    for name, value in found:
        yield Option(line.number, _SAME.get(name, name), value)


def _duration(value: str) -> Told | Problem:
    """A number with `s`, `m`, `h` or `d`; minutes without."""
    found = re.fullmatch(r"(\d{1,15})([smhd]?)", value, re.ASCII)
    if found is None:
        return Problem(f"`{value}` is no time in Flux: `90s`, `15m` or `2h`")
    return {"walltime": int(found[1]) * _UNITS[found[2]]}


def _requires(value: str) -> Told | Problem:
    if not re.fullmatch(r"[\w.-]+(&[\w.-]+)*", value, re.ASCII):
        return Problem(f"`--requires={value}` is no conjunction of properties")
    return {"constraint": value.replace("&", ",")}


def _signal(value: str) -> Told | Problem:
    found = re.fullmatch(r"(?:SIG)?([A-Z0-9]+)@(\d{1,9})s?", value, re.ASCII)
    if found is None:
        return Problem(f"`--signal={value}` is no signal and time")
    return {"checkpoint": f"{found[1]} {found[2]}"}


_FLAGS = frozenset({"--exclusive"})
_READERS: Mapping[str, Reader] = {
    "--nodes": counting("nodes"),
    "--nslots": counting("tasks"),
    "--cores-per-slot": counting("cpus"),
    "--gpus-per-slot": counting("gpus"),
    "--time-limit": _duration,
    "--exclusive": lambda _: {"exclusive": "yes"},
    "--job-name": as_text("name"),
    "--queue": as_text("queue"),
    "--bank": lambda value: {"account": value, "project": value},
    "--requires": _requires,
    "--signal": _signal,
    "--cwd": as_text("workdir"),
    "--env-remove": lambda _: {"environment": "clean"},
    "--env": lambda value: {"environment": "inherit"} if value == "*" else {},
    "--output": ignored,
    "--error": ignored,
    "--dependency": ignored,
    "--setattr": ignored,
    "--setopt": ignored,
}
