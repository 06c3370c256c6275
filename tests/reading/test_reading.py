"""Whatever stands where a spec is read is told in a sentence, and nothing is waited for."""

import io
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from envc import reading
from envc.diagnostics import rules, text
from envc.diagnostics.model import Rule


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(path: str) -> str:
    return text.render(reading.read(path).diagnostics)


def written(content: bytes) -> reading.Read:
    Path("a.envc").write_bytes(content)
    return reading.read("a.envc")


def only(read: reading.Read) -> Rule:
    (diagnostic,) = read.diagnostics
    return diagnostic.rule


# ---- files that are there ------------------------------------------------------------------------


def test_a_file_keeps_its_name_and_text() -> None:
    read = written("envc 1\n# é 日\n".encode())
    assert read.source is not None
    assert (read.source.name, read.source.text) == ("a.envc", "envc 1\n# é 日\n")
    assert read.diagnostics == ()


@pytest.mark.parametrize("content", [b"", b"envc 1\r\n", b"envc 1\rx", b"x" * 2_000_000])
def test_line_ends_and_long_lines_are_left_as_they_are(content: bytes) -> None:
    read = written(content)
    assert read.source is not None
    assert read.source.text.encode() == content


def test_a_link_is_followed() -> None:
    Path("b.envc").write_text("envc 1\n")
    Path("a.envc").symlink_to("b.envc")
    read = reading.read("a.envc")
    assert read.source is not None
    assert read.source.name == "a.envc"


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("é\r\n".encode())))
    read = reading.read("-")
    assert read.source is not None
    assert (read.source.name, read.source.text) == ("<stdin>", "é\r\n")


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert told("-") == "<stdin>: error[E0004]: `<stdin>` cannot be read: bad file descriptor\n"


def test_a_byte_order_mark_is_no_part_of_the_text(snapshot: SnapshotAssertion) -> None:
    read = written(b"\xef\xbb\xbfenvc 1\n")
    assert read.source is not None
    assert read.source.text == "envc 1\n"
    assert text.render(read.diagnostics) == snapshot


# ---- bytes that are no text ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"envc 1\n# \xe9t\xe9\n", id="latin-1"),
        pytest.param(b"envc 1\n# \x93quoted\x94\n", id="windows-1252"),
        pytest.param("# é\n".encode() + b"\xff", id="after other letters"),
        pytest.param(b"\xef\xbb\xbf# \xe9\n", id="behind a byte order mark"),
        pytest.param(b"# \xe9", id="cut short"),
        pytest.param("envc 1\n".encode("utf-16"), id="utf-16"),
        pytest.param("envc 1\n".encode("utf-16-le"), id="utf-16-le"),
        pytest.param("envc 1\n".encode("utf-16-be"), id="utf-16-be"),
        pytest.param(b"envc 1\n\0\0", id="nul bytes"),
        pytest.param(b"envc 1\n# a\0b\n", id="one nul byte"),
    ],
)
def test_bytes_that_are_no_text(content: bytes, snapshot: SnapshotAssertion) -> None:
    read = written(content)
    assert read.source is None
    assert text.render(read.diagnostics) == snapshot


def test_a_huge_file_is_not_read() -> None:
    with Path("a.envc").open("wb") as file:
        file.truncate(reading.LARGEST + 1)
    assert told("a.envc").startswith("a.envc: error[E0009]: `a.envc` holds more than 16 MiB")


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_told(content: bytes) -> None:
    read = reading._decoded("a.envc", content)
    assert (read.source is None) == any(d.rule.severity == "error" for d in read.diagnostics)
    assert text.render(read.diagnostics).isascii() or read.diagnostics
    for label in (label for each in read.diagnostics for label in each.labels):
        assert 0 <= label.span.start <= label.span.end <= len(label.source.text)


# ---- what is no file -----------------------------------------------------------------------------


def test_a_missing_file_suggests_near_names() -> None:
    for name in ("heat2d.envc", "heat3d.envc", "notes.txt"):
        Path(name).touch()
    assert "did you mean `heat2d.envc` or `heat3d.envc`?" in told("heat2.envc")
    assert "did you mean `heat3d.envc`?" in told("heat3d")
    assert "help" not in told("quite-another.envc")


def test_a_missing_file_in_an_empty_folder_suggests_a_beginning() -> None:
    assert told("a.envc").endswith("help: `envc init` writes a first spec\n")


def test_a_missing_file_suggests_from_its_own_folder() -> None:
    Path("specs").mkdir()
    Path("specs/heat2d.envc").touch()
    assert "did you mean `specs/heat2d.envc`?" in told("specs/heat2.envc")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("no/a.envc", "there is no folder `no`"),
        ("file/a.envc", "there is no folder `file`"),
        ("", "there is no file ``"),
        ("a\0b", "`a␀b` is no name that a file can have"),
        ("\ud800", "`<U+D800>` is no name that a file can have"),
        ("x" * 999, "cannot be read: file name too long"),
    ],
)
def test_names_that_lead_nowhere(path: str, sentence: str) -> None:
    Path("file").touch()
    assert sentence in told(path)


def test_a_link_to_nothing_says_where_it_leads() -> None:
    Path("a.envc").symlink_to("gone.envc")
    assert "`a.envc` is a link to `gone.envc`, which is not there" in told("a.envc")


def test_a_link_that_leads_back_to_itself() -> None:
    Path("a.envc").symlink_to("a.envc")
    assert only(reading.read("a.envc")) is rules.LINK_LOOP


def test_a_folder_names_the_specs_in_it() -> None:
    assert told(".") == ".: error[E0002]: `.` is a folder\n"
    for name in ("d.envc", "c.envc", "b.envc", "a.envc"):
        Path(name).touch()
    assert "such as `./a.envc`, `./b.envc` or `./c.envc`" in told(".")


def test_pipes_sockets_and_devices_are_not_opened() -> None:
    os.mkfifo("pipe")
    assert "`pipe` is a pipe" in told("pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert "`socket` is a socket" in told("socket")
    assert "`/dev/zero` is a device" in told("/dev/zero")


def test_a_file_that_becomes_a_pipe_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo("pipe")
    Path("file").touch()
    ordinary = os.stat("file")
    monkeypatch.setattr(os, "stat", lambda path: ordinary)
    assert reading.read("pipe").source is not None  # empty: nobody writes into it


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(13, "Permission denied", path)

    Path("a.envc").touch()
    monkeypatch.setattr(os, "open", refuse)
    assert "`a.envc` may not be read by this user" in told("a.envc")
