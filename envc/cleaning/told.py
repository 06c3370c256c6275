"""What is said of a store, to people and to programs."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from envc.cleaning.census import ABOUT, Kind
from envc.cleaning.clean import Sized
from envc.facts import units
from envc.facts.problem import Problem
from envc.store.amounts import amount
from envc.store.objects import Store

USUAL, SECONDS = "30d", 30 * 86400
"""How long nobody has to have used what is removed."""
_TIME = re.compile(r"(?:\d+ *[a-z]+ *)+")
_NOTHING = {"0", *(f"0{unit}" for unit in units.DURATION_UNITS)}
_PART = re.compile(r"(\d+) *([a-z]+)")
_SINGULAR = {
    Kind.OBJECT: "object",
    Kind.TREE: "tree",
    Kind.UNPACKED: "unpacked image",
    Kind.RECORD: "record",
    Kind.INDEX: "index",
    Kind.PARTIAL: "partial object",
    Kind.DAMAGED: "damaged object",
    Kind.SCRATCH: "scratch folder",
}


def age(written: str) -> int | Problem:
    """Seconds of `30d`, `12h`, `1d 12h`, and of none at all."""
    if written in _NOTHING:
        return 0
    help_ = f"write it as `{USUAL}` or `12h`"
    if _TIME.fullmatch(written) is None:
        return Problem(f"`{written}` is no time", help_)
    found = units.duration(_PART.findall(written))
    return found.seconds if isinstance(found, units.Duration) else Problem(found.message, help_)


def table(store: Store, found: Sequence[Sized], before: float) -> str:
    total = sum(each.size for each in found)
    idle = [each for each in found if each.entry.used < before]
    lines = [f"{store.folder}: {amount(total)}"]
    for kind, every in _by_kind(found):
        size = amount(sum(each.size for each in every))
        lines.append(f"  {kind:<9} {len(every):>6} {size:>12}  {ABOUT[kind]}")
    if idle:
        size = amount(sum(each.size for each in idle))
        lines.append(f"not used for {USUAL}: {size}, which `envc store clean` removes")
    return "\n".join(lines)


def sentence(found: Sequence[Sized], *, dry_run: bool) -> str:
    parts = [_counted(len(every), kind) for kind, every in _by_kind(found)]
    if not parts:
        return "nothing to remove"
    size = amount(sum(each.size for each in found))
    done = "would be removed" if dry_run else "removed"
    return f"{size} {done}: {', '.join(parts)}"


def _counted(number: int, kind: Kind) -> str:
    one = _SINGULAR[kind]
    return f"{number} {one if number == 1 else 'indexes' if kind is Kind.INDEX else one + 's'}"


def _by_kind(found: Iterable[Sized]) -> Iterator[tuple[Kind, list[Sized]]]:
    every = list(found)
    for kind in Kind:
        if some := [each for each in every if each.entry.kind is kind]:
            yield kind, some


# ---- to programs ---------------------------------------------------------------------------------


def document(store: Store, found: Sequence[Sized], before: float) -> str:
    kinds = {
        kind: {
            "count": len(every),
            "bytes": sum(each.size for each in every),
            "unused_bytes": sum(each.size for each in every if each.entry.used < before),
        }
        for kind, every in _by_kind(found)
    }
    return _text({"schema": 1, "store": store.folder, "unused_for": USUAL, "kinds": kinds})


def removed(store: Store, found: Sequence[Sized], *, dry_run: bool) -> str:
    entries = [
        {
            "kind": each.entry.kind,
            "name": each.entry.name,
            "bytes": each.size,
            "used": int(each.entry.used) or None,
        }
        for each in found
    ]
    facts = {"schema": 1, "store": store.folder, "dry_run": dry_run, "removed": entries}
    return _text({**facts, "bytes": sum(each.size for each in found)})


def _text(facts: dict[str, Any]) -> str:
    return json.dumps(facts, indent=2, ensure_ascii=False)
