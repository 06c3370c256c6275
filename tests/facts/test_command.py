"""Commands are words: what a shell would read the same is split the same, the rest is refused."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.command import CommandWord, Placeholder, split_command
from envc.facts.problem import PlacedProblem


def words(text: str, **values: str) -> list[str]:
    found = split_command(text)
    assert isinstance(found, list), found
    return [word.filled(values) for word in found]


def refused(text: str) -> PlacedProblem:
    found = split_command(text)
    assert isinstance(found, PlacedProblem), found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heat2d --selftest", ["heat2d", "--selftest"]),
        ("  a\t b ", ["a", "b"]),
        ("a 'b c' \"d e\"", ["a", "b c", "d e"]),
        ("a '' \"\"", ["a", "", ""]),
        ("a x'y'\"z\"", ["a", "xyz"]),
        (r"a b\ c \* \$X", ["a", "b c", "*", "$X"]),
        (r'a "\$X \" \\ \n"', ["a", '$X " \\ \\n']),
        ("a '$X | *' ", ["a", "$X | *"]),
        ("a -o=x~y#z k=v 10 2", ["a", "-o=x~y#z", "k=v", "10", "2"]),
        ("awk '{{print $1}}'", ["awk", "{print $1}"]),
        ("a é 日本", ["a", "é", "日本"]),
        ("a ]", ["a", "]"]),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a; b", ";"),
        ("a | b", "|"),
        ("a || b", "||"),
        ("a && b", "&&"),
        ("a &", "&"),
        ("a > b", ">"),
        ("a 2>&1", "2>&1"),
        ("a >> b", ">>"),
        ("a <b", "<"),
        ("a <<< b", "<<<"),
        ("a $(b)", "$("),
        ("a `b`", "`"),
        ("a $HOME/x", "$HOME"),
        ("a ${HOME}/x", "${HOME}"),
        ('a "$HOME/x"', "$HOME"),
        ('a "`b`"', "`"),
        ("a *.txt", "*"),
        ("a x?", "?"),
        ("a [ab]", "["),
        ("a ~/x", "~"),
        ("a # why", "#"),
        ("(a)", "("),
        ("a\nb", "\n"),
        ("a 'b", "'b"),
        ('a "b', '"b'),
        ("a {", "{"),
        ("a }", "}"),
        ("a '{print}{2}'", "{"),
        ("a b\\", "\\"),
        ("a 'b\0'", "\0"),
        ("OMP_NUM_THREADS=8 a", "OMP_NUM_THREADS="),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_refuses_at_the_exact_place(text: str, part: str) -> None:
    problem = refused(text)
    assert text[problem.start : problem.end] == part


def test_says_why() -> None:
    problem = refused("mpirun a | tee log")
    assert problem.message == "`|` is shell, and a command is a list of words, not shell"
    assert refused("a {").suggestion == "{{"


def test_placeholders_have_offsets() -> None:
    text = "gmx -ntomp {cpus} '--x={nodes} y'"
    found = split_command(text)
    assert isinstance(found, list)
    last = found[-1]
    assert text[last.start : last.end] == "'--x={nodes} y'"
    assert last.parts == ("--x=", Placeholder("nodes", 23, 30), " y")
    assert words(text, cpus="8", nodes="2") == ["gmx", "-ntomp", "8", "--x=2 y"]


def test_a_filled_value_is_never_split() -> None:
    assert words("a {x}", x="b; c *") == ["a", "b; c *"]


ARGUMENTS = st.lists(st.text(st.characters(exclude_characters="\0")), min_size=1)


@given(ARGUMENTS)
def test_quoted_words_come_back(arguments: list[str]) -> None:
    text = " ".join(shlex.quote(word) for word in ["program", *arguments])
    assert words(text.replace("{", "{{").replace("}", "}}")) == ["program", *arguments]


@given(st.text("ab \t'\"\\$`;|&<>()*?[]~#={}12\n\0é"))
def test_every_text_is_split_as_a_shell_would_or_refused_inside_itself(text: str) -> None:
    found = split_command(text)
    if isinstance(found, PlacedProblem):
        assert 0 <= found.start <= found.end <= len(text)
        return
    _spans_are_in_order(found, text)
    if "{" not in text and "}" not in text:
        assert [word.filled({}) for word in found] == shlex.split(text)


def _spans_are_in_order(found: list[CommandWord], text: str) -> None:
    at = 0
    for word in found:
        assert at <= word.start < word.end <= len(text)
        assert not text[at : word.start].strip(" \t")
        at = word.end
