"""Packs layers and file systems by the locked tools: the same bytes on each host."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread
from typing import IO

from envc.build.model import Layer, Workshop
from envc.facts.problem import Problem
from envc.images import canonical
from envc.images.kept import Kept, key
from envc.images.tree import Folder, RefusedError
from envc.plan.model import Words
from envc.store.content import CHUNK, Content
from envc.store.incoming import Incoming
from envc.store.objects import Store

GZIP = ("gzip", "-n", "-6")
SQUASH = (
    *("-tar", "-noappend", "-quiet", "-no-progress", "-no-xattrs"),
    *("-root-mode", "755", "-root-uid", "0", "-root-gid", "0"),
    *("-comp", "gzip", "-Xcompression-level", "4", "-mem", "256M"),
)
"""gzip's form is what every Apptainer reads. Level 4 takes a seventh of the time of the usual 9,
and 3 % more room; how much memory and how many processors there are does not show."""
_OUT = "/out"


@dataclass(frozen=True, slots=True)
class Packer:
    kept: Kept
    workshop: Workshop
    tools: str
    """A digest of the packages that the workshop is made of."""

    def gzipped(self, layer: Layer) -> Content:
        def make(coming: Incoming) -> None:
            with open(whole(self.kept.store, f"sha256:{layer.sha256}"), "rb") as plain:
                self._piped(GZIP, plain, coming)

        return self.kept.made(key(self.tools, layer.sha256, *GZIP), make)

    def squashed(self, tree: Folder, time: int, out: str) -> None:
        """A file system of the tree, as a new file."""
        folder, name = os.path.split(out)
        reader, writer = os.pipe()

        def write() -> None:
            with suppress(BrokenPipeError), open(writer, "wb") as tar:
                canonical.write(tree, tar, time)

        words = ("mksquashfs", "-", f"{_OUT}/{name}", *SQUASH)
        date = (("SOURCE_DATE_EPOCH", str(time)),)
        with _meanwhile(write), open(reader, "rb") as tar:
            code = self.workshop.run(words, stdin=tar, folders={folder: _OUT}, variables=date)
        _check(words, code)

    def _piped(self, words: Words, source: IO[bytes], coming: Incoming) -> None:
        reader, writer = os.pipe()

        def take() -> None:
            with open(reader, "rb", buffering=0) as packed:
                while chunk := packed.read(CHUNK):
                    coming.write(chunk)

        with _meanwhile(take), open(writer, "wb") as packed:
            code = self.workshop.run(words, stdin=source, stdout=packed)
        _check(words, code)


@contextmanager
def _meanwhile(task: Callable[[], None]) -> Iterator[None]:
    """Its trouble is told, rather than what follows from it."""
    trouble: list[OSError | RefusedError] = []

    def run() -> None:
        try:
            task()
        except (OSError, RefusedError) as error:
            trouble.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if trouble:
        raise trouble[0]


def _check(words: Words, code: int) -> None:
    if code:
        raise RefusedError(Problem(f"`{words[0]}` of the locked packages ended with {code}"))


def whole(store: Store, digest: str) -> str:
    """The path of an object of the store, verified."""
    path = store.verified(digest)
    if isinstance(path, Problem):
        raise RefusedError(path)
    return path
