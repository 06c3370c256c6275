"""The parser, Pygments, Vim and VS Code call every word of every spec the same.

"The same" is exact: each highlighter's classes, character by character, are those that the parser's
own reading gives (`truth.py`), for every spec of the project that has no syntax mistake. In a block
on one line (`{ target zen4  cores 192 }`) only the first key is shown as one.
"""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.editor import generate, highlight, textmate, words
from envc.editor.words import Class
from envc.syntax import tables
from tests.editor import truth

HERE = Path(__file__).parent
EXTENSION = truth.ROOT / "grammar" / "editors" / "vscode"

AWKWARD = """\
envc 1 # keywords are words too
targets on = zen2, # the first
  # and, after a comment

  zen3
app test@1.0 {
  summary "a \\"quoted\\" # word"
  variant when = is | # or
    not | 2 default not "about"
  needs for@1:2 +from ~on is=has, test, when@2
  needs {
    from
    for@1:2 +from ~on is=has for build, test from debian when when is on
    test@2 from guix on not (has avx2 and vendor amd), family aarch64
    app +test when (a and not (b or c is on)) and d on zen2..zen3, ..zen4, on
  }
  build cmake when test { source on on on
    when when when when
    needs "x" 4, h, 5 h, 6 min }
  flags { "quoted key" 1..5, @1: sha256:00ff on zen2 }
  env { build source:x }
  run run { walltime 1 h 30 min
    memory 16 GiB when expect is skip }
  test "a" expect "b" on has has
}
"""


def texts() -> dict[str, str]:
    found = {str(path.relative_to(truth.ROOT)): path.read_text("utf-8") for path in truth.corpus()}
    return {**found, "awkward": AWKWARD}


TEXTS = texts()


def test_the_corpus_is_not_empty() -> None:
    assert len(TEXTS) > 20
    shown = {each for text in TEXTS.values() for _, _, each in truth.classes(text)}
    assert shown == set(Class)


def test_generated_files_are_fresh() -> None:
    for name, text in generate.files().items():
        path = truth.ROOT / "grammar" / name
        assert path.read_text("utf-8") == text, f"{name}: python -m envc.editor.generate"


@given(st.text("ab1_-./+:@ ", max_size=6))
def test_a_keyword_ends_where_a_name_ends(rest: str) -> None:
    text = "when" + rest
    patterns = dict(tables.load().patterns)
    name = re.match(patterns["NAME"], text)
    assert name is not None
    assert bool(re.match(words.choice(("when",)), text)) == (name[0] == "when")


# ---- Pygments ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEXTS)
def test_pygments_agrees(name: str) -> None:
    text = TEXTS[name]
    shown = [
        (start, start + len(word), each) for start, word, each in highlight.pieces(text) if each
    ]
    assert _told(text, shown) == _told(text, truth.classes(text))


@given(st.text('ab{}()#,|"@1.:= \n+~\\é', max_size=80))
def test_pygments_loses_no_character(text: str) -> None:
    assert "".join(word for _, word, _ in highlight.pieces(text)) == text


def test_pygments_knows_the_lexer_by_name() -> None:
    from pygments.lexers import get_lexer_by_name, get_lexer_for_filename

    assert get_lexer_by_name("envc").name == "envc"
    assert get_lexer_for_filename("a.envc").name == "envc"


# ---- Vim and VS Code: the real programs ----------------------------------------------------------


@pytest.mark.tool("vim")
def test_vim_agrees(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        shown = _vim(tmp_path, text)
        assert _letters(text, shown) == _letters(text, truth.classes(text)), name


@pytest.mark.tool("npm")
def test_vscode_agrees(tmp_path: Path, extension: Path) -> None:
    paths = [tmp_path / f"{number}.envc" for number, _ in enumerate(TEXTS)]
    for path, text in zip(paths, TEXTS.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    command = ["node", str(extension / "test" / "tokens.mjs"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    classes = {scope: each for each, scope in textmate.SCOPES.items()}
    for (name, text), tokens in zip(TEXTS.items(), json.loads(done.stdout), strict=True):
        starts = _line_starts(text)
        shown = [
            (starts[line] + start, starts[line] + end, classes[scope])
            for line, start, end, scope in tokens
        ]
        assert _letters(text, shown) == _letters(text, truth.classes(text)), name


def _vim(folder: Path, text: str) -> list[truth.Piece]:
    (folder / "text.envc").write_text(text, encoding="utf-8")
    environment = {
        **os.environ,
        "ENVC_VIM": str(truth.ROOT / "grammar" / "editors" / "vim"),
        "ENVC_TEXT": str(folder / "text.envc"),
        "ENVC_OUT": str(folder / "classes"),
    }
    vim = shutil.which("vim")
    assert vim is not None
    command = [vim, "-Nu", "NONE", "-n", "-es", "-S", str(HERE / "classes.vim")]
    subprocess.run(command, env=environment, check=True, timeout=60, stdin=subprocess.DEVNULL)
    found: list[truth.Piece] = []
    lines = (folder / "classes").read_text("utf-8").splitlines()
    for start, line, names in zip(_line_starts(text), text.splitlines(), lines, strict=False):
        byte = 0
        by_byte = names.split(",")
        for place, letter in enumerate(line):
            name = by_byte[byte]
            byte += len(letter.encode())
            if name:
                shown = Class(name.removeprefix("envc").lower())
                found.append((start + place, start + place + 1, shown))
    return found


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _letters(text: str, pieces: list[truth.Piece]) -> list[str]:
    """Each line with its letters' classes below it: a failure shows where."""
    marks = ["."] * len(text)
    for start, end, shown in pieces:
        for place in range(start, end):
            marks[place] = _LETTER[shown]
    lines: list[str] = []
    for start, line in zip(_line_starts(text), text.split("\n"), strict=False):
        said = "".join(
            " " if letter.isspace() else mark
            for letter, mark in zip(line, marks[start:], strict=False)
        )
        lines += [line, said]
    return lines


_LETTER = dict(zip(Class, "KMDknduSTV+pC", strict=True))


def _told(text: str, pieces: list[truth.Piece]) -> list[tuple[str, str]]:
    return [(text[start:end].rstrip(), shown.value) for start, end, shown in sorted(pieces)]
