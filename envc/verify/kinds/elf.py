"""Programs, libraries and objects: by their sections."""

import struct
from collections.abc import Iterator

from envc.cpu.audit.elf import Elf, NotReadableError
from envc.verify.difference import Detail, What
from envc.verify.kinds import binary
from envc.verify.kinds.members import Inside

_CODE = (".text", ".init", ".fini", ".plt")


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:  # noqa: ARG001
    left, right = _sections(one), _sections(other)
    if left is None or right is None:
        return None
    return _details(left, right)


def _details(one: dict[str, bytes], other: dict[str, bytes]) -> Iterator[Detail]:
    for name in dict.fromkeys((*one, *other)):
        if name not in other:
            yield Detail(What.ONLY_ONE, name.encode(), b"", ("sections",))
        elif name not in one:
            yield Detail(What.ONLY_OTHER, b"", name.encode(), ("sections",))
        elif one[name] != other[name]:
            for each in _section(name, one[name], other[name]):
                yield each.inside(f"section {name}")


def _section(name: str, one: bytes, other: bytes) -> Iterator[Detail]:
    """Words in what a CPU runs are there by chance."""
    if name.startswith(_CODE):
        yield binary.first(one, other)
    else:
        yield from binary.details(one, other)


def _sections(data: bytes) -> dict[str, bytes] | None:
    """By name; the second of a name with its number."""
    if data[:4] != b"\x7fELF":
        return None
    found: dict[str, bytes] = {}
    try:
        elf = Elf(data)
        for number, each in enumerate(elf.sections):
            name = each.name if each.name not in found else f"{each.name} ({number})"
            found[name] = elf.content(each)
    except (NotReadableError, struct.error):
        return None
    return found
