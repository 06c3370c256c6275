"""What differs in two files, told by what they are."""

import gzip
import io
import marshal
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.verify.difference import Detail, What
from envc.verify.kinds import archive, details


def told(one: bytes, other: bytes) -> list[Detail]:
    return list(details(one, other))


def compiled(folder: Path, text: str, *words: str) -> bytes:
    (folder / "a.c").write_text(text)
    subprocess.run(["gcc", *words, "-o", "out", "a.c"], cwd=folder, check=True)
    return (folder / "out").read_bytes()


def tar(*names: str, time: int = 0) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as made:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.mtime = time
            made.addfile(entry)
    return out.getvalue()


def zipped(day: int, text: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(zipfile.ZipInfo("a.txt", (2026, 11, day, 1, 2, 4)), text)
    return out.getvalue()


def pyc(time: int, code: str) -> bytes:
    head = b"\xa7\r\r\n" + bytes(4) + time.to_bytes(4, "little") + bytes(4)
    return head + marshal.dumps(compile(code, "a", "exec"))


@pytest.mark.parametrize("name", ["archive-header", "binary"])
@given(one=st.binary(max_size=200), other=st.binary(max_size=200))
def test_what_differs_is_told_whatever_it_is(name: str, one: bytes, other: bytes) -> None:
    """Also where it only begins like a file of a kind."""
    head = b"!<arch>\n" if name == "archive-header" else b""
    assert bool(told(head + one, head + other)) == (one != other)


@pytest.mark.parametrize("head", [b"\x7fELF\2\1", b"\x1f\x8b\x08", b"PK\3\4", b"!<arch>\n"])
@given(data=st.binary(max_size=120))
def test_a_damaged_file_is_still_compared(head: bytes, data: bytes) -> None:
    assert told(head + data, head + data + b"x")


@given(st.lists(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=1), min_size=2))
def test_lines_in_another_order_are_one_detail(lines: list[str]) -> None:
    one, other = ("\n".join(each).encode() for each in (lines, lines[::-1]))
    found = told(one, other)
    if one != other and b"\x85" not in one:
        assert all(each.what in (What.ORDER, What.TEXT) for each in found)
        assert found


def test_lines_of_only_one_side_stand_side_by_side() -> None:
    assert told(b"a\nb 1\nc\n", b"a\nb 2\nc\n") == [Detail(What.TEXT, b"b 1", b"b 2")]


def test_words_of_one_line_in_another_order() -> None:
    (found,) = told(b'{"b": 1, "a": 1}\n', b'{"a": 1, "b": 1}\n')
    assert found.what is What.ORDER


def test_the_header_of_gzip_and_what_is_in_it() -> None:
    one, other = (gzip.compress(text, mtime=time) for text, time in ((b"x 1\n", 5), (b"x 2\n", 6)))
    assert [(each.what, each.places) for each in told(one, other)] == [
        (What.TIME, ("gzip header",)),
        (What.TEXT, ("unpacked",)),
    ]


def test_members_of_a_tar_in_gzip() -> None:
    one, other = (gzip.compress(each, mtime=0) for each in (tar("a", "b"), tar("b", "a")))
    (found,) = told(one, other)
    assert (found.what, found.places) == (What.ORDER, ("unpacked", "list of members"))
    (found,) = told(tar("a", time=1), tar("a", time=2))
    assert found == Detail(What.TIME, b"1", b"2", ("member a",))


def test_members_of_a_zip() -> None:
    (found,) = told(zipped(20), zipped(21))
    assert found.places == ("member a.txt",)
    assert (found.one, found.other) == (b"2026-11-20 01:02:04", b"2026-11-21 01:02:04")
    assert [each.what for each in told(zipped(20, "a"), zipped(20, "b"))] == [What.TEXT]


def test_compiled_python() -> None:
    (found,) = told(pyc(1_700_000_000, "x = 1"), pyc(1_800_000_000, "x = 1"))
    assert found.what is What.TIME
    assert found.one == b"1700000000"
    (found,) = told(pyc(5, "x = 'some text'"), pyc(5, "x = 'other text'"))
    assert found.places == ("code",)


def test_a_file_only_one_side_has() -> None:
    found = told(tar("a", "b"), tar("a"))
    assert found == [Detail(What.ONLY_ONE, b"b", b"")]


def test_only_so_deep_is_looked() -> None:
    one, other = b"one", b"two"
    for _ in range(20):
        one, other = gzip.compress(one, mtime=0), gzip.compress(other, mtime=0)
    assert told(one, other)


@pytest.mark.tool("gcc")
def test_sections_of_a_program(tmp_path: Path) -> None:
    text = '#include <stdio.h>\nint main(void) { return puts("NAME"); }\n'
    one, other = (compiled(tmp_path, text.replace("NAME", name)) for name in ("anna", "otto"))
    found = {each.places: each for each in told(one, other)}
    assert found[("section .rodata",)] == Detail(What.TEXT, b"anna", b"otto", ("section .rodata",))
    assert set(found) <= {("section .rodata",), ("section .note.gnu.build-id",)}


@pytest.mark.tool("ar")
@pytest.mark.tool("gcc")
def test_objects_of_an_archive(tmp_path: Path, make_archive: Callable[[str, str], bytes]) -> None:
    long = "a_name_of_more_than_sixteen_letters"
    one, other = make_archive("int x;", long), make_archive("int y;", long)
    members = archive.read(one)
    assert members is not None
    assert [each.name for each in members] == ["/", "//", f"{long}.o"]
    places = {each.places[0] for each in told(one, other)}
    assert f"object {long}.o" in places
    assert places <= {f"object {long}.o", "object /"}


@pytest.fixture
def make_archive(tmp_path: Path) -> Callable[[str, str], bytes]:
    def make(text: str, name: str) -> bytes:
        folder = tmp_path / text.replace(" ", "")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / f"{name}.c").write_text(f"{text}\n")
        subprocess.run(["gcc", "-c", f"{name}.c"], cwd=folder, check=True)
        subprocess.run(["ar", "rcD", "lib.a", f"{name}.o"], cwd=folder, check=True)
        return (folder / "lib.a").read_bytes()

    return make
