"""The images that a lock's images start from: every part of them, brought into the store.

A lock names them by their digest for each platform; the parts are named by what that leads to. They
are asked for at the mirrors that hold anything, and then at the registry.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.lock.model import Lock, LockedImage
from envc.registry import client, reference
from envc.registry.client import Image
from envc.store.fetch import Wanted, fetch
from envc.store.objects import Store
from envc.store.places import Places
from envc.store.progress import Show


class Bases(NamedTuple):
    there: tuple[Wanted, ...] = ()
    came: tuple[Wanted, ...] = ()
    missing: Mapping[Wanted, Problem] = {}

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """All that is known of them: the parts of what is missing are not."""
        return (*self.there, *self.came, *self.missing)


class World(NamedTuple):
    places: Places
    store: Store
    offline: bool
    show: Show


def bases(lock: Lock, target: str | None, world: World) -> Bases:
    """For one target, or for all."""
    parts: dict[str, _Part] = {}
    for locked, platform in _asked(lock, target):
        for part in _brought(locked, platform, world):
            parts.setdefault(part.wanted.digest, part)
    known = parts.values()
    return Bases(
        tuple(each.wanted for each in known if each.was_there and each.problem is None),
        tuple(each.wanted for each in known if not each.was_there and each.problem is None),
        {each.wanted: each.problem for each in known if each.problem is not None},
    )


class _Part(NamedTuple):
    """Of an image: the index, the manifest, the configuration or a layer."""

    wanted: Wanted
    was_there: bool
    problem: Problem | None = None
    """Why it is not there now."""


def _asked(lock: Lock, target: str | None) -> Iterator[tuple[LockedImage, str]]:
    """Each image for the platforms that are built; only what is made of Debian starts from one."""
    machines = {
        f"linux/{each.architecture}"
        for each in lock.environments
        if each.origin.startswith("debian/") and (target is None or target in each.targets)
    }
    for image in lock.images:
        for platform in (each.partition(" ")[0] for each in image.platforms):
            if "/".join(platform.split("/")[:2]) in machines:
                yield image, platform


def _brought(locked: LockedImage, platform: str, world: World) -> Iterator[_Part]:
    name = f"{locked.reference} ({platform})"
    platforms = {each: digest for each, _, digest in (p.partition(" ") for p in locked.platforms)}
    named = reference.read(locked.reference)
    if isinstance(named, Problem):
        yield _Part(_wanted(name, locked.digest, None, world), was_there=False, problem=named)
        return
    image = Image(named, locked.digest, platforms)
    tops = [_wanted(name, each, None, world) for each in (image.digest, image.platforms[platform])]
    had = _found(tops, world)
    _ask_mirrors(tops, world)
    manifest = client.fetch_manifest(image, platform, world.store, offline=world.offline)
    if isinstance(manifest, Problem):
        yield _Part(tops[-1], was_there=False, problem=_named(name, manifest))
        return
    yield from (_Part(each, each.digest in had) for each in tops)
    parts = [
        _wanted(f"{name} {each.digest[7:19]}", each.digest, each.size, world)
        for each in (manifest.config, *manifest.layers)
    ]
    had = _found(parts, world)
    problem = None if len(had) == len(parts) else _take(image, platform, parts, world)
    for each in parts:
        # An image whose parts are all there may still not be what its name says.
        is_good = world.store.find(each.digest) is not None and each is not parts[0]
        yield _Part(each, each.digest in had, None if is_good else problem)


def _take(image: Image, platform: str, parts: list[Wanted], world: World) -> Problem | None:
    _ask_mirrors(parts, world)
    found = client.fetch_image(image, platform, world.store, offline=world.offline, show=world.show)
    return _named(parts[0].name, found) if isinstance(found, Problem) else None


def _named(name: str, problem: Problem) -> Problem:
    return Problem(f"{name}: {problem.message}", problem.help)


def _wanted(name: str, digest: str, size: int | None, world: World) -> Wanted:
    return Wanted(name, digest, size, world.places.urls(digest))


def _found(parts: list[Wanted], world: World) -> set[str]:
    return {each.digest for each in parts if world.store.find(each.digest) is not None}


def _ask_mirrors(parts: list[Wanted], world: World) -> None:
    """What they lack, the registry is asked for."""
    if world.places.mirrors:
        fetch(world.store, parts, offline=world.offline, show=world.show)
