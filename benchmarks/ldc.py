# ruff: noqa: INP001  # a script that people start, not a module
"""Measures what a target is worth to the waveforms of examples/ldc, in the images that envc made.

    envc build examples/ldc/ldc.envc
    python benchmarks/ldc.py            prints the table
    python benchmarks/ldc.py --write    and puts it into examples/ldc/README.md

Every image must find the numbers that physics.py expects; only ratios of CPU time are printed.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

EXAMPLE = Path(__file__).parents[1] / "examples" / "ldc"
BEGIN, END = "<!-- ratios: begin -->", "<!-- ratios: end -->"
TARGETS = ("x86_64_v2", "x86_64_v3", "x86_64_v4")
MODELS = ("fastGB, C++ and NumPy", "IMRPhenomD, C")

Times = Mapping[str, list[tuple[float, ...]]]
"""Of each target: seconds of CPU of each model, round by round."""


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--starts", type=int, default=5, help="of each image, in another order")
    options.add_argument("--rounds", type=int, default=5, help="in each start")
    options.add_argument("--write", action="store_true", help="put the table into the README")
    options.add_argument("--out", default="envc-out", help="where the images are")
    args = options.parse_args()
    text = _table(_measured(args.out, args.starts, args.rounds))
    sys.stdout.write(text)
    if args.write:
        _write(text)
    return 0


def _measured(out: str, starts: int, rounds: int) -> Times:
    """In a new order each time, so that no image has the quiet moments to itself."""
    order, chance = list(TARGETS), random.Random(1)  # noqa: S311  # any order will do
    times: dict[str, list[tuple[float, ...]]] = {target: [] for target in TARGETS}
    for number in range(starts):
        chance.shuffle(order)
        for target in order:
            program = ("python3", "physics.py", "--time", str(rounds))
            lines = _in_image(out, target, "--", *program).splitlines()[-rounds:]
            times[target] += [tuple(map(float, line.split())) for line in lines]
        sys.stderr.write(f"\rstart {number + 1} of {starts}")
    sys.stderr.write("\n")
    return times


def _in_image(out: str, target: str, *words: str) -> str:
    command = [sys.executable, "-m", "envc", "run", "-o", out, "-t", target, "ldc.envc", *words]
    # envc itself, and what is in an image that it built.
    done = subprocess.run(command, cwd=EXAMPLE, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout


def _table(times: Times) -> str:
    base = TARGETS[0]
    rows = [f"| target | {' | '.join(MODELS)} |", "|---|---:|---:|"]
    for target in TARGETS:
        ratios = (_median(times[target], at) / _median(times[base], at) for at in (0, 1))
        rows.append(f"| `{target}` | {' | '.join(f'{each:.2f}' for each in ratios)} |")
    spread = max(_spread(times[target], at) for target in TARGETS for at in (0, 1))
    return (
        "\n".join(rows) + f"\n\nCPU time, that of `{base}` being 1: medians of {len(times[base])} "
        "rounds of each image, which were started\nin turn on one core of a shared machine, whose "
        f"CPU runs `{TARGETS[-1]}`. The widest quartiles lie {spread:.0%} of the\nmedian apart.\n"
    )


def _median(rounds: Sequence[tuple[float, ...]], at: int) -> float:
    return median(each[at] for each in rounds)


def _spread(rounds: Sequence[tuple[float, ...]], at: int) -> float:
    times = sorted(each[at] for each in rounds)
    quarter = len(times) // 4
    return (times[-1 - quarter] - times[quarter]) / median(times)


def _write(text: str) -> None:
    page = EXAMPLE / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
