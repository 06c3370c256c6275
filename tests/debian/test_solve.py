"""What is installed for a wish: on small archives, where one can see it or try everything."""

import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence

import pytest

from envc.debian.solve import Solution, Wanted, solve, wanted
from envc.debian.solve_order import order
from envc.debian.solve_universe import Candidate, Universe
from envc.debian.why import NoSolution
from tests.debian.apt_oracle import Stanza, toy
from tests.debian.toy_worlds import asked, installations, is_consistent, packages


def wish(text: str) -> Wanted:
    found = wanted(text)
    assert isinstance(found, Wanted), found
    return found


def chosen(stanzas: Sequence[Stanza], *texts: str, **more: object) -> Mapping[str, str]:
    found = solve([toy(stanzas)], map(wish, texts), **more)  # type: ignore[arg-type]
    assert isinstance(found, Solution), found
    return found.versions()


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ("waves", {"waves"}),
        ("waves | tides", {"waves"}),
        ("winds | tides", {"tides"}),
        ("water", {"tides"}),
        ("water (>= 2)", {"tides"}),
        ("water (>= 3)", None),
        ("waves:any", None),
        ("tides:any", {"tides"}),
        ("tides:amd64", {"tides"}),
        ("tides:arm64", None),
        ("waves (>= 2)", None),
        ("rain", None),
        ("rain | waves", {"waves"}),
    ],
)
def test_a_need(needs: str, expected: set[str] | None) -> None:
    stanzas = [
        {"Package": "app", "Depends": needs},
        {"Package": "waves", "Provides": "water"},
        {"Package": "tides", "Provides": "water (= 2)", "Multi-Arch": "allowed"},
        {"Package": "rain", "Depends": "clouds"},
    ]
    found = solve([toy(stanzas)], [wish("app")])
    if expected is None:
        assert isinstance(found, NoSolution)
    else:
        assert isinstance(found, Solution)
        assert set(found.versions()) == expected | {"app"}


def test_a_package_may_refuse_what_it_provides() -> None:
    mail = {"Conflicts": "mailer", "Provides": "mailer"}
    stanzas = [{"Package": "one", **mail}, {"Package": "other", **mail}]
    assert chosen(stanzas, "one") == {"one": "1"}
    assert isinstance(solve([toy(stanzas)], [wish("one"), wish("other")]), NoSolution)


def test_another_alternative_where_the_first_is_refused() -> None:
    stanzas = [
        {"Package": "app", "Depends": "fast | slow"},
        {"Package": "fast"},
        {"Package": "slow"},
        {"Package": "strict", "Breaks": "fast (<< 2)"},
    ]
    assert chosen(stanzas, "app") == {"app": "1", "fast": "1"}
    assert chosen(stanzas, "app", "strict") == {"app": "1", "slow": "1", "strict": "1"}


def test_what_every_system_has() -> None:
    stanzas = [{"Package": "app"}, {"Package": "base", "Essential": "yes", "Depends": "libbase"}]
    stanzas.append({"Package": "libbase"})
    assert set(chosen(stanzas, "app")) == {"app"}
    assert set(chosen(stanzas, "app", essential=True)) == {"app", "base", "libbase"}


def test_versions() -> None:
    stanzas = [
        {"Package": "app", "Version": "2", "Depends": "lib"},
        {"Package": "app", "Version": "1", "Depends": "lib (<< 2)"},
        {"Package": "lib", "Version": "2"},
        {"Package": "lib", "Version": "1"},
    ]
    assert chosen(stanzas, "app") == {"app": "2", "lib": "2"}
    assert chosen(stanzas, "app=1") == {"app": "1", "lib": "1"}
    assert chosen(stanzas, "app (<< 2)") == {"app": "1", "lib": "1"}
    assert chosen(stanzas, "app", held={"app": "1"}) == {"app": "1", "lib": "1"}
    assert chosen(stanzas, "app", preferred={"lib": "1"}) == {"app": "2", "lib": "1"}


def test_only_what_must_change_changes() -> None:
    first = toy(
        [
            {"Package": "app", "Depends": "lib, tool"},
            {"Package": "lib"},
            {"Package": "tool"},
        ]
    )
    later = toy(
        [
            {"Package": "app", "Version": "2", "Depends": "lib (>= 2), tool"},
            {"Package": "lib", "Version": "2"},
            {"Package": "tool", "Version": "2"},
        ]
    )
    locked = {"app": "1", "lib": "1", "tool": "1"}
    unchanged = solve([first], [wish("app")], later=[later], preferred=locked)
    assert isinstance(unchanged, Solution)
    assert unchanged.versions() == locked
    changed = solve([first], [wish("app")], later=[later], preferred=locked, upgrade=["app"])
    assert isinstance(changed, Solution)
    assert changed.versions() == {"app": "2", "lib": "2", "tool": "1"}
    assert changed.indexes == {"app": later, "lib": later, "tool": first}


def test_edges_and_order() -> None:
    stanzas = [
        {"Package": "app", "Depends": "lib | other, egg"},
        {"Package": "egg", "Depends": "hen"},
        {"Package": "hen", "Pre-Depends": "egg"},
        {"Package": "lib"},
        {"Package": "other"},
    ]
    found = solve([toy(stanzas)], [wish("app")])
    assert isinstance(found, Solution)
    assert found.edges == {"app": ("egg", "lib"), "egg": ("hen",), "hen": ("egg",), "lib": ()}
    assert order(found) == ("egg", "hen", "lib", "app")


@pytest.mark.parametrize("seed", range(60))
def test_there_is_a_solution_where_one_can_be_found(seed: int) -> None:
    source = random.Random(seed)
    stanzas = packages(source)[:9]
    wishes = asked(source, stanzas)
    index = toy(stanzas)
    universe = Universe([index])
    every = list(installations(universe, index.names()))
    found = solve([index], map(wish, wishes))
    possible = any(all(name in some for name in wishes) for some in every)
    assert isinstance(found, Solution) is possible
    if isinstance(found, Solution):
        some = {name: universe.versions(name)[0] for name in found.versions()}
        assert is_consistent(universe, some)
        again = solve([index], map(wish, reversed(wishes)))
        assert isinstance(again, Solution)
        assert again.packages == found.packages


@pytest.mark.parametrize("seed", range(40))
def test_as_much_stays_as_can(seed: int) -> None:
    source = random.Random(seed)
    stanzas = packages(source, versions=2)[:12]
    index = toy(stanzas)
    wishes = asked(source, stanzas)
    locked = solve([index], map(wish, wishes))
    if isinstance(locked, NoSolution):
        return
    upgraded = source.choice(sorted(locked.versions()))
    others = toy(packages(source, versions=2)[:4])
    kept = locked.versions()
    found = solve([index], map(wish, wishes), later=[others], preferred=kept, upgrade=[upgraded])
    universe = Universe([index, others], preferred=kept)
    every = [
        some
        for some in installations(universe, sorted({*index.names(), *others.names()}))
        if all(name in some for name in wishes)
    ]
    assert isinstance(found, Solution)
    assert any(some.items() >= _candidates(universe, found).items() for some in every)
    rivals = _newest_first(Universe([index, others], upgrade=[upgraded]), every, upgraded)
    beside = [some for some in every if some.items() >= _candidates(universe, found).items()]
    assert _kept(universe, beside, upgraded) >= _kept(universe, rivals, upgraded)


def _newest_first(
    universe: Universe, every: Sequence[Mapping[str, Candidate]], name: str
) -> list[Mapping[str, Candidate]]:
    """Those without an older version than there has to be."""
    for most in range(1, len(universe.versions(name)) + 1):
        good = {one.version for one in universe.versions(name)[:most]}
        found = [some for some in every if name not in some or some[name].version in good]
        if found:
            return found
    return [*every]


def _candidates(universe: Universe, found: Solution) -> dict[str, Candidate]:
    return {
        deb.name: next(one for one in universe.versions(deb.name) if one.version == deb.version)
        for deb in found.packages
    }


def _kept(universe: Universe, every: Sequence[Mapping[str, Candidate]], upgraded: str) -> int:
    preferred = [one for one in universe.preferred() if one.name != upgraded]
    return max(sum(some.get(one.name) is one for one in preferred) for some in every)


_SCRIPT = """
import random
from envc.debian.solve import Solution, solve, wanted
from tests.debian.apt_oracle import toy
from tests.debian.toy_worlds import asked, packages
for seed in range(40):
    source = random.Random(seed)
    stanzas = packages(source, versions=2)
    found = solve([toy(stanzas)], map(wanted, asked(source, stanzas)))
    print(found.versions() if isinstance(found, Solution) else found)
"""


def test_the_hash_seed_is_not_in_the_answer() -> None:
    def said(seed: str) -> str:
        environ = {**os.environ, "PYTHONHASHSEED": seed}
        words = [sys.executable, "-c", _SCRIPT]
        done = subprocess.run(words, env=environ, capture_output=True, text=True, check=True)
        return done.stdout

    assert said("1") == said("2")
