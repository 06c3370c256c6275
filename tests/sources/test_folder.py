"""`source dir`: which files belong to it, and what is told of those that cannot."""

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.sources import local
from envc.sources.asking import World
from envc.sources.folder import read_folder
from envc.sources.resolve import resolve, restore, stale
from envc.sources.resolved import Resolved
from envc.sources.swhid import directory_id
from envc.sources.tree import Folder, NotReadError, walk
from envc.store.objects import Store
from tests.sources.trees import mixed, source

HERE = source("dir", ".")


def names(found: Folder | Problem) -> set[str]:
    assert isinstance(found, Folder)
    return {os.fsdecode(b"/".join(path)) for path, _ in walk(found)}


def resolved(world: World) -> Resolved:
    found = resolve(HERE, world)
    assert isinstance(found, Resolved), found
    return found


@pytest.mark.parametrize(
    ("pattern", "path", "left_out"),
    [
        ("results", "results", True),
        ("results", "old/results", True),
        ("./results/", "results", True),
        ("*.o", "src/main.o", True),
        ("*.o", "src/main.of", False),
        ("data/raw", "data/raw", True),
        ("data/raw", "old/data/raw", False),
        ("**/raw/*.h5", "data/raw/a.h5", True),
        ("**/raw/*.h5", "raw/a.h5", True),
        ("**/raw/*.h5", "raw/deep/a.h5", False),
        ("data/**", "data/a/b", True),
        ("data/*", "data/a/b", False),
        ("run[0-9]", "run7", True),
        ("Results", "results", False),
    ],
)
def test_ignore(pattern: str, path: str, *, left_out: bool) -> None:
    assert local.is_left_out(tuple(os.fsencode(path).split(b"/")), (pattern,)) is left_out


def test_what_is_no_source_is_left_out(world: World) -> None:
    base = Path(world.base)
    mixed(world.base)
    for name in (".git", ".hg", "__pycache__", "src/__pycache__"):
        (base / name).mkdir()
        (base / name / "x").touch()
    for name in ("heat2d.envc", "envc.lock", "envc.lock.sig", "envc.signers"):
        (base / name).touch()
    (base / "empty" / "too").mkdir(parents=True)
    (base / "envc-out" / "heat2d").mkdir(parents=True)
    for name in ("envc-out/.envc-compiled", "envc-out/heat2d/Dockerfile"):
        (base / name).touch()

    found = local.read(source("dir", ".", ignore="eight.bin"), world.base)

    assert names(found) == {
        *("README", "run.sh", "src", "src/deep", "src/deep/\udcff\udcfe"),
        *("src/link", "src/main.c", "src/naïve.txt"),
    }


def test_it_is_kept(world: World) -> None:
    mixed(world.base)

    found = resolved(world)

    assert world.store.verified(found.sha256, found.size) == world.store.find(found.sha256)
    assert (found.kind, found.urls, found.file) == ("dir", (".",), "source.tar")
    assert resolve(HERE, replace(world, offline=True)) == found


def test_a_comment_in_the_spec_changes_nothing(world: World) -> None:
    mixed(world.base)
    before = resolved(world)
    (Path(world.base) / "heat2d.envc").write_text("envc 1\n# new\n")

    assert resolved(world) == before
    assert stale(before, HERE, world) is None


def test_a_change_makes_the_lock_stale(world: World, tmp_path: Path) -> None:
    mixed(world.base)
    locked = resolved(world)
    (Path(world.base) / "README").write_text("Heat!\n")
    told = Problem(
        "the folder `.` was changed since it was locked",
        "run `envc lock`, which takes it as it is now",
    )
    (tmp_path / "new").mkdir(mode=0o700)
    elsewhere = replace(world, store=Store(str(tmp_path / "new")))

    assert stale(locked, HERE, world) == told
    assert restore(locked, HERE, world) is None  # the store has what is locked
    assert restore(locked, HERE, elsewhere) == told


def test_it_is_made_again_elsewhere(world: World, tmp_path: Path) -> None:
    mixed(world.base)
    locked = resolved(world)
    (tmp_path / "new").mkdir(mode=0o700)
    elsewhere = replace(world, store=Store(str(tmp_path / "new")))

    assert restore(locked, HERE, elsewhere) is None
    assert elsewhere.store.find(locked.sha256) is not None


def test_pipes_and_sockets_are_told(world: World) -> None:
    os.mkfifo(os.path.join(world.base, "wait"))
    found = resolve(HERE, world)
    os.unlink(os.path.join(world.base, "wait"))
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(world.base, os.O_RDONLY)  # the name of a socket must be short
        server.bind(f"/proc/self/fd/{here}/talk")
        os.close(here)

    assert found == Problem(
        "`wait` is a pipe, and sources hold files, folders and links",
        "remove it, or leave it out with `ignore`",
    )
    again = resolve(HERE, world)
    assert isinstance(again, Problem)
    assert again.message == "`talk` is a socket, and sources hold files, folders and links"
    assert isinstance(local.read(source("dir", ".", ignore="talk"), world.base), Folder)


def test_links_in_a_loop_are_links(world: World) -> None:
    base = Path(world.base)
    (base / "a").symlink_to("b")
    (base / "b").symlink_to("a")
    (base / "here").symlink_to(".")

    assert names(local.read(HERE, world.base)) == {"a", "b", "here"}
    assert isinstance(resolve(HERE, world), Resolved)


def test_a_link_that_leads_out(world: World) -> None:
    (Path(world.base) / "data").symlink_to("/data/heat")

    found = resolve(HERE, world)

    assert isinstance(found, Problem)
    assert found.message == "`.`: the link `data` leads out of the folder, to `/data/heat`"


def test_a_file_that_cannot_be_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may read all, so the system's answer is played."""
    mixed(world.base)
    plain_open = os.open

    def refused(path: bytes | str, *rest: int, **more: int) -> int:
        if os.fsencode(path).endswith(b"README"):
            raise PermissionError(13, "Permission denied")
        return plain_open(path, *rest, **more)

    monkeypatch.setattr(os, "open", refused)
    found = resolve(HERE, world)

    assert isinstance(found, Problem)
    assert found.message.endswith("README` cannot be read: permission denied")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(bytes(3 << 20))
    tree = read_folder(str(tmp_path))
    assert isinstance(tree, Folder)
    with (tmp_path / "log").open("ab") as file:
        file.write(b"more")

    with pytest.raises(NotReadError, match="was changed while it was read"):
        directory_id(tree)


def test_a_huge_sparse_file_is_told(world: World) -> None:
    with (Path(world.base) / "dump").open("wb") as file:
        file.truncate(20 << 30)

    found = local.read(HERE, world.base)

    assert isinstance(found, Problem)
    assert found.message == "the files have 20.0 GiB, more than the 16.0 GiB of a source"
    assert found.help == "leave out what is not source: `dump` alone has 20.0 GiB"


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("nowhere", "`nowhere` does not exist"),
        ("file", "`file` is not a folder"),
        ("empty", "`empty`: there is no file in it"),
    ],
)
def test_no_folder(world: World, where: str, message: str) -> None:
    (Path(world.base) / "file").touch()
    (Path(world.base) / "empty").mkdir()

    found = resolve(source("dir", where), world)

    assert isinstance(found, Problem)
    assert found.message == message


@given(st.lists(st.sampled_from(["a", "b", "**", "*"]), min_size=2, max_size=7).map("/".join))
def test_patterns_end(pattern: str) -> None:
    local.is_left_out((b"a", b"b") * 10, (pattern,))
