"""A small network learns how much longer a pendulum's period is than that of small swings.

The period is the complete elliptic integral K(m) in units of pi/2, with m = sin(amplitude/2)^2.
Gauss' mean gives it by sums and roots alone, which every CPU rounds alike: what differs between
machines is what TensorFlow makes of it.
"""

import argparse
from hashlib import sha256

import keras
import numpy as np

SEED = 1673  # Huygens' Horologium Oscillatorium
WIDEST = 0.75  # amplitudes up to 120 degrees


def period(m):
    mean, root = np.ones_like(m), np.sqrt(1 - m)
    for _ in range(6):
        mean, root = (mean + root) / 2, np.sqrt(mean * root)
    return 1 / mean


def network():
    return keras.Sequential(
        [
            keras.Input((1,)),
            keras.layers.Dense(128, "relu"),
            keras.layers.Dense(128, "relu"),
            keras.layers.Dense(1),
        ]
    )


def digest(weights):
    return sha256(b"".join(each.astype("<f4").tobytes() for each in weights)).hexdigest()


def main():
    asked = argparse.ArgumentParser(prog="pendulum")
    asked.add_argument("--epochs", type=int, default=80)
    asked.add_argument("--jit", action="store_true", help="have XLA compile the network")
    given = asked.parse_args()

    m = np.linspace(0, WIDEST, 4096)[:, None]
    known, seen = period(m), 4 * m / WIDEST - 2
    keras.utils.set_random_seed(SEED)
    model = network()
    model.compile(keras.optimizers.Adam(0.003), "mse", jit_compile=given.jit)
    model.fit(seen, known, batch_size=1024, epochs=given.epochs, verbose=0)

    error = abs(model.predict(seen, verbose=0) - known).max()
    print(f"{given.epochs} epochs: largest error {error:.4f}")
    print(f"weights sha256:{digest(model.get_weights())}")


if __name__ == "__main__":
    main()
