"""A value is what the standard library's frozen dataclass is, however it is made."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError

import pytest

from envc.values import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    line: int = 1


@dataclass(frozen=True, slots=True)
class Named(Place):
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    name: str
    line: int = 1


VALUE = Named("a", called=("b",))


def test_it_is_a_dataclass_with_slots() -> None:
    assert [each.name for each in dataclasses.fields(VALUE)] == ["name", "line", "called"]
    assert dataclasses.replace(VALUE, line=3) == Named("a", 3, ("b",))
    assert not hasattr(VALUE, "__dict__")
    match VALUE:
        case Named(name, line, called):
            assert (name, line, called) == ("a", 1, ("b",))


def test_it_is_equal_to_what_is_of_its_kind_and_says_the_same() -> None:
    assert Place("a") == Place("a", 1)
    assert hash(Place("a")) == hash(Place("a", 1)) == hash(Theirs("a"))
    assert Place("a") != Place("b")
    assert Place("a") != Named("a")
    assert Nothing() == Nothing()
    assert len({Place("a"), Place("a"), Place("b")}) == 2


def test_it_is_shown_and_copied_as_the_standard_library_does() -> None:
    assert repr(Place("a")) == repr(Theirs("a")).replace("Theirs", "Place")
    assert repr(VALUE) == "Named(name='a', line=1, called=('b',))"
    assert copy.deepcopy(VALUE) == pickle.loads(pickle.dumps(VALUE)) == VALUE


def test_it_refuses_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        VALUE.line = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del VALUE.line


@pytest.mark.parametrize("given", [(), ("a", 1, 2)])
def test_it_refuses_too_little_and_too_much(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Place(*given)  # type: ignore[arg-type]


def test_only_what_is_frozen_and_has_slots_is_a_value() -> None:
    with pytest.raises(TypeError, match="frozen and has slots"):
        dataclass(frozen=False, slots=True)
