"""The manual, the examples and the library's page hold: each spec checks, each session goes so.

`ENVC_REWRITE=1 pytest tests/language/test_reference.py` writes what the sessions print today.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from envc import vocabulary, vocabulary_tables
from tests import literate

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "examples").rglob("*.md"),
        *(ROOT / "specs").glob("*.md"),
    ]
)
each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
EXAMPLES = sorted((ROOT / "examples").rglob("*.envc"))
MISTAKES = {"mistake.envc"}
"""Examples of what goes wrong: the README shows what envc says of them."""


@each_page
def test_specs_hold_the_mistakes_that_are_marked(path: Path) -> None:
    for block in specs(path):
        text = literate.whole(block, filled=True)
        assert literate.told(text, str(path)) == literate.marked(text), where(path, block, text)


@each_page
def test_specs_are_in_canonical_form(path: Path) -> None:
    for block in specs(path):
        text = literate.whole(block, filled=False)
        assert literate.laid_out(text) in (text, None), where(path, block, text)


@each_page
def test_sessions_go_as_shown(path: Path, tmp_path: Path) -> None:
    shown = path.read_text()
    told, end = "", 0
    # Other pages than these begin in an empty folder.
    if path.parent == ROOT or ROOT / "examples" in path.parents:
        shutil.copytree(
            ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("envc-out")
        )
    terminal = literate.Terminal(tmp_path)
    for block in literate.blocks(shown):
        if block.is_file:
            terminal.write(block)
        elif block.language == "console":
            told += shown[end : block.start] + terminal.retold(block.text)
            end = block.start + len(block.text)
    told += shown[end:]
    if os.environ.get("ENVC_REWRITE"):
        path.write_text(told)
    else:
        assert told == shown


@each_page
def test_tables_are_those_of_the_vocabulary(path: Path) -> None:
    text = path.read_text()
    assert vocabulary_tables.refreshed(text) == text, (
        f"python -m envc.vocabulary_tables {path.relative_to(ROOT)} rewrites them"
    )


def test_the_reference_holds_every_table() -> None:
    shown = re.findall(r"<!-- table: ([\w ]+) -->", (ROOT / "docs" / "language.md").read_text())
    assert sorted(shown) == sorted(vocabulary_tables.TABLES)


def test_every_word_of_the_language_has_an_example() -> None:
    examples = "".join(block.text for block in specs(ROOT / "docs" / "language.md"))
    shown = set(re.findall(r"[\w-]+", re.sub(r'"[^"\n]*"|#.*', "", examples)))
    blocks = (
        *(vocabulary.FACTS, vocabulary.RUN, vocabulary.SITE, vocabulary.SCHEDULER),
        *(vocabulary.PARTITION, vocabulary.CAMPAIGN, vocabulary.FLAGS, vocabulary.ATTRIBUTES),
        *vocabulary.BUILD.values(),
        *(vocabulary.STATEMENTS, vocabulary.SOURCE_KINDS, vocabulary.BUILD_ABOUT),
        *(vocabulary.ROLES, vocabulary.LANGUAGES),
    )
    assert {word for block in blocks for word in block} - shown == set()


@each_page
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text()):
        name, _, heading = link.partition("#")
        page = path.parent / name if name else path
        if ":" not in name:
            assert page.exists(), link
            assert not heading or heading in headings(page), link


def headings(page: Path) -> set[str]:
    """As a forge names them: small letters, hyphens for spaces, no punctuation."""
    found = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in found}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_check_and_are_in_canonical_form(path: Path) -> None:
    text = path.read_text()
    assert literate.laid_out(text) == text
    if path.name not in MISTAKES:
        assert literate.told(text, str(path)) == literate.marked(text)


def specs(path: Path) -> list[literate.Block]:
    """The `envc` blocks that are not files of a session; those are the session's business."""
    found = literate.blocks(path.read_text())
    return [block for block in found if block.language == "envc" and not block.is_file]


def where(path: Path, block: literate.Block, text: str) -> str:
    line = path.read_text().count("\n", 0, block.start) + 1
    return f"{path.relative_to(ROOT)}:{line}\n{text}"
