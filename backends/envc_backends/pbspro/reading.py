"""A script as `qsub` of PBS Professional and OpenPBS reads it."""

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
    matching,
    told,
)

_LETTERS = "A:a:c:e:hJ:j:k:l:M:m:N:o:P:p:q:r:S:u:Vv:W:z"
_SUMS = (
    ("nodes", "", 1),
    ("tasks", "mpiprocs", 1),
    ("cpus", "ncpus", 1),
    ("memory", "mem", 0),
    ("gpus", "ngpus", 0),
)
_AMOUNTS = ("ncpus", "mpiprocs", "ompthreads", "ngpus")
_NAMED = re.compile(r"[A-Za-z][\w-]*=[A-Za-z][\w-]*", re.ASCII)
"""A text that nodes of the site have."""
_JOB_WIDE = (*_AMOUNTS, "mem", "vmem", "nodect")
"""Resources of chunks: beside a `select` they cannot be asked for the whole job."""
_LIMITS = ("cput", "pmem", "pvmem", "file", "nice", "arch", "host", "software", "pcput")


def read(text: str) -> Told | Problem:
    if "\r" in text:
        return Problem("the lines of the script end as in Windows")
    return told(_options(text), _READERS)


def _options(text: str) -> Iterator[Option | Problem]:
    """All but `-l` as they stand; of several values for one resource, the first counts."""
    resources: dict[str, str] = {}
    last = 0
    for line in marked(leading(text), "#PBS"):
        for option in pbs.options(line, _LETTERS):
            if isinstance(option, Option) and option.name == "-l":
                last = line.number
                for resource in option.value.split(","):
                    name, _, value = resource.partition("=")
                    resources.setdefault(name, value)
            else:
                yield option
    for name, value in resources.items():
        if name in _RESOURCES:
            yield Option(last, name, value)
        elif "select" in resources or name not in _JOB_WIDE:
            yield Option(last, "-l", name)


def _refused_resource(name: str) -> Told | Problem:
    if name in (*_JOB_WIDE, "nodes"):
        return Problem(f"`-l {name}` and `-l select` cannot be asked for together")
    return Problem(f"no resource is called `{name}`")


def _left_over(words: str) -> Problem:
    return Problem(f"directive error: `{words}` belongs to no option")


def _select(value: str) -> Told | Problem:
    """Chunks: `2:ncpus=8:mem=2048mb+1:ncpus=4`, the first of which is the fullest of ours."""
    chunks: list[Mapping[str, int | str]] = []
    for text in value.split("+"):
        chunk = _chunk(text)
        if isinstance(chunk, Problem):
            return chunk
        chunks.append(chunk)
    first = chunks[0]
    found = {key: first[key] for key in ("constraint",) if key in first}
    for key, name, usual in _SUMS:
        total = sum(int(chunk["nodes"]) * int(chunk.get(name, usual)) for chunk in chunks)
        if total:
            found[key] = total
    return {**found, "tasks_per_node": first.get("mpiprocs", 1)}


def _chunk(text: str) -> dict[str, int | str] | Problem:
    head, *parts = text.split(":")
    found: dict[str, int | str] = {"nodes": 1}
    features = []
    if re.fullmatch(r"\d{1,9}", head, re.ASCII):
        found["nodes"] = int(head)
    else:
        parts.insert(0, head)
    for part in parts:
        name, _, value = part.partition("=")
        if name == "mem":
            amount = mib(value)
            if isinstance(amount, Problem):
                return amount
            found["mem"] = amount
        elif name in _AMOUNTS and re.fullmatch(r"\d{1,9}", value, re.ASCII):
            found[name] = int(value)
        elif value == "True" and re.fullmatch(r"[A-Za-z][\w-]*", name, re.ASCII):
            features.append(name)
        elif name not in (*_AMOUNTS, "mem") and re.fullmatch(
            r"[A-Za-z][\w-]*=[A-Za-z][\w-]*", part, re.ASCII
        ):
            features.append(value)
        else:
            return Problem(f"no resource of a chunk is told as `{part}`")
    if features:
        found["constraint"] = ",".join(features)
    return found


def _place(value: str) -> Told | Problem:
    parts = value.split(":")
    known = {"free", "pack", "scatter", "vscatter", "excl", "exclhost", "shared"}
    if not known.issuperset(parts):
        return Problem(f"`place={value}` is no way to place a job")
    return {"exclusive": "yes"} if "excl" in parts or "exclhost" in parts else {}


def _walltime(value: str) -> Told | Problem:
    found = seconds(value)
    return found if isinstance(found, Problem) else {"walltime": found}


def _array(value: str) -> Told | Problem:
    """`1-7:2%2`; neither a list, nor one number alone."""
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})(?::(\d{1,9}))?(?:%(\d{1,9}))?", value, re.ASCII)
    if found is None or int(found[1]) >= int(found[2]) or found[3] == "0" or found[4] == "0":
        return Problem(f"`-J {value}` is no range of numbers")
    numbers = range(int(found[1]), int(found[2]) + 1, int(found[3] or 1))
    return {"array": len(numbers), **({"limit": int(found[4])} if found[4] else {})}


_RESOURCES: Mapping[str, Reader] = {
    "select": _select,
    "place": _place,
    "walltime": _walltime,
    **dict.fromkeys(_LIMITS, ignored),
}
_READERS: Mapping[str, Reader] = {
    **_RESOURCES,
    "": _left_over,
    "-l": _refused_resource,
    "-A": as_text("account"),
    "-P": as_text("project"),
    "-q": as_text("queue"),
    "-M": as_text("mail"),
    "-N": matching("name", r"(?!\.)[A-Za-z0-9._+-]{1,230}", "value for -N"),
    "-J": _array,
    "-m": pbs.mail,
    "-r": pbs.rerunnable,
    "-V": lambda _: {"environment": "inherit"},
    "-W": pbs.dependencies,
    **dict.fromkeys(
        ("-a", "-c", "-e", "-h", "-j", "-k", "-o", "-p", "-S", "-u", "-v", "-z"), ignored
    ),
}
