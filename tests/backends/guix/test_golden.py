"""The files as a reader sees them. `ENVC_REWRITE=1` writes them anew."""

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from envc.plan.backend import File
from envc_backends.guix import BACKEND
from tests.backends.guix.compiled import Compiled, compiled
from tests.backends.guix.specs import SPECS

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[3] / "docs" / "guix-backend.md"
FILES = ("channels.scm", "manifest.scm", "package.scm")


@pytest.fixture(scope="module")
def tuned(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    folder = tmp_path_factory.mktemp("golden")
    made = compiled(folder, "tuned", SPECS["tuned"].text, SPECS["tuned"].files)
    return next(each for each in made if each.plan.target == "zen4")


@pytest.fixture(scope="module")
def files(tuned: Compiled) -> dict[str, File]:
    """But for the digest of all that it is made of, which every new compiler flag changes."""
    plan = replace(tuned.plan, closure="sha256:" + "c" * 64)
    return {file.path: file for file in BACKEND.files(plan)}


@pytest.mark.parametrize("name", FILES)
def test_it_reads_well(files: dict[str, File], name: str) -> None:
    if os.environ.get("ENVC_REWRITE") == "1":
        (GOLDEN / name).write_text(files[name].text, encoding="utf-8")
    assert files[name].text == (GOLDEN / name).read_text(encoding="utf-8")


def test_no_word_of_scheme_changes_its_meaning_tomorrow(files: dict[str, File]) -> None:
    """Packages are named with their versions, commits in full."""
    for file in files.values():
        named = re.findall(r'specification->package\s+"([^"]+)"', file.text)
        assert all("@" in name for name in named if name != "bash")
    (commit,) = re.findall(r'\(commit "(\w+)"\)', files["channels.scm"].text)
    assert len(commit) == 40


def test_commands_never_undo_what_was_asked(files: dict[str, File]) -> None:
    """Without grafts there is no tuning; transformations by branch or commit ask the network."""
    text = "".join(f"{file.text}{file.use}" for file in files.values())
    assert not re.search("--no-grafts|--with-(commit|branch|git-url|latest|version)", text)


def test_the_manual_shows_what_is_written() -> None:
    shown = re.findall("```scheme\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    golden = "".join((GOLDEN / name).read_text(encoding="utf-8") for name in FILES)
    assert shown
    assert all(block in golden for block in shown)
