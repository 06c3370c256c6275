"""Small things whose digest nobody knows beforehand: an InRelease, a page of an index."""

import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.store import files
from envc.store.amounts import amount
from envc.store.urls import shown
from envc.store.web import NoAnswerError, Patience, Reply, Web

_PACKED = (".gz", ".tgz", ".xz", ".bz2", ".zst", ".lzma")


class Downloaded(NamedTuple):
    data: bytes
    url: str


def download(
    urls: Sequence[str], *, limit: int, patience: Patience | None = None
) -> Downloaded | Problem:
    """From the first place that has it; of more than `limit` bytes, nothing is kept."""
    answers: list[str] = []
    with closing(Web(patience or Patience())) as web:
        for url in urls:
            try:
                return Downloaded(_asked(web, url, limit), url)
            except NoAnswerError as error:
                answers.append(f"{shown(url)} {error.reason}")
    return Problem("; ".join(answers) or "no place is known to ask")


def _asked(web: Web, url: str, limit: int) -> bytes:
    for failures in range(web.patience.tries - 1):
        try:
            return _once(web, url, limit)
        except NoAnswerError as error:
            if not error.passing:
                raise
            time.sleep(max(error.wait, web.patience.pause * 2**failures))
    return _once(web, url, limit)


def _once(web: Web, url: str, limit: int) -> bytes:
    if files.is_file(url):
        with files.opened(url) as file:
            return _joined(file.pieces, limit)
    with web.get(url, {}) as reply:
        if reply.status != 200:
            raise reply.no_answer()
        _check_plain(reply, url)
        return _joined(reply.pieces(), limit)


def _check_plain(reply: Reply, url: str) -> None:
    """Servers say of a file that is packed itself that they packed it; of others it is true."""
    if reply.packed is not None and not url.endswith(_PACKED):
        raise NoAnswerError(f"packed it as {reply.packed}, though it was asked not to")


def _joined(pieces: Iterable[bytes], limit: int) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > limit:
            raise NoAnswerError(f"sends more than {amount(limit)}")
    return bytes(data)
