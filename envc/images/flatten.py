"""Any image of anybody as one tree: a folder with an OCI layout, an archive of one, what `docker
save` writes, a SIF, a squashfs, a tar of all files, or a folder of them.

Nothing of an image reaches the disk under a name that the image chose. Layers count only with the
digest by which their manifest names them.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import reduce
from typing import IO, Any

from envc.facts.problem import Problem
from envc.images import folder, listing, reading, sif, squashfs
from envc.images.tree import Data, File, Folder, RefusedError, at, laid, parts, shown
from envc.registry import documents
from envc.registry.documents import Descriptor, Index
from envc.sources import compressed
from envc.sources.limits import LIMITS
from envc.sources.tree import NotReadError
from envc.store.content import Content, digits, of_chunks, open_plain

_DOCUMENT_LARGEST = 4 << 20
_SQUASHFS = b"hsqs"


def digest(path: str, platform: str = "", scratch: str | None = None) -> str | Problem:
    """Of all files, by which images of different builders are compared."""
    try:
        with tree(path, platform, scratch) as found:
            return listing.digest(listing.lines(found))
    except RefusedError as error:
        return error.problem


@contextmanager
def tree(path: str, platform: str = "", scratch: str | None = None) -> Iterator[Folder]:
    """Of an image, and of one platform's where there are several. RefusedError where it is none.

    `scratch` is where layers are unpacked that are packed; nothing is left there.
    """
    try:
        with ExitStack() as opened:
            yield _Opener(opened, platform, scratch).image(path)
    except NotReadError as error:
        raise RefusedError(error.problem) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise RefusedError(Problem(f"`{path}` cannot be read: {reason}")) from error


@contextmanager
def opened(layout: Folder, scratch: str | None = None) -> Iterator[Folder]:
    """The same of an OCI layout that is a tree itself."""
    try:
        with ExitStack() as files:
            yield _Opener(files, "", scratch).layers(layout)
    except NotReadError as error:
        raise RefusedError(error.problem) from error


class _Opener:
    """What it opens stays open until the tree has been read."""

    def __init__(self, opened: ExitStack, platform: str, scratch: str | None) -> None:
        self._opened = opened
        self._platform = platform
        self._scratch = scratch

    def image(self, path: str) -> Folder:
        if os.path.isdir(path):
            found = folder.read(path)
            if isinstance(found, Problem):
                raise RefusedError(found)
            return self.layers(found)
        file = self._opened.enter_context(open_plain(path))
        if sif.is_sif(file):
            systems = [each for each in sif.read(file) if each.kind == sif.PARTITION]
            if len(systems) != 1:
                raise RefusedError(Problem(f"`{path}` holds {len(systems)} file systems"))
            return squashfs.read(file, systems[0].start, systems[0].size)
        file.seek(0)
        if file.read(len(_SQUASHFS)) == _SQUASHFS:
            return squashfs.read(file, 0, os.fstat(file.fileno()).st_size)
        return self.layers(reading.read(self._plain(file)))

    def layers(self, found: Folder) -> Folder:
        """The image that is in a tree; where none is, it is the tree."""
        if "index.json" in _names(found):
            manifest = self._manifest(found, _document(found, "index.json"))
            layers = [self._blob(found, each) for each in manifest.layers]
        elif "manifest.json" in _names(found):
            layers = [self._whole(_data(found, each)) for each in _saved(found)]
        else:
            return found
        return reduce(laid, (reading.read(self._plain(each)) for each in layers), Folder())

    def _manifest(self, found: Folder, data: bytes) -> documents.Manifest:
        """Through an index, and one that is named there."""
        read = documents.read(data)
        if isinstance(read, Index):
            chosen = [each for each in read.images if self._is_meant(found, each)]
            named = chosen or [
                each for each in documents.entries(data) if each.media_type in documents.INDEXES
            ]
            if len(named) != 1:
                message = f"there are {len(named)} images" + self._for_platform()
                raise RefusedError(Problem(message, "name a folder or file with one"))
            return self._manifest(found, _named(found, named[0]))
        if isinstance(read, Problem):
            raise RefusedError(read)
        return read

    def _is_meant(self, found: Folder, named: Descriptor) -> bool:
        if not self._platform:
            return True
        if named.platform:
            return named.platform == self._platform
        manifest = documents.read(_named(found, named))
        if not isinstance(manifest, documents.Manifest):
            return False
        config = documents.read_config(_named(found, manifest.config))
        return isinstance(config, documents.Config) and config.platform == self._platform

    def _for_platform(self) -> str:
        return f" for {self._platform}" if self._platform else ""

    # ---- bytes -----------------------------------------------------------------------------------

    def _blob(self, found: Folder, named: Descriptor) -> IO[bytes]:
        return self._whole(_data(found, _path(named.digest)), Content(named.digest, named.size))

    def _whole(self, data: Data, wanted: Content | None = None) -> IO[bytes]:
        """A file without a name that holds what it is to hold."""
        file = self._nameless()

        def copied() -> Iterator[bytes]:
            for chunk in data.chunks():
                file.write(chunk)
                yield chunk

        content = of_chunks(copied())
        if wanted is not None and content != wanted:
            raise RefusedError(Problem(f"{wanted.digest} is damaged in the image"))
        file.flush()
        return file

    def _plain(self, file: IO[bytes]) -> IO[bytes]:
        """The tar inside of what may be packed."""
        if not compressed.is_packed(file):
            return file
        plain = compressed.opened(file, LIMITS.of(os.fstat(file.fileno()).st_size))
        into = self._nameless()
        try:
            shutil.copyfileobj(plain, into, 1 << 20)
        except (EOFError, *compressed.BROKEN) as error:
            raise RefusedError(Problem("a layer of the image is damaged")) from error
        into.flush()
        return into

    def _nameless(self) -> IO[bytes]:
        return self._opened.enter_context(tempfile.TemporaryFile(dir=self._scratch))


def _named(found: Folder, named: Descriptor) -> bytes:
    data = _document(found, _path(named.digest))
    if of_chunks([data]) != Content(named.digest, named.size):
        raise RefusedError(Problem(f"{named.digest} is damaged in the image"))
    return data


def _path(digest: str) -> str:
    return f"blobs/sha256/{digits(digest)}"


def _names(found: Folder) -> set[str]:
    return {os.fsdecode(name) for name, node in found.entries.items() if isinstance(node, File)}


def _data(found: Folder, path: str) -> Data:
    node = at(found, parts(os.fsencode(path)))
    if not isinstance(node, File):
        raise RefusedError(Problem(f"the image has no `{shown((path.encode(),))}`"))
    return node.data


def _document(found: Folder, path: str) -> bytes:
    held = b""
    for chunk in _data(found, path).chunks():
        held += chunk
        if len(held) > _DOCUMENT_LARGEST:
            raise RefusedError(Problem(f"`{path}` of the image is too large for what it is"))
    return held


def _saved(found: Folder) -> tuple[str, ...]:
    """The layers that `docker save` wrote, by their paths."""
    try:
        said: Any = json.loads(_document(found, "manifest.json"))
        (image,) = said
        return tuple(str(each) for each in image["Layers"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise RefusedError(Problem("this archive does not hold one image")) from error
