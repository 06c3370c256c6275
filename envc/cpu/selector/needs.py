"""What a node must show before code for a target may run on it."""

from dataclasses import dataclass
from functools import cache

from envc.cpu import lattice
from envc.cpu.archspec_json import data
from envc.cpu.selector.tables import EMITTED, FAMILIES, LINUX_WORD, SOFT, UARCH


class NoRuleError(ValueError):
    """A set of targets that no script can choose from; the text says why."""


@dataclass(frozen=True, slots=True)
class Needs:
    """One target as the script sees it, in the words of `/proc/cpuinfo`.

    `words` must all be there: what could fault, and for a target that adds nothing which could
    fault to its parent (zen2, skylake) also the soft features by which it is recognised.
    `kin` are the CPUs it was tuned for; empty means any.
    """

    name: str
    level: int
    words: tuple[str, ...]
    kin: tuple[str, ...]


@cache
def needs(name: str) -> Needs:
    if lattice.family(name) not in FAMILIES:
        raise NoRuleError(f"/proc/cpuinfo does not tell `{name}` from other CPUs of its family")
    return Needs(name, _level(name), _words(hard(name) | _telling(name)), _kin(name))


@cache
def hard(name: str) -> frozenset[str]:
    """The features, as archspec spells them, that code for the target may execute."""
    return frozenset(uses(name) - SOFT.keys())


@cache
def uses(name: str) -> frozenset[str]:
    """The features that a compiler may use for the target, soft ones too."""
    lineage = (name, *lattice.target(name).ancestors)
    emitted = {each for ancestor in lineage for each in EMITTED.get(ancestor, ())}
    return lattice.target(name).features | emitted


def best_first(names: tuple[str, ...]) -> tuple[Needs, ...]:
    """A line that no order and no inclusion contradicts: what comes first is never the lesser."""

    def key(each: Needs) -> tuple[int, int, lattice.Rank]:
        return each.level, len(hard(each.name)), lattice.rank(each.name)

    return tuple(sorted(map(needs, names), key=key, reverse=True))


def _level(name: str) -> int:
    """How high the best generic target stands whose features this one has all of."""
    generics = (each for each in lattice.names() if lattice.vendor(each) == "generic")
    return max(
        len(lattice.target(each).ancestors)
        for each in generics
        if lattice.family(each) == lattice.family(name) and hard(each) <= hard(name)
    )


def _telling(name: str) -> frozenset[str]:
    parents = lattice.target(name).parents
    if lattice.vendor(name) == "generic" or hard(name) not in map(hard, parents):
        return frozenset()
    return uses(name) - frozenset().union(*map(uses, parents))


def _kin(name: str) -> tuple[str, ...]:
    if lattice.vendor(name) == "generic":
        return ()
    if lattice.family(name) == "riscv64":
        return UARCH.get(name, ())
    found = {marks for each in lattice.upward(name) for marks in _marks(each)}
    return tuple(sorted(found))


def _marks(name: str) -> tuple[str, ...]:
    """How Linux names the makers of a CPU: x86 by a word, Arm by two numbers."""
    this = lattice.target(name)
    if this.family != "aarch64":
        return (this.vendor,) if this.family in {"x86", "x86_64"} else ()
    numbers = [number for number, maker in data().arm_vendors.items() if maker == this.vendor]
    return tuple(f"{number}/{this.cpu_part}" for number in numbers)


def _words(features: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({LINUX_WORD.get(each, each) for each in features}))
