"""A script as `qsub` of Torque reads it: close to PBS Professional's, and not the same."""

import re
from collections.abc import Iterator, Mapping

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.batch import pbs
from envc_backends.batch.amounts import mib, seconds
from envc_backends.batch.reading import (
    Option,
    Reader,
    as_text,
    ignored,
    leading,
    marked,
    told,
)

_LETTERS = "A:a:c:d:e:hj:k:l:M:m:N:no:P:p:q:r:S:t:u:Vv:W:z"
_IGNORED = ("-a", "-c", "-e", "-h", "-j", "-k", "-o", "-p", "-S", "-u", "-v", "-z", "")


def read(text: str) -> Told | Problem:
    if "\r" in text:
        return Problem("the lines of the script end as in Windows")
    return told(_options(text), _READERS)


def _options(text: str) -> Iterator[Option | Problem]:
    """What is behind a directive without an option, such as a comment, is passed over."""
    for line in marked(leading(text), "#PBS"):
        for option in pbs.options(line, _LETTERS):
            if isinstance(option, Option) and option.name == "-l":
                yield from _resources(option)
            else:
                yield option


def _resources(option: Option) -> Iterator[Option]:
    for resource in option.value.split(","):
        name, _, value = resource.partition("=")
        yield Option(option.line, name if name in _RESOURCES else "-l", value)


def _proxy(value: str) -> Problem:
    return Problem(f"`-P {value}` names another user to submit for")


def _nodes(value: str) -> Told | Problem:
    """`2:ppn=8:gpus=1:nvme+1:ppn=4`: kinds of nodes, with the same features in ours."""
    found: dict[str, int | str] = {}
    for text in value.split("+"):
        part = _part(text)
        if isinstance(part, Problem):
            return part
        for key in ("nodes", "cpus", "gpus"):
            if key in part:
                each = 1 if key == "nodes" else int(part["nodes"])
                found[key] = int(found.get(key, 0)) + each * int(part[key])
        found.update({key: part[key] for key in ("constraint",) if key in part})
    return found


def _part(text: str) -> Told | Problem:
    head, *parts = text.split(":")
    if not re.fullmatch(r"\d{1,9}", head, re.ASCII):
        return Problem(f"`nodes={text}` does not begin with a number")
    found: dict[str, int | str] = {"nodes": int(head), "cpus": 1}
    features = []
    for part in parts:
        name, equal, value = part.partition("=")
        if equal and (name not in {"ppn", "gpus"} or not re.fullmatch(r"\d{1,9}", value, re.ASCII)):
            return Problem(f"invalid syntax: `{part}` is nothing that is asked of a node")
        if equal:
            found["cpus" if name == "ppn" else "gpus"] = int(value)
        else:
            features.append(name)
    return {**found, "constraint": ",".join(features)} if features else found


def _memory(value: str) -> Told | Problem:
    found = mib(value)
    return found if isinstance(found, Problem) else {"memory": found}


def _walltime(value: str) -> Told | Problem:
    found = seconds(value)
    return found if isinstance(found, Problem) else {"walltime": found}


def _array(value: str) -> Told | Problem:
    """`1,3,5-9%2`: lists and ranges without a step."""
    if not re.fullmatch(r"\d{1,9}(-\d{1,9})?(,\d{1,9}(-\d{1,9})?)*(%\d{1,9})?", value, re.ASCII):
        return Problem(f"`-t {value}` is no list of numbers")
    listed, _, limit = value.partition("%")
    ends = [each.split("-") for each in listed.split(",")]
    numbers = {n for each in ends for n in range(int(each[0]), int(each[-1]) + 1)}
    return {"array": len(numbers), **({"limit": int(limit)} if limit else {})}


_RESOURCES: Mapping[str, Reader] = {"nodes": _nodes, "mem": _memory, "walltime": _walltime}
_READERS: Mapping[str, Reader] = {
    **_RESOURCES,
    "-l": ignored,
    "-A": as_text("account"),
    "-P": _proxy,
    "-q": as_text("queue"),
    "-M": as_text("mail"),
    "-N": as_text("name"),
    "-t": _array,
    "-m": pbs.mail,
    "-n": lambda _: {"exclusive": "yes"},
    "-r": pbs.rerunnable,
    "-V": lambda _: {"environment": "inherit"},
    "-W": pbs.dependencies,
    "-d": as_text("workdir"),
    **dict.fromkeys(_IGNORED, ignored),
}
