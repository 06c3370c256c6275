"""The worlds of a verification, and what of them is told."""

import os
import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from envc.build import emulation
from envc.build.model import Conditions
from envc.plan.compilers import bare, emulated
from envc.plan.model import Plan
from envc.verify import conditions
from envc.verify.conditions import Machine, worlds
from tests.compile.plans import PLAN

MACHINE = Machine(now=1_795_000_000, processors=4, emulator=True, newest_first=False)


def changed(plan: Plan, machine: Machine = MACHINE, **asked: bool) -> set[str]:
    one, other = worlds(plan, machine, **asked).every
    return {
        each.name
        for each in fields(Conditions)
        if getattr(one, each.name) != getattr(other, each.name)
    }


def test_all_that_a_build_can_vary_is_varied() -> None:
    """Whoever adds a condition thinks of it here."""
    never = {"bare", "fresh", "without", "clock"}
    assert changed(PLAN) | never == {each.name for each in fields(Conditions)}


def test_what_this_machine_cannot_vary_is_told_and_left() -> None:
    poor = Machine(now=1_795_000_000, processors=1, emulator=False, newest_first=True)
    found = worlds(PLAN, poor)
    assert {each.what for each in found.fixed} == {
        "clock", "processors", "CPU", "files", "clock of packages", "kernel",
    }  # fmt: skip
    assert not changed(PLAN, poor) & {"clock", "processors", "cpu", "reversed_files"}
    assert not {each.what for each in found.varied} & {"clock", "processors", "CPU", "files"}


def test_without_care_the_world_has_its_own_way() -> None:
    one, other = worlds(PLAN, MACHINE, unprotected=True).every
    assert one.bare
    assert other.bare
    assert "SOURCE_DATE_EPOCH" in one.without
    assert dict(one.variables)["TZ"] != dict(other.variables)["TZ"]
    assert dict(one.variables)["LC_ALL"] != dict(other.variables)["LC_ALL"]


def test_quick_keeps_what_is_made_of_packages() -> None:
    assert "roots" in changed(PLAN)
    assert "roots" not in changed(PLAN, quick=True)
    assert "packages" in {each.what for each in worlds(PLAN, MACHINE, quick=True).fixed}


def test_each_round_is_another_world() -> None:
    every = worlds(PLAN, MACHINE, 4).every
    assert len({each.prefix for each in every}) == 4
    assert len({each.host for each in every}) == 4


def test_compilers_are_started_by_qemu_and_without_maps() -> None:
    text = 'set -- \\\n  -ffile-prefix-map=/src=. \\\n  -O2 \\\n  "$@"\nexec /usr/bin/gcc "$@"\n'
    assert "\nexec /there/qemu -cpu Nehalem /usr/bin/gcc " in emulated(
        text, ("/there/qemu", "-cpu", "Nehalem")
    )
    assert bare(text) == 'set -- \\\n  -O2 \\\n  "$@"\nexec /usr/bin/gcc "$@"\n'


@pytest.mark.tool("qemu-x86_64-static")
def test_qemu_is_taken_where_it_needs_no_libraries() -> None:
    path = emulation.program("amd64")
    assert path is not None
    assert emulation._stands_alone(path)
    assert not emulation._stands_alone(str(shutil.which("env")))
    assert not emulation._stands_alone(__file__)
    assert emulation.program("m68000") is None


@pytest.mark.parametrize("newest_first", [True, False])
def test_how_a_disk_lists_files_is_seen_of_a_few(
    newest_first: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: sorted(listed(path), reverse=newest_first))
    assert conditions.machine("amd64", str(tmp_path)).newest_first == newest_first
