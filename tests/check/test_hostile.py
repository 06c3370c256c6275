"""Texts made to take long: a hundred kilobytes are checked in a second."""

import time

import pytest

from envc.check import check_source
from envc.source import Source

APP = 'envc 1\napp x {{\n source dir "."\n{}\n}}\n'
VARIANTS = "\n".join(f" variant m{number} default no" for number in range(1500))
TEXTS = {
    "one key, a thousand conditions": APP.format(
        VARIANTS
        + "\n env {\n"
        + "\n".join(f"  A {number} when m{number}" for number in range(1500))
        + "\n }"
    ),
    "one package, a thousand times": APP.format(
        VARIANTS
        + "\n needs {\n"
        + "\n".join(f"  fftw@3.3: when m{number}" for number in range(1500))
        + "\n }"
    ),
    "the same need, over and over": APP.format(" needs fftw\n" * 8000),
    "a thousand unknown packages": APP.format(
        "\n".join(f" needs foo{number}" for number in range(6000))
    ),
    "a thousand unknown targets": "envc 1\ntargets a = "
    + ", ".join(f"zen{number}" for number in range(100, 12000)),
    "a condition over many variants": APP.format(
        VARIANTS + '\n conflict "x" when ' + " and ".join(f"m{number}" for number in range(1500))
    ),
    "a chain of packages": "envc 1\n"
    + "\n".join(
        f'package p{number} {{ source dir "."\n needs p{number + 1}\n}}' for number in range(2500)
    ),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hundred_kilobytes_take_a_second(text: str) -> None:
    check_source(Source("warm.envc", APP.format("")))
    start = time.process_time()
    check_source(Source("x.envc", text))
    # Three times what it takes on an idle machine: what is guarded against is quadratic.
    assert time.process_time() - start < 3 * len(text) / 100_000
