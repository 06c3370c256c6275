"""The worlds in which a verification builds: alike in what is locked, unlike in all else."""

import os
import tempfile
from collections.abc import Collection, Iterator
from typing import NamedTuple

from envc.build import emulation
from envc.build.locale import LANGUAGE
from envc.build.model import Conditions
from envc.plan.model import Plan, Variables, Words

_APART = 400 * 24 * 60 * 60
"""Seconds: another year, another month and another day of the week."""
_STILL = 0x0040000
"""Of `personality(2)`: addresses that are the same in each process."""
_CARE = ("SOURCE_DATE_EPOCH", "FORCE_SOURCE_DATE", "PYTHONHASHSEED", "PERL_HASH_SEED")
_ZONES = ("UTC", "EVC-13:30", "EVW+11")


class Machine(NamedTuple):
    """What of the machine decides what can be varied on it."""

    now: int
    processors: int
    emulator: bool
    newest_first: bool
    """Whether the store's disk lists the files of a folder as memory does."""


class Varied(NamedTuple):
    what: str
    values: Words
    """In each world."""


class Fixed(NamedTuple):
    what: str
    why: str


class Worlds(NamedTuple):
    every: tuple[Conditions, ...]
    varied: tuple[Varied, ...]
    fixed: tuple[Fixed, ...]
    """What could not be varied here."""


def machine(architecture: str, store: str) -> Machine:
    import time

    return Machine(
        int(time.time()),
        len(os.sched_getaffinity(0)),
        emulation.program(architecture) is not None,
        _newest_first(store),
    )


def worlds(
    plan: Plan, machine: Machine, rounds: int = 2, *, unprotected: bool = False, quick: bool = False
) -> Worlds:
    """The first is the usual one; `quick` keeps what is made of packages as it was made before."""
    fixed = dict(_fixed(plan, machine, quick=quick))
    usual = Conditions(fresh=True, **_bare(plan, 0, bare=unprotected))  # type: ignore[arg-type]
    others = [
        _other(plan, machine, number, fixed, bare=unprotected, roots=not quick)
        for number in range(1, rounds)
    ]
    every = (usual, *others)
    return Worlds(
        every,
        tuple(_varied(every, machine, unprotected=unprotected)),
        tuple(Fixed(*each) for each in fixed.items()),
    )


def _other(
    plan: Plan, machine: Machine, number: int, fixed: Collection[str], *, bare: bool, roots: bool
) -> Conditions:
    changes: dict[str, object] = {
        "clock": machine.now + number * _APART,
        "processors": max(1, machine.processors // 2),
        "cpu": emulation.other(plan.architecture),
        "reversed_files": number % 2 == 1,
    }
    named = {"clock": "clock", "processors": "processors", "cpu": "CPU", "reversed_files": "files"}
    kept = {key: value for key, value in changes.items() if named[key] not in fixed}
    return Conditions(
        fresh=True,
        roots=roots,
        host=f"elsewhere-{number}",
        user=f"somebody-{number}",
        prefix=f"/home/somebody/in/world-{number}",
        umask=0o077 if number % 2 else 0o002,
        personality=_STILL if number % 2 else 0,
        foreign=True,
        **kept,  # type: ignore[arg-type]
        **_bare(plan, number, bare=bare),  # type: ignore[arg-type]
    )


def _bare(plan: Plan, number: int, *, bare: bool) -> dict[str, object]:
    """What a user's own settings say; with envc's care, the plan's say it over them."""
    settings: Variables = (
        ("TZ", _ZONES[number % len(_ZONES)]),
        ("LC_ALL", LANGUAGE if number % 2 else "C.UTF-8"),
    )
    if bare:
        return {"bare": True, "without": _CARE, "variables": settings}
    language = LANGUAGE if number else "C.UTF-8"
    said = dict(plan.variables)
    return {"variables": () if "LANG" in said else (("LANG", language),)}


def _fixed(plan: Plan, machine: Machine, *, quick: bool) -> Iterator[tuple[str, str]]:
    """What cannot be varied, and why."""
    tools = plan.tools_root.debs if plan.tools_root else ()
    if not any(each.name == "libfaketime" for each in tools):
        yield "clock", "the lock has no `libfaketime`"
    if machine.processors == 1:
        yield "processors", "the machine has one"
    if not emulation.other(plan.architecture):
        yield "CPU", f"no other CPU of {plan.architecture} is known"
    elif not machine.emulator:
        yield "CPU", "no `qemu-user-static` is installed"
    if machine.newest_first:
        yield "files", "the disk of the store lists files as memory does"
    if quick:
        yield "packages", "what is made of packages was taken as it was made before"
    else:
        yield "clock of packages", "their scripts are run with the machine's own"
    yield "kernel", "there is one on this machine"


def _varied(
    every: tuple[Conditions, ...], machine: Machine, *, unprotected: bool
) -> Iterator[Varied]:
    """In the words of people."""
    rows = {
        "clock": [_day(each.clock or machine.now) for each in every],
        "path": [f"{each.prefix}/build" for each in every],
        "user": [each.user for each in every],
        "host": [each.host for each in every],
        "language": [dict(each.variables).get("LC_ALL", "") for each in every],
        "time zone": [dict(each.variables).get("TZ", "") for each in every],
        "umask": [f"{each.umask:03o}" for each in every],
        "processors": [str(each.processors or machine.processors) for each in every],
        "CPU": [each.cpu or "the machine's" for each in every],
        "files": ["other order" if each.reversed_files else "as on disk" for each in every],
        "addresses": ["fixed" if each.personality else "random" for each in every],
    }
    if not unprotected:
        rows["language"] = [dict(each.variables).get("LANG", "") for each in every]
    for what, values in rows.items():
        if len(set(values)) > 1:
            yield Varied(what, tuple(values))


def _day(seconds: int) -> str:
    import time

    return time.strftime("%Y-%m-%d", time.gmtime(seconds))


def _newest_first(folder: str) -> bool:
    """As seen of a few files."""
    names = [f"file-{number}" for number in range(8)]
    with tempfile.TemporaryDirectory(dir=folder) as made:
        for name in names:
            with open(os.path.join(made, name), "x"):
                pass
        return os.listdir(made) == names[::-1]
