"""Times and memory, as batch systems spell them."""

import re
from collections.abc import Mapping

from envc.facts.problem import Problem

MIB = 2**20
_SIZES: Mapping[str, int] = {letter: 1024**power for power, letter in enumerate("bkmgtp")}


def clock(seconds: int) -> str:
    """`H:MM:SS`, which is read the same wherever it is read; hours go on beyond a day."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def hours_and_minutes(seconds: int) -> str:
    """`H:MM`, rounded up: a job must not get less time than it asked for."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    return f"{hours}:{minutes:02}"


def seconds(text: str) -> int | Problem:
    """`S`, `M:S` or `H:M:S`, as PBS Professional and Torque read it."""
    if not re.fullmatch(r"\d{1,9}(:\d{1,9}){0,2}", text, re.ASCII):
        return Problem(f"`{text}` is no time: it is told in seconds or as H:MM:SS")
    total = 0
    for part in text.split(":"):
        total = total * 60 + int(part)
    return total


def mib(text: str) -> int | Problem:
    """MiB of `2gb`, `2G`, `2097152kb` or plain bytes, rounded up; whole numbers only."""
    found = re.fullmatch(r"(\d{1,15})([bkmgtp]?)b?", text.lower(), re.ASCII)
    if found is None:
        return Problem(
            f"`{text}` is no amount of memory: it is a whole number and kb, mb, gb or tb"
        )
    return -(-int(found[1]) * _SIZES[found[2] or "b"] // MIB)
