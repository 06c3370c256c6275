"""Two fast waveforms of the LISA Data Challenge, held to what is known without a computer.

python3 physics.py                    the checks, and the numbers that they are about
python3 physics.py --time ROUNDS      seconds of CPU of each model, a line for each round
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from ldc.waveform.fastGB import FastGB
from lisaconstants import GM_SUN, PARSEC_METER, SPEED_OF_LIGHT, SUN_MASS
from pyimrphenomD import pyIMRPhenomD

BINARY = {  # of ldc's own test/make_test.py
    "Amplitude": 1.07345e-22,
    "EclipticLatitude": 0.312414,
    "EclipticLongitude": -2.75291,
    "Frequency": 0.00135962,
    "FrequencyDerivative": 8.94581279e-19,
    "Inclination": 0.523599,
    "InitialPhase": 3.0581565,
    "Polarization": 3.5621656,
}
YEARS_2 = 2**22 * 15.0
"""Seconds of data: 4,194,304 samples, one each 15 s."""
MASSES = (132628.202, 30997.2481)
"""Of two black holes, in suns."""
DISTANCE = 1e9 * PARSEC_METER
STEP = 1e-7
STRONGEST = (3.20480819321e-17, 1e-27)
STRAIN = (2.09623341962e-15, 1e-25)
"""What ldc 1.2.5 finds, and how far the targets may be from each other."""
ORBIT = 9.94e-5
"""The speed of LISA around the Sun, in that of light."""


class Check(NamedTuple):
    """A number, what it has to be, and how near it has to come."""

    name: str
    found: float
    known: float
    within: float

    @property
    def holds(self) -> bool:
        return abs(self.found - self.known) <= self.within

    def __str__(self) -> str:
        verdict = "" if self.holds else "  WRONG"
        return f"{self.name:<48}{self.found:>20.12g}{verdict}"


def galactic(*, compiled: bool = True, **other: float) -> tuple[np.ndarray, int]:
    """The signal of a white-dwarf binary in TDI's X, and the number of its first bin: by ldc's C++,
    or by the same in its Python."""
    model = FastGB(delta_t=15.0, T=YEARS_2)
    x = model.get_fd_tdixyz(template=BINARY | other, radler=compiled, oversample=4)[0]
    return np.asarray(x), round(float(x.f[0]) * YEARS_2)


def black_holes(distance: float = DISTANCE) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies, and the plus polarization of a merger seen face on, by IMRPhenomD in C."""
    heavy, light = (mass * SUN_MASS for mass in MASSES)
    model = pyIMRPhenomD()
    f, plus, _ = model.get_fd_waveform(
        0.0, 0.0, STEP, heavy, light, 0.0, 0.0, 1e-4, 1e-2, distance, 0.0
    )
    return f, plus.copy()  # its memory is the model's, which frees it


def checks() -> Iterator[Check]:
    yield from _of_a_binary()
    yield from _of_a_merger()


def _of_a_binary() -> Iterator[Check]:
    x, first = galactic()
    power = np.abs(x) ** 2
    center = first + float(np.sum(np.arange(len(x)) * power) / np.sum(power))
    line = BINARY["Frequency"] * YEARS_2
    shift = ORBIT * line
    far = np.abs(np.arange(len(x)) + first - line) > 3 * shift
    yield Check("binary: center of its line, bins from f", center - line, 0.0, shift)
    yield Check("binary: power beyond three Doppler shifts", ratio(power[far], power), 0.0, 0.01)
    twice, _ = galactic(Amplitude=2 * BINARY["Amplitude"])
    yield Check(
        "binary: energy of twice the amplitude", ratio(np.abs(twice) ** 2, power), 4.0, 1e-9
    )
    python, _ = galactic(compiled=False)
    yield Check("binary: energy by ldc's Python", ratio(np.abs(python) ** 2, power), 1.0, 0.01)
    yield Check("binary: strongest bin of X", float(np.abs(x).max()), *STRONGEST)


def ratio(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.sum(one) / np.sum(other))


def _of_a_merger() -> Iterator[Check]:
    f, plus = black_holes()
    low = np.searchsorted(f, 1.01e-4)
    known = newton(f[low])
    strain = float(abs(plus[low]))
    yield Check("merger: strain at 0.1 mHz by Newton's", strain / known, 1.0, 0.01)
    yield Check("merger: and the next order", strain / known / post_newton(f[low]), 1.0, 5e-4)
    _, near = black_holes(DISTANCE / 2)
    yield Check("merger: strain from half as far", float(abs(near[low])) / strain, 2.0, 1e-9)
    yield Check("merger: strain at 1 mHz", float(abs(plus[np.searchsorted(f, 1e-3)])), *STRAIN)


def newton(f: float) -> float:
    """The strain of two masses that spiral in, by the quadrupole formula and stationary phase."""
    chirp = (MASSES[0] * MASSES[1]) ** 0.6 / sum(MASSES) ** 0.2 * GM_SUN / SPEED_OF_LIGHT**3
    seconds = DISTANCE / SPEED_OF_LIGHT
    return float(np.sqrt(5 / 24) * np.pi ** (-2 / 3) * chirp ** (5 / 6) * f ** (-7 / 6) / seconds)


def post_newton(f: float) -> float:
    """Its first correction, in the square of the speed."""
    eta = MASSES[0] * MASSES[1] / sum(MASSES) ** 2
    v = (np.pi * sum(MASSES) * GM_SUN / SPEED_OF_LIGHT**3 * f) ** (1 / 3)
    return float(1 + (451 / 168 * eta - 323 / 224) * v**2)


MODELS: dict[str, Callable[[], object]] = {
    "fastGB": lambda: [galactic() for _ in range(200)],
    "IMRPhenomD": lambda: [black_holes() for _ in range(20)],
}


def timed(rounds: int) -> None:
    for model in MODELS.values():
        model()  # once before, so that nothing is loaded while it is timed
    for _ in range(rounds):
        seconds = []
        for model in MODELS.values():
            start = time.process_time()
            model()
            seconds.append(time.process_time() - start)
        sys.stdout.write(" ".join(f"{each:.4f}" for each in seconds) + "\n")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--time", type=int, metavar="ROUNDS")
    args = options.parse_args()
    found = list(checks())
    right = all(each.holds for each in found)
    if args.time and right:
        timed(args.time)
    else:
        sys.stdout.writelines(f"{each}\n" for each in found)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
