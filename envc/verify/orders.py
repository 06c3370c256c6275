"""The same things in another order: who chose the order."""

import re

from envc.build import locale
from envc.verify.case import Case, shown, where
from envc.verify.difference import Detail, What
from envc.verify.kinds.members import ORDERED

_FILE = re.compile(rb"[^\s\0]*[\w+-]\.[A-Za-z][A-Za-z0-9]{0,4}")
_RANK = {letter: rank for rank, letter in enumerate(locale.letters())}


def by_language(detail: Detail, _: Case) -> str | None:
    """Each side is sorted, as its language sorts."""
    one, other = _sides(detail)
    if detail.what is What.ORDER and one == sorted(one) and other == sorted(other, key=_foreign):
        return f"{where(detail)} is sorted as C sorts, and as {locale.LANGUAGE} does"
    return None


def by_folder(detail: Detail, case: Case) -> str | None:
    """Names of files; or sorted and sorted backwards, which is how memory lists what was sorted."""
    if detail.what is not What.ORDER:
        return None
    one, other = _sides(detail)
    files = sum(1 for each in one if _FILE.fullmatch(each))
    inner = detail.places[-1] if detail.places else ""
    backwards = case.other.conditions.reversed_files and other == sorted(one, reverse=True)
    linked = inner.startswith("section ") and files > 0  # among the names of what is in them
    if inner == ORDERED or backwards or linked or files == len(one):
        first = shown(next(a for a, b in zip(one, other, strict=True) if a != b))
        return f"{where(detail)} has files in another order, from `{first}` on"
    return None


def by_hash(detail: Detail, _: Case) -> str | None:
    if detail.what is not What.ORDER:
        return None
    one, other = _sides(detail)
    at = next(n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return f"{where(detail)} has `{shown(one[at])}` where the other has `{shown(other[at])}`"


def _sides(detail: Detail) -> tuple[list[bytes], list[bytes]]:
    return detail.one.split(b"\n"), detail.other.split(b"\n")


def _foreign(text: bytes) -> list[int]:
    """Letters that the language does not know come last."""
    return [_RANK.get(letter, 1000) for letter in text.decode("utf-8", "replace")]
