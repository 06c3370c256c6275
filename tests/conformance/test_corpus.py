"""Scripts that schedulers took or refused, read again by each dialect's own reader.

The first lines of a file say who gave the verdict, why, and what was understood. Behind `accepted
by` or `refused by` stands the program itself with its version; where it says otherwise, no program
was asked.
"""

import re
from importlib import import_module
from pathlib import Path

import pytest

from envc.facts.problem import Problem

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.ok")) + sorted(HERE.glob("*/*.bad"))
each_file = pytest.mark.parametrize(
    "file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}"
)
_HEAD = re.compile(r"(?:#|//) (accepted|refused) by (.+)\r?\n(?:#|//) (.+)\r?\n")
_READ = re.compile(r"(?:#|//) read as: ?(.*)\r?\n")


def text_of(file: Path) -> str:
    """As it stands; a JDL, which has no comments, without them."""
    with file.open(newline="") as opened:
        text = opened.read()
    return re.sub(r"(?m)^// .*\n", "", text)


def understood(file: Path) -> dict[str, str]:
    found = _READ.search(file.read_bytes().decode())
    assert found is not None, "an accepted script says what it is read as"
    said = re.split(r", (?=[A-Za-z_ ]+=)", found[1].strip()) if found[1].strip() else []
    return {key: value for key, _, value in (each.partition("=") for each in said)}


def test_each_dialect_has_some() -> None:
    assert len({file.parent.name for file in FILES}) >= 8


@each_file
def test_verdicts_name_their_judge(file: Path) -> None:
    found = _HEAD.search(file.read_bytes().decode())
    assert found is not None
    assert (found[1] == "accepted") is (file.suffix == ".ok")


@each_file
def test_our_reader_agrees(file: Path) -> None:
    read = import_module(f"envc_backends.{file.parent.name}.reading").read
    told = read(text_of(file))
    if file.suffix == ".bad":
        assert isinstance(told, Problem), told
        return
    assert not isinstance(told, Problem), told
    assert {key: str(value) for key, value in told.items()} == understood(file)
