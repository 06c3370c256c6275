"""What a file says about its own making: recorded command lines and the x86 property note."""

import re
import struct
from collections.abc import Iterator

from envc.cpu import lattice
from envc.cpu.audit.elf import X86_64, Elf
from envc.cpu.audit.model import Finding, Kind

# -frecord-gcc-switches; DW_AT_producer, whose text stands in .debug_str or beside its DIE; LTO.
_RECORDS = (".GCC.command.line", ".debug_str", ".debug_line_str", ".debug_info", ".gnu.lto_.opts")
# gcc replaces `native` by what it found before it records anything, and adds the cache sizes of
# the machine, which nobody writes by hand; clang and the LTO options keep the word.
_NATIVE = re.compile(rb"-m(?:arch|cpu|tune)=native\b|--param[ =]l1-cache-size=\d+")
_ARCH = re.compile(rb"-m(?:arch|cpu|tune)=[\w.+-]+")

_ISA_NEEDED = 0xC0008002
_LEVELS = ("x86_64", "x86_64_v2", "x86_64_v3", "x86_64_v4")


def native_leaks(elf: Elf, file: str, target: str) -> Iterator[Finding]:
    """At most one finding for a section: one compiler call is as good a proof as a thousand."""
    for section, content in elf.named(*_RECORDS):
        found = _NATIVE.search(content)
        if found is not None:
            yield Finding(
                file=file,
                place=section.name,
                address=found.start(),
                instruction=_quoted(content, found),
                feature="native",
                target=target,
                kind=Kind.NATIVE,
                count=len(_NATIVE.findall(content)),
            )


def isa_note(elf: Elf, file: str, target: str) -> Iterator[Finding]:
    """`x86 ISA needed` beyond the target: glibc refuses to start the program on its CPUs."""
    if elf.machine != X86_64:
        return
    for section, content in elf.named(".note.gnu.property"):
        for level in _needed(content):
            if not lattice.covers(level, target):
                yield Finding(
                    file=file,
                    place=section.name,
                    address=section.address,
                    instruction=f"x86 ISA needed: {level}",
                    feature=level,
                    target=target,
                    kind=Kind.NOTE,
                )


def _quoted(content: bytes, found: "re.Match[bytes]") -> str:
    """The telling words: what gcc chose for the machine, and what shows that it chose."""
    start = content.rfind(b"\0", 0, found.start()) + 1
    before = _ARCH.findall(content, start, found.start())
    words = [word.decode() for word in (*before[:1], found.group())]
    return " ".join(dict.fromkeys(words))


def _needed(content: bytes) -> Iterator[str]:
    for properties in _properties(content):
        place = 0
        while place + 8 <= len(properties):
            kind, size = struct.unpack_from("<II", properties, place)
            if kind == _ISA_NEEDED and size == 4:
                bits = int.from_bytes(properties[place + 8 : place + 12], "little")
                yield from (level for n, level in enumerate(_LEVELS) if bits >> n & 1)
            place += 8 + (size + 7) // 8 * 8


def _properties(content: bytes) -> Iterator[bytes]:
    place = 0
    while place + 16 <= len(content):
        name, size, kind = struct.unpack_from("<III", content, place)
        start = place + 12 + (name + 3) // 4 * 4
        if kind == 5 and content[place + 12 : place + 16] == b"GNU\0":
            yield content[start : start + size]
        place = start + (size + 7) // 8 * 8
