"""Steps as the real sh does them: each has exactly the effect that its values say, and no other."""

import hashlib
import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.plan import shell
from envc.plan.model import (
    Check,
    Do,
    Install,
    Link,
    Patch,
    Script,
    Set,
    Step,
    Unpack,
    Write,
)
from envc.plan.shell import lines, script
from envc.source import Source, Span
from envc.spec import Place

AWKWARD = "\\\"'$`#{}()<>|&;*?[]!~=,:%@ \t\r\n-é\U0001f600A0_"
texts = st.text(
    st.sampled_from(AWKWARD) | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)
names = texts.filter(lambda each: "/" not in each and each not in ("", ".", "..")).filter(
    lambda each: len(each.encode()) < 100
)
PLACE = Place(Source("heat.envc", "test"), Span(0, 4))
law = settings(max_examples=25, deadline=None)


def run(text: str, *, cwd: str | Path = "/") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        ["sh", "-eu"], input=text.encode(), capture_output=True, cwd=cwd, check=False
    )


def good(*steps: Step) -> bytes:
    done = run(script(steps))
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@contextmanager
def folder() -> Iterator[str]:
    """A test of hypothesis needs one for each example."""
    with tempfile.TemporaryDirectory(prefix="it's $here ") as path:
        yield path


# ---- programs ------------------------------------------------------------------------------------


@law
@given(words=st.lists(texts), value=texts)
def test_a_program_gets_its_words_and_variables_and_nothing_else_is_run(
    words: list[str], value: str
) -> None:
    told = ("printf", "%s\\0", *words)
    assert good(Do(told, "/")) == b"".join(each.encode() + b"\0" for each in words or [""])
    shown = good(Do(("printenv", "-0", "X"), "/", (("X", value),)), Do(("env", "-0"), "/"))
    first, *others = shown.decode().split("\0")
    assert first == value
    assert not any(each.startswith("X=") for each in others)


@law
@given(name=names)
def test_a_program_may_be_called_anything(name: str) -> None:
    with folder() as there:
        program = Path(there, name)
        program.write_text('#!/bin/sh\nprintf "%s" "$0 ran with $1"\n')
        program.chmod(0o755)
        path = Set("PATH", f"{there}:{os.environ['PATH']}")
        assert good(path, Do((name, "a b"), "/")).decode() == f"{program} ran with a b"


@pytest.mark.parametrize("word", ["export", "cd", "exit", "true", "if", "echo"])
def test_a_word_of_the_shell_is_a_program_like_any_other(word: str, tmp_path: Path) -> None:
    program = tmp_path / word
    program.write_text("#!/bin/sh\necho ran")
    program.chmod(0o755)
    path = Set("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert good(path, Do((word, "-n"), "/")) == b"ran\n"


@law
@given(name=names)
def test_a_step_leaves_neither_folder_nor_variable(name: str) -> None:
    with folder() as there:
        inner = Path(there, name)
        inner.mkdir()
        shown = good(Do(("pwd",), str(inner)), Do(("pwd",), "/")).decode()
        assert shown == f"{inner}\n/\n"


def test_a_step_that_fails_ends_the_build() -> None:
    done = run(script([Do(("false",), "/"), Do(("echo", "on"), "/")]))
    assert (done.returncode, done.stdout) == (1, b"")
    done = run(script([Do(("echo", "on"), "/nowhere")]))
    assert (done.returncode != 0, done.stdout) == (True, b"")


@law
@given(value=texts, again=texts)
def test_a_variable_is_there_for_all_later_steps(value: str, again: str) -> None:
    shown = good(
        Set("X", value), Do(("printenv", "-0", "X"), "/"), Set("X", again),
        Do(("printenv", "-0", "X"), "/"),
    )  # fmt: skip
    assert shown.decode().split("\0") == [value, again, ""]


@law
@given(name=names)
def test_a_script_of_the_source_is_run_by_sh_that_stops_at_mistakes(name: str) -> None:
    with folder() as there:
        Path(there, name).write_text("echo here\nfalse\necho there\n")
        done = run(script([Script(name, there)]))
        assert (done.returncode, done.stdout) == (1, b"here\n")


# ---- files ---------------------------------------------------------------------------------------


@law
@given(name=names, text=texts, mode=st.sampled_from([0o644, 0o755, 0o600]))
def test_a_file_holds_the_text(name: str, text: str, mode: int) -> None:
    with folder() as there:
        path = Path(there, "new", name)
        assert good(Write(str(path), "before"), Write(str(path), text, mode)) == b""
        assert path.read_bytes() == text.encode()
        assert path.stat().st_mode & 0o777 == mode


@law
@given(names=st.lists(names, min_size=2, unique=True))
def test_a_file_has_other_names(names: list[str]) -> None:
    with folder() as there:
        first, *others = names
        path = Path(there, first)
        path.write_text("it")
        good(Link(str(path), tuple(others)), Link(str(path), tuple(others)))
        assert sorted(os.listdir(there)) == sorted(names)
        assert all(Path(there, each).read_text() == "it" for each in others)


@law
@given(names=st.lists(names, min_size=1, unique=True))
def test_what_a_build_left_is_installed(names: list[str]) -> None:
    with folder() as there, folder() as into:
        for each in names:
            Path(there, each).write_text(each)
        good(Install(tuple(names), there, f"{into}/bin"))
        assert sorted(os.listdir(f"{into}/bin")) == sorted(names)


def packed(there: str, name: str, members: dict[str, str]) -> str:
    """An archive with a packager's own modes, and its digest."""
    path = Path(there, name)
    with tarfile.open(path, "w") as archive:
        for member, text in members.items():
            made = tarfile.TarInfo(member)
            made.size, made.mode, made.uid = len(text), 0o666, 4711
            archive.addfile(made, io.BytesIO(text.encode()))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def found(there: str) -> dict[str, str]:
    return {
        str(each.relative_to(there)): each.read_text()
        for each in Path(there).rglob("*")
        if each.is_file()
    }


@law
@given(name=names)
def test_an_archive_is_unpacked_whatever_it_is_called(name: str) -> None:
    with folder() as there, patch.object(shell, "INPUTS", there):
        digest = packed(there, name, {"top/a/b": "1", "top/c": "2"})
        good(Unpack(name, digest, f"{there}/one", 1))
        assert found(f"{there}/one") == {"a/b": "1", "c": "2"}
        assert Path(there, "one/c").stat().st_mode & 0o777 == 0o644
        assert Path(there, "one/c").stat().st_uid == os.geteuid()


@pytest.mark.parametrize(
    ("members", "strip", "left"),
    [
        ({"top/a": "1"}, 0, {"top/a": "1"}),
        ({"top/a": "1"}, None, {"a": "1"}),
        ({"top/a/b": "1"}, None, {"a/b": "1"}),
        ({"top/a/b": "1"}, 2, {"b": "1"}),
        ({"top/a": "1", "other": "2"}, None, {"top/a": "1", "other": "2"}),
        ({"only": "1"}, None, {"only": "1"}),
        ({".top/a": "1"}, None, {"a": "1"}),
    ],
)
def test_what_leads_to_the_source_is_dropped(
    members: dict[str, str], strip: int | None, left: dict[str, str]
) -> None:
    with folder() as there, patch.object(shell, "INPUTS", there):
        digest = packed(there, "x.tar", members)
        good(Unpack("x.tar", digest, f"{there}/new", strip))
        assert found(f"{there}/new") == left
        assert sorted(os.listdir(there)) == ["new", "x.tar"]


@pytest.mark.tool("patch")
@law
@given(name=names)
def test_a_patch_is_made_whatever_it_is_called(name: str) -> None:
    change = b"--- a/heat.c\n+++ b/heat.c\n@@ -1 +1 @@\n-cold\n+hot\n"
    with folder() as there, folder() as source, patch.object(shell, "INPUTS", there):
        Path(there, name).write_bytes(change)
        Path(source, "heat.c").write_text("cold\n")
        good(Patch(name, hashlib.sha256(change).hexdigest(), source))
        assert found(source) == {"heat.c": "hot\n"}


def test_a_file_that_is_not_the_locked_one_ends_the_build() -> None:
    with folder() as there, patch.object(shell, "INPUTS", there):
        packed(there, "x.tar", {"top/a": "1"})
        done = run(script([Unpack("x.tar", "0" * 64, f"{there}/new", 1)]))
        assert done.returncode == 1
        assert done.stderr == b"x.tar is not the file that is locked\n"
        assert os.listdir(there) == ["x.tar"]


# ---- tests of the spec ---------------------------------------------------------------------------


@law
@given(before=texts, expect=texts.filter(bool), after=texts)
def test_the_output_of_a_test_holds_what_it_should(before: str, expect: str, after: str) -> None:
    said = ("printf", "%s", f"{before}{expect}{after}x")
    done = run(shell.PRELUDE + shell.check(Check(said, expect, PLACE)))
    assert done.returncode == 0
    assert done.stdout.decode() == f"{said[-1]}\n"


@law
@given(shown=texts, expect=texts.filter(bool))
def test_the_output_of_a_test_that_holds_it_not_ends_the_build(shown: str, expect: str) -> None:
    text = shown.replace("\n", "")  # the newlines at an output's end are not compared
    done = run(shell.PRELUDE + shell.check(Check(("printf", "%s", text), expect, PLACE)))
    assert (done.returncode == 0) is (expect in text)


def test_a_test_that_fails_ends_the_build() -> None:
    for expect in (None, "on"):
        done = run(
            shell.PRELUDE + shell.check(Check(("sh", "-c", "echo on; exit 3"), expect, PLACE))
        )
        assert done.returncode == 3


@pytest.mark.tool("shellcheck")
def test_no_step_is_doubtful_sh() -> None:
    steps = (
        Set("X", "a b"), Do(("cmake", "-DA=$b"), "/x", (("Y", "'"),)), Do(("-odd",), "/"),
        Do(("a" * 60, "b" * 60), "/"), Script("x.sh", "/y"), Install(("a", "-b"), "/z", "/opt"),
        Write("/a/b", "x\ny\n"), Write("/a/c", "no end"), Write("/d", ""), Link("/a/b", ("c", "d")),
        Patch("p", "0" * 64, "/x"), Unpack("u", "0" * 64, "/x", 1),
        Unpack("u", "0" * 64, "/y", None),
    )  # fmt: skip
    # SC2016: that a `$` stays one is what is wanted.
    text = "#!/bin/sh\n" + script(steps) + shell.check(Check(("a",), "it's", PLACE))
    done = subprocess.run(
        ["shellcheck", "--exclude=SC2016", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert lines(Do(("true",), "/")) == "(cd / && exec true)\n"
