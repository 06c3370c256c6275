"""Locks of an invented archive, made as a resolver makes them: for tests of merges."""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import NamedTuple

from envc.lock.contents import Contents
from envc.lock.model import (
    Lock,
    LockedArchive,
    LockedComponent,
    LockedDeb,
    LockedEnvironment,
    LockedRequest,
    LockedTarget,
)

ORIGIN = "debian/trixie"
PACKAGES = 150
MACHINES = {"x86_64_v2": "amd64", "x86_64_v3": "amd64", "zen4": "amd64", "neoverse_v1": "arm64"}


class Spec(NamedTuple):
    """What people would write: for each app the packages it needs, and its targets."""

    apps: Mapping[str, Mapping[str, str]]
    """Under each app what it needs, with the versions asked for."""
    targets: Mapping[str, tuple[str, ...]]
    moment: str = "20261101T000000Z"


@cache
def needs(number: int) -> tuple[int, ...]:
    """Each package needs some of those before it: a world without cycles."""
    chosen = Random(f"needs {number}")
    return tuple(sorted(chosen.sample(range(number), min(number, chosen.randint(0, 3)))))


def lock(spec: Spec) -> Lock:
    """What a resolver answers: a function of the spec and of nothing else."""
    environments, debs, components, requests, targets = [], set(), set(), [], []
    for app, asked in spec.apps.items():
        requests += [LockedRequest(app, name, versions) for name, versions in asked.items()]
        by_machine: dict[str, list[str]] = {}
        for target in spec.targets[app]:
            by_machine.setdefault(MACHINES[target], []).append(target)
            targets.append(_target(app, target))
        wanted = {_component(name, spec.moment) for name in asked}
        components |= wanted
        for machine, together in by_machine.items():
            reached = _reached({int(name.removeprefix("pkg")) for name in asked})
            debs |= {_deb(number, machine, spec.moment) for number in reached}
            names = tuple(sorted(f"libpkg{number}" for number in reached))
            environments.append(
                LockedEnvironment(
                    app, ORIGIN, (), machine, tuple(sorted(together)),
                    tuple(sorted(str(each) for each in wanted)), names, names,
                )
            )  # fmt: skip
    archive = LockedArchive(ORIGIN, spec.moment, f"sha256:{spec.moment}", ("KEY",))
    return Lock(
        "0.2.7",
        "sha256:0",
        requests=tuple(sorted(requests)),
        targets=tuple(sorted(targets)),
        archives=(archive,),
        components=tuple(sorted(components)),
        environments=tuple(sorted(environments)),
        debs=tuple(sorted(debs)),
    )


def is_whole(found: Lock) -> bool:
    """Whether every name in it leads to a block."""
    contents = Contents(found)
    return all(
        contents.find(each, name) is not None
        for each in found.environments
        for name in (*each.build, *each.run)
    )


def _reached(numbers: set[int]) -> set[int]:
    waiting, reached = list(numbers), set(numbers)
    while waiting:
        more = set(needs(waiting.pop())) - reached
        reached |= more
        waiting += more
    return reached


def _component(name: str, moment: str) -> LockedComponent:
    own = f"lib{name}"
    return LockedComponent(ORIGIN, name, _version(name, moment), build=(own,), run=(own,))


def _version(name: str, moment: str) -> str:
    return f"1.{moment[4:8]}" if hash_of(name) % 3 == 0 else "1.0"


@cache
def hash_of(name: str) -> int:
    return Random(name).randrange(1000)


@cache
def _deb(number: int, machine: str, moment: str) -> LockedDeb:
    name, version = f"libpkg{number}", f"{_version(f'pkg{number}', moment)}-1"
    return LockedDeb(
        ORIGIN, name, machine, version, f"pkg{number}",
        f"pool/main/{name}_{version}_{machine}.deb", 1000 + number,
        f"{hash_of(name + version + machine):064x}",
        tuple(sorted(f"libpkg{each}" for each in needs(number))),
    )  # fmt: skip


def _target(app: str, target: str) -> LockedTarget:
    return LockedTarget(app, ORIGIN, target, "gcc", "14.2.0", "c", (f"-march={target}",))
