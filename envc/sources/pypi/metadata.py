"""What a wheel says that it needs."""

import zipfile
from typing import TYPE_CHECKING

from envc.facts.problem import Problem
from envc.sources.asking import World
from envc.sources.pypi.index import Listed
from envc.sources.tree import NotReadError
from envc.store.download import download
from envc.store.fetch import Wanted, fetch

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_LARGEST_WHEEL = 8 << 30
_LARGEST_METADATA = 16 << 20


def needs(file: Listed, world: World) -> tuple["Requirement", ...]:
    """NotReadError where it cannot be had."""
    from packaging.metadata import parse_email
    from packaging.requirements import InvalidRequirement, Requirement

    raw, _ = parse_email(_metadata(file, world))
    try:
        return tuple(map(Requirement, raw.get("requires_dist", [])))
    except InvalidRequirement as error:
        message = f"{file.name} needs what cannot be read: {error}"
        raise NotReadError(Problem(message)) from error


def brought(file: Listed, world: World) -> str:
    """The digest of the file, which is in the store."""
    if file.sha256:
        wanted = Wanted(file.name, file.sha256, file.size, (file.url,))
        problems = fetch(world.store, [wanted], offline=world.offline, show=world.show)
        if problems:
            raise NotReadError(problems[0])
        return file.sha256
    if world.offline:
        raise NotReadError(Problem(f"the index does not say the hash of {file.name}"))
    found = download([file.url], limit=_LARGEST_WHEEL)
    if isinstance(found, Problem):
        raise NotReadError(found)
    return world.store.add(found.data)


def _metadata(file: Listed, world: World) -> bytes:
    if file.metadata:
        alone = Listed(f"{file.name}.metadata", f"{file.url}.metadata", file.metadata)
        with open(_path(alone, world), "rb") as opened:
            return opened.read(_LARGEST_METADATA)
    try:
        with zipfile.ZipFile(_path(file, world)) as archive:
            [name] = (each for each in archive.namelist() if _is_metadata(each))
            with archive.open(name) as member:
                return member.read(_LARGEST_METADATA)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError) as error:
        raise NotReadError(Problem(f"{file.name} is not a wheel, or a damaged one")) from error


def _path(file: Listed, world: World) -> str:
    path = world.store.verified(brought(file, world))
    if isinstance(path, Problem):
        raise NotReadError(path)
    return path


def _is_metadata(name: str) -> bool:
    return name.count("/") == 1 and name.endswith(".dist-info/METADATA")
