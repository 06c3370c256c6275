"""Where is built: a store, a folder for the while, and what this user may do there.

Folders lie in the store's own, so that what is made in them becomes part of the store by a new name
alone. Each is locked while its process lives, and swept by the next build once it does not.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from envc.build import mounts, users
from envc.build.entering import call
from envc.build.room import Call, Identities, Overlay, Room
from envc.facts.problem import Problem
from envc.store import safety, turns
from envc.store.folders import SCRATCH
from envc.store.objects import Store
from envc.store.progress import Show

_KEPT, _BEGAN = "kept", "began"
_OPEN = 0o755
"""Other users of a room look into it too."""

Bring = Callable[[Sequence[str]], Mapping[str, Problem]]
"""Brings what the store lacks, by digest, and tells what it could not bring."""


def nobody(digests: Sequence[str]) -> Mapping[str, Problem]:  # noqa: ARG001 - a Bring
    """What is not there is not to be had."""
    return {}


@dataclass(frozen=True, slots=True)
class Bench:
    store: Store
    scratch: str
    identities: Identities | None
    overlays: bool
    """Whether this user may lay folders over each other here."""
    show: Show
    bring: Bring
    seen: set[str] = field(default_factory=set)
    """Trees that this process has found whole: it builds on them several times."""

    def folder(self, name: str, *below: str) -> str:
        """A new one, for the while, with folders in it that everybody may look into."""
        made = tempfile.mkdtemp(prefix=f"{name}-", dir=self.scratch)
        for each in below:
            os.mkdir(os.path.join(made, each))
            os.chmod(os.path.join(made, each), _OPEN)
        return made

    def keep(self) -> None:
        """Until the next build, for whoever wants to look why this one failed."""
        with open(os.path.join(self.scratch, _KEPT), "a"):
            pass

    def discard(self, path: str) -> None:
        """Also what belongs to other users of a room."""
        remove(path, self.identities)


@contextmanager
def bench(store: Store, show: Show, bring: Bring = nobody) -> Iterator[Bench | Problem]:
    identities = store.refusal() or users.identities()
    if isinstance(identities, Problem):
        yield identities
        return
    with scratch(store, identities) as folder:
        if isinstance(folder, Problem):
            yield folder
            return
        overlays = _probe(folder, identities)
        if isinstance(overlays, Problem):
            yield overlays
        else:
            yield Bench(store, folder, identities, overlays, show, bring)


# ---- folders -------------------------------------------------------------------------------------


@contextmanager
def scratch(store: Store, identities: Identities | None) -> Iterator[str | Problem]:
    """A folder for the while; what processes left that have ended is swept."""
    top = os.path.join(store.folder, SCRATCH)
    safety.make_folder(top)
    if refused := safety.refusal_inside(top):
        yield refused
        return
    with _locked(top):
        left = list(_unused(top))
        folder = tempfile.mkdtemp(dir=top)
        lock = _lock(folder)
        os.mkdir(os.path.join(folder, _BEGAN))
    for path, held in left:
        remove(path, identities)
        os.close(held)
    try:
        yield folder
    finally:
        if not os.path.exists(os.path.join(folder, _KEPT)):
            remove(folder, identities)
        os.close(lock)


def begun(store: Store, own: str = "") -> list[float]:
    """When builds began that are at work here, one's own aside, in seconds since 1970."""
    top = os.path.join(store.folder, SCRATCH)
    if not os.path.isdir(top):
        return []
    with _locked(top):
        for _, held in (left := list(_unused(top))):
            os.close(held)
        ended = {own, *(path for path, _ in left)}
        every = (os.path.join(top, name) for name in os.listdir(top))
        return [turns.used(os.path.join(each, _BEGAN)) for each in every if each not in ended]


def _unused(top: str) -> Iterator[tuple[str, int]]:
    """Folders whose process has ended, which are ours from here on."""
    for name in os.listdir(top):
        path = os.path.join(top, name)
        try:
            yield path, _lock(path, fcntl.LOCK_NB)
        except OSError:  # in use, or gone
            continue


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    descriptor = _lock(folder)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(folder: str, how: int = 0) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | how)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def remove(path: str, identities: Identities | None) -> None:
    """A folder of a room, with all that is in it."""
    with suppress(OSError):  # what is left, the next build sweeps
        if identities is None:
            shutil.rmtree(path)
        else:
            call(Room(), Call(shutil.rmtree, (path,)), identities)


# ---- overlays ------------------------------------------------------------------------------------


def _probe(scratch: str, identities: Identities | None) -> bool | Problem:
    """Not all kernels allow it to all users, nor all file systems below it."""
    folder = tempfile.mkdtemp(dir=scratch)
    for name in ("lower/a/b", "upper", "work", "merged"):
        os.makedirs(os.path.join(folder, name))
    found: bool | Problem = call(Room(), Call(_can_lay, (folder,)), identities)
    return found


def _can_lay(folder: str) -> bool:
    merged = os.path.join(folder, "merged")
    try:
        mounts.lay(Overlay(folder, ("lower",), "upper", "work"), merged)
        os.rmdir(f"{merged}/a/b")
        os.rmdir(f"{merged}/a")
        os.mkdir(f"{merged}/a")  # which hides what was in it
    except OSError:
        return False
    return True
