"""Writes a pulled image as a folder that every tool for images reads: an OCI image layout.

https://github.com/opencontainers/image-spec/blob/main/image-layout.md
"""

import json
import os
import shutil
from collections.abc import Iterator

from envc.facts.problem import Problem
from envc.registry.client import Pulled
from envc.registry.documents import OCI_INDEX, Descriptor
from envc.store.content import Content, chunks, digits, of_chunks, open_plain
from envc.store.objects import Store

VERSION = "1.0.0"


def write(pulled: Pulled, store: Store, folder: str) -> Problem | None:
    """Makes the folder, whole or not at all; the same bytes for the same image."""
    if os.path.lexists(folder):
        return Problem(f"`{folder}` is there already", "name a folder that is not there yet")
    spare = f"{folder}.{os.getpid()}.new"
    try:
        problem = _fill(spare, pulled, store)
        if problem is None:
            os.rename(spare, folder)
    finally:
        shutil.rmtree(spare, ignore_errors=True)
    return problem


def index(manifest: Descriptor) -> bytes:
    """The index of a folder that holds one image."""
    words = manifest.platform.split("/")
    keys = ("os", "architecture", "variant")
    platform = dict(zip(keys, words, strict=False))
    entry = {
        "mediaType": manifest.media_type,
        "digest": manifest.digest,
        "size": manifest.size,
        "platform": platform,
    }
    return canonical({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [entry]})


def canonical(document: object) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _fill(folder: str, pulled: Pulled, store: Store) -> Problem | None:
    blobs = os.path.join(folder, "blobs", "sha256")
    os.makedirs(blobs)
    for part in (pulled.manifest, *pulled.parts):
        if problem := _copy(part, store, blobs):
            return problem
    _put(os.path.join(folder, "oci-layout"), canonical({"imageLayoutVersion": VERSION}))
    _put(os.path.join(folder, "index.json"), index(pulled.manifest))
    return None


def _copy(part: Descriptor, store: Store, blobs: str) -> Problem | None:
    """A copy, not a link: whoever changes the folder must not change the store."""
    place = store.find(part.digest)
    if place is None:
        return Problem(f"{part.digest} is not in the store", "run `envc fetch`")
    path = os.path.join(blobs, digits(part.digest))
    if os.path.exists(path):  # a layer that is there twice
        return None
    with open_plain(place, follow=False) as source, open(path, "xb") as target:

        def copied() -> Iterator[bytes]:
            for chunk in chunks(source):
                target.write(chunk)
                yield chunk

        if of_chunks(copied()) != Content(part.digest, part.size):
            return Problem(f"{part.digest} is damaged in the store", "run `envc mirror verify`")
    return None


def _put(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
