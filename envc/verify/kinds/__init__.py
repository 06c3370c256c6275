"""What differs in two files, told by what they are: each kind of file has a module.

A module gives the details of two contents, or None where they are not of its kind. What is inside
of a file, such as an object in an archive, is looked at as a file of its own.
"""

from collections.abc import Callable, Iterator

from envc.verify.difference import Detail
from envc.verify.kinds import archive, binary, compressed, elf, pyc, tarball, text, zipped
from envc.verify.kinds.members import Inside

_DEEPEST = 6
_KINDS: tuple[Callable[[bytes, bytes, Inside], Iterator[Detail] | None], ...] = (
    elf.details,
    archive.details,
    compressed.details,
    zipped.details,
    tarball.details,
    pyc.details,
    text.details,
)


def details(one: bytes, other: bytes, depth: int = 0) -> Iterator[Detail]:
    """At least one, where they differ."""
    if one == other:
        return
    found = _of_kind(one, other, depth) if depth < _DEEPEST else None
    first = next(found, None) if found is not None else None
    if first is None or found is None:  # what differs lies between all that its kind knows
        yield from binary.details(one, other)
        return
    yield first
    yield from found


def _of_kind(one: bytes, other: bytes, depth: int) -> Iterator[Detail] | None:
    def inside(one: bytes, other: bytes) -> Iterator[Detail]:
        return details(one, other, depth + 1)

    found = (each(one, other, inside) for each in _KINDS)
    return next((each for each in found if each is not None), None)
