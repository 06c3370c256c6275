"""A beam of electrons in an undulator: B points along y and swings along x.

Lengths are in c/w, times in 1/w, momenta in m c and fields in m c w/e, for a frequency w of choice.
"""

from math import cos, pi

size = (8.0, 8.0)  # of the box, which goes on periodically
cells = (64, 64)
electrons = 50_000
step = 0.02
steps = 200
momentum = (5.0, 0.0, 0.0)  # at the start
spread = 0.1  # of it, in each direction


def electric(x, y):
    return (0.0, 0.0, 0.0)


def magnetic(x, y):
    return (0.0, cos(2 * pi * x / 4), 0.0)
