"""`envc selector` prints the script, or says why there is none."""

import argparse

import pytest

from envc.commands import selector as command
from envc.cpu import selector


def test_it_prints_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("znver4", "x86-64-v3", "--prefer", "x86_64_v3") == 0
    printed = capsys.readouterr()
    assert printed.out == selector.script(["zen4", "x86_64_v3"], preference=["x86_64_v3"])
    assert "`znver4` is archspec's `zen4`" in printed.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["zen44"], "there is no target `zen44`"),
        (["native"], "native"),
        (["zen4", "--prefer", "zen3"], "`zen3` is preferred but not built"),
        (["ppc64", "ppc64le"], "does not tell ppc64 from ppc64le"),
    ],
)
def test_it_says_why_not(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(*words) == 1
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    return command.run(parser.parse_args(["selector", *words]))
