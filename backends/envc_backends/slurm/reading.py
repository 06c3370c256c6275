"""A script as `sbatch` reads it; what it refuses was seen in 22.05, 24.11 and 26.05.

Options count up to the first line that is neither empty nor a comment, and the last of two wins.
"""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.slurm.directives import MARK

_SHORT = {
    "J": "job-name", "p": "partition", "A": "account", "q": "qos", "C": "constraint",
    "N": "nodes", "n": "ntasks", "c": "cpus-per-task", "t": "time", "a": "array", "o": "output",
    "d": "dependency", "D": "chdir", "G": "gpus",
}  # fmt: skip
_FLAGS = {"exclusive", "requeue", "no-requeue"}
_OTHERS = {"output", "signal", "mail-type", "export", "dependency", "chdir", "mem-per-cpu", "mem"}
_TEXTS = {
    "job-name": "name", "partition": "queue", "account": "account", "qos": "qos",
    "constraint": "constraint", "mail-user": "mail",
}  # fmt: skip
_COUNTS = {
    "nodes": "nodes", "ntasks": "tasks", "ntasks-per-node": "tasks_per_node",
    "cpus-per-task": "cpus_per_task",
}  # fmt: skip
_MIB = {"": 1, "K": 1 / 1024, "M": 1, "G": 1024, "T": 1024 * 1024}

Options = Mapping[str, str]


def read(text: str) -> Told | Problem:
    options = _options(text)
    if isinstance(options, Problem):
        return options
    found: dict[str, int | str] = {
        name: options[option] for option, name in _TEXTS.items() if option in options
    }
    if "constraint" in found:
        found["constraint"] = str(found["constraint"]).replace("&", ",")
    for reader in (_counts, _walltime, _array, _gpus, _memory):
        told = reader(options, found)
        if told is not None:
            return told
    found.pop("cpus_per_task", None)
    return found


# ---- options -------------------------------------------------------------------------------------


def _options(text: str) -> Options | Problem:
    if not text.startswith("#!"):
        return Problem("this does not look like a script: its first line begins with no `#!`")
    if "\r\n" in text:
        return Problem("a script with line breaks of DOS is refused")
    found: dict[str, str] = {}
    for line in _heard(text):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            return Problem(f"a quote is never closed in `{line}`")
        for option in _pairs(words):
            if isinstance(option, Problem):
                return option
            found[option[0]] = option[1]
    return found


def _heard(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.startswith(f"{MARK} "):
            yield line[len(MARK) :]
        elif line.strip() and not line.startswith("#"):
            return


def _pairs(words: list[str]) -> Iterator[tuple[str, str] | Problem]:
    rest = list(words)
    while rest:
        word = rest.pop(0)
        long = re.fullmatch(r"--([a-z-]+)(?:=(.*))?", word, re.DOTALL)
        short = re.fullmatch(r"-([A-Za-z])(.*)", word, re.DOTALL)
        name = long[1] if long else _SHORT.get(short[1], "") if short else ""
        if name not in {*_TEXTS, *_COUNTS, *_OTHERS, *_FLAGS, "time", "array", "gpus-per-node"}:
            yield Problem(f"`{word}` is no option")
            return
        value = (long[2] if long else short[2] if short else "") or ""
        if not value and name not in _FLAGS:
            if not rest:
                yield Problem(f"`{word}` has no value")
                return
            value = rest.pop(0)
        yield name, value


# ---- what they say -------------------------------------------------------------------------------


def _counts(options: Options, found: dict[str, int | str]) -> Problem | None:
    for option, name in _COUNTS.items():
        if option in options:
            if not re.fullmatch(r"[1-9]\d{0,8}", options[option], re.ASCII):
                return Problem(f"`--{option}={options[option]}` is no count")
            found[name] = int(options[option])
    if "tasks" not in found and "tasks_per_node" in found:
        found["tasks"] = int(found["tasks_per_node"]) * int(found.get("nodes", 1))
    if "cpus_per_task" in found:
        found["cpus"] = int(found["cpus_per_task"]) * int(found.get("tasks", 1))
    return None


def _walltime(options: Options, found: dict[str, int | str]) -> Problem | None:
    if "time" not in options:
        return None
    read = _seconds(options["time"])
    if isinstance(read, Problem):
        return read
    found["walltime"] = read
    return None


def _seconds(text: str) -> int | Problem:
    """`M`, `M:S`, `H:M:S`, `D-H`, `D-H:M` and `D-H:M:S`."""
    read = re.fullmatch(r"(?:(\d+)-)?(\d+(?::\d+){0,2})", text, re.ASCII)
    if read is None:
        return Problem(f"`{text}` is no time")
    parts = [int(part) for part in read[2].split(":")]
    if read[1] is not None:
        hours, minutes, seconds = (*parts, 0, 0)[:3]
        return int(read[1]) * 86400 + hours * 3600 + minutes * 60 + seconds
    match parts:
        case [minutes]:
            return minutes * 60
        case [minutes, seconds]:
            return minutes * 60 + seconds
        case _:
            hours, minutes, seconds = parts
            return hours * 3600 + minutes * 60 + seconds


def _array(options: Options, found: dict[str, int | str]) -> Problem | None:
    if "array" not in options:
        return None
    read = re.fullmatch(r"([\d,:-]+)(?:%([1-9]\d*))?", options["array"], re.ASCII)
    count = 0
    for part in read[1].split(",") if read else ():
        piece = re.fullmatch(r"(\d+)(?:-(\d+)(?::([1-9]\d*))?)?", part, re.ASCII)
        if piece is None:
            return Problem(f"`{part}` is no numbers of an array")
        count += len(range(int(piece[1]), int(piece[2] or piece[1]) + 1, int(piece[3] or 1)))
    if read is None or not count:
        return Problem(f"`{options['array']}` is no array")
    found["array"] = count
    if read[2]:
        found["limit"] = int(read[2])
    return None


def _gpus(options: Options, found: dict[str, int | str]) -> Problem | None:
    if "gpus-per-node" not in options:
        return None
    read = re.fullmatch(r"(?:([\w.-]+):)?([1-9]\d*)", options["gpus-per-node"], re.ASCII)
    if read is None:
        return Problem(f"`{options['gpus-per-node']}` is no number of GPUs")
    found["gpus"] = int(read[2]) * int(found.get("nodes", 1))
    if read[1]:
        found["gpu"] = read[1]
    return None


def _memory(options: Options, found: dict[str, int | str]) -> Problem | None:
    if {"mem", "mem-per-cpu"} <= options.keys():
        return Problem("`--mem` and `--mem-per-cpu` are mutually exclusive")
    readers: Mapping[str, Callable[[], int]] = {
        "mem": lambda: int(found.get("nodes", 1)),
        "mem-per-cpu": lambda: int(found.get("cpus", found.get("tasks", 1))),
    }
    for option, times in readers.items():
        read = re.fullmatch(r"(\d+)([KMGT]?)B?", options.get(option, "0"), re.ASCII | re.IGNORECASE)
        if read is None:
            return Problem(f"`{options[option]}` is no amount of memory: it is a whole number")
        # 0 is all that there is.
        if mib := int(read[1]) * _MIB[read[2].upper()]:
            found["memory"] = int(-(-mib // 1)) * times()
    return None
