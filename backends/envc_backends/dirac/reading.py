"""A JDL as DIRAC's documentation describes it; no DIRAC was at hand to ask."""

import re
from collections.abc import Iterator, Mapping

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.batch.reading import Option, Reader, at, counting, ignored, told
from envc_backends.dirac.description import HS06

_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read(text: str) -> Told | Problem:
    found = told(_attributes(text), _READERS)
    if isinstance(found, Problem) or "walltime" not in found:
        return found
    return {**found, "walltime": -(-int(found["walltime"]) // HS06)}


def _attributes(text: str) -> Iterator[Option | Problem]:
    """One a line: `Name = value;`, where a value is a number, a text or a list of texts."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() in {"", "[", "]"} or line.lstrip().startswith("//"):
            continue
        found = re.fullmatch(r"\s*(\w+)\s*=\s*(.*?)\s*;\s*", line)
        if found is None:
            yield at(number, Problem(f"`{line.strip()}` is no `Name = value;`"))
        elif found[1] not in _READERS:
            yield at(number, Problem(f"no attribute is called `{found[1]}`"))
        else:
            yield Option(number, found[1], found[2])


def _text(key: str) -> Reader:
    def read(value: str) -> Told | Problem:
        found = _TEXT.fullmatch(value)
        return {key: found[1]} if found else Problem(f"`{value}` is no text in double quotes")

    return read


def _texts(key: str) -> Reader:
    def read(value: str) -> Told | Problem:
        if not re.fullmatch(r'\{"[^"\\]*"(, "[^"\\]*")*\}', value):
            return Problem(f"`{value}` is no list of texts")
        return {key: ",".join(_TEXT.findall(value))}

    return read


def _checked(reader: Reader) -> Reader:
    """What has to have its form and tells nothing."""

    def read(value: str) -> Told | Problem:
        found = reader(value)
        return found if isinstance(found, Problem) else {}

    return read


_WORDS = ("Executable", "StdOutput", "StdError", "JobGroup", "ExecutionEnvironment")
_LISTS = ("InputSandbox", "OutputSandbox")
_READERS: Mapping[str, Reader] = {
    "JobName": _text("name"),
    "CPUTime": counting("walltime"),
    "NumberOfProcessors": counting("cpus"),
    "MinRAM": counting("memory"),
    "WholeNode": lambda _: {"exclusive": "yes"},
    "Parameters": counting("array"),
    "ParameterStart": ignored,
    "ParameterStep": ignored,
    "Site": _texts("queue"),
    "Tags": _texts("constraint"),
    **dict.fromkeys(
        ("Executable", "Arguments", "StdOutput", "StdError", "JobGroup", "ExecutionEnvironment"),
        _checked(_text("")),
    ),
    **dict.fromkeys(("InputSandbox", "OutputSandbox"), _checked(_texts(""))),
}
