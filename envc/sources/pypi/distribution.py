"""`source pypi`: a file of a release."""

import os
import tempfile
from collections.abc import Sequence

from envc.facts.problem import Problem
from envc.sources.asking import World, attribute
from envc.sources.nar import nar_digest
from envc.sources.pypi.choose import Chosen, choose, fits
from envc.sources.pypi.index import Listed, listing
from envc.sources.pypi.metadata import brought
from envc.sources.pypi.names import normalised
from envc.sources.pypi.places import lasting
from envc.sources.pypi.wheels import Interpreter
from envc.sources.resolved import Resolved
from envc.sources.swhid import directory_id
from envc.sources.unpack import unpack
from envc.spec import SourceCode


def resolve(
    source: SourceCode, world: World, index: Sequence[str], python: Interpreter | None
) -> Resolved | Problem:
    """Without a Python, only what is for any can be chosen: an sdist. May raise NotReadError."""
    kind = attribute(source, "kind") or "sdist"
    if kind == "wheel" and python is None:
        return Problem(f"the wheel of {source.where} depends on a Python, and none is locked")
    if world.offline:
        message = f"{source.where} is not locked yet, and there is no network to lock it"
        return Problem(message, "run `envc lock` where there is one")
    files = listing(source.where, index)
    if isinstance(files, Problem):
        return files
    chosen = choose(source.where, source.versions, kind, files, python)
    if isinstance(chosen, Problem):
        return chosen
    return _read(source, world, chosen, brought(chosen.file, world), kind)


def serves(locked: Resolved, source: SourceCode, python: Interpreter | None) -> bool:
    """Whether the file that is locked is one that the line could mean."""
    kind = attribute(source, "kind") or "sdist"
    file = Listed(locked.file, "")
    return fits(source.where, source.versions, kind, file, python)


def _read(
    source: SourceCode, world: World, chosen: Chosen, digest: str, kind: str
) -> Resolved | Problem:
    path = world.store.verified(digest, chosen.file.size)
    if isinstance(path, Problem):
        return path
    with tempfile.TemporaryFile(prefix="envc-") as spool:
        folder = unpack(path, spool, strip=0 if kind == "wheel" else None)
        if isinstance(folder, Problem):
            return Problem(f"{chosen.file.name}: {folder.message}", folder.help)
        return Resolved(
            kind=source.kind,
            name=f"{normalised(source.where)}-{chosen.version}",
            file=chosen.file.name,
            urls=(lasting(chosen.file.url, chosen.file.name, path),),
            sha256=digest,
            size=os.stat(path).st_size,
            swhid=directory_id(folder),
            nar=nar_digest(folder),
            version=chosen.version,
        )
