"""Places that are folders of this machine: `file:///…`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from envc.store import content
from envc.store.web import NoAnswerError


class Opened(NamedTuple):
    size: int
    pieces: Iterator[bytes]


def is_file(url: str) -> bool:
    return url.startswith("file:")


def url_of(path: str) -> str:
    return "file://" + quote(os.path.abspath(path))


@contextmanager
def opened(url: str) -> Iterator[Opened]:
    """NoAnswerError where it cannot be read."""
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise NoAnswerError(f"names a file of {parts.netloc}, and only this machine's can be read")
    try:
        file = content.open_plain(unquote(parts.path))
    except OSError as error:
        raise _unread(error) from error
    with file:
        yield Opened(os.fstat(file.fileno()).st_size, _pieces(content.chunks(file)))


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Tells a file that cannot be read from a disk that cannot be written."""
    while True:
        try:
            chunk = next(chunks, b"")
        except OSError as error:
            raise _unread(error) from error
        if not chunk:
            return
        yield chunk


def _unread(error: OSError) -> NoAnswerError:
    return NoAnswerError(f"cannot be read: {(error.strerror or str(error)).lower()}")
