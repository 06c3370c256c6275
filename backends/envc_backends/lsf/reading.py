"""A script as LSF's documentation says that `bsub` reads it; no LSF was at hand to ask."""

import re
from collections.abc import Iterator, Mapping

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.batch.amounts import mib
from envc_backends.batch.reading import (
    Option,
    Reader,
    as_text,
    counting,
    ignored,
    marked,
    split,
    told,
)

_IGNORED = ("-o", "-e", "-oo", "-eo", "-w", "-L", "-G", "-M")
_FLAGS: Mapping[str, Told] = {
    "-x": {"exclusive": "yes"},
    "-B": {"begin": "yes"},
    "-N": {"end": "yes"},
    "-Ne": {"fail": "yes"},
    "-r": {"requeue": "yes"},
    "-rn": {"requeue": "no"},
}
_VALUES = ("-J", "-n", "-R", "-W", "-q", "-P", "-u", "-gpu", "-wa", "-wt", "-env", "-cwd")
_ARGUMENTS = {**dict.fromkeys((*_VALUES, *_IGNORED), 1), **dict.fromkeys(_FLAGS, 0)}


def read(text: str) -> Told | Problem:
    if "\r" in text:
        return Problem("the lines of the script end as in Windows")
    found = told(_options(text), _READERS)
    return found if isinstance(found, Problem) else _whole(found)


def _whole(found: Told) -> Told:
    """What is counted for a task or a host, in all."""
    tasks = int(found.get("tasks", 1))
    per_node = int(found.get("tasks_per_node", tasks))
    nodes = -(-tasks // per_node)
    counted = {"cpus": tasks, "memory": nodes, "gpus": nodes}
    each = {key: int(found[key]) * count for key, count in counted.items() if key in found}
    return {**found, **({"nodes": nodes} if "tasks" in found else {}), **each}


def _options(text: str) -> Iterator[Option | Problem]:
    """All lines with a mark, also behind the first command. Several `-R` count together."""
    for line in marked(text, "#BSUB"):
        for option in split(line, _ARGUMENTS):
            if isinstance(option, Option) and option.name == "-R":
                yield from _sections(option)
            else:
                yield option


def _sections(option: Option) -> Iterator[Option | Problem]:
    found = re.findall(r"\s*([a-z]+)\[((?:[^\[\]]|\[[^\]]*\])*)\]", option.value)
    if not found:
        yield Problem(f"line {option.line}: `-R {option.value}` has no section in brackets")
    for name, value in found:
        yield Option(option.line, name, value)


def _name(value: str) -> Told | Problem:
    """`sweep[1-7:2]%2`: the name, then the numbers of an array, from 1 on."""
    found = re.fullmatch(r"([^\[\]%]{1,4094})(?:\[([0-9,:-]+)\](?:%(\d{1,9}))?)?", value, re.ASCII)
    if found is None:
        return Problem(f"`-J {value}`: `[`, `]` and `%` belong to arrays")
    if found[2] is None:
        return {"name": found[1]}
    numbers = re.fullmatch(r"(\d{1,9})-(\d{1,9})(?::(\d{1,9}))?", found[2], re.ASCII)
    if numbers is None or int(numbers[1]) < 1:
        return Problem(f"`{found[2]}` are no numbers of an array: they begin at 1")
    count = len(range(int(numbers[1]), int(numbers[2]) + 1, int(numbers[3] or 1)))
    return {"name": found[1], "array": count, **({"limit": int(found[3])} if found[3] else {})}


def _minutes(value: str) -> Told | Problem:
    """`[H:]M`; there are no seconds."""
    found = re.fullmatch(r"(?:(\d{1,9}):)?(\d{1,9})", value, re.ASCII)
    if found is None:
        return Problem(f"`{value}` is no time: it is told as H:MM, without seconds")
    return {"walltime": (int(found[1] or 0) * 60 + int(found[2])) * 60}


def _span(value: str) -> Told | Problem:
    if value == "hosts=1":
        return {}
    found = re.fullmatch(r"ptile=(\d{1,9})", value, re.ASCII)
    return {"tasks_per_node": int(found[1])} if found else Problem(f"`span[{value}]` is unknown")


def _affinity(value: str) -> Told | Problem:
    found = re.fullmatch(r"core\((\d{1,9})\)", value, re.ASCII)
    return {"cpus": int(found[1])} if found else Problem(f"`affinity[{value}]` is unknown")


def _usage(value: str) -> Told | Problem:
    found = re.fullmatch(r"mem=(\d+[KMGT]B)/host", value, re.ASCII)
    amount = mib(found[1]) if found else Problem(f"`rusage[{value}]` is unknown")
    return amount if isinstance(amount, Problem) else {"memory": amount}


def _select(value: str) -> Told | Problem:
    features = value.split(" && ")
    if not all(re.fullmatch(r"[A-Za-z]\w*", each, re.ASCII) for each in features):
        return Problem(f"`select[{value}]` is unknown")
    return {"constraint": ",".join(features)}


def _gpus(value: str) -> Told | Problem:
    found = re.fullmatch(r"num=(\d{1,9})/host(?::gmodel=([\w-]+))?", value, re.ASCII)
    if found is None:
        return Problem(f"`-gpu {value}` is unknown")
    return {"gpus": int(found[1]), **({"gpu": found[2]} if found[2] else {})}


def _flag(said: Told) -> Reader:
    return lambda _: said


_READERS: Mapping[str, Reader] = {
    **{name: _flag(said) for name, said in _FLAGS.items()},
    **dict.fromkeys(_IGNORED, ignored),
    "-J": _name,
    "-n": counting("tasks"),
    "-W": _minutes,
    "-q": as_text("queue"),
    "-P": lambda value: {"account": value, "project": value},
    "-u": as_text("mail"),
    "-gpu": _gpus,
    "-wa": as_text("signal"),
    "-wt": counting("minutes before"),
    "-env": lambda value: {"environment": "clean" if value == "none" else "inherit"},
    "-cwd": as_text("workdir"),
    "span": _span,
    "affinity": _affinity,
    "rusage": _usage,
    "select": _select,
}
