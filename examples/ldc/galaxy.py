"""One share of a galaxy of white-dwarf binaries: the sum of their signals, as the array job of the
data challenge's pipeline makes it.

    python3 galaxy.py NUMBER [BINARIES]
"""

import sys

import numpy as np
from ldc.waveform.fastGB import FastGB

SECONDS = 2**22 * 15.0


def binaries(number: int, count: int) -> list[dict[str, float]]:
    """By chance, the same for a number on every machine."""
    chance = np.random.Generator(np.random.PCG64(number))
    return [
        {
            "Amplitude": 10 ** chance.uniform(-23.5, -22.0),
            "EclipticLatitude": np.arcsin(chance.uniform(-1, 1)),
            "EclipticLongitude": chance.uniform(-np.pi, np.pi),
            "Frequency": 10 ** chance.uniform(-3.5, -2.0),
            "FrequencyDerivative": 0.0,
            "Inclination": np.arccos(chance.uniform(-1, 1)),
            "InitialPhase": chance.uniform(0, 2 * np.pi),
            "Polarization": chance.uniform(0, np.pi),
        }
        for _ in range(count)
    ]


def main() -> None:
    number, count = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    model = FastGB(delta_t=15.0, T=SECONDS)
    total = np.zeros(int(0.011 * SECONDS), dtype=complex)
    for each in binaries(number, count):
        x = model.get_fd_tdixyz(template=each, radler=True, oversample=4)[0]
        first = round(float(x.f[0]) * SECONDS)
        total[first : first + len(x)] += x
    np.save(f"galaxy-{number}.npy", total)
    energy = np.sum(np.abs(total) ** 2)
    sys.stdout.write(f"share {number}: {count} binaries, |X|^2 sums up to {energy:.9e}\n")


if __name__ == "__main__":
    main()
