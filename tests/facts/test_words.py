"""Typos get a suggestion, strangers get none."""

import random
import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.words import close, distance, listed, one_of

KNOWN = [
    "gcc", "openmpi", "mpich", "hdf5", "fftw", "cmake", "make", "gromacs", "license", "summary",
    "zen2", "zen3", "zen4", "sapphirerapids", "skylake_avx512", "neoverse_n1", "neoverse_v2",
    "python-numpy", "scheduler",
]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("licence", ["license"]),
        ("gromcas", ["gromacs"]),
        ("openmip", ["openmpi"]),
        ("open-mpi", ["openmpi"]),
        ("OpenMPI", ["openmpi"]),
        ("Skylake-AVX512", ["skylake_avx512"]),
        ("gco", ["gcc"]),
        ("hdf", ["hdf5"]),
        ("zen5", ["zen2", "zen3", "zen4"]),
        ("sapphire", ["sapphirerapids"]),
        ("neoverse", ["neoverse_n1", "neoverse_v2"]),
        ("numpy", ["python-numpy"]),
        ("schedular", ["scheduler"]),
        ("fortran", []),
        ("x", []),
        ("", []),
    ],
)
def test_suggests(word: str, meant: list[str]) -> None:
    assert close(word, KNOWN) == meant


def test_never_suggests_the_word_itself() -> None:
    assert close("make", ["make", "cmake"]) == ["cmake"]


def test_names_alternatives() -> None:
    assert listed(["a"]) == "`a`"
    assert listed(["a", "b", "c"]) == "`a`, `b` or `c`"
    assert one_of(["a"]) == "a"
    assert one_of(["a", "b"]) is None


LETTERS = st.text("abAB-_", max_size=8)


@given(LETTERS, st.lists(LETTERS), st.randoms(use_true_random=False))
def test_order_of_names_does_not_matter(word: str, known: list[str], chance: random.Random) -> None:
    shuffled = known[:]
    chance.shuffle(shuffled)
    found = close(word, shuffled)
    assert found == close(word, known)
    assert len(found) == len(set(found)) <= 3
    assert set(found) <= set(known) - {word}


@given(LETTERS, LETTERS)
def test_distance_is_symmetric_and_tells_equal_words(left: str, right: str) -> None:
    assert distance(left, right, 9) == distance(right, left, 9)
    assert (distance(left, right, 9) == 0) == (left == right)


@given(LETTERS, LETTERS, st.integers(0, 4))
def test_distance_stops_early_only_when_it_is_more(left: str, right: str, most: int) -> None:
    assert distance(left, right, most) == min(distance(left, right, 99), most + 1)


def test_thirty_thousand_names_take_no_time() -> None:
    chance = random.Random(1)
    names = ["".join(chance.choices(string.ascii_lowercase, k=3 + n % 20)) for n in range(30_000)]
    names.append("python-numpy")
    start = time.process_time()
    assert close("pyhton-numpi", names) == ["python-numpy"]
    # Measured 15 ms; the limit leaves room for a busy machine.
    assert time.process_time() - start < 0.2
