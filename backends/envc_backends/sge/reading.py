"""A script as `qsub` of Grid Engine reads it: all of it, also behind the first command."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.batch import pbs
from envc_backends.batch.amounts import MIB
from envc_backends.batch.reading import (
    Option,
    Reader,
    as_text,
    counting,
    ignored,
    marked,
    matching,
    split,
    told,
)

_IGNORED = {"-S": 1, "-j": 1, "-o": 1, "-e": 1, "-hold_jid": 1, "-hold_jid_ad": 1, "-p": 1}
_ARGUMENTS = {
    **_IGNORED,
    **dict.fromkeys(("-N", "-q", "-P", "-A", "-l", "-t", "-tc", "-M", "-m", "-r", "-wd"), 1),
    **dict.fromkeys(("-cwd", "-V", "-notify", "-R"), 0),
    "-pe": 2,
    "-R": 1,
}
_SIZES = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3, "K": 1024, "M": 1024**2, "G": 1024**3}
_MEMORY = ("h_vmem", "mem_free", "m_mem_free", "virtual_free", "h_rss", "s_vmem")
GPUS = ("gpu", "gpus", "ngpus")
TRUE = ("true", "TRUE")


def read(text: str) -> Told | Problem:
    found = told(_options(text.replace("\r\n", "\n")), _READERS)
    return found if isinstance(found, Problem) else _whole(found)


def _whole(found: Told) -> Told:
    """Complexes are counted for each slot."""
    slots = int(found.get("cpus", 1))
    each = {key: int(found[key]) * slots for key in ("memory", "gpus") if key in found}
    return {**found, **each}


def _options(text: str) -> Iterator[Option | Problem]:
    for line in marked(text, "#$"):
        for option in split(line, _ARGUMENTS):
            if isinstance(option, Option) and option.name == "-l":
                yield from (Option(option.line, "-l", each) for each in option.value.split(","))
            else:
                yield option


def _resource(value: str) -> Told | Problem:
    """A complex of the site: what we ask memory, time, GPUs and features by."""
    name, equal, amount = value.partition("=")
    if name in {"h_rt", "s_rt"}:
        found = _seconds(amount)
        key = "walltime" if name == "h_rt" else "soft walltime"
        return found if isinstance(found, Problem) else {key: found}
    if name in _MEMORY:
        size = _mib(amount)
        return size if isinstance(size, Problem) else {"memory": size}
    if not equal or amount in TRUE:
        return {"exclusive": "yes"} if name == "exclusive" else {name: "yes"}
    if name in GPUS and re.fullmatch(r"\d{1,9}", amount, re.ASCII):
        return {"gpus": int(amount)}
    return {name: amount}


def _seconds(text: str) -> int | Problem:
    """Seconds or H:M:S; a part may be left empty, the colons may not."""
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return int(text)
    if not re.fullmatch(r"\d{0,9}:\d{0,9}:\d{0,9}", text, re.ASCII):
        return Problem(f"`{text}` is no time: it is told in seconds or as H:MM:SS")
    hours, minutes, seconds = (int(part or 0) for part in text.split(":"))
    return (hours * 60 + minutes) * 60 + seconds


def _mib(text: str) -> int | Problem:
    found = re.fullmatch(r"(\d{1,15})([kmgKMG]?)", text, re.ASCII)
    if found is None:
        return Problem(f"`{text}` is no amount of memory")
    return -(-int(found[1]) * _SIZES[found[2]] // MIB)


def _environment(value: str) -> Told | Problem:
    name, _, slots = value.partition(" ")
    if not re.fullmatch(r"\d{1,9}", slots, re.ASCII) or slots == "0":
        return Problem(f"`-pe {value}` asks for no number of slots")
    return {"parallel": name, "cpus": int(slots)}


def _array(value: str) -> Told | Problem:
    """`1-7:2`, from 1 on; a list only where its numbers are one range, in any order."""
    if re.fullmatch(r"\d{1,9}(,\d{1,9})+", value, re.ASCII):
        listed = sorted({int(each) for each in value.split(",")})
        steps = {later - sooner for sooner, later in pairwise(listed)}
        value = f"{listed[0]}-{listed[-1]}:{steps.pop()}" if len(steps) == 1 else value
    found = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9})(?::(\d{1,9}))?)?", value, re.ASCII)
    if found is None or int(found[1]) < 1 or found[3] == "0":
        return Problem(f"`-t {value}` is no range of numbers from 1 on")
    return {"array": len(range(int(found[1]), int(found[2] or found[1]) + 1, int(found[3] or 1)))}


def _mail(value: str) -> Told | Problem:
    return pbs.mail(value.replace("s", "") or "n")


_READERS: Mapping[str, Reader] = {
    "-N": matching("name", r"(?!\d)[^\s/:@\\*?]+", "value for -N"),
    "-q": as_text("queue"),
    "-P": as_text("project"),
    "-A": as_text("account"),
    "-l": _resource,
    "-pe": _environment,
    "-t": _array,
    "-tc": counting("limit"),
    "-M": as_text("mail"),
    "-m": _mail,
    "-r": pbs.rerunnable,
    "-cwd": ignored,
    "-wd": as_text("workdir"),
    "-V": lambda _: {"environment": "inherit"},
    "-notify": lambda _: {"warned": "yes"},
    "-R": ignored,
    **dict.fromkeys(_IGNORED, ignored),
}
