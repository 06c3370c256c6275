"""Why there is no solution, told from the wish to what cannot be."""

from collections.abc import Sequence

import pytest

from envc.debian.solve import Wanted, solve, wanted
from envc.debian.why import NoSolution
from tests.debian.apt_oracle import Stanza, toy

ARCHIVE = [
    {"Package": "app", "Depends": "solver | helper"},
    {"Package": "solver", "Depends": "libold (<< 2)"},
    {"Package": "helper", "Depends": "libgone"},
    {"Package": "libold", "Version": "2.1"},
    {"Package": "fast", "Depends": "blas"},
    {"Package": "blas1", "Provides": "blas", "Conflicts": "blas"},
    {"Package": "strict", "Breaks": "blas1 (<< 3)"},
    {"Package": "gcc", "Version": "4:12.2.0-14"},
    {"Package": "needs-gcc", "Depends": "gcc (>= 4:13)"},
    {"Package": "needs-blas", "Depends": "blas (>= 3)"},
]


def unsolved(stanzas: Sequence[Stanza], *texts: str) -> NoSolution:
    wishes = [wish for wish in (wanted(t, origin=t) for t in texts) if isinstance(wish, Wanted)]
    hints = [toy([{"Package": "gcc", "Version": "4:14.2.0-1"}], "next")]
    found = solve([toy(stanzas)], wishes, hints=hints)
    assert isinstance(found, NoSolution), found
    return found


STORIES = {
    "gcc (>= 4:13)": """\
`gcc (>= 4:13)` is wanted
toy has `gcc` 4:12.2.0-14; next has `gcc` 4:14.2.0-1""",
    "fortran": """\
`fortran` is wanted
toy has no `fortran`""",
    "needs-gcc": """\
`needs-gcc` is wanted
`needs-gcc` 1 needs `gcc (>= 4:13)`, and toy has `gcc` 4:12.2.0-14; next has `gcc` 4:14.2.0-1""",
    "needs-blas": """\
`needs-blas` is wanted
`needs-blas` 1 needs `blas (>= 3)`, \
and in toy `blas1` provides `blas` without a version that is `>= 3`""",
    "app": """\
`app` is wanted
`app` 1 needs `solver | helper`
`solver` 1 needs `libold (<< 2)`, and toy has `libold` 2.1
`helper` 1 needs `libgone`, and toy has no `libgone`""",
    "fast+strict": """\
`fast` is wanted
`fast` 1 needs `blas`
`strict` is wanted
`strict` 1 refuses `blas1` (<< 3), which would be 1
so they cannot be installed together""",
}


@pytest.mark.parametrize(("texts", "told"), STORIES.items())
def test_a_story(texts: str, told: str) -> None:
    found = unsolved(ARCHIVE, *texts.split("+"))
    lines = [*(step.text for step in found.steps), found.conclusion]
    assert [line for line in lines if line] == told.splitlines()


def test_who_asked_is_told_and_who_has_no_part_is_not() -> None:
    found = unsolved(ARCHIVE, "gcc", "fast", "strict", "libold")
    assert [wish.origin for wish in found.wishes] == ["fast", "strict"]


def test_a_close_name() -> None:
    found = unsolved(ARCHIVE, "need-gcc")
    assert found.close == ("needs-gcc",)
    assert found.help == "perhaps `needs-gcc` is meant"
