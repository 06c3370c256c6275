"""Every rule has a page, and every page's examples do what the page says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from envc.check import check_source
from envc.diagnostics import page, rules
from envc.diagnostics.model import Rule
from envc.source import Source

RULES = sorted(rules.BY_CODE.values(), key=lambda rule: rule.code)
MARKS = re.compile(r"#((?:\s+[EW]\d{4},?)+)\s*$")
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def told(text: str) -> list[tuple[int, str]]:
    """The line and the code of each diagnostic."""
    source = Source("page.envc", text)
    return sorted(
        (source.position(each.place.span.start).line, each.rule.code)
        for each in check_source(source).diagnostics
    )


def marked(text: str) -> list[tuple[int, str]]:
    return sorted(
        (number, code.strip(","))
        for number, line in enumerate(text.splitlines(), 1)
        if (found := MARKS.search(line))
        for code in found[1].split()
    )


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
            assert "no mistakes in" in block.text
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


# ---- console blocks ------------------------------------------------------------------------------


def follow(session: str, folder: Path) -> None:
    """Types what stands behind `$` and compares what comes back; `...` stands for anything."""
    for command, expected in steps(session):
        shown = typed(command, folder)
        assert re.fullmatch(pattern(expected), shown), f"$ {command}\n{shown}"


def steps(session: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    here = False  # inside a here-document
    for line in session.splitlines(keepends=True):
        if here:
            found[-1] = (found[-1][0] + line, "")
            here = line != "END\n"
        elif line.startswith("$ "):
            found.append((line[2:], ""))
            here = "<< 'END'" in line
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def pattern(expected: str) -> str:
    lines = expected.splitlines()
    return "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n"
        for line in lines
    )


def typed(command: str, folder: Path) -> str:
    scripts = os.path.dirname(sys.executable)
    environ = {
        **{k: v for k, v in os.environ.items() if k == "PYTHONPATH"},
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "PYTHONUTF8": "1",
        "HOME": str(folder),
    }
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return done.stdout.decode()
