"""What one commit of Guix has: its packages, and the store paths of what they give.

`default()` is the index that comes with envc. It needs no Guix and no network.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from envc.guix.channels import DEFAULT, Channel
from envc.guix.packed import Packed
from envc.guix.told import HASH, STORE, SYSTEMS, key, path_name

RELEASES = {DEFAULT.commit: "1.5.0"}


@dataclass(frozen=True, slots=True)
class GuixPackage:
    name: str
    version: str
    outputs: tuple[str, ...] = ("out",)
    systems: tuple[str, ...] = SYSTEMS
    """Where it and all that it is made of can be built, in Guix' words."""
    tunable: bool = False
    """Whether Guix builds it anew for a CPU. The rest has nothing to gain, or chooses at run."""
    superseded: str = ""
    """What took its place, as `name@version`: Guix gives that one to who asks for this one."""
    synopsis: str = ""
    licenses: tuple[str, ...] = ()
    """In Guix' words."""
    variant: int = 0
    """Not 0 for one that no specification can name: others only bring it."""

    @property
    def specification(self) -> str:
        """Names this version alone. A shorter one, or the variable in Guix' own source, may mean
        another: the variable `openmpi` is 4.1.6 in Guix 1.5.0, where the name alone is 5.0.9."""
        return f"{self.name}@{self.version}"

    def __str__(self) -> str:
        return f"`{self.name}` {self.version}"


class Table(Protocol):
    def get(self, name: str) -> Any: ...

    def items(self) -> Iterable[tuple[str, Any]]: ...


class GuixIndex:
    def __init__(self, channels: tuple[Channel, ...], packages: Table, paths: Table) -> None:
        self.channels = channels
        self._packages = packages
        self._paths = paths

    @property
    def channel(self) -> Channel:
        """Guix' own."""
        return next(each for each in self.channels if each.name == DEFAULT.name)

    @property
    def title(self) -> str:
        """What messages call it."""
        commit = self.channel.commit
        return f"Guix {RELEASES.get(commit) or f'at {commit[:12]}'}"

    def names(self) -> Iterator[str]:
        for name, records in self._packages.items():
            if any(map(_can_be_named, records)):
                yield name

    def named(self, name: str) -> tuple[GuixPackage, ...]:
        """Newest first, as Guix orders them: the first is what the name alone means to Guix."""
        records = self._packages.get(name) or []
        return tuple(_package(name, each) for each in records if _can_be_named(each))

    def output_path(
        self, package: GuixPackage, output: str, system: str, tune: str = ""
    ) -> str | None:
        """The store path on every machine; None where it is not known without building.

        `tune` is ignored for what is not tunable, as Guix does.
        """
        known = (self._paths.get(package.name) or {}).get(key(package.version, package.variant), {})
        tuned = f"{system}/{tune}" if tune and package.tunable else system
        hashes = known.get(tuned)
        if hashes is None or output not in package.outputs:
            return None
        place = package.outputs.index(output)
        if isinstance(hashes, list):
            return f"{STORE}{hashes[place]}"
        digits = hashes[place * HASH : (place + 1) * HASH]
        return f"{STORE}{digits}-{path_name(package.name, package.version, output)}"

    def propagated(self, package: GuixPackage, system: str) -> list[tuple[GuixPackage, str]]:
        """What lies in a profile beside the package, each with the output that does."""
        record = self._record(package.name, key(package.version, package.variant))
        said = record.get("propagated", [])
        return [
            self._brought(each)
            for each in (said.get(system, []) if isinstance(said, dict) else said)
        ]

    def _brought(self, said: str) -> tuple[GuixPackage, str]:
        name, _, rest = said.partition("@")
        wanted, _, output = rest.partition(":")
        return _package(name, self._record(name, wanted)), output or "out"

    def _record(self, name: str, wanted: str) -> dict[str, Any]:
        records = self._packages.get(name) or []
        return next(each for each in records if _key(each) == wanted)


@cache
def default() -> GuixIndex:
    """Guix 1.5.0. A table is read when it is first asked."""
    return GuixIndex((DEFAULT,), _Shipped("packages"), _Shipped("paths"))


class _Shipped:
    def __init__(self, name: str) -> None:
        self._name = name
        self._table: Packed | None = None

    def get(self, name: str) -> Any:
        return self._opened().get(name)

    def items(self) -> Iterable[tuple[str, Any]]:
        return self._opened().items()

    def _opened(self) -> Packed:
        if self._table is None:
            # The loader also reads out of a zip file.
            loader: Any = __spec__.loader
            here = os.path.join(os.path.dirname(__file__), "data")
            self._table = Packed(loader.get_data(os.path.join(here, f"{self._name}.table")))
        return self._table


def _package(name: str, record: dict[str, Any]) -> GuixPackage:
    return GuixPackage(
        name=name,
        version=record["version"],
        outputs=tuple(record.get("outputs", ("out",))),
        systems=tuple(record.get("systems", SYSTEMS)),
        tunable=record.get("tunable", False),
        superseded=record.get("superseded", ""),
        synopsis=record["synopsis"],
        licenses=tuple(record.get("licenses", ())),
        variant=record.get("variant", 0),
    )


def _key(record: dict[str, Any]) -> str:
    return key(record["version"], record.get("variant", 0))


def _can_be_named(record: dict[str, Any]) -> bool:
    return not record.get("variant", 0) and bool(record.get("asked", True))
