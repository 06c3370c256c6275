"""`source tar`: an archive at an address, checked by the hashes in the spec."""

import hashlib
import os
import tempfile
from urllib.parse import unquote, urlsplit

from envc.facts.problem import Problem
from envc.sources.asking import World, attribute, places, stated
from envc.sources.kept import lacks
from envc.sources.nar import nar_digest
from envc.sources.resolved import Resolved
from envc.sources.swhid import directory_id
from envc.sources.unpack import unpack
from envc.spec import SourceCode
from envc.store.download import download
from envc.store.fetch import Wanted, fetch

LARGEST = 4 << 30
"""Of an archive whose SHA-256 nobody knows yet, which is held in memory."""


def resolve(source: SourceCode, world: World) -> Resolved | Problem:
    digest = _brought(source, world)
    if isinstance(digest, Problem):
        return digest
    path = world.store.verified(digest)
    if isinstance(path, Problem):
        return path
    if problem := _other_hash(source, path):
        return problem
    resolved = _read(source, path, digest)
    if isinstance(resolved, Problem):
        return Problem(f"{file_name(source.where)}: {resolved.message}", resolved.help)
    return resolved


def file_name(url: str) -> str:
    """The last name in a URL, as far as it can be the name of a file."""
    name = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]
    return "".join(each if each.isalnum() or each in "+-._~" else "-" for each in name) or "source"


def _brought(source: SourceCode, world: World) -> str | Problem:
    """The SHA-256 of the archive, which is in the store."""
    digest = stated(source, "sha256:")
    if digest:
        wanted = Wanted(file_name(source.where), digest, None, places(source))
        problems = fetch(world.store, [wanted], offline=world.offline, show=world.show)
        return problems[0] if problems else digest
    if world.offline:
        message = f"{file_name(source.where)} is not locked yet, and there is no network to lock it"
        return Problem(message, "run `envc lock` where there is one, or give its `sha256:…`")
    found = download(places(source), limit=LARGEST)
    return found if isinstance(found, Problem) else world.store.add(found.data)


def _other_hash(source: SourceCode, path: str) -> Problem | None:
    expected = stated(source, "sha512:")
    if not expected:
        return None
    with open(path, "rb") as file:
        found = f"sha512:{hashlib.file_digest(file, 'sha512').hexdigest()}"
    if found == expected:
        return None
    message = f"{file_name(source.where)} has {found}, and the spec says {expected}"
    return Problem(message, "ask its authors which is right before you write the new one down")


def _read(source: SourceCode, path: str, digest: str) -> Resolved | Problem:
    strip = attribute(source, "strip")
    with tempfile.TemporaryFile(prefix="envc-") as spool:
        folder = unpack(path, spool, strip=int(strip) if strip else None)
        if isinstance(folder, Problem):
            return folder
        inner = attribute(source, "folder")
        if inner and (problem := lacks(folder, inner)):
            return problem
        swhid = directory_id(folder)
        if problem := other_folder(source, swhid):
            return problem
        name = file_name(source.where)
        return Resolved(
            kind=source.kind,
            name=_bare(name),
            file=name,
            urls=places(source),
            sha256=digest,
            size=os.stat(path).st_size,
            swhid=swhid,
            nar=nar_digest(folder),
        )


def other_folder(source: SourceCode, swhid: str) -> Problem | None:
    expected = stated(source, "swh:1:dir:")
    if expected in ("", swhid):
        return None
    message = f"its folder is {swhid}, and the spec says {expected}"
    return Problem(message, "one of the two names another state of the source")


def _bare(name: str) -> str:
    """`heat2d-1.4.0` of `heat2d-1.4.0.tar.gz`."""
    endings = (".tar", ".tgz", ".tbz2", ".txz", ".zip", ".whl")
    return next((name[: name.index(each)] for each in endings if each in name), name)
