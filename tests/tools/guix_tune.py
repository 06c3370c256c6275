"""Turn what `guix-tune.scm` prints into `envc/cpu/tables/guix_tune.json`: stdin to stdout."""

import json
import sys
from collections.abc import Iterable
from typing import Any

SYSTEMS = ("x86_64", "aarch64", "powerpc64le")
OLDEST_GCC = 7


def table(lines: Iterable[str]) -> dict[str, Any]:
    """Sorted, so that the same Guix gives the same bytes; hidden twins of a compiler agree."""
    names: dict[str, dict[str, dict[str, list[str]]]] = {}
    versions = {}
    for line in lines:
        first, *rest = line.split()
        if first == "guix":
            versions = dict(zip(("guix", "default"), rest, strict=True))
        elif _kept(first, *rest[:2]):
            names.setdefault(first, {}).setdefault(rest[0], {})[rest[1]] = sorted(rest[2:])
    return {**versions, "names": names}


def _kept(compiler: str, version: str, system: str) -> bool:
    old = compiler == "gcc" and int(version.split(".", maxsplit=1)[0]) < OLDEST_GCC
    return system in SYSTEMS and not old


def dump(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(dump(table(sys.stdin)))
