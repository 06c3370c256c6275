"""The image that an app starts from: its files, in a folder that packages are installed over.

Its layers are held against their digests and read as trees, which refuses what leads out of them;
`tar` of the locked packages then writes what all of them are together, as root of a room.
"""

import os
import tempfile
from dataclasses import replace
from typing import IO

from envc.build import log
from envc.build.bench import Bench
from envc.build.entering import Streams
from envc.build.inputs import Wanted, brought
from envc.build.room import Bind
from envc.build.tools import Tools
from envc.facts.problem import Problem
from envc.images import canonical, flatten
from envc.images.folder import OnDisk
from envc.images.tree import File, Folder, Held, RefusedError, put, walk
from envc.plan.model import Base
from envc.registry import documents, layout
from envc.registry.documents import Descriptor, Manifest
from envc.store.content import digits, open_plain

_OUT = "/out"
_DEVICES = b"dev"
_TAR = (
    "tar",
    "--extract",
    "--preserve-permissions",
    "--same-owner",
    "--numeric-owner",
    "--xattrs",
    "--xattrs-include=security.capability",
    f"--directory={_OUT}",
)


def unpack(tools: Tools, base: Base, folder: str) -> Problem | None:
    """Into an empty folder."""
    found = _image(tools.bench, base)
    if isinstance(found, Problem):
        return found
    scratch = tools.bench.scratch
    try:
        with (
            flatten.opened(found, scratch) as tree,
            tempfile.TemporaryFile(dir=scratch) as file,
        ):
            canonical.write(_copied(tree), file, 0)
            file.seek(0)
            return _written(tools, base, file, folder)
    except RefusedError as error:
        return Problem(f"`{base.reference}`: {error.problem.message}", error.problem.help)


def _image(bench: Bench, base: Base) -> Folder | Problem:
    """As a layout that was never written: the documents, and the objects of the store."""
    top = brought(bench, [Wanted(base.reference, base.digest)])
    if isinstance(top, Problem):
        return top
    with open_plain(top[base.digest], follow=False) as file:
        data = file.read()
    manifest = documents.read(data)
    if not isinstance(manifest, Manifest):
        return Problem(f"`{base.reference}`: {base.digest} is no image")
    wanted = [Wanted(base.reference, each.digest, each.size) for each in manifest.layers]
    layers = brought(bench, wanted)
    if isinstance(layers, Problem):
        return layers
    named = Descriptor(manifest.media_type, base.digest, len(data))
    found = Folder()
    _put(found, "index.json", _held(layout.index(named)))
    for digest, path in {**top, **layers}.items():
        on_disk = OnDisk(os.fsencode(path))
        _put(found, f"blobs/sha256/{digits(digest)}", File(0o644, os.path.getsize(path), on_disk))
    return found


def _held(data: bytes) -> File:
    return File(0o644, len(data), Held(data))


def _put(top: Folder, path: str, node: File) -> None:
    put(top, tuple(map(os.fsencode, path.split("/"))), node)


def _copied(tree: Folder) -> Folder:
    """As `COPY` of a Dockerfile has it: each name is a file of its own. The room has devices."""
    top = replace(tree, entries={})
    for path, node in walk(tree):
        if path[0] == _DEVICES and len(path) > 1:
            continue
        match node:
            case Folder():
                put(top, path, replace(node, entries={}))
            case File():
                put(top, path, replace(node))
            case _:
                put(top, path, node)
    return top


def _written(tools: Tools, base: Base, tar: IO[bytes], folder: str) -> Problem | None:
    said = os.path.join(tools.bench.folder("base"), "log")
    with open(said, "xb") as file:
        mounts = (Bind(folder, _OUT, writable=True),)
        ended = tools.start(_TAR, (), mounts, Streams(tar, file, file))
    if isinstance(ended, Problem):
        return ended
    return log.unmade(said, f"what `{base.reference}` holds", ended) if ended else None
