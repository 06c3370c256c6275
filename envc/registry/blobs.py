"""Takes parts of an image into the store: goes on after a break, refuses what is not as named."""

import re
from typing import TYPE_CHECKING

from envc.facts.problem import Problem
from envc.registry.documents import Descriptor
from envc.registry.session import Session, body
from envc.registry.trouble import RegistryError
from envc.store import content
from envc.store.amounts import amount
from envc.store.content import Content
from envc.store.incoming import Incoming
from envc.store.objects import Store
from envc.store.progress import Row, Show
from envc.store.web import PIECE, NoAnswerError, in_words

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse


def document(session: Session, path: str, accept: str, most: int) -> tuple[bytes, str]:
    """A small part as it is, and the type that the registry gives it."""
    for _ in range(session.patience.tries):
        response = session.ask("GET", path, {"Accept": accept} if accept else {})
        if response.status != 200:
            raise RegistryError(session.refused(response))
        try:
            data = body(response, most, session.patience)
        except NoAnswerError as error:
            broken = error.reason
            continue
        if len(data) > most:
            message = f"sends more than {amount(most)} where a manifest is expected"
            raise RegistryError(session.problem(message))
        _agreed(session, data, response.headers.get("Docker-Content-Digest", ""))
        return data, response.headers.get("Content-Type", "")
    raise RegistryError(session.problem(broken))


def take(session: Session, wanted: Descriptor, store: Store, show: Show) -> None:
    """Brings a blob into the store, where it is not there yet."""
    with store.incoming(wanted.digest) as coming:
        if coming is None:
            return
        if coming.size > wanted.size:
            coming.restart()
        with show.row(f"{session.reference.name} {wanted.digest[7:19]}", wanted.size) as row:
            _download(session, wanted, coming, row)
        if coming.content != Content(wanted.digest, wanted.size):
            got = coming.content
            coming.give_up()
            message = f"sends {got.digest} ({amount(got.size)}) as {wanted.digest}"
            help_ = "it, or something on the way to it, changed the image"
            raise RegistryError(session.problem(message, help_))
        store.settle(coming)


def _agreed(session: Session, data: bytes, said: str) -> None:
    """The header that names the bytes is a claim about them like any other."""
    found = content.of_bytes(data).digest
    if said.startswith("sha256:") and said != found:
        message = f"calls {found} by the name {said}"
        raise RegistryError(session.problem(message, "the registry is damaged, or not itself"))


def _download(session: Session, wanted: Descriptor, coming: Incoming, row: Row) -> None:
    failures = 0
    while coming.size < wanted.size:
        before = coming.size
        try:
            _go_on(session, wanted, coming, row)
        except NoAnswerError as error:
            # What brought something forward is no failure: a long layer may break often.
            failures = failures + 1 if coming.size <= before else 1
            if failures == session.patience.tries:
                raise RegistryError(session.problem(error.reason)) from error


def _go_on(session: Session, wanted: Descriptor, coming: Incoming, row: Row) -> None:
    headers = {"Range": f"bytes={coming.size}-"} if coming.size else {}
    response = session.ask("GET", f"blobs/{wanted.digest}", headers)
    if response.status not in (200, 206):
        raise RegistryError(session.refused(response))
    if not _fits(response, coming.size):
        coming.restart()
        if response.status == 206:
            response.close()
            raise NoAnswerError("sends another part than was asked for", passing=True)
    try:
        _write(session, response, wanted, coming, row)
    finally:
        response.close()
    if coming.size < wanted.size:
        raise NoAnswerError(f"ends after {amount(coming.size)} of {amount(wanted.size)}")


def _fits(response: "BaseHTTPResponse", start: int) -> bool:
    """Whether what comes is what follows."""
    if response.status == 200:
        return start == 0
    return re.match(rf"bytes {start}-", response.headers.get("Content-Range", "")) is not None


def _write(
    session: Session, response: "BaseHTTPResponse", wanted: Descriptor, coming: Incoming, row: Row
) -> None:
    while True:
        with in_words(session.patience):
            piece = response.read1(PIECE, decode_content=False)
        if not piece:
            return
        if coming.size + len(piece) > wanted.size:
            coming.restart()
            message = f"sends more than the {amount(wanted.size)} of {wanted.digest}"
            raise RegistryError(session.problem(message))
        coming.write(piece)
        row.has(coming.size)


def absent(digest: str) -> Problem:
    return Problem(f"{digest} is not in the store", "run `envc fetch` where there is a network")
