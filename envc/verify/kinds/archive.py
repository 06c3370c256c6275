"""Archives of objects: `libtide.a`."""

from collections.abc import Iterator

from envc.verify.difference import Detail, What
from envc.verify.kinds import members
from envc.verify.kinds.members import Inside, Member

OBJECT = "object"
_MAGIC = b"!<arch>\n"
_HEADER = 60
_END = b"`\n"


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:
    left, right = read(one), read(other)
    if left is None or right is None:
        return None
    return _details(left, right, inside)


def _details(one: list[Member], other: list[Member], inside: Inside) -> Iterator[Detail]:
    """The index says where members stand: it follows them."""
    yield from members.details(_files(one), _files(other), inside, OBJECT)
    yield from members.details(_index(one), _index(other), lambda *_: iter(()), OBJECT)


def _files(every: list[Member]) -> list[Member]:
    return [each for each in every if each.name not in ("/", "/SYM64/", "//")]


def _index(every: list[Member]) -> list[Member]:
    return [each for each in every if each.name in ("/", "/SYM64/")]


def read(data: bytes) -> list[Member] | None:
    """None where it is no such archive, or a damaged one."""
    if not data.startswith(_MAGIC):
        return None
    found: list[Member] = []
    names = b""
    place = len(_MAGIC)
    while place < len(data):
        header = data[place : place + _HEADER]
        size = header[48:58].strip()
        if len(header) < _HEADER or header[58:] != _END or not size.isdigit():
            return None
        place += _HEADER
        content = data[place : place + int(size)]
        place += int(size) + int(size) % 2
        name = header[:16].rstrip()
        if name == b"//":
            names = content
        found.append(Member(_name(name, names), content, _facts(header)))
    return found


def _name(name: bytes, names: bytes) -> str:
    """A long one stands in a table of its own."""
    if name[:1] == b"/" and name[1:].isdigit():
        start = int(name[1:])
        name = names[start : names.find(b"\n", start)]
    whole = name if name in (b"/", b"//", b"/SYM64/") else name.removesuffix(b"/")
    return whole.decode("utf-8", "backslashreplace")


def _facts(header: bytes) -> dict[What, str]:
    said = header.decode("latin-1")
    owner = f"{said[28:34].strip()}:{said[34:40].strip()}"
    return {What.TIME: said[16:28].strip(), What.OWNER: owner, What.MODE: said[40:48].strip()}
