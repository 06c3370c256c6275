"""The store: a folder of files, each named by the SHA-256 of what it holds.

```
sha256/ab/ab12…   whole objects, read-only
partial/ab12…     one on its way in
damaged/ab12…     one whose bytes were no longer its own
```
"""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from envc.facts.problem import Problem
from envc.store import content, safety, turns
from envc.store.amounts import amount
from envc.store.content import KIND, Content
from envc.store.folders import DAMAGED, PARTIAL
from envc.store.incoming import Incoming, incoming, settle
from envc.store.trouble import NotStoredError, of_disk

VARIABLE = "ENVC_STORE"


@dataclass(frozen=True, slots=True)
class Store:
    folder: str

    def refusal(self) -> Problem | None:
        """Why this store is not used: others could change what is in it."""
        if found := safety.refusal(self.folder):
            return found
        inside = (os.path.join(self.folder, name) for name in (KIND, PARTIAL, DAMAGED))
        return next(filter(None, map(safety.refusal_inside, inside)), None)

    def find(self, digest: str) -> str | None:
        """The path of an object, which is used from here on; what it holds is not looked at."""
        path = self._there(digest)
        return path if path is not None and turns.use(self.folder, path) else None

    def verified(self, digest: str, size: int | None = None) -> str | Problem:
        """The path of an object that holds what its name says; a damaged one is moved aside."""
        if refused := self.refusal():
            return refused
        path = self.find(digest)
        if path is None:
            return Problem(f"{digest} is not in the store `{self.folder}`", "run `envc fetch`")
        return self._held(path, digest, size)

    def damage(self, digest: str) -> Problem | None:
        """Of an object, which is moved aside then. To look at one is not to use it."""
        path = self._there(digest)
        found = self._held(path, digest, None) if path is not None else None
        return found if isinstance(found, Problem) else None

    def _held(self, path: str, digest: str, size: int | None) -> str | Problem:
        with content.open_plain(path, follow=False) as file:
            found = content.of_chunks(content.chunks(file))
        if found.digest != digest:
            return self._set_aside(path, digest, found)
        if size is not None and found.size != size:
            return Problem(
                f"{digest} has {found.size} bytes where {size} were asked for",
                "a digest and a size that do not belong together were written down",
            )
        return path

    def add(self, data: bytes) -> str:
        """Puts bytes into the store; NotStoredError where the disk says no."""
        wanted = content.of_bytes(data)
        self.put(wanted, f"an object of {amount(wanted.size)}", lambda: (data,))
        return wanted.digest

    def add_file(self, path: str) -> str:
        """Puts a copy of a file into the store: the file itself may be changed afterwards."""
        with content.open_plain(path) as file:
            wanted = content.of_chunks(content.chunks(file))
            self.put(wanted, f"`{path}`", lambda: content.chunks(file))
        return wanted.digest

    def put(self, wanted: Content, what: str, chunks: Callable[[], Iterable[bytes]]) -> None:
        """Puts in what is expected to be such an object; NotStoredError where it is another."""
        if self.find(wanted.digest) is not None:
            return
        try:
            with self.incoming(wanted.digest) as coming:
                if coming is not None:
                    coming.take(wanted, what, chunks(), self._place(wanted.digest))
        except NotStoredError:
            raise
        except OSError as error:
            raise NotStoredError(of_disk(error, self.folder, what, wanted.size)) from error

    def adopt(self, path: str, wanted: Content) -> None:
        """Makes an object of a file on the store's own disk, which whoever wrote it has hashed."""
        self._make(os.path.dirname(content.place(wanted.digest)))
        if self.find(wanted.digest) is not None:
            os.unlink(path)
            return
        with open(path, "rb+") as file:
            settle(file.fileno(), path, self._place(wanted.digest))

    @contextmanager
    def incoming(self, digest: str) -> Iterator[Incoming | None]:
        """The object's file to write, once no other process has it; None where it is whole."""
        for folder in (PARTIAL, os.path.dirname(content.place(digest))):
            self._make(folder)
        with incoming(os.path.join(self.folder, PARTIAL, content.digits(digest))) as coming:
            if self.find(digest) is None:
                yield coming
                return
            coming.give_up()
        yield None

    def settle(self, coming: Incoming) -> None:
        """Makes an object of what came, under the name of what it holds."""
        digest = coming.content.digest
        self._make(os.path.dirname(content.place(digest)))
        coming.settle(self._place(digest))

    def sweep(self, before: float) -> None:
        """Forgets what nobody has gone on with since then, by the seconds of `os.stat`."""
        folder = os.path.join(self.folder, PARTIAL)
        if self.refusal() or not os.path.isdir(folder):
            return
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            with suppress(OSError):  # another process may be quicker
                if os.lstat(path).st_mtime < before:
                    os.unlink(path)

    def _there(self, digest: str) -> str | None:
        path = self._place(digest)
        folder = os.path.dirname(path)
        sound = not (self.refusal() or safety.refusal_inside(folder))
        return path if sound and _is_file(path) else None

    def _place(self, digest: str) -> str:
        return os.path.join(self.folder, content.place(digest))

    def _make(self, name: str) -> None:
        path = os.path.join(self.folder, name)
        safety.make_folder(path)
        if refused := self.refusal() or safety.refusal_inside(path):
            raise NotStoredError(refused)

    def _set_aside(self, path: str, digest: str, found: Content) -> Problem:
        aside = os.path.join(self.folder, DAMAGED, content.digits(digest))
        try:
            self._make(DAMAGED)
            os.rename(path, aside)
        except OSError:
            aside = path
        return Problem(
            f"{digest} is damaged in the store: it holds {found.digest}, {amount(found.size)}",
            f"it is kept as `{aside}`; `envc fetch` brings it anew",
        )


def standard(environ: Mapping[str, str]) -> Store:
    """Where XDG has caches, or where `ENVC_STORE` says."""
    if own := environ.get(VARIABLE):
        return Store(os.path.abspath(own))
    cache = environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(cache):  # XDG: a relative one is to be ignored
        home = environ.get("HOME") or os.path.expanduser("~")
        cache = os.path.join(home, ".cache")
    return Store(os.path.join(cache, "envc", "store"))


def _is_file(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False
