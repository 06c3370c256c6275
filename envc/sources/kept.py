"""Puts sources into the store and reads what they hold."""

import os
from collections.abc import Iterable

from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.sources.limits import LIMITS
from envc.sources.spool import no_room
from envc.sources.tree import File, Folder, Node, NotReadError, at, leading_out, parts, shown, walk
from envc.store.amounts import amount
from envc.store.objects import Store


def keep(store: Store, folder: Folder) -> str | Problem:
    """The digest of the folder's canonical tar, which is in the store from now on."""
    import tempfile

    from envc.sources import canonical

    if not folder.entries:
        return Problem("there is no file in it")
    if refused := leading_out(folder):
        return refused
    with tempfile.TemporaryDirectory(prefix="envc-") as scratch:
        path = os.path.join(scratch, "source.tar")
        try:
            with open(path, "wb") as file:
                canonical.write(folder, file)
        except NotReadError as error:
            return error.problem
        except OSError as error:
            return no_room(error)
        return store.add_file(path)


def too_large(folder: Folder) -> Problem | None:
    size = sum(node.content.size for _, node in walk(folder) if isinstance(node, File))
    if size <= LIMITS.size:
        return None
    message = f"the files have {amount(size)}, more than the {amount(LIMITS.size)} of a source"
    return Problem(message, f"leave out what is not source: {_largest(folder)}")


def lacks(folder: Folder, wanted: str) -> Problem | None:
    """Why the attribute `folder` names no folder of a source."""
    path = parts(os.fsencode(wanted))
    if isinstance(path, Problem):
        return path
    if isinstance(at(folder, path), Folder):
        return None
    near = close(wanted, _names(walk(folder)))
    advice = f"did you mean {listed(near)}?" if near else ""
    return Problem(f"the source has no folder `{wanted}`", advice)


def _names(found: Iterable[tuple[tuple[bytes, ...], Node]]) -> list[str]:
    return [shown(path) for path, node in found if isinstance(node, Folder)]


def _largest(folder: Folder) -> str:
    files = [(node.content.size, path) for path, node in walk(folder) if isinstance(node, File)]
    size, path = max(files)
    return f"`{shown(path)}` alone has {amount(size)}"
