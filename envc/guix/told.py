"""From what `scheme/tell.scm` prints to the two tables of an index.

`packages` has, under each name, a record a version, newest first:

    {"version": "1.10.9", "outputs": ["out", "fortran"], "propagated": ["zlib@1.3.1"], …}

and `paths` has, under each name and version, the hashes of the store paths of its outputs, one
behind the other, for each system and for each CPU that it can be tuned to:

    {"1.10.9": {"x86_64-linux": "b3fb4cpv…8rwc5s2b…", "x86_64-linux/znver4": "…"}}

What is usual is left out: the one output `out`, every system, no tuning.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

SYSTEMS = ("x86_64-linux", "aarch64-linux", "powerpc64le-linux", "riscv64-linux")
"""Those that targets are for. Guix has more."""
STORE = "/gnu/store/"
HASH = 32


class Tables(NamedTuple):
    packages: dict[str, list[dict[str, Any]]]
    paths: dict[str, dict[str, dict[str, str | list[str]]]]


@dataclass(frozen=True, slots=True)
class _Told:
    """One of Guix' packages. Two may share name and version: `variant` counts those nobody can
    name, because they are hidden or because Guix has several."""

    said: dict[str, Any]
    variant: int = 0

    @property
    def key(self) -> str:
        return key(self.said["version"], self.variant)


def key(version: str, variant: int) -> str:
    return f"{version}#{variant}" if variant else version


def path_name(name: str, version: str, output: str) -> str:
    """What stands behind the hash in nearly every store path."""
    return f"{name}-{version}" if output == "out" else f"{name}-{version}-{output}"


def tables(lines: Iterable[str]) -> Tables:
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        said = json.loads(line)
        by_name[said["name"]].append(said)
    told = {name: list(_numbered(said)) for name, said in by_name.items()}
    keys = _keys(told)
    return Tables(
        {name: [_record(each, keys) for each in told[name]] for name in sorted(told)},
        {name: found for name in sorted(told) if (found := _paths(told[name]))},
    )


def _numbered(said: list[dict[str, Any]]) -> Iterable[_Told]:
    """Those of one name, in their order; what is twice there but for its definition, once."""
    by_version: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    # The public one comes first and stays; Guix tells twins in any order.
    for each in sorted(said, key=lambda one: (not one["public"], json.dumps(one))):
        by_version[each["version"]].setdefault(json.dumps(_builds(each)), each)
    for version in dict.fromkeys(each["version"] for each in said):
        same = [by_version[version][where] for where in sorted(by_version[version])]
        public = [each for each in same if each["public"]]
        if len(public) > 1:
            # A specification does not say which: it can be chosen, but not where it is.
            yield _Told({**public[0], "builds": []})
        elif public:
            yield _Told(public[0])
        hidden = same if len(public) > 1 else [each for each in same if not each["public"]]
        yield from (_Told(each, number) for number, each in enumerate(hidden, 1))


def _builds(said: dict[str, Any]) -> list[Any]:
    return sorted([build["system"], sorted(build["paths"].items())] for build in said["builds"])


Keys = dict[tuple[str, str], str]
"""Whose a store path is, by the package's name and the path."""


def _keys(told: dict[str, list[_Told]]) -> Keys:
    return {
        (name, path): each.key
        for name, several in told.items()
        for each in several
        for build in each.said["builds"]
        for path in build["paths"].values()
    }


def _record(told: _Told, keys: Keys) -> dict[str, Any]:
    said = told.said
    usual: dict[str, Any] = {
        "variant": 0,
        "asked": True,
        "outputs": ["out"],
        "systems": list(SYSTEMS),
        "tunable": False,
        "superseded": None,
        "licenses": [],
        "propagated": [],
    }
    record = {**said, "variant": told.variant, "propagated": _propagated(said["builds"], keys)}
    told_apart = {name: record[name] for name, value in usual.items() if record[name] != value}
    return {"version": said["version"], "synopsis": said["synopsis"], **told_apart}


def _propagated(builds: list[dict[str, Any]], keys: Keys) -> list[str] | dict[str, list[str]]:
    """One list where it is the same on every system."""
    by_system = {
        build["system"]: [
            f"{name}@{keys[name, path]}" + (f":{output}" if output != "out" else "")
            for name, _, output, path in build["propagated"]
        ]
        for build in builds
    }
    lists = list(by_system.values())
    return by_system if any(each != lists[0] for each in lists) else lists[0] if lists else []


def _paths(several: list[_Told]) -> dict[str, dict[str, str | list[str]]]:
    found: dict[str, dict[str, str | list[str]]] = {}
    for told in several:
        of_one = {
            where: _hashes(told.said, paths)
            for build in told.said["builds"]
            for where, paths in _places(build)
            if paths
        }
        if of_one:
            found[told.key] = of_one
    return found


def _places(build: dict[str, Any]) -> Iterable[tuple[str, dict[str, str]]]:
    yield build["system"], build["paths"]
    for tuning, paths in build["tuned"].items():
        yield f"{build['system']}/{tuning}", paths


def _hashes(said: dict[str, Any], paths: dict[str, str]) -> str | list[str]:
    """The hashes alone, or whole names where a path is not called like its package."""
    names = [paths[output].removeprefix(STORE) for output in said["outputs"]]
    usual = (path_name(said["name"], said["version"], output) for output in said["outputs"])
    if all(name[HASH + 1 :] == like for name, like in zip(names, usual, strict=True)):
        return "".join(name[:HASH] for name in names)
    return names
