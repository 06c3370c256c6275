"""A submit description as `condor_submit` reads it: the part of it that our own files use."""

import re
from collections.abc import Iterator, Mapping

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.batch.reading import (
    Option,
    Reader,
    as_text,
    at,
    counting,
    ignored,
    told,
)


def read(text: str) -> Told | Problem:
    if "\r" in text:
        return Problem("the lines of the file end as in Windows")
    return told(_commands(text), _READERS)


def _commands(text: str) -> Iterator[Option | Problem]:
    """One a line: `name = value`, a comment, or `queue`; names are the same in any case."""
    queued = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.rstrip().endswith("\\"):
            yield at(number, Problem("the line goes on in the next one"))
        found = re.fullmatch(r"\s*([A-Za-z_+][\w.]*)\s*=\s*(.*?)\s*", line)
        if found is not None:
            yield _command(number, found[1].lower(), found[2])
        elif re.fullmatch(r"queue( \d{1,9})?", line.strip(), re.ASCII | re.IGNORECASE):
            queued = True
            if count := line.strip()[6:]:
                yield Option(number, "queue", count)
        else:
            yield at(number, Problem(f"`{line.strip()}` is no command"))
    if not queued:
        yield Problem("nothing is queued")


def _command(number: int, name: str, value: str) -> Option | Problem:
    """What begins with `request_` and is unknown asks for a resource of the site's own."""
    if name in _READERS:
        return Option(number, name, value)
    if name.startswith("request_") and not re.fullmatch(r"\d+", value, re.ASCII):
        return at(number, Problem(f"`{name} = {value}`: the value is no expression"))
    return Option(number, "+", value)


def _quoted(key: str) -> Reader:
    """An attribute of the job's own: an expression, here always a text."""

    def read(value: str) -> Told | Problem:
        found = re.fullmatch(r'"([^"\\]*)"', value)
        return {key: found[1]} if found else Problem(f"`{value}` is no text in double quotes")

    return read


def _requirements(value: str) -> Told | Problem:
    """`(TARGET.nvme =?= True) && (…)`; that a job has not begun says nothing of the machine."""
    value = re.sub(r"(^| && )\(NumJobStarts == 0\)$", "", value)
    if not value:
        return {}
    terms = re.fullmatch(r"\([^()]+\)(?: && \([^()]+\))*", value)
    if terms is None:
        return Problem(f"`requirements = {value}` is no expression that we write")
    found = re.findall(r'TARGET\.(\w+) (=\?=|==|>=) (True|"[\w.-]+")', value, re.ASCII)
    if len(found) != len(value.split(" && ")):
        return Problem(f"`requirements = {value}` is no expression that we write")
    told: dict[str, int | str] = {}
    for name, sign, text in found:
        if sign == ">=":
            told["cpu"] = text.strip('"')
        else:
            said = name if text == "True" else text.strip('"')
            told["constraint"] = f"{told['constraint']},{said}" if "constraint" in told else said
    return told


def _environment(value: str) -> Told | Problem:
    """New syntax: words in one pair of double quotes, parted by blanks, `''` within `'…'`."""
    if not re.fullmatch(r'"(?:[^"]|"")*"', value):
        return Problem(f"`environment = {value}` is not in double quotes")
    return {}


def _getenv(value: str) -> Told | Problem:
    if value.lower() not in {"true", "false"}:
        return Problem(f"`getenv = {value}` is neither true nor false")
    return {"environment": "inherit" if value.lower() == "true" else "clean"}


def _notification(value: str) -> Told | Problem:
    events = {"never": "", "error": "fail", "complete": "end", "always": "begin,end,fail"}
    if value.lower() not in events:
        return Problem(f"`notification = {value}`: Never, Error, Complete or Always")
    found = events[value.lower()]
    return {"notify": found} if found else {}


def _device(value: str) -> Told | Problem:
    found = re.fullmatch(r'regexp\("([\w-]+)", DeviceName, "i"\)', value, re.ASCII)
    return {"gpu": found[1]} if found else Problem(f"`require_gpus = {value}` is unknown")


_IGNORED = (
    *("+", "universe", "executable", "transfer_executable", "should_transfer_files"),
    *("when_to_transfer_output", "output", "error", "log", "stream_output", "arguments"),
    *("on_exit_remove", "transfer_input_files", "transfer_output_files", "job_max_vacate_time"),
    *("preserve_relative_paths", "periodic_remove"),
)
_READERS: Mapping[str, Reader] = {
    **dict.fromkeys(_IGNORED, ignored),
    "batch_name": as_text("name"),
    "request_cpus": counting("cpus"),
    "request_memory": counting("memory"),
    "request_gpus": counting("gpus"),
    "require_gpus": _device,
    "allowed_job_duration": counting("walltime"),
    "accounting_group": as_text("account"),
    "+projectname": _quoted("project"),
    "initialdir": as_text("workdir"),
    "requirements": _requirements,
    "environment": _environment,
    "getenv": _getenv,
    "notification": _notification,
    "notify_user": as_text("mail"),
    "max_materialize": counting("limit"),
    "queue": counting("array"),
}
