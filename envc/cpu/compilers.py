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

# flang takes -march and -mcpu from 16 on, -mtune from 19 on, single features never.
_FLANG_MARCH = (16,)
_FLANG_MTUNE = (19,)


def canonical(name: str) -> str | None:
    """archspec's name of a compiler or of one of its programs; None for a stranger."""
    return name if name in KNOWN else _DRIVERS.get(name)


def fortran_words(compiler: str, version: Version, words: tuple[str, ...]) -> tuple[str, ...]:
    """The C flags as the same compiler's Fortran takes them; none where it has no way to."""
    if compiler != "clang":
        return words
    if version < _FLANG_MARCH:
        return ()
    kept = tuple(w for w in words if version >= _FLANG_MTUNE or not w.startswith("-mtune="))
    return kept if all(w.startswith(("-march=", "-mcpu=", "-mtune=")) for w in kept) else ()
