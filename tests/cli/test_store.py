"""`envc store`, as it is typed."""

import json
import os
from pathlib import Path

import pytest

from envc.store.objects import Store
from tests.cli.conftest import Ran, Run
from tests.store.locks import NO_NETWORK, OBJECTS, digest, write_lock, write_mirror

OLD = 1_500_000_000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """With what a lock needs, and an object that none does, all unused for years."""
    found = Store(str(tmp_path / "store"))
    for data in (*OBJECTS.values(), b"of nobody"):
        os.utime(str(found.find(found.add(data))), (OLD, OLD))
    write_lock(tmp_path)
    return found


@pytest.fixture
def run(envc: Run, store: Store) -> Run:
    def run(*words: str) -> Ran:
        return envc("store", *words, ENVC_STORE=store.folder, **NO_NETWORK)

    return run


def count(store: Store) -> int:
    return sum(len(names) for _, _, names in os.walk(store.folder))


def test_what_there_is(run: Run, store: Store) -> None:
    ran = run()
    head, objects, unused = ran.out.splitlines()
    size = head.removeprefix(f"{store.folder}: ")
    assert (ran.code, ran.err) == (0, "")
    assert objects.split()[:4] == ["objects", "4", *size.split()]
    assert unused == f"not used for 30d: {size}, which `envc store clean` removes"
    said = json.loads(run("--json").out)
    assert said["kinds"]["objects"]["count"] == 4
    assert said["kinds"]["objects"]["unused_bytes"] == said["kinds"]["objects"]["bytes"] > 0


def test_first_it_is_only_said(run: Run, store: Store) -> None:
    ran = run("clean", "--dry-run")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.endswith(" would be removed: 4 objects\n")
    assert count(store) == 4
    assert run("clean").err.endswith(" removed: 4 objects\n")
    assert count(store) == 0
    assert run("clean").err == "envc store: nothing to remove\n"


def test_a_lock_keeps_what_it_names(run: Run, store: Store) -> None:
    said = json.loads(run("clean", "--keep", "envc.lock", "--json").out)
    (gone,) = said["removed"]
    assert (gone["kind"], gone["used"], said["dry_run"]) == ("objects", OLD, False)
    assert all(store.find(digest(name)) for name in OBJECTS)


def test_age_is_asked_for_in_words(run: Run, store: Store) -> None:
    young = store.add(b"young")
    assert run("clean", "--older", "1d 12h").code == 0
    assert store.find(young)
    assert run("clean", "--older", "0d").code == 0
    assert count(store) == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["clean", "--older", "long"], 2, "envc store: `long` is no time\n"),
        (["clean", "--older", "3 apples"], 2, "envc store: `apples` is not a unit\n"),
        (["clean", "--keep", "none.lock"], 3, "envc store: there is no lock `none.lock`\n"),
        (["clear"], 2, "envc store: "),
    ],
)
def test_what_is_wrong_is_said_and_nothing_removed(
    words: list[str], code: int, said: str, run: Run, store: Store
) -> None:
    ran = run(*words)
    assert ran.code == code
    assert ran.err.startswith(said), ran.err
    assert count(store) == 4


def test_a_store_that_others_may_write_is_left_alone(run: Run, store: Store) -> None:
    Path(store.folder).chmod(0o770)
    ran = run("clean")
    assert ran.code == 1
    assert "may be written by other users" in ran.err
    assert count(store) == 4


def test_what_came_by_a_mirror_is_young(envc: Run, tmp_path: Path) -> None:
    """Whatever time its files had there."""
    write_lock(tmp_path)
    there = write_mirror(tmp_path)
    places = {"ENVC_STORE": str(tmp_path / "new"), **NO_NETWORK}
    for each in (tmp_path / "debian").rglob("*.deb"):
        os.utime(each, (OLD, OLD))
    assert envc("fetch", ENVC_DEBIAN_MIRROR=there, **places).code == 0
    assert envc("store", "clean", **places).err == "envc store: nothing to remove\n"
