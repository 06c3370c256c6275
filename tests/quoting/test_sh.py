"""Words as the real sh reads them: whatever they hold, they come out as they went in."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.quoting import sh

SHELLS = ["dash", "bash", "busybox"]
AWKWARD = "\\\"'$`#{}()<>|&;*?[]!~=,:%@ \t\r\n-é\U0001f600\u2028aA0_"
texts = st.text(
    st.sampled_from(AWKWARD) | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)
each_shell = pytest.mark.parametrize(
    "shell", [pytest.param(name, marks=pytest.mark.tool(name)) for name in SHELLS]
)


def said(shell: str, script: str) -> list[str]:
    """What `script` leaves between NULs."""
    words = [shell, "sh"] if shell == "busybox" else [shell]
    done = subprocess.run([*words, "-eu"], input=script.encode(), capture_output=True, check=True)
    return [each.decode() for each in done.stdout.split(b"\0")[:-1]]


@each_shell
@settings(max_examples=40, deadline=None)
@given(wanted=st.lists(st.lists(texts, min_size=1), min_size=1))
def test_every_word_is_itself(shell: str, wanted: list[list[str]]) -> None:
    script = "".join(f"printf '%s\\0' {' '.join(map(sh.word, words))}\n" for words in wanted)
    assert said(shell, script) == [each for words in wanted for each in words]


@each_shell
@settings(max_examples=40, deadline=None)
@given(values=st.lists(texts, min_size=1))
def test_an_assignment_holds_the_text(shell: str, values: list[str]) -> None:
    script = "".join(f"{sh.assignment('x', value)}\nprintf '%s\\0' \"$x\"\n" for value in values)
    assert said(shell, script) == values


@given(text=texts)
def test_the_first_word_is_no_assignment(text: str) -> None:
    shown = sh.words((f"x={text}", "y"))
    assert shown.startswith("'x=")


@given(text=st.text(st.sampled_from("abcXYZ019_@%+:,./=-"), min_size=1))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert sh.word(text) == text


def test_what_no_program_can_get_is_refused() -> None:
    with pytest.raises(ValueError, match="NUL"):
        sh.word("a\0b")
    for name in ("", "1a", "a-b", "a b", "é", "a=b", "a\n"):
        with pytest.raises(ValueError, match="name of a variable"):
            sh.assignment(name, "x")
