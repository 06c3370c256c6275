"""Fields that name other packages are read as deb-control(5) describes them."""

import pytest

from envc.debian.relations import Atom, parse
from envc.facts.problem import Problem


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", ()),
        ("libc6", ((Atom("libc6"),),)),
        ("libc6 (>= 2.36)", ((Atom("libc6", ">=", "2.36"),),)),
        ("a(<<1),b", ((Atom("a", "<<", "1"),), (Atom("b"),))),
        ("a | b (= 1-2),", ((Atom("a"), Atom("b", "=", "1-2")),)),
        ("python3:any (>= 3.5~)", ((Atom("python3", ">=", "3.5~", "any"),),)),
        ("a (< 2), b (> 3)", ((Atom("a", "<=", "2"),), (Atom("b", ">=", "3"),))),
        ("a [amd64 i386], b [!amd64], c [linux-any]", ((Atom("a"),), (Atom("c"),))),
        ("a <!nocheck>, b <stage1>, c <stage1> <!cross>", ((Atom("a"),), (Atom("c"),))),
        ("a [arm64] | b", ((Atom("b"),),)),
    ],
)
def test_reading(text: str, groups: object) -> None:
    assert parse(text, "amd64") == groups


@pytest.mark.parametrize("text", ["a b", "a (1)", "a (>= )", "a (>= 1_2)", "| a", "ä"])
def test_refusing(text: str) -> None:
    assert isinstance(parse(text), Problem)


def test_what_is_written_can_be_read() -> None:
    atom = Atom("python3", ">=", "3.5~", "any")
    assert parse(str(atom)) == ((atom,),)
