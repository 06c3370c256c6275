"""`envc explain` of what the library does not hold."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.mark.parametrize(
    "what", ["libnova", "libnova-dev", "debian/libnova-dev", "guix/libnova", "guix/hdf5", "numpy"]
)
def test_is_told_in_these_words(what: str, envc: Run, snapshot: SnapshotAssertion) -> None:
    assert str(envc("explain", what)) == snapshot


def test_the_entry_can_be_pasted(envc: Run, tmp_path: Path) -> None:
    entry = "package " + envc("explain", "libnova").out.partition("\npackage ")[2]
    spec = tmp_path / "a.envc"
    spec.write_text(
        f'envc 1\n\napp a@1.0.0 {{\n  source  dir "."\n  needs   libnova@0.16\n}}\n\n{entry}'
    )

    assert envc("check", "a.envc").code == 0
    assert envc("fmt", "--check", "a.envc").code == 0


def test_json_holds_the_entry(envc: Run) -> None:
    told = json.loads(envc("explain", "--json", "libnova").out)

    assert told["debian"]["versions"] == {"bookworm": "0.16", "trixie": "0.16"}
    assert told["guix"] == [{"name": "libnova", "version": "0.16"}]
    assert told["same"] == "sure"
    assert told["entry"] in envc("explain", "libnova").out


def test_json_of_a_direct_name(envc: Run) -> None:
    told: dict[str, Any] = json.loads(envc("explain", "--json", "debian/libnova-dev").out)

    assert (told["name"], told["debian"]["source"]) == ("debian/libnova-dev", "libnova")


@pytest.mark.parametrize(
    ("what", "meant"),
    [
        ("libnovaa", "libnova"),
        ("debian/libnovaa-dev", "debian/libnova-dev"),
        ("guix/libnovaa", "guix/libnova"),
    ],
)
def test_a_slip_is_told(what: str, meant: str, envc: Run) -> None:
    ran = envc("explain", what)

    assert ran.code == 2
    assert ran.err.startswith(f"envc explain: nothing is called {what}, did you mean {meant}")


@pytest.mark.parametrize("what", ["pypi/libnova", "nowhere/x", "debian/", "/"])
def test_what_no_table_holds(what: str, envc: Run) -> None:
    ran = envc("explain", what)

    assert ran.code == 2
    assert ran.err.startswith(f"envc explain: nothing is called {what}\n")
