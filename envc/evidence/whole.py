"""The digest of an image on disk, after every byte that it covers was read."""

import os
from collections.abc import Iterator

from envc.facts.problem import Problem
from envc.registry.documents import INDEXES, MANIFESTS, Descriptor, Manifest, entries, read
from envc.store.content import Content, chunks, digits, of_bytes, of_chunks, open_plain

_DOCUMENT = 4 << 20
"""No index or manifest is larger."""


def is_layout(path: str) -> bool:
    return os.path.isfile(os.path.join(path, "oci-layout"))


def file(path: str) -> str | Problem:
    try:
        with open_plain(path) as data:
            return of_chunks(chunks(data)).digest
    except OSError as error:
        return _unread(path, error)


def layout(folder: str) -> str | Problem:
    """Of its one image; or of the index, where that is what its images are together."""
    try:
        named = entries(_document(os.path.join(folder, "index.json")))
        top = [each for each in named if each.media_type in INDEXES] or list(named)
        if len(top) != 1:
            return Problem(f"`{folder}` holds {len(top)} images", "name a folder with one")
        seen: set[Descriptor] = set()
        waiting = list(named)
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                waiting += _below(folder, each)
    except OSError as error:
        return _unread(folder, error)
    except _DamagedError as error:
        return Problem(f"{error} is damaged in `{folder}`", "build or pull the image again")
    return top[0].digest


class _DamagedError(Exception):
    """Bytes are not those of their name."""


def _below(folder: str, part: Descriptor) -> Iterator[Descriptor]:
    """What a part names in turn, after it was read itself."""
    path = os.path.join(folder, "blobs", "sha256", digits(part.digest))
    if part.media_type not in (*INDEXES, *MANIFESTS):
        with open_plain(path) as data:
            if of_chunks(chunks(data)) != Content(part.digest, part.size):
                raise _DamagedError(part.digest)
        return
    document = _document(path)
    if of_bytes(document) != Content(part.digest, part.size):
        raise _DamagedError(part.digest)
    if part.media_type in INDEXES:
        yield from entries(document)
        return
    found = read(document, part.media_type)
    if not isinstance(found, Manifest):
        raise _DamagedError(part.digest)
    yield found.config
    yield from found.layers


def _document(path: str) -> bytes:
    with open_plain(path) as data:
        return b"".join(chunks(data)) if os.fstat(data.fileno()).st_size <= _DOCUMENT else b""


def _unread(path: str, error: OSError) -> Problem:
    return Problem(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}")
