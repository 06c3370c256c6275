"""Two trees of files, held against each other to the bit."""

from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import IO, NamedTuple

from envc.images import reading
from envc.images.tree import File, Folder, Gone, Link, Node, Path, Special, shown, walk
from envc.verify.difference import Detail, Difference, What
from envc.verify.kinds import details
from envc.verify.kinds.binary import place

MOST = 20
"""Details that are kept of a file."""
_LARGEST = 1 << 26
"""Bytes of a file that is taken apart; of a larger one, the first place that differs is told."""
_COUNTED = 10_000


class Found(NamedTuple):
    pair: "Pair"
    difference: Difference


class Pair(NamedTuple):
    """What one path leads to in both."""

    path: Path
    one: Node | None
    other: Node | None


def layers(one: IO[bytes], other: IO[bytes]) -> Iterator[Found]:
    """Of two tars, which stay open until the last was taken."""
    yield from trees(reading.read(one), reading.read(other))


def trees(one: Folder, other: Folder) -> Iterator[Found]:
    for pair in pairs(one, other):
        found = _details(pair)
        first = tuple(islice(found, MOST))
        if first:
            rest = sum(1 for _ in islice(found, _COUNTED))
            yield Found(pair, Difference(shown(pair.path), first, len(first) + rest))


def pairs(one: Folder, other: Folder) -> Iterator[Pair]:
    """By name, each once; what lies below a folder that only one has is not told again."""
    left, right = dict(walk(one)), dict(walk(other))
    for path in sorted({**left, **right}):
        above = path[:-1]
        if not above or (above in left and above in right):
            yield Pair(path, left.get(path), right.get(path))


def _details(pair: Pair) -> Iterator[Detail]:
    one, other = pair.one, pair.other
    if one is None or other is None:
        what = What.ONLY_ONE if other is None else What.ONLY_OTHER
        yield Detail(what, _kind(one), _kind(other))
    elif type(one) is not type(other):
        yield Detail(What.KIND, _kind(one), _kind(other))
    else:
        yield from _header(one, other)
        if isinstance(one, File) and isinstance(other, File):
            yield from contents(one, other)


def _header(one: Node, other: Node) -> Iterator[Detail]:
    left, right = _facts(one), _facts(other)
    for what, said in left.items():
        if said != right.get(what):
            yield Detail(what, said, right.get(what, b""))


def _facts(node: Node) -> dict[What, bytes]:
    match node:
        case File():
            return {**_owned(node), What.CAPABILITY: node.capability.hex().encode()}
        case Folder():
            return _owned(node)
        case Link(target, uid, gid):
            return {What.OWNER: b"%d:%d" % (uid, gid), What.LINK: target}
        case Special(kind):
            return {What.KIND: kind.encode()}
        case Gone():
            return {}


def _owned(node: File | Folder) -> dict[What, bytes]:
    return {What.OWNER: b"%d:%d" % (node.uid, node.gid), What.MODE: b"%04o" % node.mode}


def _kind(node: Node | None) -> bytes:
    return type(node).__name__.lower().encode() if node is not None else b""


# ---- bytes ---------------------------------------------------------------------------------------


def contents(one: File, other: File) -> Iterator[Detail]:
    if max(one.size, other.size) <= _LARGEST:
        before, after = (b"".join(each.data.chunks()) for each in (one, other))
        yield from details(before, after)
        return
    offset = 0
    for left, right in zip_longest(one.data.chunks(), other.data.chunks(), fillvalue=b""):
        if left != right:
            at = place(left, right)
            around = slice(max(0, at - 16), at + 16)
            yield Detail(What.BYTES, left[around], right[around], offset=offset + at)
            return
        offset += len(left)
