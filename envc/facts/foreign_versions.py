"""How other tools write a range of versions, said in envc's way."""

import re
from collections.abc import Callable

from envc.facts.problem import Problem
from envc.facts.versions import VERSION, Range, Version, intersect, read_range, version


def foreign(text: str) -> Problem:
    """The suggestion is there when envc can say exactly what the text means."""
    message = f"`{text}` is another tool's way to write a range"
    clauses = [clause.strip() for clause in re.split(r"[,&]+", text)]
    if not any(re.search(r"[<>^~*+!=]", clause) for clause in clauses) and len(clauses) > 1:
        return Problem(f"`{text}` lists several ranges", "write one range, or use a variant")
    meant: Range | None = Range()
    for clause in clauses:
        read = _clause(clause)
        meant = intersect(meant, read) if meant is not None and read is not None else None
    if meant is None or meant.is_empty or meant == Range():
        return Problem(message, _advice(text))
    return Problem(message, f"write `{meant}`", str(meant))


def _advice(text: str) -> str:
    if "!=" in text:
        return "write the range that is wanted, and a `conflict` for what is not"
    if found := re.search(f">({VERSION})$", text):
        return f"write the next version and a colon, or `{found[1]}:` to include {found[1]}"
    return "write `1.2`, `=1.2.0`, `1.2:`, `:1.4` or `1.2:1.4`"


def _clause(text: str) -> Range | None:
    found = re.fullmatch(rf"([<>=~^!:]*) *v?({VERSION})((?:\.\*|\+)?)", text)
    if found is None:
        return _dots(text)
    sign, number, end = found.groups()
    if number.lower().endswith(".x"):
        number, end = number[:-2], ".*"
    bound = version(number)
    if isinstance(bound, Problem):
        return None
    if end == "+":
        return Range(bound, None) if not sign else None
    if end == ".*":
        return Range(bound, bound) if sign in {"", "=", "=="} else None
    reader = _SIGNS.get(sign)
    return reader(bound) if reader else None


def _dots(text: str) -> Range | None:
    """`1.2..1.4`"""
    found = re.fullmatch(rf"({VERSION})?\.\.=?({VERSION})?", text)
    read = read_range(f"{found[1] or ''}:{found[2] or ''}") if found else None
    return read if isinstance(read, Range) else None


def _numbers(bound: Version) -> list[int] | None:
    if not re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,9})*", bound.text):
        return None
    return [int(part) for part in bound.text.split(".")]


def _up_to(bound: Version, length: int) -> Range | None:
    """From the bound to the end of its first `length` numbers."""
    numbers = _numbers(bound)
    if numbers is None or not 0 < length <= len(numbers):
        return None
    high = version(".".join(bound.text.split(".")[:length]))
    return Range(bound, high) if isinstance(high, Version) else None


def _caret(bound: Version) -> Range | None:
    """Up to the end of the first number that is not 0."""
    numbers = _numbers(bound) or []
    zeros = next((place for place, number in enumerate(numbers) if number), len(numbers))
    return _up_to(bound, min(zeros + 1, len(numbers)))


def _compatible(bound: Version) -> Range | None:
    return _up_to(bound, len(_numbers(bound) or []) - 1)


def _tilde(bound: Version) -> Range | None:
    return _up_to(bound, min(2, len(_numbers(bound) or [])))


def _below(bound: Version) -> Range | None:
    """`<2.0` ends where 1 ends; nothing says where `<2.0-beta` ends."""
    numbers = _numbers(bound)
    while numbers and numbers[-1] == 0:
        numbers.pop()
    if not numbers:
        return None
    high = version(".".join(map(str, [*numbers[:-1], numbers[-1] - 1])))
    return Range(None, high) if isinstance(high, Version) else None


_SIGNS: dict[str, Callable[[Version], Range | None]] = {
    "==": lambda bound: Range(bound, bound, exact=True),
    "===": lambda bound: Range(bound, bound, exact=True),
    ">=": lambda bound: Range(bound, None),
    "=>": lambda bound: Range(bound, None),
    "<=": lambda bound: Range(None, bound),
    "=<": lambda bound: Range(None, bound),
    ":=": lambda bound: Range(None, bound),
    "<": _below,
    "^": _caret,
    "~=": _compatible,
    "~>": _compatible,
    "~": _tilde,
}
