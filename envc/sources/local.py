"""`source dir`: a folder beside the spec, kept as a tar so that others can build it too."""

import os
from dataclasses import replace
from fnmatch import fnmatchcase

from envc.compile.tree import RECORD
from envc.facts.problem import Problem
from envc.sources.asking import World, attributes
from envc.sources.folder import read_folder
from envc.sources.kept import keep, too_large
from envc.sources.nar import nar_digest
from envc.sources.resolved import Resolved
from envc.sources.swhid import directory_id
from envc.sources.tree import Folder, NotReadError, Path
from envc.spec import SourceCode

LEFT_OUT = (
    *(".git", ".hg", ".svn", ".bzr", "CVS", "_darcs", ".fslckout"),
    *("*.envc", "envc.lock", "envc.lock.sig", "envc.signers"),
    *("__pycache__", ".DS_Store"),
)
"""What says how it came to be, or what is to be made of it, but is not the source itself."""


def resolve(source: SourceCode, world: World) -> Resolved | Problem:
    folder = read(source, world.base)
    if isinstance(folder, Problem):
        return folder
    try:
        swhid, nar = directory_id(folder), nar_digest(folder)
    except NotReadError as error:
        return error.problem
    digest = keep(world.store, folder)
    if isinstance(digest, Problem):
        return Problem(f"`{source.where}`: {digest.message}", digest.help)
    path = world.store.verified(digest)
    if isinstance(path, Problem):
        return path
    name = os.path.basename(os.path.normpath(source.where)).lstrip(".") or "source"
    return Resolved(
        kind=source.kind,
        name=name,
        file=f"{name}.tar",
        urls=(source.where,),
        sha256=digest,
        size=os.stat(path).st_size,
        swhid=swhid,
        nar=nar,
    )


def changed(source: SourceCode, locked: Resolved, base: str) -> Problem | None:
    """Why the lock does not say what the folder holds now."""
    folder = read(source, base)
    if isinstance(folder, Problem):
        return folder
    try:
        found = directory_id(folder)
    except NotReadError as error:
        return error.problem
    if found == locked.swhid:
        return None
    message = f"the folder `{source.where}` was changed since it was locked"
    return Problem(message, "run `envc lock`, which takes it as it is now")


def read(source: SourceCode, base: str) -> Folder | Problem:
    """Without folders that hold nothing, which no version control would bring to anybody else."""
    patterns = (*LEFT_OUT, *attributes(source, "ignore"))
    path = os.path.join(base, source.folder, source.where)
    if not os.path.isdir(path):
        kind = "is not a folder" if os.path.lexists(path) else "does not exist"
        return Problem(f"`{source.where}` {kind}", "its path goes from the folder of the spec")
    folder = read_folder(
        path, lambda found: is_left_out(found, patterns) or _is_compiled(path, found)
    )
    return folder if isinstance(folder, Problem) else too_large(folder) or _filled(folder)


def is_left_out(path: Path, patterns: tuple[str, ...]) -> bool:
    """
    `build` and `*.o` mean any file or folder of that name, `data/raw` the one there.

    `**` stands for any folders between.
    """
    names = tuple(os.fsdecode(name) for name in path)
    return any(_fits(names, pattern) for pattern in patterns)


def _is_compiled(top: str, path: Path) -> bool:
    """Whether `envc compile` wrote this folder, which would change what it is made from."""
    return os.path.lexists(os.path.join(os.fsencode(top), *path, RECORD.encode()))


def _fits(names: tuple[str, ...], pattern: str) -> bool:
    plain = pattern.removeprefix("./").rstrip("/")
    if "/" not in plain:
        return fnmatchcase(names[-1], plain)
    return _fits_from(names, tuple(plain.lstrip("/").split("/")))


def _fits_from(names: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return not names
    if wanted[0] == "**":
        return any(_fits_from(names[skip:], wanted[1:]) for skip in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], wanted[0]) and _fits_from(names[1:], wanted[1:])


def _filled(folder: Folder) -> Folder:
    entries = {
        name: _filled(node) if isinstance(node, Folder) else node
        for name, node in folder.entries.items()
    }
    full = {
        name: node for name, node in entries.items() if not isinstance(node, Folder) or node.entries
    }
    return replace(folder, entries=full)
