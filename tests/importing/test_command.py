"""`envc import` as people type it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import envc as envc  # noqa: PLC0414 - a fixture

Run = Callable[..., Any]
DOCKERFILE = 'FROM debian:12\nRUN apt-get install -y libgsl-dev nosuchpackage\nCMD ["x"]\n'


def test_spec_and_notes_go_to_two_streams(envc: Run, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(DOCKERFILE)
    ran = envc("import", "Dockerfile")
    note = "Debian's bookworm and trixie have no package `nosuchpackage`"
    assert ran.code == 0
    assert ran.out.startswith("envc 1\n")
    assert ran.err == f"Dockerfile:2: note: {note}\n"
    assert f"# 2: {note}\n" in ran.out
    assert envc("import", "--quiet", "Dockerfile").err == ""


def test_a_spec_is_written_where_none_is(envc: Run, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM debian:12\n")
    first = envc("import", "Dockerfile", "-o", "a.envc", "--name", "Wave Lab")
    assert (first.code, first.out, first.err) == (0, "", "wrote a.envc\n")
    assert "app wave-lab {" in (tmp_path / "a.envc").read_text()
    assert envc("check", "a.envc").code == 0
    assert envc("fmt", "--check", "a.envc").code == 0
    again = envc("import", "Dockerfile", "-o", "a.envc")
    assert (again.code, again.err) == (
        1,
        "envc import: a.envc is there already: nothing was written\n",
    )


def test_standard_input_needs_a_format(envc: Run) -> None:
    refused = envc("import", "-")
    assert refused.code == 2
    assert "give --from FORMAT" in refused.err
    ran = envc("import", "--from", "dockerfile", "-", stdin=DOCKERFILE.encode())
    assert ran.code == 0
    assert ran.err.startswith("<stdin>:2: note: ")


def test_json_holds_spec_and_notes(envc: Run) -> None:
    ran = envc("import", "--json", "--from", "dockerfile", "-", stdin=DOCKERFILE.encode())
    read = json.loads(ran.out)
    assert (read["schema"], read["file"], read["wrote"]) == (1, "<stdin>", None)
    assert read["spec"].startswith("envc 1\n")
    assert [note["line"] for note in read["notes"]] == [2]
    assert ran.err == ""


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        ("x.txt", b"hello\n", 2, "give --from FORMAT, one of dockerfile, singularity, conda"),
        ("Dockerfile", b"FROM a\nNO\n", 1, "Dockerfile:2: error: `NO` is no instruction"),
        ("spack.yaml", b"\tx", 1, "spack.yaml:1: error: this is no YAML"),
        ("a.def", b"\xff\xfe", 1, "is UTF-16LE text"),
        ("Dockerfile", b"#\n" * 600_000, 1, "more than anybody writes by hand"),
    ],
)
def test_what_cannot_be_read_is_said(
    name: str, text: bytes, code: int, said: str, *, envc: Run, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(text)
    ran = envc("import", name)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""


def test_a_missing_file_is_said_without_help_for_specs(envc: Run) -> None:
    ran = envc("import", "Dockerfile")
    assert ran.code == 1
    assert "there is no file `Dockerfile`" in ran.err
    assert "envc init" not in ran.err
