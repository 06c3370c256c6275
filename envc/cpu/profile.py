"""A target is more than -march: what else belongs to building and running for it.

Every option here was measured, on the kernels of the project or with the program named beside it.
What could not be measured says so in the profile's notes.
"""

from collections.abc import Sequence
from typing import Literal

from envc.cpu import lattice
from envc.cpu.compilers import canonical
from envc.cpu.flags import Language
from envc.cpu.tables.names import isa_note
from envc.values import dataclass

Reproducibility = Literal["build", "numeric"]
Pins = tuple[tuple[str, str], ...]

# Compilers that take gcc's options for code generation in C and C++.
_GCC_LIKE = frozenset({"gcc", "clang", "apple-clang", "aocc", "arm", "oneapi", "dpcpp"})
_ELF_LINKERS = frozenset({"gcc", "clang", "aocc", "arm", "oneapi", "dpcpp", "intel"})


@dataclass(frozen=True, slots=True)
class Profile:
    """Beside the flags of the target itself, which `flags` gives.

    `codegen` goes after those, because some of them say `-mfma`, and before the user's own, so that
    theirs win. `link` marks what is linked with the level it needs, `pins` are set where it runs,
    `notes` are what the flags cannot promise.
    """

    target: str
    reproducibility: Reproducibility
    codegen: tuple[str, ...]
    link: tuple[str, ...]
    pins: Pins
    notes: tuple[str, ...] = ()


def profile(
    target: str,
    compiler: str,
    language: Language = "c",
    *,
    reproducibility: Reproducibility = "build",
    among: Sequence[str] = (),
    threads: int | None = None,
) -> Profile:
    """For one target of an app; `among` are all of them, whose results `numeric` keeps the same."""
    known = canonical(compiler) or compiler
    numeric = reproducibility == "numeric"
    codegen = _always(known, language)
    if numeric:
        codegen += _uncontracted(target, known)
    level = isa_note(target)
    return Profile(
        target,
        reproducibility,
        codegen,
        (f"-Wl,-z,{level}",) if level and known in _ELF_LINKERS else (),
        _pins(tuple(among) or (target,), threads) if numeric else (),
        _doubts(target, known, tuple(among)) if numeric else (),
    )


def preference(targets: Sequence[str], measured: Sequence[str] = ()) -> tuple[str, ...]:
    """The order in which a node that runs several targets tries them.

    An app's own measurements come first: the newest instructions are not always the fastest. The
    rest follow the order of targets, most specific first.
    """
    first = [each for each in measured if each in targets]
    rest = sorted(set(targets) - set(first), key=lattice.rank, reverse=True)
    return (*first, *rest)


def holds_numeric(target: str, compiler: str) -> bool:
    """Whether flags were found that keep a target's results those of its family's baseline."""
    known = canonical(compiler)
    if known == "gcc":
        return not lattice.has(target, "avx512f")
    return known == "clang"


def _always(compiler: str, language: Language) -> tuple[str, ...]:
    # While errno is live, no loop that holds a sqrt is vectorised: 5 to 7 times slower here.
    return ("-fno-math-errno",) if compiler in _GCC_LIKE and language != "fortran" else ()


def _uncontracted(target: str, compiler: str) -> tuple[str, ...]:
    """No multiplication is fused with an addition: the fused one rounds once, not twice."""
    if compiler not in _GCC_LIKE:
        return ()
    words = ["-ffp-contract=off"]
    if compiler == "gcc":
        # gcc's complex multiplication is fused all the same unless the instructions are gone.
        words += [f"-mno-{each}" for each in ("fma", "fma4") if _on_x86(target, each)]
    return tuple(words)


def _on_x86(target: str, feature: str) -> bool:
    return lattice.family(target) == "x86_64" and lattice.has(target, feature)


def _pins(among: tuple[str, ...], threads: int | None) -> Pins:
    """Libraries that choose their code when they start are held to what every target has."""
    pins = {"OMP_DYNAMIC": "false", "TF_ENABLE_ONEDNN_OPTS": "0"}
    if threads is not None:
        pins["OMP_NUM_THREADS"] = str(threads)  # a sum's order follows the number of threads
    if (core := _openblas(among)) is not None:
        pins["OPENBLAS_CORETYPE"] = core
    if any(lattice.family(each) == "x86_64" for each in among):
        pins["MKL_CBWR"] = "COMPATIBLE"
        if not all(lattice.covers("x86_64_v3", each) for each in among):
            # libm has a second version of exp, sin, pow … for CPUs with FMA; its last bits differ
            pins["GLIBC_TUNABLES"] = "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"
    return tuple(sorted(pins.items()))


# OpenBLAS' kernels fall into three classes of results on x86-64; these are the first of each.
_OPENBLAS = (
    ("x86_64_v3", "Haswell"),
    ("x86_64_v2", "Nehalem"),
    ("x86_64", "Prescott"),
    ("aarch64", "ARMV8"),
    ("ppc64le", "POWER8"),
)


def _openblas(among: tuple[str, ...]) -> str | None:
    """The newest kernels that run on all; None where the families differ or have no such name."""
    fitting = (
        core for needs, core in _OPENBLAS if all(lattice.covers(needs, each) for each in among)
    )
    return next(fitting, None)


def _doubts(target: str, compiler: str, among: tuple[str, ...]) -> tuple[str, ...]:
    doubts = []
    if not holds_numeric(target, compiler):
        doubts.append(
            f"gcc fuses complex products on `{target}`: AVX-512 has its own fused instructions, "
            "and no flag but leaving AVX-512 out turns them off"
            if compiler == "gcc"
            else f"no flags were measured that keep {compiler}'s results the same"
        )
    if len({lattice.family(each) for each in (*among, target)}) > 1:
        doubts.append("between families, the mathematical library itself differs")
    return tuple(doubts)
