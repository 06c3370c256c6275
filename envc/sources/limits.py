"""How large a source may become, so that a small file cannot fill a disk."""

from dataclasses import dataclass

from envc.facts.problem import Problem
from envc.sources.tree import NotReadError
from envc.store.amounts import amount


@dataclass(frozen=True, slots=True)
class Limits:
    """The archive of Linux, of 85,000 files, unpacks to 1.5 GiB, which is eleven times its size."""

    size: int = 16 << 30
    entries: int = 500_000
    ratio: int = 250
    """By how much it may grow, once it has more than `small` bytes."""
    small: int = 64 << 20

    def of(self, packed: int) -> "Budget":
        return Budget(packed, min(self.size, max(self.small, packed * self.ratio)))


LIMITS = Limits()


@dataclass(slots=True)
class Budget:
    """What is left of the bytes that an archive of this size may hold."""

    packed: int
    left: int

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            message = f"the archive has {amount(self.packed)} and unpacks to far too much"
            raise NotReadError(Problem(message, "unpack it by hand and look what fills it"))
