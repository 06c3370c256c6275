"""The order of targets: its laws, and that it is archspec's own, whatever the machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.cpu import corrections, lattice
from envc.cpu.archspec_json import OVERRIDES, digest, overrides

NAMES = lattice.names()
a_target = st.sampled_from(NAMES)


def test_there_are_archspecs_80_targets(archspec_folder: Path) -> None:
    raw = json.loads((archspec_folder / "json/cpu/microarchitectures.json").read_text())
    assert sorted(NAMES) == sorted(raw["microarchitectures"])
    assert len(NAMES) == 80


# ---- laws ---------------------------------------------------------------------------------------


@given(a_target)
def test_code_for_a_target_runs_on_it(a: str) -> None:
    assert lattice.covers(a, a)


@given(a_target, a_target)
def test_two_targets_that_run_each_others_code_are_one(a: str, b: str) -> None:
    assert not (lattice.covers(a, b) and lattice.covers(b, a)) or a == b


@given(a_target, a_target, a_target)
def test_what_runs_on_one_runs_on_all_above(a: str, b: str, c: str) -> None:
    assert not (lattice.covers(a, b) and lattice.covers(b, c)) or lattice.covers(a, c)


@given(a_target, a_target)
def test_a_range_is_what_lies_between_its_ends(low: str, high: str) -> None:
    inside = lattice.between(low, high)
    assert set(inside) == set(lattice.upward(low)) & set(lattice.downward(high))
    assert bool(inside) == lattice.covers(low, high)
    assert {low, high} <= set(inside) or not inside


@given(a_target, a_target)
def test_an_older_target_has_no_feature_that_a_newer_one_lacks(a: str, b: str) -> None:
    if lattice.covers(a, b):
        assert lattice.target(a).features <= lattice.target(b).features


@given(a_target, a_target)
def test_display_never_contradicts_the_order(a: str, b: str) -> None:
    if lattice.covers(a, b) and a != b:
        assert lattice.rank(a) < lattice.rank(b)


@given(st.lists(a_target, min_size=1, max_size=4).map(tuple))
def test_the_meet_runs_everywhere_and_nothing_better_does(among: tuple[str, ...]) -> None:
    meet = lattice.meet(among)
    for each in meet:
        assert all(lattice.covers(each, one) for one in among)
        better = [one for one in lattice.upward(each) if one != each]
        assert not any(all(lattice.covers(b, one) for one in among) for b in better)
    assert bool(meet) == (len({lattice.family(each) for each in among}) == 1)


@given(a_target)
def test_the_generic_target_is_of_no_vendor_and_the_best_of_them(a: str) -> None:
    generic = lattice.generic(a)
    assert lattice.vendor(generic) == "generic"
    for each in lattice.downward(a):
        assert (
            lattice.vendor(each) != "generic"
            or not lattice.covers(generic, each)
            or each == (generic)
        )


# ---- archspec's own answers ---------------------------------------------------------------------


def test_the_order_is_archspecs() -> None:
    from archspec.cpu import TARGETS  # type: ignore[import-untyped]

    for a in NAMES:
        assert lattice.family(a) == TARGETS[a].family.name
        assert lattice.generic(a) == TARGETS[a].generic.name
        for b in NAMES:
            assert lattice.covers(a, b) == (TARGETS[a] <= TARGETS[b])


def test_features_are_archspecs_and_what_an_architecture_mandates() -> None:
    from archspec.cpu import TARGETS

    mandated = frozenset().union(*corrections.MANDATED.values())
    inherited = {"sse3"}  # archspec forgets nocona's in its descendants' lists, and adds it later
    for feature in lattice.features():
        for name in NAMES:
            ours, theirs = lattice.has(name, feature), feature in TARGETS[name]
            assert ours or not theirs
            assert ours == theirs or feature in mandated | inherited


@pytest.mark.parametrize(
    ("low", "high", "members"),
    [
        ("zen2", "zen4", ("zen2", "zen3", "zen4")),
        ("zen4", "zen4", ("zen4",)),
        ("zen4", "zen2", ()),
        ("haswell", "zen4", ()),
        ("x86_64_v3", "haswell", ("x86_64_v3", "haswell")),
    ],
)
def test_ranges(low: str, high: str, members: tuple[str, ...]) -> None:
    assert lattice.between(low, high) == members


def test_vendors_are_not_comparable() -> None:
    # Sorting would invent an order here.
    assert not lattice.covers("haswell", "zen4")
    assert lattice.meet(("haswell", "zen4")) == ("x86_64_v3",)


# ---- nothing but the data counts ----------------------------------------------------------------

ASK = """
import sys
from envc.cpu import lattice
print(lattice.data_digest(), len(lattice.names()), lattice.covers("zen3", "zen4"))
print([each for each in sys.modules if each.startswith("archspec.")])
"""


def answer(**environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_archspecs_variables_change_no_answer(tmp_path: Path) -> None:
    plain = answer()
    for variable in OVERRIDES:
        assert answer(**{variable: str(tmp_path)}) == plain


def test_archspecs_code_is_never_imported() -> None:
    assert answer().splitlines()[1] == "[]"


def test_archspecs_variables_are_seen() -> None:
    assert overrides({"ARCHSPEC_CPU_DIR": "/x", "HOME": "/root"}) == ("ARCHSPEC_CPU_DIR",)
    assert overrides({}) == ()


def test_importing_the_lattice_does_not_read_archspec() -> None:
    modules = "envc.cpu.lattice, envc.cpu.conditions, envc.cpu.flags, envc.cpu.findings"
    code = f"import sys, {modules}; print('archspec' in sys.modules, 'difflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_the_digest_names_the_data() -> None:
    assert lattice.data_digest() == digest()
    assert len(lattice.data_digest()) == len("sha256:") + 64
    assert lattice.data_version() == "0.2.7"
