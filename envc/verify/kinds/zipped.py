"""zip, and all that is one: wheels, `.npz`, `.jar`."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from envc.verify.difference import Detail, What
from envc.verify.kinds import members
from envc.verify.kinds.members import Inside, Member

_LARGEST = 1 << 28


def details(one: bytes, other: bytes, inside: Inside) -> Iterator[Detail] | None:
    left, right = _read(one), _read(other)
    if left is None or right is None:
        return None
    return members.details(left, right, inside)


def _read(data: bytes) -> list[Member] | None:
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            entries = opened.infolist()
            if sum(each.file_size for each in entries) > _LARGEST:
                return None
            return [Member(each.filename, opened.read(each), _facts(each)) for each in entries]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return None  # a damaged one, or one that has a password


def _facts(entry: zipfile.ZipInfo) -> dict[What, str]:
    year, month, day, *time = entry.date_time
    said = f"{year}-{month:02}-{day:02} {':'.join(f'{each:02}' for each in time)}"
    return {What.TIME: said, What.MODE: f"{entry.external_attr >> 16:o}"}
