"""tar, as a build leaves it: not canonical, as that of a layer is."""

import tarfile
from collections.abc import Iterator
from io import BytesIO

from envc.verify.difference import Detail, What
from envc.verify.kinds import members
from envc.verify.kinds.members import Inside, Member


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:
    left, right = _read(one), _read(other)
    if left is None or right is None:
        return None
    return members.details(left, right, inside)


def _read(data: bytes) -> list[Member] | None:
    if data[257:262] != b"ustar":
        return None
    found: list[Member] = []
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as opened:
            for each in opened:
                file = opened.extractfile(each) if each.isreg() else None
                content = file.read() if file is not None else each.linkname.encode()
                found.append(Member(each.name, content, _facts(each)))
    except (tarfile.TarError, OSError, ValueError, UnicodeError):
        return None
    return found


def _facts(entry: tarfile.TarInfo) -> dict[What, str]:
    owner = f"{entry.uname or entry.uid}:{entry.gname or entry.gid}"
    return {What.TIME: str(int(entry.mtime)), What.OWNER: owner, What.MODE: f"{entry.mode:o}"}
