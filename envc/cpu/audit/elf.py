"""As much of an ELF file as an audit needs: sections, functions, notes. Read, never executed.

Offsets and sizes come from the file and are believed only as far as the file is long.
"""

import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

X86_64, AARCH64 = 62, 183

_SHT_SYMTAB, _SHT_RELA, _SHT_NOBITS, _SHT_DYNSYM = 2, 4, 8, 11
_SHF_EXECINSTR, _SHF_COMPRESSED = 4, 0x800
_STT_FUNC, _STT_GNU_IFUNC = 2, 10
_IRELATIVE = {X86_64: 37, AARCH64: 1032}
_RELATIVE = {X86_64: 8, AARCH64: 1027}
_OF_SYMBOL = {X86_64: (1, 6), AARCH64: (257, 1025)}


class NotReadableError(Exception):
    """It begins like an ELF file, but is none that can be judged."""


class Section(NamedTuple):
    name: str
    type: int
    flags: int
    address: int
    offset: int
    size: int
    link: int

    @property
    def executable(self) -> bool:
        return bool(self.flags & _SHF_EXECINSTR) and self.type != _SHT_NOBITS


class Symbol(NamedTuple):
    address: int
    name: str
    type: int
    section: int


class Function(NamedTuple):
    address: int
    name: str


@dataclass(eq=False)
class Elf:
    """A 64-bit little-endian ELF file."""

    data: bytes

    def __post_init__(self) -> None:
        if self.data[4:6] != b"\x02\x01":
            raise NotReadableError("not a 64-bit little-endian file")
        if len(self.data) < 64:
            raise NotReadableError("cut short")

    @property
    def machine(self) -> int:
        return int.from_bytes(self.data[18:20], "little")

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        (start,) = struct.unpack_from("<Q", self.data, 40)
        size, count, names = struct.unpack_from("<HHH", self.data, 58)
        if size != 64 or start + size * count > len(self.data):
            raise NotReadableError("its table of sections is damaged")
        headers = [struct.unpack_from("<IIQQQQI", self.data, start + 64 * n) for n in range(count)]
        base, length = headers[names][4:6] if names < count else (0, 0)
        strings = self.data[base : base + length]
        return tuple(Section(_text(strings, header[0]), *header[1:]) for header in headers)

    @property
    def executable(self) -> Iterator[Section]:
        return (each for each in self.sections if each.executable)

    def content(self, section: Section) -> bytes:
        if section.type == _SHT_NOBITS:
            return b""
        raw = self.data[section.offset : section.offset + section.size]
        if not section.flags & _SHF_COMPRESSED or raw[:4] != b"\x01\0\0\0":
            return raw
        try:
            return zlib.decompress(raw[24:])
        except zlib.error as problem:
            raise NotReadableError(f"{section.name} does not unpack") from problem

    def named(self, *names: str) -> Iterator[tuple[Section, bytes]]:
        for each in self.sections:
            if each.name.startswith(names):
                yield each, self.content(each)

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        found: list[Symbol] = []
        for section in self.sections:
            if section.type in {_SHT_SYMTAB, _SHT_DYNSYM} and section.link < len(self.sections):
                strings = self.content(self.sections[section.link])
                content = self.content(section)
                entries = struct.iter_unpack("<IBBHQQ", _whole(content))
                for name, info, _, index, value, _ in entries:
                    if index:
                        found.append(Symbol(value, _text(strings, name), info & 15, index))
        return tuple(found)

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """By address; the unwinder's table tells where functions begin in a stripped file."""
        named = {
            each.address: each.name
            for each in self.symbols
            if each.type in {_STT_FUNC, _STT_GNU_IFUNC}
        }
        return tuple(Function(*each) for each in sorted({**self._unwound(), **named}.items()))

    @cached_property
    def _starts(self) -> list[int]:
        return [each.address for each in self.functions]

    def function_at(self, address: int) -> Function | None:
        place = bisect_right(self._starts, address)
        return self.functions[place - 1] if place else None

    @cached_property
    def resolvers(self) -> frozenset[int]:
        """Where functions begin that choose an implementation when the program is loaded."""
        found = {each.address for each in self.symbols if each.type == _STT_GNU_IFUNC}
        wanted = _IRELATIVE.get(self.machine)
        found.update(addend for _, kind, _, addend in self._relocations if kind == wanted)
        return frozenset(found)

    @cached_property
    def pointers(self) -> dict[int, int]:
        """What the loader writes into the file's own tables of addresses."""
        relative = _RELATIVE.get(self.machine)
        of_symbol = _OF_SYMBOL.get(self.machine, ())
        found = {}
        for place, kind, value, addend in self._relocations:
            if kind == relative:
                found[place] = addend
            elif kind in of_symbol and value:
                found[place] = value + addend
        return found

    @cached_property
    def _relocations(self) -> tuple[tuple[int, int, int, int], ...]:
        """Each as its place, its kind, its symbol's address or 0, and its addend."""
        found: list[tuple[int, int, int, int]] = []
        for section in self.sections:
            if section.type == _SHT_RELA:
                values = self._values(section.link)
                content = self.content(section)
                for place, info, addend in struct.iter_unpack("<QQq", _whole(content)):
                    symbol = info >> 32
                    value = values[symbol] if symbol < len(values) else 0
                    found.append((place, info & 0xFFFFFFFF, value, addend))
        return tuple(found)

    def _values(self, section: int) -> list[int]:
        """The addresses of a symbol table's entries, in their own order."""
        if section >= len(self.sections):
            return []
        content = self.content(self.sections[section])
        return [value for *_, value, _ in struct.iter_unpack("<IBBHQQ", _whole(content))]

    def _unwound(self) -> dict[int, str]:
        """The sorted table of .eh_frame_hdr, in the one encoding that linkers write."""
        for section, content in self.named(".eh_frame_hdr"):
            if content[:4] != b"\x01\x1b\x03\x3b":
                continue
            (count,) = struct.unpack_from("<I", content, 8)
            table = content[12 : 12 + 8 * count]
            starts = struct.iter_unpack("<ii", table[: len(table) // 8 * 8])
            return {section.address + start: "" for start, _ in starts}
        return {}


def _whole(content: bytes) -> bytes:
    """Without a last entry that was cut; relocations and symbols are both of 24 bytes."""
    return content[: len(content) // 24 * 24]


def _text(strings: bytes, start: int) -> str:
    return strings[start : strings.find(b"\0", start)].decode("utf-8", "replace")
