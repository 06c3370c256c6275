"""A script as `oarsub -S` of OAR 2.5 reads it: every line that begins with `#OAR` is one option."""

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
    marked,
    told,
)

_SAME = {
    "--resource": "-l",
    "--queue": "-q",
    "--property": "-p",
    "--type": "-t",
    "--directory": "-d",
    "--name": "-n",
    "--stdout": "-O",
    "--stderr": "-E",
    "--anterior": "-a",
}
_LEVELS = {"nodes": "nodes", "host": "nodes", "core": "cpus", "gpu": "gpus"}
_RESOURCES = re.compile(
    r"(?P<levels>(?:/(?:nodes|host|core|gpu)=\d{1,9})+)?(?(levels)(?:,|$)|)"
    r"(?:walltime=(?P<hours>\d{1,9})(?::(?P<minutes>\d{1,9}))?(?::(?P<seconds>\d{1,9}))?)?",
    re.ASCII,
)


def read(text: str) -> Told | Problem:
    if not text.startswith("#"):
        return {}
    if "\r" in text:
        return Problem("the lines of the script end as in Windows")
    found = told(_options(text), _READERS)
    return found if isinstance(found, Problem) else _whole(found)


def _whole(found: Told) -> Told:
    """What is counted for a node, in all."""
    nodes = int(found.get("nodes", 1))
    return {**found, **{key: int(found[key]) * nodes for key in ("cpus", "gpus") if key in found}}


def _options(text: str) -> Iterator[Option | Problem]:
    """A value goes on to the end of its line, with its quotes; it need not follow a blank."""
    names = "|".join(sorted((*_SAME, *_READERS), key=len, reverse=True))
    shapes = 0
    for line in marked(text, "#OAR"):
        found = re.fullmatch(rf"({names})\s*(.+)", line.text)
        if found is None or re.search(r"\s-{1,2}[a-z]", found[2]):
            yield at(line.number, Problem(f"`{line.text}` is not one option"))
            return
        option = Option(line.number, _SAME.get(found[1], found[1]), found[2])
        shapes += option.name == "-l"
        if shapes > 1:
            yield at(line.number, Problem("a second `-l` makes the job moldable: OAR takes one"))
            return
        yield option


def _resources(value: str) -> Told | Problem:
    """`/nodes=2/core=16,walltime=1:30:00`, or one of the two."""
    found = _RESOURCES.fullmatch(value)
    if found is None:
        return Problem(f"`{value}` is no description of resources")
    told: dict[str, int | str] = {}
    for level in (found["levels"] or "").split("/")[1:]:
        name, _, count = level.partition("=")
        told[_LEVELS[name]] = int(count)
    if found["hours"]:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        told["walltime"] = minutes * 60 + int(found["seconds"] or 0)
    return told


def _properties(value: str) -> Told | Problem:
    """`nvme='YES' AND ib='YES'`: SQL, in which a text without quotes is a column."""
    features = [re.fullmatch(r"(\w+)='(\w+)'", part, re.ASCII) for part in value.split(" AND ")]
    if not all(features):
        return Problem(f"`{value}` compares a property with no text in single quotes")
    return {
        "constraint": ",".join(
            each[1] if each[2] == "YES" else f"{each[1]}={each[2]}" for each in features if each
        )
    }


def _mail(value: str) -> Told | Problem:
    found = re.fullmatch(r"(?:\[([A-Z,]+)\])?mail:(\S+)", value, re.ASCII)
    if found is None:
        return Problem(f"`--notify {value}` names no address")
    return {"mail": found[2], **({"notify": found[1].lower()} if found[1] else {})}


def _type(value: str) -> Told:
    return {"requeue": "yes"} if value == "idempotent" else {}


_READERS: Mapping[str, Reader] = {
    "-l": _resources,
    "-q": as_text("queue"),
    "-p": _properties,
    "-t": _type,
    "-d": as_text("workdir"),
    "-n": as_text("name"),
    "-O": ignored,
    "-E": ignored,
    "-a": ignored,
    "--project": lambda value: {"account": value, "project": value},
    "--checkpoint": counting("seconds before"),
    "--signal": counting("signal"),
    "--notify": _mail,
    "--array": counting("array"),
    "--array-param-file": as_text("array file"),
}
