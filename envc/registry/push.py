"""Puts an OCI image layout into a registry: what is there already is not sent again.

A layer goes in pieces. Where a connection breaks, the registry is asked how far it came; one that
no longer knows is sent the layer from its beginning.
"""

import os
import re
from collections.abc import Iterator, Mapping
from typing import IO, TYPE_CHECKING, NamedTuple

from envc.facts.problem import Problem
from envc.registry import documents
from envc.registry.client import MANIFEST_LARGEST
from envc.registry.documents import Descriptor, Index
from envc.registry.reference import Reference
from envc.registry.session import Session
from envc.registry.trouble import RegistryError
from envc.store.content import Content, chunks, digits, of_bytes, of_chunks, open_plain
from envc.store.web import NoAnswerError, Patience, Web

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

PIECE = 8 << 20
_PATIENCE = Patience()


class Pushed(NamedTuple):
    reference: Reference
    digest: str
    """By which the registry now has it."""


def push(
    folder: str,
    reference: Reference,
    *,
    of: str = "",
    environ: Mapping[str, str] = os.environ,
    patience: Patience = _PATIENCE,
    piece: int = PIECE,
) -> Pushed | Problem:
    """Blobs first, then the manifests of them, then the name: it never means half an image.

    `of` is the digest of what is meant, where the folder's index names more than that.
    """
    try:
        with Session(reference, environ, Web(patience), pushing=True) as session:
            return _pushed(_Layout(folder, of), session, piece)
    except RegistryError as error:
        return error.problem
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Problem(f"`{folder}` cannot be read as an image layout: {reason}")


class _Layout(NamedTuple):
    folder: str
    of: str = ""

    def open(self, digest: str) -> IO[bytes]:
        return open_plain(os.path.join(self.folder, "blobs", "sha256", digits(digest)))

    def top(self) -> bytes:
        with open_plain(os.path.join(self.folder, "index.json")) as file:
            data = file.read(MANIFEST_LARGEST)
        return documents.only(data, self.of) if self.of else data

    def manifest(self, wanted: Descriptor) -> bytes:
        with self.open(wanted.digest) as file:
            data = file.read(MANIFEST_LARGEST)
        if of_bytes(data) != Content(wanted.digest, wanted.size):
            raise RegistryError(_damaged(wanted))
        return data


class _Document(NamedTuple):
    data: bytes
    media_type: str


def _pushed(layout: _Layout, session: Session, piece: int) -> Pushed:
    *below, top = _documents(layout, layout.top(), is_folder=True)
    for document in (*below, top):
        found = documents.read(document.data)
        if isinstance(found, documents.Manifest):
            for part in dict.fromkeys((found.config, *found.layers)):
                _blob(session, layout, part, piece)
        if document is not top:
            _put(session, of_bytes(document.data).digest, document)
    digest = of_bytes(top.data).digest
    _put(session, session.reference.tag or digest, top)
    return Pushed(session.reference, digest)


def _documents(layout: _Layout, data: bytes, *, is_folder: bool = False) -> Iterator[_Document]:
    """The manifests and indexes, each after what it names; a folder of one image is that image."""
    found = documents.read(data)
    if isinstance(found, Problem):
        raise RegistryError(found)
    entries = documents.entries(data) if isinstance(found, Index) else ()
    for entry in entries:
        yield from _documents(layout, layout.manifest(entry))
    if not is_folder or len(entries) > 1:
        yield _Document(data, found.media_type)
    elif not entries:
        raise RegistryError(Problem(f"`{layout.folder}` holds no image"))


def _put(session: Session, version: str, document: _Document) -> None:
    headers = {"Content-Type": document.media_type}
    response = session.ask("PUT", f"manifests/{version}", headers, document.data)
    if response.status != 201:
        raise RegistryError(session.refused(response))
    response.close()


# ---- blobs ---------------------------------------------------------------------------------------


def _blob(session: Session, layout: _Layout, wanted: Descriptor, piece: int) -> None:
    response = session.ask("HEAD", f"blobs/{wanted.digest}")
    response.close()
    if response.status == 200:
        return
    with layout.open(wanted.digest) as file:
        if of_chunks(chunks(file)) != Content(wanted.digest, wanted.size):
            raise RegistryError(_damaged(wanted))
        _upload(session, wanted, file, piece)


class _Place(NamedTuple):
    """Where the next piece goes, and from which byte on."""

    url: str
    start: int


def _upload(session: Session, wanted: Descriptor, file: IO[bytes], piece: int) -> None:
    place, furthest, failures = _begun(session), 0, 0
    while place.start < wanted.size:
        file.seek(place.start)
        data = file.read(piece)
        try:
            place = _sent(session, place, data)
            if place.start > furthest:
                furthest, failures = place.start, 0
        except NoAnswerError as error:
            failures += 1
            if failures == session.patience.tries:
                raise RegistryError(session.problem(error.reason)) from error
            session.wait(session.patience.pause * 2 ** (failures - 1))
            place = _reached(session, place)
    joint = "&" if "?" in place.url else "?"
    response = session.ask("PUT", f"{place.url}{joint}digest={wanted.digest}")
    if response.status != 201:
        raise RegistryError(session.refused(response))
    response.close()


def _begun(session: Session) -> _Place:
    response = session.ask("POST", "blobs/uploads/", {"Content-Length": "0"})
    if response.status != 202:
        raise RegistryError(session.refused(response))
    return _Place(_location(session, response), 0)


def _sent(session: Session, place: _Place, data: bytes) -> _Place:
    end = place.start + len(data)
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Range": f"{place.start}-{end - 1}",
    }
    response = session.once("PATCH", place.url, headers, data)
    if response.status == 202:
        return _Place(_location(session, response), end)
    if response.status in (401, 403, 404):
        raise RegistryError(session.refused(response))
    response.close()
    raise NoAnswerError(f"answers with status {response.status}", passing=True)


def _reached(session: Session, place: _Place) -> _Place:
    """How far the registry says that it came; from the beginning where it does not say."""
    response = session.ask("GET", place.url)
    found = re.fullmatch(r"(?:bytes=)?0-(\d{1,18})", response.headers.get("Range", ""))
    if response.status != 204 or found is None:
        response.close()
        return _begun(session)
    last = int(found[1])
    return _Place(_location(session, response), last + 1 if last else 0)


def _location(session: Session, response: "BaseHTTPResponse") -> str:
    response.close()
    place = response.headers.get("Location")
    if place is None:
        raise RegistryError(session.problem("does not say where a layer goes"))
    return session.next(session.base, place)


def _damaged(wanted: Descriptor) -> Problem:
    return Problem(f"the image layout holds other bytes than {wanted.digest}", "write it again")
