"""Questions and answers keep apart, whatever stands in them and around them."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.submit.asking import TOO_LATE, answers, asked
from envc.submit.model import Answer

MARK = "0123456789abcdef"
words = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def output(*questions: tuple[str, ...], seconds: int = 10) -> bytes:
    script = asked(questions, seconds, MARK).script
    return subprocess.run(["sh"], input=script.encode(), capture_output=True, check=False).stdout


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(words, max_size=3), min_size=1, max_size=3), st.text(max_size=30))
def test_words_arrive_and_answers_come_back(given: list[list[str]], banner: str) -> None:
    questions = [("printf", "[%s]", *each) for each in given]
    asking = asked(questions, 10, MARK)
    said = banner.encode("utf-8", "replace") + output(*questions)
    expected = ["".join(f"[{word}]" for word in each) or "[]" for each in given]
    assert answers(asking, said) == tuple(Answer(0, text, "") for text in expected)


def test_codes_and_errors_come_back() -> None:
    questions = (("sh", "-c", "echo out; echo bad >&2; exit 7"), ("no-such-program",))
    first, second = answers(asked(questions, 10, MARK), output(*questions))  # type: ignore[misc]
    assert first == Answer(7, "out\n", "bad\n")
    assert second.code == 127


def test_a_program_that_hangs_is_left() -> None:
    questions = (("sleep", "60"), ("echo", "fine"))
    first, second = answers(  # type: ignore[misc]
        asked(questions, 1, MARK), output(*questions, seconds=1)
    )
    assert first.code == TOO_LATE
    assert second == Answer(0, "fine\n", "")


@pytest.mark.parametrize("end", range(0, 40, 3))
def test_an_answer_that_breaks_off_is_none(end: int) -> None:
    asking = asked((("echo", "hello"),), 10, MARK)
    said = output(("echo", "hello"))
    assert len(said) < 40
    found = answers(asking, said[:end])
    assert isinstance(found, Problem) == (end < len(said))


def test_bytes_that_are_no_text_stay_as_they_are() -> None:
    question = ("printf", "\\377\\303")
    (answer,) = answers(asked((question,), 10, MARK), output(question))  # type: ignore[misc]
    assert answer.text.encode("utf-8", "surrogateescape") == b"\xff\xc3"
