"""The file that a packed one holds, where a release says which it is to be."""

import gzip
import lzma
from hashlib import sha256
from typing import IO, Final
from zlib import error as ZlibError  # noqa: N812 - an exception by any other name

from envc.debian.release import Listed
from envc.facts.problem import Problem
from envc.store import content
from envc.store.amounts import amount
from envc.store.progress import Row

ENDINGS: Final = (".xz", ".gz", "")
"""What is read, the smallest first."""


def unpacked(path: str, ending: str, listed: Listed, row: Row) -> bytearray | Problem:
    """Never more than a byte beyond what the release says, however much is packed into it."""
    data = bytearray()
    try:
        with content.open_plain(path, follow=False) as packed, _opened(packed, ending) as file:
            while len(data) <= listed.size:
                piece = file.read(min(content.CHUNK, listed.size + 1 - len(data)))
                if not piece:
                    break
                data += piece
                row.has(len(data))
    except (lzma.LZMAError, ZlibError, EOFError, OSError) as error:
        return Problem(f"cannot be unpacked: {error}")
    if len(data) > listed.size:
        return Problem(f"holds more than the {amount(listed.size)} that the release says")
    if sha256(data).hexdigest() != listed.sha256:
        return Problem("holds other bytes than the release says")
    return data


def _opened(packed: IO[bytes], ending: str) -> IO[bytes] | lzma.LZMAFile | gzip.GzipFile:
    match ending:
        case ".xz":
            return lzma.open(packed)
        case ".gz":
            return gzip.open(packed)
        case _:
            return packed
