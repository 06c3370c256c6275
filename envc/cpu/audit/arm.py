"""AArch64: every instruction is four bytes, and its bits tell the extension it belongs to."""

import sys
from array import array
from collections.abc import Iterator
from functools import cache

from envc.cpu.audit.elf import Elf, Section
from envc.cpu.audit.encodings import ROWS, by_top_byte
from envc.cpu.audit.model import Hit
from envc.cpu.selector.needs import uses


def hits(elf: Elf, target: str) -> Iterator[Hit]:
    has = uses(target)
    for section in elf.executable:
        words = _words(elf.content(section))
        beyond = {word: each for word in set(words) if (each := feature(word)) and each not in has}
        if beyond:
            yield from _located(elf, section, words, beyond)


@cache
def feature(word: int) -> str:
    """The extension that an instruction belongs to; none for Armv8.0's own."""
    for mask, value, name in _table()[word >> 24]:
        if word & mask == value:
            return name
    return ""


def references(elf: Elf, start: int) -> Iterator[int]:
    """The addresses that a function takes of others: a page, and an offset added or loaded at."""
    section = next((s for s in elf.executable if 0 <= start - s.address < s.size), None)
    if section is None:
        return
    first = (start - section.address) // 4
    pages: dict[int, int] = {}
    words = _words(elf.content(section))[first : first + 256]
    for place, word in enumerate(words):
        if word & 0x9F000000 == 0x90000000:
            pages[word & 31] = _page(start + 4 * place, word)
        elif word & 0xFFC00000 == 0x91000000 and word >> 5 & 31 in pages:
            yield pages[word >> 5 & 31] + (word >> 10 & 0xFFF)
        elif word & 0xFFC00000 == 0xF9400000 and word >> 5 & 31 in pages:
            yield pages[word >> 5 & 31] + 8 * (word >> 10 & 0xFFF)
        elif word == _RET:
            return


_RET = 0xD65F03C0


def _page(address: int, word: int) -> int:
    pages = (word >> 5 & 0x7FFFF) << 2 | word >> 29 & 3
    signed = pages - (1 << 21) if pages >> 20 else pages
    return (address & ~0xFFF) + (signed << 12)


def _located(
    elf: Elf, section: Section, words: "array[int]", beyond: dict[int, str]
) -> Iterator[Hit]:
    literals = _literals(elf, elf.sections.index(section))
    for place, word in enumerate(words):
        if word in beyond and not _asked_first(words, place):
            address = section.address + 4 * place
            if not literals or not literals[address]:
                yield Hit(address, f".inst 0x{word:08x}", beyond[word])


def _asked_first(words: "array[int]", place: int) -> bool:
    """gcc's own outline atomics: `ldrb w16, …; cbz w16, …` stands before the instruction."""
    if place < 2:
        return False
    load, branch = words[place - 2], words[place - 1]
    return load & 0xFFC003FF == 0x39400210 and branch & 0xFF00001F == 0x34000010


class _Literals:
    """Which addresses hold data: the mapping symbols `$d` and `$x` say where each part begins."""

    def __init__(self, marks: list[tuple[int, bool]]) -> None:
        self._starts = [address for address, _ in marks]
        self._data = [data for _, data in marks]

    def __getitem__(self, address: int) -> bool:
        from bisect import bisect_right

        place = bisect_right(self._starts, address)
        return bool(place) and self._data[place - 1]


def _literals(elf: Elf, section: int) -> _Literals | None:
    marks = sorted(
        (each.address, each.name.startswith("$d"))
        for each in elf.symbols
        if each.section == section and each.name[:2] in {"$d", "$x"}
    )
    return _Literals(marks) if marks else None


def _words(content: bytes) -> "array[int]":
    words = array("I")
    words.frombytes(content[: len(content) // 4 * 4])
    if sys.byteorder == "big":
        words.byteswap()
    return words


@cache
def _table() -> tuple[tuple[tuple[int, int, str], ...], ...]:
    return by_top_byte(ROWS)
