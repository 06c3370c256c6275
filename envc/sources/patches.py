"""`patch`: a change to a source, checked by its hash and by whether it applies."""

import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256, sha512

from envc.facts.problem import Problem
from envc.sources import isolated
from envc.sources.archive import file_name
from envc.sources.asking import World
from envc.sources.isolated import Git
from envc.sources.opened import opened
from envc.sources.placed import place
from envc.sources.resolved import Resolved
from envc.sources.tree import Folder, Path, parts
from envc.spec import Patch, SourceCode
from envc.store.download import download
from envc.store.trouble import NotStoredError

_LARGEST = 64 << 20
_NAMES = re.compile(rb"^(?:---|\+\+\+|rename from|copy from) ([^\t\r\n]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ResolvedPatch:
    path: str
    """As the spec names it: a path from there, or a URL."""
    sha256: str
    size: int


def resolve(patch: Patch, world: World) -> ResolvedPatch | Problem:
    known = next((each for each in patch.hashes if each.startswith("sha256:")), "")
    data = _stored(known, world) or _read(patch, world)
    if isinstance(data, Problem):
        return data
    for expected in patch.hashes:
        if problem := _other(patch.path, data, expected):
            return problem
    try:
        return ResolvedPatch(patch.path, world.store.add(data), len(data))
    except NotStoredError as error:
        return error.problem


def unfit(
    made: Sequence[ResolvedPatch], resolved: Resolved, source: SourceCode, world: World
) -> tuple[int, Problem] | None:
    """The first of the patches of a source that cannot be made on it."""
    with tempfile.TemporaryFile(prefix="envc-") as spool:
        folder = opened(resolved, source, world.store, spool)
        if isinstance(folder, Problem):
            return 0, folder
        data = [_stored(each.sha256, world) for each in made]
        for number, each in enumerate(made):
            if data[number] is None:
                return number, Problem(f"the patch `{each.path}` is not in the store")
        return failing(folder, [each for each in data if each is not None])


def failing(folder: Folder, patches: Sequence[bytes]) -> tuple[int, Problem] | None:
    """The first of the patches that cannot be made, one after the other; `-p1` for each."""
    with tempfile.TemporaryDirectory(prefix="envc-") as scratch:
        work, home = os.path.join(scratch, "source"), os.path.join(scratch, "git")
        os.mkdir(work)
        os.mkdir(home)
        git = isolated.new(home)
        if isinstance(git, Problem):
            return 0, git
        named = frozenset(path for patch in patches for path in _named(patch))
        place(folder, work, named)
        for number, patch in enumerate(patches):
            if problem := _made(git, work, patch):
                return number, problem
    return None


def _stored(digest: str, world: World) -> bytes | None:
    path = world.store.verified(digest) if digest else Problem("")
    if isinstance(path, Problem):
        return None
    with open(path, "rb") as file:
        return file.read()


def _read(patch: Patch, world: World) -> bytes | Problem:
    path = patch.path
    if "://" in path:
        if world.offline:
            message = f"the patch {file_name(path)} is not in the store, and there is no network"
            return Problem(message, "run `envc fetch` where there is one")
        found = download([path], limit=_LARGEST)
        return found if isinstance(found, Problem) else found.data
    try:
        with open(os.path.join(world.base, patch.folder, path), "rb") as file:
            return file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Problem(f"the patch `{path}` cannot be read: {reason}")


def _other(path: str, data: bytes, expected: str) -> Problem | None:
    kind = expected.partition(":")[0]
    hashed = {"sha256": sha256, "sha512": sha512}.get(kind)
    if hashed is None:
        return None
    found = f"{kind}:{hashed(data).hexdigest()}"
    if found == expected:
        return None
    return Problem(
        f"the patch `{path}` has {found}, and the spec says {expected}",
        "look at what it changes before you write the new one down",
    )


def _named(patch: bytes) -> list[Path]:
    """The files it is about, whose names git's diffs begin with `a/` and `b/`."""
    found: list[Path] = []
    for name in _NAMES.findall(patch):
        path = parts(name.strip(b'"'))
        if not isinstance(path, Problem):
            found += [path, path[1:]]  # `rename from` has no such beginning
    return found


def _made(git: Git, work: str, patch: bytes) -> Problem | None:
    file = os.path.join(git.folder, "change.patch")
    with open(file, "wb") as written:
        written.write(patch)
    done = git.run("apply", "-p1", "--whitespace=nowarn", "--", file, GIT_WORK_TREE=work, cwd=work)
    return isolated.said(done) if done.returncode else None
