"""`envc explain`: the page of a rule, found by its code or its name."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from envc import library, prose
from envc.check import check_source
from envc.diagnostics import manual, rules
from envc.source import Source

Run = Callable[..., Any]

SPEC = """\
envc 1

app heat2d@1.4.0 {
  summary  "2-D heat equation"
  license  MIT
  source   dir "."
  NEEDS
  build    cmake
}
"""


def test_a_page_is_plain_text(envc: Run, snapshot: SnapshotAssertion) -> None:
    ran = envc("explain", "E0108")
    assert ran.code == 0
    assert ran.out == snapshot


@pytest.mark.parametrize(
    "what", ["e0108", "foreign-spelling", "Foreign-Spelling", "error[E0108]", "error[E0108]:"]
)
def test_a_rule_is_found_by_code_and_by_name(what: str, envc: Run) -> None:
    assert envc("explain", what).out.startswith("E0108 foreign-spelling\n\n")


@pytest.mark.parametrize("what", ["foreign-speling", "E108", "fftww", "zenn4", "nonsense"])
def test_what_does_not_exist(what: str, envc: Run, snapshot: SnapshotAssertion) -> None:
    assert str(envc("explain", what)) == snapshot


def test_json_holds_the_page(envc: Run) -> None:
    told = json.loads(envc("explain", "--json", "E0108").out)
    assert (told["schema"], told["code"], told["severity"]) == (1, "E0108", "error")
    assert told["page"].startswith("# E0108 foreign-spelling\n")


def test_without_a_word_all_rules_are_listed(envc: Run) -> None:
    lines = envc("explain").out.splitlines()
    assert {line.split()[0] for line in lines} == set(rules.BY_CODE)
    listed = [rule["code"] for rule in json.loads(envc("explain", "--json").out)["rules"]]
    assert listed == [line.split()[0] for line in lines]


def test_a_package_is_told_in_prose(envc: Run) -> None:
    ran = envc("explain", "fftw")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("fftw\n\nFast Fourier transforms, from the library of envc.\n")
    assert "* `mpi` is `yes` or `no`, else `no`." in ran.out
    assert json.loads(envc("explain", "--json", "fftw").out)["package"] == "fftw"


@pytest.mark.parametrize("name", library.standard().names())
def test_the_example_of_a_package_checks(name: str) -> None:
    package = library.standard().package(name)
    assert package is not None
    spec = SPEC.replace("NEEDS", prose.example(package))
    assert check_source(Source("a.envc", spec)).diagnostics == ()


def test_a_target_is_told_by_targets(envc: Run) -> None:
    assert envc("explain", "zen4").out == envc("targets", "show", "zen4").out
    told = envc("explain", "--json", "zen4").out
    assert told == envc("targets", "show", "--json", "zen4").out


def test_markdown_loses_its_marks() -> None:
    shown = manual.render(
        "# Title\nOne **bold** word\nand a [link](page.md).\n\n* first\n  more\n* second\n"
        "\n```envc\na {\n\n  b\n}\n```\nEnd\n"
    )
    assert shown == (
        "Title\n\nOne bold word and a link (page.md).\n\n* first more\n* second\n\n"
        "    a {\n\n      b\n    }\n\nEnd\n"
    )
