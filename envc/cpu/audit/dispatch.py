"""Functions that a program chooses among when it is loaded: ifunc, and so target_clones.

What a resolver can answer is what its code takes the address of; the names of gcc's clones add
the parts that it split off (`f.avx2.cold`, `f.arch_x86_64_v4._omp_fn.0`).
"""

from collections.abc import Callable, Iterator
from functools import cached_property

from envc.cpu.audit.elf import Elf, Function

References = Callable[[Elf, int], Iterator[int]]


class Dispatched:
    """Answers, for one file, whether a function is one of several that a resolver chooses from."""

    def __init__(self, elf: Elf, references: References) -> None:
        self._elf = elf
        self._references = references

    def reason(self, function: Function | None) -> str:
        if function is None:
            return ""
        if function.address in self._chosen:
            return "an ifunc resolver chooses among these when loaded"
        if any(function.name.startswith(f"{each}.") for each in self._clones):
            return "part of what an ifunc resolver chooses when loaded"
        return ""

    @cached_property
    def _chosen(self) -> frozenset[int]:
        starts = {each.address for each in self._elf.functions}
        resolvers = sorted(self._elf.resolvers)
        taken = {a for resolver in resolvers for a in self._references(self._elf, resolver)}
        # A function that other files may replace is reached by a table of the loader's.
        pointers = self._elf.pointers if taken else {}
        taken |= {pointers[address] for address in taken if address in pointers}
        return frozenset(starts & taken)

    @cached_property
    def _clones(self) -> tuple[str, ...]:
        functions = self._elf.functions
        return tuple(each.name for each in functions if each.name and each.address in self._chosen)
