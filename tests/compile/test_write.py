"""Writing trees: only what changed, nothing of anybody else's, whole at any moment."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from envc.compile.compare import Change, Kind, compare, told
from envc.compile.make import Tree, make
from envc.compile.tree import RECORD
from envc.compile.write import Refused, write
from envc.plan.model import Plan
from envc.store.objects import Store
from tests.compile.plans import CHANGE, CODE, jobs, plan, toy

V3, V4, ZEN = plan(), plan("x86_64_v4"), plan("zen4")
OTHER = plan(closure="sha256:" + "e" * 64)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "envc-out"


def tree(*plans: Plan) -> Tree:
    made = make(jobs(*plans), toy, "heat.envc")
    assert isinstance(made, Tree)
    return made


def written(out: Path, store: Store, *plans: Plan) -> list[Change]:
    done = write(str(out), tree(*plans), store)
    assert isinstance(done, list), done
    assert told(compare(str(out), tree(*plans))) == []
    assert checked(out)
    return done


def checked(out: Path) -> bool:
    """By the page's own advice, from the top down."""
    return all(
        subprocess.run(["sha256sum", "--quiet", "-c", RECORD], cwd=each.parent, check=False)
        .returncode == 0
        for each in out.rglob(RECORD)
    )  # fmt: skip


def everything(out: Path) -> dict[str, bytes]:
    found = sorted(each for each in out.rglob("*") if each.is_file())
    return {str(each.relative_to(out)): each.read_bytes() for each in found}


def times(out: Path) -> dict[str, tuple[int, int]]:
    found = [each for each in out.rglob("*") if each.is_file()]
    return {str(e.relative_to(out)): (e.stat().st_ino, e.stat().st_mtime_ns) for e in found}


# ---- what is written -----------------------------------------------------------------------------


def test_all_is_written(out: Path, store: Store) -> None:
    done = written(out, store, V3, V4)
    assert {each.kind for each in done} == {Kind.NEW}
    there = everything(out)
    assert there["heat/x86_64_v3/inputs/heat-1.0.tar"] == CODE
    assert there["heat/x86_64_v4/inputs/warm.patch"] == CHANGE
    assert [each.path for each in done] == [p for p in there if not p.endswith(RECORD)]
    assert (out / "heat/x86_64_v3/dockerfile.sh").stat().st_mode & 0o777 == 0o755
    assert (out / "heat/x86_64_v3/heat.dockerfile").stat().st_mode & 0o777 == 0o644


def test_no_umask_has_a_say(out: Path, store: Store) -> None:
    before = os.umask(0o077)
    try:
        written(out, store, V3)
    finally:
        os.umask(before)
    leaf = out / "heat/x86_64_v3"
    modes = {each.stat().st_mode & 0o777 for each in (leaf, *leaf.rglob("*"))}
    assert modes == {0o755, 0o644}


def test_again_nothing_is_touched(out: Path, store: Store) -> None:
    written(out, store, V3, V4)
    before = times(out)
    assert written(out, store, V3, V4) == []
    assert times(out) == before


def test_only_what_changed_is_touched(out: Path, store: Store) -> None:
    written(out, store, V3, V4)
    before = times(out)
    done = written(out, store, OTHER, V4)
    after = times(out)
    assert [each.path for each in done] == [
        "heat/tags.json",
        "heat/x86_64_v3/README.md",
        "heat/x86_64_v3/heat.apptainer",
        "heat/x86_64_v3/heat.dockerfile",
    ]
    records = {RECORD, f"heat/x86_64_v3/{RECORD}"}
    assert {path for path in after if after[path] != before[path]} == {
        *records,
        *(each.path for each in done),
    }


def test_what_is_no_longer_emitted_goes(out: Path, store: Store) -> None:
    written(out, store, V3, V4, plan(app="ice@2", name="ice"))
    done = written(out, store, V3)
    assert {each.kind for each in done if "v4" in each.path or "ice" in each.path} == {Kind.GONE}
    assert [each.name for each in out.iterdir() if each.is_dir()] == ["heat"]
    assert sorted(each.name for each in (out / "heat").iterdir()) == ["tags.json", "x86_64_v3"]


def test_it_is_the_same_as_a_first_writing(out: Path, store: Store, tmp_path: Path) -> None:
    for plans in ([V3], [V3, V4], [ZEN], [OTHER, ZEN], [V4]):
        written(out, store, *plans)
    written(tmp_path / "new", store, V4)
    assert everything(out) == everything(tmp_path / "new")


def test_the_mode_of_a_program_is_mended(out: Path, store: Store) -> None:
    written(out, store, V3)
    program = out / "heat/x86_64_v3/dockerfile.sh"
    program.chmod(0o644)
    assert [each.path for each in written(out, store, V3)] == ["heat/x86_64_v3/dockerfile.sh"]
    assert program.stat().st_mode & 0o111


# ---- what is somebody else's ---------------------------------------------------------------------


def test_others_files_stay_where_they_are(out: Path, store: Store) -> None:
    written(out, store, V3, V4)
    own = {
        "heat/x86_64_v3/heat.sif": b"an image",
        "heat/x86_64_v3/results/1/heat.h5": b"numbers",
        "heat/x86_64_v3/inputs/more.tar": b"more",
        "heat/x86_64_v4/notes.txt": b"notes",
        "heat/.hidden": b"",
    }
    for path, data in own.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    written(out, store, OTHER)
    there = everything(out)
    assert {path: there[path] for path in own} == own
    assert [path for path in there if path.startswith("heat/x86_64_v4/")] == [
        "heat/x86_64_v4/notes.txt"
    ]
    assert not [path for path in there if "envc-old" in path or "envc-new" in path]


@pytest.mark.parametrize(
    "path",
    ["README.md", "heat/x86_64_v3/heat.dockerfile", "heat/x86_64_v3/inputs/heat-1.0.tar"],
)
def test_a_file_in_the_way_is_not_overwritten(out: Path, store: Store, path: str) -> None:
    (out / path).parent.mkdir(parents=True)
    (out / path).write_text("mine\n")
    done = write(str(out), tree(V3), store)
    assert done == Refused(in_the_way=(str(out / path),))
    assert everything(out) == {path: b"mine\n"}


def test_a_changed_file_is_neither_overwritten_nor_deleted(out: Path, store: Store) -> None:
    written(out, store, V3)
    path = out / "heat/x86_64_v3/heat.dockerfile"
    path.write_text("mine\n")
    before = everything(out)
    for plans in ([V3], [OTHER], [V4]):
        assert write(str(out), tree(*plans), store) == Refused(in_the_way=(str(path),))
        assert everything(out) == before
    path.unlink()
    written(out, store, V3)


def test_a_file_that_is_the_same_is_taken_on(out: Path, store: Store) -> None:
    written(out, store, V3)
    for record in list(out.rglob(RECORD)):
        record.unlink()
    written(out, store, V3)
    written(out, store, V4)
    assert not (out / "heat/x86_64_v3").exists()


@pytest.mark.parametrize("path", ["heat", "heat/x86_64_v3", "heat/x86_64_v3/inputs"])
@pytest.mark.parametrize("kind", ["link", "file"])
def test_nothing_is_written_through_links(out: Path, store: Store, path: str, kind: str) -> None:
    (out / path).parent.mkdir(parents=True)
    elsewhere = out.parent / "elsewhere"
    elsewhere.mkdir()
    if kind == "link":
        (out / path).symlink_to(elsewhere)
    else:
        (out / path).write_text("mine\n")
    done = write(str(out), tree(V3), store)
    assert isinstance(done, Refused)
    assert done.in_the_way
    assert list(elsewhere.iterdir()) == []


def test_a_folder_that_became_a_link_is_left_alone(out: Path, store: Store) -> None:
    written(out, store, V3)
    elsewhere = out.parent / "elsewhere"
    (out / "heat/x86_64_v3").rename(elsewhere)
    (out / "heat/x86_64_v3").symlink_to(elsewhere)
    before = everything(elsewhere)
    written(out, store, V4)
    assert everything(elsewhere) == before
    assert (out / "heat/x86_64_v3").is_symlink()


def test_a_hostile_record_deletes_nothing_outside(out: Path, store: Store) -> None:
    written(out, store, V3)
    mine = out.parent / "mine"
    mine.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for record in out.rglob(RECORD):
        with record.open("a") as file:
            file.write(f"{empty}  ../mine\n{empty}  ../../../mine\n{empty}  {mine}\n")
    write(str(out), tree(V4), store)
    assert mine.exists()


# ---- inputs --------------------------------------------------------------------------------------


def test_a_missing_input_is_told_and_nothing_written(out: Path, tmp_path: Path) -> None:
    empty = Store(str(tmp_path / "empty"))
    done = write(str(out), tree(V3, V4), empty)
    assert isinstance(done, Refused)
    assert len(done.missing) == 2  # each once, though two folders want it
    assert not out.exists()


def test_a_damaged_input_is_not_copied(out: Path, store: Store) -> None:
    for each in Path(store.folder).glob("sha256/*/*"):
        each.chmod(0o600)
        each.write_bytes(b"damage")
    done = write(str(out), tree(V3), store)
    assert isinstance(done, Refused)
    assert all("is damaged in the store" in each.message for each in done.missing)
    assert not out.exists()


def test_inputs_that_are_there_need_no_store(out: Path, store: Store, tmp_path: Path) -> None:
    written(out, store, V3)
    written(out, Store(str(tmp_path / "empty")), OTHER)


# ---- at any moment -------------------------------------------------------------------------------

PROBE = """
import os, sys
from tests.compile.plans import jobs, plan, toy
from envc.compile import swap, write
from envc.compile.make import make
from envc.store.objects import Store

left = int(sys.argv[3])
def counted(call):
    def run(*words, **more):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return call(*words, **more)
    return run
for name in ("mkdir", "rename", "replace", "unlink", "rmdir", "link", "chmod", "open"):
    setattr(os, name, counted(getattr(os, name)))
later = (plan(closure="sha256:" + "e" * 64), plan("zen4"))
write.write(sys.argv[1], make(jobs(*later), toy, "heat.envc"), Store(sys.argv[2]))
"""


def kills() -> Iterator[int]:
    """Every early step, and some of the many that follow."""
    yield from range(0, 60, 3)
    yield from random.Random(7).sample(range(60, 600), 12)


def test_a_killed_run_leaves_whole_folders(out: Path, store: Store, tmp_path: Path) -> None:
    """Each folder is of the old tree or of the new one, and the next run ends what was begun."""
    old, new = tmp_path / "old", tmp_path / "new"
    written(old, store, V3, V4)
    written(new, store, OTHER, ZEN)
    codes = set()
    for count in kills():
        place = tmp_path / f"out-{count}"
        written(place, store, V3, V4)
        (place / "heat/x86_64_v3/heat.sif").write_bytes(b"an image")
        words = [sys.executable, "-c", PROBE, str(place), store.folder, str(count)]
        codes.add(subprocess.run(words, cwd=Path(__file__).parents[2], check=False).returncode)
        for target in ("x86_64_v3", "x86_64_v4", "zen4"):
            found = everything(place / "heat" / target)
            found.pop("heat.sif", None)
            ends = [everything(each / "heat" / target) for each in (old, new)]
            assert found in (*ends, {}), (count, target)
        written(place, store, OTHER, ZEN)
        there = everything(place)
        assert there.pop("heat/x86_64_v3/heat.sif") == b"an image"
        assert there == everything(new)
    assert codes == {0, -signal.SIGKILL}


def test_two_at_once_leave_one_whole_tree(out: Path, store: Store) -> None:
    with ThreadPoolExecutor(4) as many:
        done = list(many.map(lambda each: write(str(out), tree(each), store), [V3, V4, V3, V4]))
    assert all(isinstance(each, list) for each in done)
    leaf = next(each for each in (out / "heat").iterdir() if each.is_dir())
    assert checked(out)
    assert told(compare(str(out), tree(V3 if leaf.name == "x86_64_v3" else V4))) == []
