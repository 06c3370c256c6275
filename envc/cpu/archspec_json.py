"""archspec's data as values. The only module that touches archspec, and only when it is called.

Its JSON file is read from the installed package, its Python objects are not used: they look at the
host (`TARGETS` grows an entry for an unknown machine) and at two environment variables.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from envc.cpu import corrections
from envc.cpu.versions import Version, parse
from envc.values import dataclass

OVERRIDES = ("ARCHSPEC_CPU_DIR", "ARCHSPEC_EXTENSION_CPU_DIR")


class Entry(NamedTuple):
    """The flags one range of a compiler's versions takes. An open end is an empty tuple."""

    low: Version
    high: Version
    flags: str
    warning: str


@dataclass(frozen=True, slots=True)
class Target:
    """A microarchitecture: `features` holds the inherited ones too, `ancestors` all of them."""

    name: str
    vendor: str
    parents: tuple[str, ...]
    ancestors: frozenset[str]
    family: str
    features: frozenset[str]
    compilers: Mapping[str, tuple[Entry, ...]]
    generation: int
    cpu_part: str


@dataclass(frozen=True, slots=True)
class FeatureAlias:
    """A feature that a target has by another of its features, or by its family."""

    any_of: frozenset[str]
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class Data:
    """All that archspec's file of CPUs says."""

    version: str
    targets: Mapping[str, Target]
    aliases: Mapping[str, FeatureAlias]
    arm_vendors: Mapping[str, str]


def overrides(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that would change archspec's answers elsewhere; envc's own never change."""
    return tuple(name for name in OVERRIDES if name in environment)


@cache
def data() -> Data:
    version, raw = _read()
    return Data(
        version,
        _targets(raw["microarchitectures"]),
        {name: _alias(rules) for name, rules in raw["feature_aliases"].items()},
        dict(raw["conversions"]["arm_vendors"]),
    )


@cache
def digest() -> str:
    """Over archspec's version, its data and envc's corrections, each in a canonical form."""
    import hashlib
    import json

    effective = [*_read(), corrections.as_json()]
    text = json.dumps(effective, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _read() -> tuple[str, Any]:
    import json

    import archspec  # type: ignore[import-untyped]

    # The loader also reads out of a zip file; importlib.resources would cost 32 ms.
    spec = archspec.__spec__
    path = os.path.join(
        spec.submodule_search_locations[0], "json", "cpu", "microarchitectures.json"
    )
    return str(archspec.__version__), json.loads(spec.loader.get_data(path))


def _targets(raw: Mapping[str, Any]) -> dict[str, Target]:
    made: dict[str, Target] = {}

    def make(name: str) -> Target:
        if name not in made:
            made[name] = _target(name, raw[name], tuple(make(p) for p in raw[name]["from"]))
        return made[name]

    for name in raw:
        make(name)
    return made


def _target(name: str, raw: Mapping[str, Any], parents: tuple[Target, ...]) -> Target:
    features = set(raw["features"]) | corrections.MANDATED.get(name, frozenset())
    if "ssse3" in features:
        features.add("sse3")  # Linux calls sse3 `pni`, so the data leaves it out
    return Target(
        name=name,
        vendor=raw["vendor"],
        parents=tuple(p.name for p in parents),
        ancestors=frozenset().union(*({p.name} | p.ancestors for p in parents)),
        family=parents[0].family if parents else name,
        features=frozenset(features.union(*(p.features for p in parents))),
        compilers=_compilers(name, raw.get("compilers", {})),
        generation=raw.get("generation", 0),
        cpu_part=raw.get("cpupart", ""),
    )


def _compilers(target: str, raw: Mapping[str, Any]) -> dict[str, tuple[Entry, ...]]:
    made = {compiler: [_entry(target, each) for each in raw[compiler]] for compiler in raw}
    for (corrected, compiler, versions), flags in corrections.FLAGS.items():
        if corrected == target:
            low, high = _bounds(versions)
            kept = [each for each in made.get(compiler, []) if each[:2] != (low, high)]
            made[compiler] = [*kept, Entry(low, high, flags, "")]
    told = {name: tuple(each for each in entries if each.flags) for name, entries in made.items()}
    return {name: entries for name, entries in told.items() if entries}


def _entry(target: str, raw: Mapping[str, str]) -> Entry:
    low, high = _bounds(raw["versions"])
    flags = raw["flags"].format(**{"name": target, **raw})
    return Entry(low, high, flags, raw.get("warnings", ""))


def _bounds(versions: str) -> tuple[Version, Version]:
    low, high = versions.split(":")
    return parse(low) or (), parse(high) or ()


def _alias(rules: Mapping[str, Any]) -> FeatureAlias:
    return FeatureAlias(frozenset(rules.get("any_of", ())), frozenset(rules.get("families", ())))
