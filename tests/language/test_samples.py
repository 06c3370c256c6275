"""The three samples of the language's design, word for word: they parse and check."""

from pathlib import Path

import pytest

from envc.check import Checked, check_path
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse

SAMPLES = Path(__file__).parent / "samples"
ALL = sorted(SAMPLES.rglob("*.envc"))


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_checks_without_a_word(path: Path) -> None:
    checked = check_path(str(path))

    assert isinstance(checked, Checked)
    assert [str(each.message) for each in checked.diagnostics] == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_stays_as_short_when_laid_out(path: Path) -> None:
    text = path.read_text()

    laid_out = layout(parse(Source(path.name, text)).file)

    assert len(laid_out.splitlines()) <= len(text.splitlines())


def test_a_catalogue_knows_what_it_takes_in() -> None:
    checked = check_path(str(SAMPLES / "3.envc"))

    assert isinstance(checked, Checked)
    assert {app.name for app in checked.spec.apps} == {"gromacs", "smilei"}
    assert [site.name for site in checked.spec.sites] == ["dahu", "adastra"]
    [campaign] = checked.spec.campaigns
    assert [include.name for include in campaign.includes] == ["gromacs", "smilei"]
