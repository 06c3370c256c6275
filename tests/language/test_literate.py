"""The runner of examples itself: it notices what is not true."""

from pathlib import Path

import pytest

from tests import literate

PAGE = """\
Words.

```envc app
needs gcc@12:
```

```diff heat2d.envc
-  nodes 1
+  nodes 2
```
"""


def test_blocks_know_what_they_are_and_where() -> None:
    spec, diff = literate.blocks(PAGE)

    assert (spec.language, spec.argument, spec.is_file) == ("envc", "app", False)
    assert PAGE[spec.start :].startswith("needs gcc@12:\n```")
    assert (diff.language, diff.argument, diff.is_file) == ("diff", "heat2d.envc", True)


@pytest.mark.parametrize("part", literate.AROUND)
def test_what_is_put_around_a_part_of_a_file_has_no_mistakes(part: str) -> None:
    text = "envc 1\n" if not part else ""
    block = literate.Block("envc", part, text, 0)

    assert literate.told(literate.whole(block, filled=True)) == []


def test_a_mistake_without_a_mark_is_noticed() -> None:
    block = literate.Block("envc", "app", "needs gcc@12:, opnmpi\n", 0)
    text = literate.whole(block, filled=True)

    assert [code for _, code in literate.told(text)] == ["E0301"]
    assert literate.marked(text) == []


def test_marks_name_their_line() -> None:
    assert literate.marked("a\nb  # E0301 W0250\n# E0301 explains\n") == [
        (2, "E0301"),
        (2, "W0250"),
    ]


def test_another_output_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="hello"):
        literate.follow("$ echo hello\nbye\n", tmp_path)


def test_a_session_is_told_again_only_where_it_differs(tmp_path: Path) -> None:
    session = "$ echo one two\none ...\n$ printf 'a\\nb\\nc\\n'\na\n...\n$ echo new\nold\n"

    assert literate.Terminal(tmp_path).retold(session) == session.replace("old", "new")


def test_a_session_moves_and_writes(tmp_path: Path) -> None:
    terminal = literate.Terminal(tmp_path)
    terminal.type("mkdir below")
    terminal.type("cd below\n")
    terminal.write(literate.Block("envc", "a.envc", "one\ntwo\n", 0))
    terminal.write(literate.Block("diff", "a.envc", " one\n-two\n+three\n", 0))

    assert terminal.type("cat a.envc") == "one\nthree\n"


def test_a_change_of_what_is_not_there_is_noticed() -> None:
    with pytest.raises(AssertionError, match="not once"):
        literate.patched("one\n", "-two\n")
