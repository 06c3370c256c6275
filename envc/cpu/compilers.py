"""Compilers by the names that archspec knows them under, and what their Fortran takes."""

from envc.cpu.versions import Version

OFFERED = ("gcc", "clang", "aocc", "oneapi", "nvhpc", "arm", "apple-clang")
"""Compilers that a message may suggest, best known first."""

KNOWN = frozenset({*OFFERED, "intel", "dpcpp"})

_DRIVERS = {
    "g++": "gcc",
    "gfortran": "gcc",
    "clang++": "clang",
    "flang": "clang",
    "flang-new": "clang",
    "llvm": "clang",
    "icx": "oneapi",
    "icpx": "oneapi",
    "ifx": "oneapi",
    "icc": "intel",
    "icpc": "intel",
    "ifort": "intel",
    "nvc": "nvhpc",
    "nvc++": "nvhpc",
    "nvfortran": "nvhpc",
    "armclang": "arm",
    "armflang": "arm",
}

# flang takes -march and -mcpu from 16 on, and tunes to what they name. -mtune it warns about or,
# for POWER, hands to LLVM under a name that LLVM does not know; single features it refuses.
_FLANG_MARCH = (16,)


def canonical(name: str) -> str | None:
    """archspec's name of a compiler or of one of its programs; None for a stranger."""
    return name if name in KNOWN else _DRIVERS.get(name)


def fortran_words(compiler: str, version: Version, words: tuple[str, ...]) -> tuple[str, ...]:
    """The C flags as the same compiler's Fortran takes them; none where it has no way to."""
    if compiler != "clang":
        return words
    if version < _FLANG_MARCH:
        return ()
    kept = tuple(word for word in words if not word.startswith("-mtune="))
    return kept if all(word.startswith(("-march=", "-mcpu=")) for word in kept) else ()
