"""What every format is held to, whoever wrote it: a new one is tested here for nothing.

A plan that a format cannot say is refused with the spec's line; any other becomes files that are
safe to write, hold all that was locked, and are the same wherever and whenever they are made.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from envc.compile.asked import MADE_OF, Job
from envc.compile.make import Tree, make
from envc.compile.tags import image
from envc.compile.tree import Folder, Text, is_safe
from envc.compile.write import write
from envc.plan.backend import File, backend
from envc.plan.model import Plan
from envc.store.objects import Store
from envc.vocabulary import IMAGES
from tests.backends.hard_plans import PLANS
from tests.compile.plans import CHANGE, CODE

ROOT = Path(__file__).parents[2]
CASES = [(name, case) for name in IMAGES for case in PLANS[MADE_OF[name]]]
each_case = pytest.mark.parametrize(
    ("name", "case"), CASES, ids=lambda part: part.replace(" ", "-")
)
each_format = pytest.mark.parametrize("name", IMAGES)


def plan_of(name: str, case: str) -> Plan:
    return PLANS[MADE_OF[name]][case]


@cache
def files_of(name: str, case: str) -> tuple[File, ...]:
    """Nothing where the plan is refused."""
    plan = plan_of(name, case)
    return () if backend(name).refusals(plan) else backend(name).files(plan)


def text_of(name: str, case: str) -> str:
    return "\n".join(file.text for file in files_of(name, case))


# ---- a format ------------------------------------------------------------------------------------


@each_format
def test_it_is_found_by_the_name_that_emit_says(name: str) -> None:
    assert backend(name).name == name
    assert name in MADE_OF


@each_format
def test_it_can_say_most_plans(name: str) -> None:
    """A format that refuses everything would pass all the rest."""
    said = [case for of, case in CASES if of == name and files_of(of, case)]
    assert len(said) >= 0.7 * len(PLANS[MADE_OF[name]])


@each_case
def test_what_it_refuses_has_its_line(name: str, case: str) -> None:
    plan = plan_of(name, case)
    refused = backend(name).refusals(plan)
    assert refused == backend(name).refusals(plan)
    for told in refused:
        assert told.rule.code.startswith("E05")
        assert told.message
        assert told.labels
        assert all(label.source is plan.place.source for label in told.labels)


# ---- files ---------------------------------------------------------------------------------------


@each_case
def test_names_of_files_are_safe_and_each_is_there_once(name: str, case: str) -> None:
    paths = [file.path for file in files_of(name, case)]
    assert all(map(is_safe, paths)), paths
    assert len(set(paths)) == len(paths)
    assert not any(path == "README.md" or path.startswith("inputs/") for path in paths)


@each_case
def test_texts_are_texts(name: str, case: str) -> None:
    for file in files_of(name, case):
        assert file.text.endswith("\n")
        assert file.text.strip()
        assert not set(file.text) & {"\r", "\0"}
        assert file.text.encode().decode() == file.text
        assert not file.executable or file.text.startswith("#!")
        if name == "guix":  # `guix style` leaves none
            assert "\t" not in file.text


@each_case
def test_every_file_is_explained(name: str, case: str) -> None:
    found = files_of(name, case)
    for file in found:
        assert file.about.strip()
        assert "\n" not in file.about
        assert file.about.endswith(".")
    assert not found or any(file.use for file in found)


@each_case
def test_all_that_was_locked_is_in_it(name: str, case: str) -> None:
    plan, text = plan_of(name, case), text_of(name, case)
    if not text:
        return
    for root in (plan.build, plan.run):
        for deb in root.debs if root is not None else ():
            assert deb.sha256 in text
    for item in (*plan.build_items, *plan.run_items):
        spelled, _, output = item.partition(":")
        assert spelled in text
        assert output in text
    assert plan.base is None or str(plan.base) in text
    for channel in plan.channels:
        assert channel.commit in text
    assert plan.target in text
    for recipe in plan.recipes:
        for each in (*((recipe.source,) if recipe.source else ()), *recipe.patches):
            # No step of a wheel's names its file: it has to be brought all the same.
            assert f"inputs/{each.file}" in text or name == "guix"
            assert each.file in text
            # Guix has a digest of its own for folders; patches are read as files.
            assert each.sha256 in text or each.nar or name == "guix"
    assert plan.closure in text


@each_case
def test_options_of_the_target_are_in_it(name: str, case: str) -> None:
    text = text_of(name, case)
    assert not text or "-march=x86-64-v3" in text


# ---- the same everywhere -------------------------------------------------------------------------

PROBE = """
import hashlib, json, sys
from tests.backends.test_contract import CASES, files_of
print(json.dumps({f"{n}: {c}": hashlib.sha256(repr(files_of(n, c)).encode()).hexdigest()
                  for n, c in CASES}))
"""
MARK = "not-to-be-seen"
ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "HOME": f"/{MARK}", "USER": MARK},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C.UTF-8", "CFLAGS": f"-{MARK}"},
)


def told(folder: Path, **variables: str) -> "dict[str, str]":
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_nothing_of_the_machine_is_in_it(tmp_path: Path) -> None:
    first, second = (told(tmp_path, **variables) for variables in ELSEWHERE)
    assert first == second


@each_format
def test_no_folder_of_this_machine_is_in_it(name: str) -> None:
    for case in PLANS[MADE_OF[name]]:
        assert str(ROOT) not in text_of(name, case)


# ---- written -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    found = Store(str(tmp_path_factory.mktemp("world") / "store"))
    for data in (CODE, CHANGE, b"ice"):
        found.add(data)
    return found


def readme(folder: Folder) -> str:
    found = next(each for each in folder.entries if each.path == "README.md")
    assert isinstance(found, Text)
    return found.text


@each_format
def test_its_folder_explains_itself_and_is_written_once(
    name: str, store: Store, tmp_path: Path
) -> None:
    for number, case in enumerate(PLANS[MADE_OF[name]]):
        found = files_of(name, case)
        if not found:
            continue
        tree = make([Job(name, plan_of(name, case))], backend, "heat.envc")
        assert isinstance(tree, Tree)
        (leaf,) = tree.leaves
        assert all(f"| `{file.path}` |" in readme(leaf) for file in found)
        called = replace(plan_of(name, case), image=image(plan_of(name, case), ""))
        assert all(file.use in readme(leaf) for file in backend(name).files(called))
        out = str(tmp_path / str(number))
        assert write(out, tree, store)
        assert write(out, tree, store) == []


def test_formats_of_one_origin_stand_beside_each_other() -> None:
    """Two may write one file, if they agree on what is in it."""
    for case in PLANS["debian"]:
        names = [name for name in IMAGES if files_of(name, case)]
        plans = [Job(name, plan_of(name, case)) for name in names]
        if plans:
            tree = make(plans, backend, "heat.envc")
            assert isinstance(tree, Tree)
            assert len(tree.leaves) == 1
