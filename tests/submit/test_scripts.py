"""All that is said to a shell, read by shellcheck."""

import subprocess
from importlib import import_module

import pytest

from envc.submit.asking import asked
from envc.submit.model import Order, Words, client
from envc.vocabulary import SCHEDULERS

MODULES = (
    "bring",
    "hand_in",
    "images",
    "look",
    "output",
    *(f"clients.{name}" for name in SCHEDULERS),
)


def scripts(module: str) -> list[str]:
    """Texts that stand in a module by names of its own, and are more than a word."""
    found = vars(import_module(f"envc.submit.{module}"))
    return [
        value
        for name, value in found.items()
        if name.startswith("_") and not name.startswith("__") and isinstance(value, str)
        if " " in value and ("$" in value or "\n" in value) and "{}" not in value
    ]


def checked(script: str) -> str:
    words = ["shellcheck", "--shell=sh", "--exclude=SC2154", "-"]
    return subprocess.run(words, input=script, capture_output=True, text=True, check=False).stdout


@pytest.mark.tool("shellcheck")
@pytest.mark.parametrize("module", MODULES)
def test_scripts_are_clean(module: str) -> None:
    assert [checked(each) for each in scripts(module)] == [""] * len(scripts(module))


@pytest.mark.tool("shellcheck")
def test_questions_are_clean() -> None:
    questions: tuple[Words, ...] = (("squeue", "--name=it's"), ("echo", "a  b"))
    assert checked(asked(questions, 30, "mark").script) == ""


@pytest.mark.parametrize("name", SCHEDULERS)
def test_words_of_an_order_are_not_read_by_a_shell(name: str) -> None:
    """They are arguments of a script, never a part of it."""
    plain = client(name).hand_in(Order("a-1", "b.job", (), (1,)))
    other = client(name).hand_in(Order("c-2", "d.job", (), (1,)))
    if plain[:2] == ("sh", "-c"):
        assert plain[2] == other[2]
