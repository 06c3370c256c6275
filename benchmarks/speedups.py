# ruff: noqa: INP001  # a script that people start, not a module
"""Measures what a target is worth: three kernels, built as envc builds, on the machine at hand.

    python benchmarks/speedups.py            prints the table
    python benchmarks/speedups.py --write    and puts it into docs/speedups.md

Every build must give the baseline's result; only the ratio of CPU times leaves this script.
"""

import argparse
import math
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from envc.cpu import lattice, selector
from envc.cpu.flags import Flags, flags
from envc.cpu.profile import profile

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "speedups.md"
BEGIN, END = "<!-- speedups: begin -->", "<!-- speedups: end -->"

KERNELS = {"boris": "particle push", "su3": "SU(3) multiply", "stencil": "7-point stencil"}
TARGETS = ("x86_64", "x86_64_v2", "x86_64_v3", "x86_64_v4", "zen4")
TOLERANCE = 1e-12  # fused and unfused arithmetic differ in the last bits


class Variant(NamedTuple):
    """A target with one choice of options; `words` are the compiler's."""

    label: str
    words: tuple[str, ...]


class Result(NamedTuple):
    seconds: float
    outcome: float


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--gcc", default="gcc")
    options.add_argument("--rounds", type=int, default=21)
    options.add_argument("--write", action="store_true", help="put the table into docs/speedups.md")
    args = options.parse_args()
    version = _output([args.gcc, "-dumpfullversion"]).strip()
    variants = list(_variants(version))
    with tempfile.TemporaryDirectory() as folder:
        programs = _build(args.gcc, variants, Path(folder))
        results = _measure(programs, args.rounds)
    _check(results)
    text = _page_part(variants, results, version, args.rounds)
    sys.stdout.write(text)
    if args.write:
        _write(text)
    return 0


def _variants(version: str) -> Iterable[Variant]:
    """What this machine runs of the targets, the first without envc's own options too."""
    for target in _running_here():
        found = flags(target, "gcc", version)
        if not isinstance(found, Flags):
            sys.stderr.write(f"{found.reason}\n")
            continue
        if target == TARGETS[0]:
            yield Variant(f"`{target}`, errno kept", found.words)
        yield Variant(f"`{target}`", (*found.words, *profile(target, "gcc").codegen))


def _running_here() -> list[str]:
    """By the selector: as everywhere in envc, and right in virtual machines."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "selector.sh"
        script.write_text(selector.script(TARGETS))
        answer = {each.rstrip("~") for each in _output(["sh", str(script), "all"]).split()}
    return [each for each in TARGETS if each in answer]


def _build(gcc: str, variants: Sequence[Variant], folder: Path) -> dict[tuple[str, str], Path]:
    programs = {}
    for number, variant in enumerate(variants):
        for kernel in KERNELS:
            program = folder / f"{kernel}{number}"
            sources = [str(HERE / "kernels" / name) for name in ("main.c", f"{kernel}.c")]
            common = ["-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O3"]
            _output([gcc, *common, *variant.words, "-o", str(program), *sources, "-lm"])
            programs[variant.label, kernel] = program
    return programs


def _measure(
    programs: dict[tuple[str, str], Path], rounds: int
) -> dict[tuple[str, str], list[Result]]:
    """In a new order each round, so that no build has the quiet or the warm moments to itself."""
    order, chance = list(programs), random.Random(1)  # noqa: S311  # any order will do
    results: dict[tuple[str, str], list[Result]] = {each: [] for each in order}
    for number in range(rounds):
        chance.shuffle(order)
        for each in order:
            seconds, outcome = _output([str(programs[each])]).split()
            results[each].append(Result(float(seconds), float(outcome)))
        sys.stderr.write(f"\rround {number + 1} of {rounds}")
    sys.stderr.write("\n")
    return results


def _check(results: dict[tuple[str, str], list[Result]]) -> None:
    right: dict[str, float] = {}
    for (label, kernel), several in results.items():
        for each in several:
            wanted = right.setdefault(kernel, each.outcome)
            if not math.isclose(each.outcome, wanted, rel_tol=TOLERANCE):
                raise SystemExit(f"{kernel} for {label} gives {each.outcome}, not {wanted}")


def _page_part(
    variants: Sequence[Variant],
    results: dict[tuple[str, str], list[Result]],
    version: str,
    rounds: int,
) -> str:
    base = variants[0].label
    rows = [f"| target | flags | {' | '.join(KERNELS.values())} |", "|---|---|---:|---:|---:|"]
    for variant in variants:
        ratios = (_median(results[base, k]) / _median(results[variant.label, k]) for k in KERNELS)
        cells = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        rows.append(f"| {variant.label} | `{_short(variant.words)}` | {cells} |")
    spread = max(map(_spread, results.values()))
    return (
        f"gcc {version}, `-O3`, on a CPU that envc takes for `{_running_here()[-1]}`; medians of "
        f"CPU time over {rounds} shuffled rounds, one core of a shared machine; the widest "
        f"quartiles lie {spread:.0%} of the median apart; archspec {lattice.data_version()}.\n\n"
        + "\n".join(rows)
        + "\n"
    )


def _median(several: Sequence[Result]) -> float:
    return median(each.seconds for each in several)


def _spread(several: Sequence[Result]) -> float:
    times = sorted(each.seconds for each in several)
    quarter = len(times) // 4
    return (times[-1 - quarter] - times[quarter]) / _median(several)


def _short(words: Sequence[str]) -> str:
    """Ten `-mavx512…` in a row tell less than the first and their number."""
    text = " ".join(words)
    found = re.findall(r"-mavx512\w+", text)
    if len(found) < 3:
        return text
    return re.sub(r"(-mavx512\w+ ?)+", f"{found[0]} and {len(found) - 1} more -mavx512… ", text)


def _write(text: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


def _output(command: Sequence[str]) -> str:
    # The compiler that the caller named, and what it has just built.
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
