"""One long temporary file for all that is unpacked: no name in an archive becomes one on a disk."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from envc.facts.problem import Problem
from envc.sources.tree import NotReadError

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Spooled:
    """The bytes of one file in it."""

    spool: IO[bytes]
    start: int
    size: int

    def chunks(self) -> Iterator[bytes]:
        place, end = self.start, self.start + self.size
        while place < end:
            data = os.pread(self.spool.fileno(), min(_CHUNK, end - place), place)
            if not data:
                raise NotReadError(Problem("a temporary file was cut short by somebody"))
            place += len(data)
            yield data


def take(spool: IO[bytes], read: Callable[[int], bytes], size: int) -> Spooled:
    """Copies so many bytes; EOFError where there are fewer."""
    start = spool.seek(0, os.SEEK_END)
    left = size
    while left:
        data = read(min(_CHUNK, left))
        if not data:
            raise EOFError
        left -= len(data)
        try:
            spool.write(data)
            spool.flush()
        except OSError as error:
            raise NotReadError(no_room(error)) from error
    return Spooled(spool, start, size)


def no_room(error: OSError) -> Problem:
    import tempfile

    reason = (error.strerror or str(error)).lower()
    message = f"the folder of temporary files, `{tempfile.gettempdir()}`, takes no more: {reason}"
    return Problem(message, "name one on a larger disk with `TMPDIR`")
