"""The programs that stand before compilers, run with a compiler that only says what it was told."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.plan.compilers import text
from envc.plan.model import Compiler

PLAIN = ["-ffile-prefix-map=/src=.", "-ffile-prefix-map=/build=."]
RPATH = "-Wl,-rpath,/opt/heat/lib"
words = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A compiler in a folder of a name that a shell could misread."""
    path = tmp_path_factory.mktemp("it's $here") / "gcc 14"
    path.write_text("#!/bin/sh\nprintf '%s\\0' \"$@\"\n")
    path.chmod(0o755)
    return path


def told(echo: Path, *given: str, flags: tuple[str, ...] = (), record: str = "") -> list[str]:
    compiler = Compiler("gcc", "14.2", "c", str(echo), ("cc",), flags, ("-Wl,-z,x86-64-v3",))
    shim = echo.with_name("cc")
    shim.write_text(text(compiler, "/opt/heat"))
    done = subprocess.run(
        ["sh", str(shim), *given], env={"ENVC_COMPILED": record}, capture_output=True, check=True
    )
    return done.stdout.decode(errors="surrogateescape").split("\0")[:-1]


@settings(max_examples=40, deadline=None)
@given(own=words, given=words)
def test_the_targets_options_come_first_whatever_they_hold(
    echo: Path, own: list[str], given: list[str]
) -> None:
    shown = told(echo, "-c", *given, flags=tuple(own))
    assert shown == [*PLAIN, *own, "-c", *given]


@pytest.mark.parametrize(
    ("given", "links"),
    [
        (["a.o", "-o", "a"], True),
        (["a.c"], True),
        (["-shared", "a.o"], True),
        (["-c", "a.c"], False),
        (["a.c", "-S"], False),
        (["-E", "a.c"], False),
        (["-MM", "a.c"], False),
        (["-v"], False),
        (["--version"], False),
        ([], False),
    ],
)
def test_what_is_for_linking_is_said_only_there(echo: Path, given: list[str], links: bool) -> None:
    more = ["-Wl,-z,x86-64-v3", RPATH] if links else []
    assert told(echo, *given) == [*PLAIN, *given, *more]


def test_each_call_is_noted_where_it_is_asked_for(echo: Path, tmp_path: Path) -> None:
    record = tmp_path / "compiled"
    told(echo, "-c", "a.c", flags=("-march=x86-64-v3",), record=str(record))
    told(echo, "-c", "b.c", record=str(record))
    first, second = record.read_text().splitlines()
    assert first == f"{echo} {' '.join(PLAIN)} -march=x86-64-v3 -c a.c"
    assert second.endswith("-c b.c")
    told(echo, "-c", "c.c")
    assert len(record.read_text().splitlines()) == 2


@pytest.mark.tool("shellcheck")
def test_it_is_sound_sh(tmp_path: Path) -> None:
    shim = tmp_path / "cc"
    flags = ("-march=znver4", "-DX='y'")
    shim.write_text(text(Compiler("gcc", "14", "c", "/usr/bin/gcc-14", (), flags, ()), "/opt/x"))
    done = subprocess.run(["shellcheck", str(shim)], capture_output=True, text=True, check=False)
    assert done.stdout == ""
