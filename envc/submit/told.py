"""Jobs of the record, for people and for programs."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from envc.diagnostics.screen import visible
from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.submit.model import State
from envc.submit.record import Entry

ALL = "all"


def wanted(entries: Sequence[Entry], name: str) -> tuple[Entry, ...] | Problem:
    """One by its id, or all of them."""
    if name == ALL:
        return tuple(entries)
    for each in entries:
        if name in {each.id, each.number}:
            return (each,)
    near = close(name, [each.id for each in entries])
    help_ = f"did you mean {listed(near)}?" if near else "`envc status` lists them"
    return Problem(f"there is no job `{name}` in the record", help_)


def since(entry: Entry) -> int:
    """How many days ago it was handed in."""
    return (datetime.now(UTC) - datetime.fromisoformat(entry.made)).days


def table(entries: Iterable[Entry]) -> str:
    """A line for each; what there is to say of it comes last, however long."""
    rows = [(each.id, each.run, each.site, state(each), each.note) for each in entries]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    lines = []
    for *cells, note in rows:
        laid = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        lines.append("  ".join((*laid, visible(note))).rstrip())
    return "".join(f"{line}\n" for line in lines)


def state(entry: Entry) -> str:
    """`failed (code 7)`."""
    if entry.state == State.FAILED.value and entry.code is not None:
        return f"{entry.state} (code {entry.code})"
    return entry.state


def document(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "spec": entry.spec,
        "app": entry.app,
        "run": entry.run,
        "site": entry.site,
        "scheduler": entry.scheduler,
        "number": entry.number,
        "lock": entry.lock,
        "made": entry.made,
        "state": entry.state,
        "code": entry.code,
        "note": entry.note,
    }
