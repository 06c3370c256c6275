"""Every rule has a page, and every page's examples do what the page says."""

import os
from pathlib import Path

import pytest

from envc.diagnostics import page, rules
from envc.diagnostics.model import Rule
from tests.literate import follow, marked, told

RULES = sorted(rules.BY_CODE.values(), key=lambda rule: rule.code)
GOOD = ("no mistakes in", "says what the spec says")
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def page_of(rule: Rule) -> page.Page:
    found = page.load(rule)
    assert found is not None, f"{rule.code} has no page"
    return found


@each_rule
def test_the_page_has_the_form_of_a_page(rule: Rule) -> None:
    found = page_of(rule)
    assert found.title == f"{rule.code} {rule.name}"
    assert found.meaning
    assert list(found.sections) == [page.FAILING, page.CORRECTED, page.TO_DO]
    assert len(found.blocks(page.FAILING)) >= 1
    assert len(found.blocks(page.CORRECTED)) >= 1


@each_rule
def test_the_failing_example_fails_where_it_is_marked(rule: Rule, tmp_path: Path) -> None:
    for block in page_of(rule).blocks(page.FAILING):
        if block.language == "console":
            assert f"[{rule.code}]" in block.text
            follow(block.text, tmp_path)
        else:
            assert rule.code in {code for _, code in marked(block.text)}
            assert told(block.text) == marked(block.text)


@each_rule
def test_the_corrected_example_has_no_mistakes(rule: Rule, tmp_path: Path) -> None:
    for block in page_of(rule).blocks(page.CORRECTED):
        if block.language == "console":
            assert any(good in block.text for good in GOOD)
            follow(block.text, tmp_path)
        else:
            assert told(block.text) == []


def test_every_page_is_of_a_rule() -> None:
    pages = {name.removesuffix(".md") for name in os.listdir(page.FOLDER)}
    assert pages <= set(rules.BY_CODE)


def test_no_two_rules_share_a_code_or_a_name() -> None:
    declared = [rule for rule in vars(rules).values() if isinstance(rule, Rule)]
    assert len({rule.code for rule in declared}) == len(declared)
    assert len({rule.name for rule in declared}) == len(declared)
