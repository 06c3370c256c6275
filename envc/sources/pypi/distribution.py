"""`source pypi`: a file of a release."""

import os
import tempfile
from collections.abc import Sequence

from envc.facts.problem import Problem
from envc.sources.asking import World, attribute
from envc.sources.nar import nar_digest
from envc.sources.pypi.choose import Chosen, choose
from envc.sources.pypi.index import Listed, listing, normalised
from envc.sources.pypi.wheels import Interpreter
from envc.sources.resolved import Resolved
from envc.sources.swhid import directory_id
from envc.sources.unpack import unpack
from envc.spec import SourceCode
from envc.store.download import download
from envc.store.fetch import Wanted, fetch

_LARGEST = 4 << 30


def resolve(
    source: SourceCode, world: World, index: Sequence[str], python: Interpreter | None
) -> Resolved | Problem:
    """Without a Python, only what is made for none in particular can be chosen: an sdist."""
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
    digest = _brought(chosen.file, world)
    return digest if isinstance(digest, Problem) else _read(source, world, chosen, digest, kind)


def _brought(file: Listed, world: World) -> str | Problem:
    if file.sha256:
        wanted = Wanted(file.name, file.sha256, file.size, (file.url,))
        problems = fetch(world.store, [wanted], offline=False, show=world.show)
        return problems[0] if problems else file.sha256
    found = download([file.url], limit=_LARGEST)
    return found if isinstance(found, Problem) else world.store.add(found.data)


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
            urls=(chosen.file.url,),
            sha256=digest,
            size=os.stat(path).st_size,
            swhid=directory_id(folder),
            nar=nar_digest(folder),
            version=chosen.version,
        )
