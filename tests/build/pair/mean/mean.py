import sys

import _mean  # type: ignore[import-not-found]  # made of _mean.c


def main() -> None:
    sys.stdout.write(f"{_mean.mean([1.0, 2.0, 3.0])}\n")
