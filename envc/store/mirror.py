"""Stores that are carried: a folder like a store's, for a disk to bring or a web server to serve.

What lies in it is readable by all and owned by whoever wrote it; so nothing of it is used before
its hash was looked at.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from envc import writing
from envc.facts.problem import Problem
from envc.store import content
from envc.store.content import KIND, Content
from envc.store.fetch import Wanted
from envc.store.incoming import incoming
from envc.store.objects import Store
from envc.store.progress import Show
from envc.store.trouble import NotStoredError, of_disk

SUMS = "SHA256SUMS"


class Listing(NamedTuple):
    """What lies in a folder, sorted."""

    objects: tuple[str, ...]
    """The digests by which files are named."""
    strange: tuple[str, ...]
    """The paths, within the folder, of what is no object."""


class Part(NamedTuple):
    """An object to copy, as the store has it."""

    name: str
    path: str
    content: Content


class Import(NamedTuple):
    came: tuple[str, ...]
    there: tuple[str, ...]
    """Digests that the store had already."""
    strange: tuple[str, ...]
    problems: tuple[Problem, ...]


def listing(folder: str) -> Listing:
    objects: list[str] = []
    strange: list[str] = []
    for path in _files(folder):
        digest = _named(path)
        if digest is not None and _is_plain(os.path.join(folder, path)):
            objects.append(digest)
        elif path != SUMS:
            strange.append(path)
    return Listing(tuple(sorted(objects)), tuple(sorted(strange)))


# ---- out -----------------------------------------------------------------------------------------


def to_export(store: Store, wanted: Sequence[Wanted], folder: str) -> tuple[Part, ...] | Problem:
    """What the folder lacks; a problem where the store lacks it too."""
    parts: dict[str, Part] = {}
    for each in wanted:
        path = store.find(each.digest)
        if path is None:
            message = f"{each.name} is not in the store `{store.folder}`"
            return store.refusal() or Problem(message, "run `envc fetch` first")
        if _content(_place(folder, each.digest)) != each.digest:
            size = os.stat(path).st_size
            parts[each.digest] = Part(each.name, path, Content(each.digest, size))
    return tuple(parts.values())


def export(store: Store, parts: Sequence[Part], folder: str, show: Show) -> tuple[Problem, ...]:
    """Copies them, each held against its digest, and then lists all that the folder has."""
    problems: list[Problem] = []
    with show.row(f"to {folder}", sum(part.content.size for part in parts)) as row:
        done = 0
        for part in parts:
            try:
                _copy(part, folder)
            except NotStoredError as error:
                found = store.verified(part.content.digest)
                problems.append(found if isinstance(found, Problem) else error.problem)
            except OSError as error:
                return (*problems, _of_folder(error, folder, part.name, part.content.size))
            done += part.content.size
            row.has(done)
    try:
        _write_sums(folder)
    except OSError as error:
        problems.append(_of_folder(error, folder, SUMS, None))
    return tuple(problems)


def _copy(part: Part, folder: str) -> None:
    place = _place(folder, part.content.digest)
    above, name = os.path.split(place)
    os.makedirs(above, exist_ok=True)
    with (
        content.open_plain(part.path, follow=False) as file,
        incoming(os.path.join(above, f".{name}.new")) as coming,
    ):
        coming.take(part.content, part.name, content.chunks(file), place)


def _write_sums(folder: str) -> None:
    """What `sha256sum -c` reads. Parts that a killed export left behind are not in it."""
    os.makedirs(folder, exist_ok=True)
    places = map(content.place, listing(folder).objects)
    text = "".join(f"{os.path.basename(place)}  {place}\n" for place in places)
    path = os.path.join(folder, SUMS)
    if os.path.lexists(path):
        writing.replace(path, text)
    else:
        writing.create(path, text)


def _of_folder(error: OSError, folder: str, what: str, needed: int | None) -> Problem:
    return of_disk(error, folder, what, needed, "name another folder")


# ---- in ------------------------------------------------------------------------------------------


def take_in(store: Store, folder: str, show: Show) -> Import:
    """Puts a mirror's objects into the store, each held against its name."""
    found = listing(folder)
    sizes = {each: os.lstat(_place(folder, each)).st_size for each in found.objects}
    there = tuple(each for each in found.objects if store.find(each) is not None)
    came, problems, read = [], [], 0
    new = [each for each in found.objects if each not in set(there)]
    with show.row(f"from {folder}", sum(sizes[each] for each in new)) as row:
        for digest in new:
            problem = _put(store, digest, _place(folder, digest))
            if problem is None:
                came.append(digest)
            else:
                problems.append(problem)
            read += sizes[digest]
            row.has(read)
    return Import(tuple(came), there, found.strange, tuple(problems))


def _put(store: Store, digest: str, path: str) -> Problem | None:
    try:
        with content.open_plain(path, follow=False) as file:
            size = os.fstat(file.fileno()).st_size
            store.put(Content(digest, size), f"`{path}`", lambda: content.chunks(file))
    except NotStoredError as error:
        return error.problem
    except OSError as error:
        return Problem(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}")
    return None


# ---- as it is ------------------------------------------------------------------------------------


def damaged(folder: str, show: Show) -> tuple[str, ...]:
    """The digests whose files in a mirror hold something else."""
    found = listing(folder)
    with show.row(f"reading {folder}", None):
        return tuple(each for each in found.objects if _content(_place(folder, each)) != each)


def _content(path: str) -> str | None:
    """The digest of what a file holds; None where it cannot be read."""
    try:
        with content.open_plain(path, follow=False) as file:
            return content.of_chunks(content.chunks(file)).digest
    except OSError:
        return None


def _place(folder: str, digest: str) -> str:
    return os.path.join(folder, content.place(digest))


def _named(path: str) -> str | None:
    """The digest of which this is the place."""
    name = os.path.basename(path)
    if not content.is_digits(name):
        return None
    digest = f"{KIND}:{name}"
    return digest if content.place(digest) == path else None


def _files(folder: str) -> Iterator[str]:
    """All that is no folder, by paths within the folder; links to folders are not gone into."""
    for above, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(above, name))]
        for name in (*files, *links):
            yield os.path.relpath(os.path.join(above, name), folder)


def _is_plain(path: str) -> bool:
    return stat.S_ISREG(os.lstat(path).st_mode)
