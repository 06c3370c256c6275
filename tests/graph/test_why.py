"""What `envc why` says, of what is there and of what is not."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

Command = Callable[..., Any]


def test_every_path(envc: Command, snapshot: SnapshotAssertion) -> None:
    ran = envc("why", "waves.envc", "make")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == snapshot


def test_a_step_with_two_reasons(envc: Command, snapshot: SnapshotAssertion) -> None:
    ran = envc("why", "waves.envc", "mpi-lib", "-t", "zen4")
    assert ran.code == 0
    assert ran.out == snapshot


def test_only_so_many(envc: Command) -> None:
    ran = envc("why", "waves.envc", "make", "--most", "2")
    assert ran.out.count("waves.envc:") == 3
    assert ran.out.endswith("… and 3 more paths\n")


def test_json(envc: Command, snapshot: SnapshotAssertion) -> None:
    ran = envc("why", "waves.envc", "topology", "--json")
    assert json.loads(ran.out)["count"] == len(json.loads(ran.out)["paths"]) == 2
    assert ran.out == snapshot


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gpu-kit",), "does not need gpu-kit\n  needed under: --with gpu=cuda\n"),
        (
            ("gpu-kit", "--with", "precision=double"),
            "does not need gpu-kit\n  needed under: --with gpu=cuda --with precision=single\n",
        ),
        (("zlib",), "does not need zlib\n  nor under 8 other combinations of choices and target\n"),
        (("topologi",), "there is no package topologi, did you mean topology?\n"),
        (("hdff5",), "there is no package hdff5, did you mean hdf5?\n"),
        (("waves",), "there is no package waves\n"),
    ],
)
def test_absent(envc: Command, words: tuple[str, ...], said: str) -> None:
    ran = envc("why", "waves.envc", *words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(said)


def test_absent_in_json(envc: Command) -> None:
    ran = envc("why", "waves.envc", "gpu-kit", "--json")
    document = json.loads(ran.out)
    assert (ran.code, document["package"], document["paths"]) == (1, None, [])
    assert document["elsewhere"] == [
        {"choices": {"gpu": "cuda", "precision": "single"}, "target": "x86_64_v2"}
    ]
