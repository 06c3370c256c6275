"""What an environment of a lock holds: from the names it lists to the blocks that say more."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from envc.lock.model import Block, Lock, LockedDeb, LockedEnvironment, LockedItem, LockedWheel

Found = LockedDeb | LockedItem


class Contents:
    """A lock, with its packages under the names by which environments call them."""

    def __init__(self, lock: Lock) -> None:
        self._debs: dict[tuple[str, str, str], LockedDeb] = {}
        self._items: dict[tuple[str, str, str], list[LockedItem]] = {}
        for deb in lock.debs:
            for name in (deb.name, f"{deb.name}={deb.version}"):
                self._debs[archive(deb.origin), deb.architecture, name] = deb
        self._wheels = {
            (wheel.origin, wheel.architecture, wheel_spelled(wheel)): wheel for wheel in lock.wheels
        }
        for item in lock.items:
            self._items.setdefault((item.origin, item.system, spelled(item)), []).append(item)

    def find(self, environment: LockedEnvironment, name: str, tune: str = "") -> Found | None:
        """By the name that the environment lists; `tune` is what Guix calls a target's CPU."""
        origin, architecture = environment.origin, environment.architecture
        for kind in (architecture, "all"):
            if (deb := self._debs.get((origin, kind, name))) is not None:
                return deb
        items = self._items.get((origin, architecture, name), [])
        wanted = "" if name in environment.untuned else tune
        tuned = [item for item in items if item.tune == wanted]
        untuned = [item for item in items if not item.tune]
        return next(iter(tuned or untuned or items), None)

    def wheel(self, environment: LockedEnvironment, name: str) -> LockedWheel | None:
        for kind in (environment.architecture, "all"):
            if (found := self._wheels.get((environment.origin, kind, name))) is not None:
                return found
        return None

    def of(self, environment: LockedEnvironment) -> Iterator[Found | LockedWheel]:
        """Everything that it is built among, runs among and is packed with, each once."""
        for name in dict.fromkeys((*environment.build, *environment.run, *environment.tools)):
            if (found := self.find(environment, name)) is not None:
                yield found
            items = self._items.get((environment.origin, environment.architecture, name), [])
            yield from (each for each in items if each != found and _fits(each, environment))
        for name in dict.fromkeys((*environment.build_wheels, *environment.run_wheels)):
            if (wheel := self.wheel(environment, name)) is not None:
                yield wheel


def joined(blocks: Iterable[Block]) -> Iterator[Block]:
    """One block for a package, whatever serves its dependencies in each of the environments."""
    together: dict[tuple[object, ...], LockedDeb | LockedWheel] = {}
    for each in blocks:
        if isinstance(each, LockedDeb | LockedWheel):
            key = (each.TABLE, *each.key)
            depends = {*each.depends, *(together[key].depends if key in together else ())}
            together[key] = replace(each, depends=tuple(sorted(depends)))
        else:
            yield each
    yield from together.values()


def shortly_called(blocks: Iterable[Block]) -> Iterator[Block]:
    """Environments call `libc6=2.41-12` just `libc6` where the lock has no other."""
    blocks = list(blocks)
    versions: dict[tuple[str, str], set[str]] = {}
    for each in blocks:
        if isinstance(each, LockedDeb):
            versions.setdefault((archive(each.origin), each.name), set()).add(each.version)
    for each in blocks:
        if isinstance(each, LockedEnvironment):
            short = partial(_short, versions=versions, origin=each.origin)
            yield replace(
                each,
                build=tuple(map(short, each.build)),
                run=tuple(map(short, each.run)),
                tools=tuple(map(short, each.tools)),
            )
        else:
            yield each


def _short(called: str, versions: Mapping[tuple[str, str], set[str]], origin: str) -> str:
    name, _, _ = called.partition("=")
    return called if len(versions.get((origin, name), ())) > 1 else name


def archive(origin: str) -> str:
    """`debian/trixie+20261120T000000Z` is a later moment of `debian/trixie`."""
    return origin.partition("+")[0]


def _fits(item: LockedItem, environment: LockedEnvironment) -> bool:
    return not item.tune or spelled(item) not in environment.untuned


def wheel_spelled(wheel: LockedWheel) -> str:
    """As pip takes it."""
    return f"{wheel.name}=={wheel.version}"


def spelled(item: LockedItem) -> str:
    """As Guix takes it: `hdf5@1.10.9:fortran`."""
    output = "" if item.output == "out" else f":{item.output}"
    return f"{item.name}@{item.version}{output}"
