"""Laws of conditions over variants."""

from hypothesis import given
from hypothesis import strategies as st

from envc import choices
from envc.choices import All, Any, Condition, Is, Not

OPTIONS = {"gpu": ("none", "cuda", "hip"), "mpi": choices.YES_NO, "precision": ("single", "double")}


def _is(variant: str) -> st.SearchStrategy[Condition]:
    return st.sampled_from(OPTIONS[variant]).map(lambda choice: Is(variant, choice))


def _larger(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, max_size=3).map(tuple)
    return inner.map(Not) | parts.map(All) | parts.map(Any)


conditions = st.recursive(st.sampled_from(sorted(OPTIONS)).flatmap(_is), _larger, max_leaves=8)
chosen = st.fixed_dictionaries({name: st.sampled_from(each) for name, each in OPTIONS.items()})


@given(conditions, chosen)
def test_not_turns_the_answer_round(condition: Condition, choice: dict[str, str]) -> None:
    assert choices.holds(Not(condition), choice) != choices.holds(condition, choice)


@given(conditions, conditions, chosen)
def test_de_morgan(first: Condition, second: Condition, choice: dict[str, str]) -> None:
    both = Not(All((first, second)))
    either = Any((Not(first), Not(second)))
    assert choices.holds(both, choice) == choices.holds(either, choice)


@given(conditions, chosen)
def test_what_holds_can_hold(condition: Condition, choice: dict[str, str]) -> None:
    if choices.holds(condition, choice):
        assert choices.can_hold((condition,), OPTIONS)


@given(conditions)
def test_what_can_hold_holds_for_some_choice(condition: Condition) -> None:
    found = any(choices.holds(condition, each) for each in choices.combinations(OPTIONS))
    assert choices.can_hold((condition,), OPTIONS) == found


@given(conditions)
def test_only_variants_asked_about_decide(condition: Condition) -> None:
    asked = choices.variants(condition)
    for choice in choices.combinations(OPTIONS):
        only = {name: value for name, value in choice.items() if name in asked}
        assert choices.holds(condition, only) == choices.holds(condition, choice)
