"""docs/editors.md holds: its settings are read by the real programs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")


def section(name: str) -> str:
    """The indented lines of a part of the page."""
    part = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    text = next(each for each in part if each.startswith(name))
    return "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))


@pytest.mark.tool("vim")
def test_vim_settings(tmp_path: Path) -> None:
    folder = str(ROOT / "grammar" / "editors" / "vim")
    settings = section("Vim").replace("~/src/envc/grammar/editors/vim", folder)
    (tmp_path / "vimrc").write_text(settings, encoding="utf-8")
    (tmp_path / "a.envc").write_text("app\n", encoding="utf-8")
    show = "call writefile([&filetype, b:current_syntax, &commentstring, &shiftwidth], 'said')"
    command = ["vim", "-Nu", "vimrc", "-i", "NONE", "-n", "-es", "-c", show, "-c", "qa!", "a.envc"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60, stdin=subprocess.DEVNULL)
    assert (tmp_path / "said").read_text().split("\n")[:4] == ["envc", "envc", "# %s", "2"]


@pytest.mark.tool("vim")
def test_vim_reads_what_check_says(tmp_path: Path) -> None:
    """`:make` would fill the quickfix list with this."""
    (tmp_path / "a.envc").write_text("envc 1\n\napp a@1 {\n  biuld cmake\n}\n", encoding="utf-8")
    command = [sys.executable, "-m", "envc", "check", "a.envc"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (tmp_path / "said").write_text(said.stdout + said.stderr, encoding="utf-8")
    folder = ROOT / "grammar" / "editors" / "vim"
    script = (
        f"set runtimepath^={folder}\ncompiler envc\ncgetfile said\n"
        "call writefile(map(filter(getqflist(), 'v:val.valid'), "
        "'bufname(v:val.bufnr) . \":\" . v:val.lnum . \":\" . v:val.col'), 'list')\nqa!\n"
    )
    (tmp_path / "script.vim").write_text(script, encoding="utf-8")
    vim = ["vim", "-Nu", "NONE", "-i", "NONE", "-n", "-es", "-S", "script.vim"]
    subprocess.run(vim, cwd=tmp_path, check=True, timeout=60, stdin=subprocess.DEVNULL)
    assert "a.envc:4:3" in (tmp_path / "list").read_text().split("\n")


def test_pygmentize(tmp_path: Path) -> None:
    (tmp_path / "heat2d.envc").write_text("app a {\n}\n", encoding="utf-8")
    (line,) = section("Pygments").strip().split("\n")
    program, *words = line.split()
    command = [sys.executable, "-m", "pygments", *words]
    assert program == "pygmentize"
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert '<span class="k">app</span>' in done.stdout
