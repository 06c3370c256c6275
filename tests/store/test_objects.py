"""What goes into the store comes out of it, and nothing else does."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.store import content
from envc.store.objects import Store, standard
from envc.store.trouble import NotStoredError

DATA = b"heat\n"
DIGEST = content.of_bytes(DATA).digest


def mode(path: Path | str) -> int:
    return stat.S_IMODE(os.lstat(path).st_mode)


def message(found: object) -> str:
    assert isinstance(found, Problem)
    return found.message


def leftovers(store: Store) -> list[str]:
    return os.listdir(os.path.join(store.folder, "partial"))


# ---- in and out ----------------------------------------------------------------------------------


@given(st.binary(max_size=3000))
def test_what_is_added_is_found(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = Store(str(tmp_path_factory.getbasetemp() / "shared-store"))
    digest = store.add(data)
    assert digest == content.of_bytes(data).digest
    path = store.verified(digest, len(data))
    assert path == store.find(digest)
    assert isinstance(path, str)
    assert Path(path).read_bytes() == data
    assert store.add(data) == digest
    assert leftovers(store) == []


def test_an_object_lies_under_its_hash_and_is_read_only(store: Store) -> None:
    digits = store.add(DATA).removeprefix("sha256:")
    path = Path(store.folder, "sha256", digits[:2], digits)
    assert mode(path) == 0o444
    assert [mode(folder) for folder in (store.folder, path.parent.parent, path.parent)] == [
        0o700
    ] * 3


def test_a_file_is_copied_and_not_linked(store: Store, tmp_path: Path) -> None:
    mine = tmp_path / "heat.txt"
    mine.write_bytes(DATA)
    path = store.find(store.add_file(str(mine)))
    assert path is not None
    assert os.stat(path).st_ino != mine.stat().st_ino
    mine.write_bytes(b"edited")
    assert Path(path).read_bytes() == DATA


def test_a_pipe_is_no_file_to_add(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a plain file"):
        store.add_file(str(tmp_path / "pipe"))


def test_what_is_not_there_is_not_found(store: Store) -> None:
    assert store.find(DIGEST) is None
    assert "is not in the store" in message(store.verified(DIGEST))
    assert not os.path.exists(store.folder)


@pytest.mark.parametrize("name", ["", "md5:ab", "sha256:..", "sha256:" + "A" * 64, "a" * 64])
def test_only_digests_name_objects(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a sha256 digest"):
        store.find(name)


# ---- damage --------------------------------------------------------------------------------------


def damage(store: Store, digest: str, data: bytes) -> str:
    path = store.find(digest)
    assert path is not None
    os.chmod(path, 0o644)
    Path(path).write_bytes(data)
    return path


def test_a_damaged_object_is_moved_aside_and_told(store: Store) -> None:
    store.add(DATA)
    damage(store, DIGEST, b"heaT\n")
    problem = store.verified(DIGEST)
    assert isinstance(problem, Problem)
    assert content.of_bytes(b"heaT\n").digest in problem.message
    assert store.find(DIGEST) is None
    aside = os.path.join(store.folder, "damaged", content.digits(DIGEST))
    assert aside in problem.help
    assert Path(aside).read_bytes() == b"heaT\n"
    store.add(DATA)
    assert store.verified(DIGEST) == store.find(DIGEST)


@given(place=st.integers(0, 99), bit=st.integers(0, 7))
def test_any_changed_bit_is_noticed(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int
) -> None:
    store = Store(str(tmp_path_factory.getbasetemp() / "bits-store"))
    data = bytes(range(100))
    digest = store.add(data)
    damage(store, digest, data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
    assert "is damaged" in message(store.verified(digest))


def test_a_size_that_does_not_belong_to_the_digest_is_told(store: Store) -> None:
    store.add(DATA)
    assert message(store.verified(DIGEST, 6)).endswith("has 5 bytes where 6 were asked for")
    assert store.find(DIGEST) is not None


# ---- other users ---------------------------------------------------------------------------------


def test_a_store_that_others_may_write_is_refused(store: Store) -> None:
    store.add(DATA)
    os.chmod(store.folder, 0o770)
    assert store.find(DIGEST) is None
    assert "may be written by other users" in message(store.verified(DIGEST))
    with pytest.raises(NotStoredError, match="may be written by other users"):
        store.add(b"more")
    os.chmod(store.folder, 0o700)
    assert store.find(DIGEST) is not None


def test_a_folder_inside_that_others_may_write_is_refused(store: Store) -> None:
    store.add(DATA)
    path = Path(store.folder, content.place(DIGEST))
    os.chmod(path.parent, 0o777)
    assert store.find(DIGEST) is None
    os.chmod(path.parent, 0o700)
    os.chmod(path.parent.parent, 0o707)
    assert "sha256" in message(store.refusal())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_store_of_another_user_is_refused(store: Store) -> None:
    store.add(DATA)
    os.chown(store.folder, 65534, 65534)
    problem = store.verified(DIGEST)
    assert "belongs to another user" in message(problem)
    assert isinstance(problem, Problem)
    assert "ENVC_MIRROR" in problem.help


def test_a_store_may_be_a_link_but_holds_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir(mode=0o700)
    os.symlink(tmp_path / "disk", store.folder)
    store.add(DATA)
    assert store.find(DIGEST) is not None


def links(place: str) -> Callable[[Store, Path], None]:
    def plant(store: Store, target: Path) -> None:
        path = Path(store.folder, place)
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        os.chmod(path.parent, 0o700)
        path.symlink_to(target)

    return plant


@pytest.mark.parametrize("place", ["sha256", "partial", "sha256/" + content.digits(DIGEST)[:2]])
def test_a_planted_link_to_a_folder_is_not_followed(
    store: Store, tmp_path: Path, place: str
) -> None:
    os.mkdir(store.folder, 0o700)
    (tmp_path / "target").mkdir(mode=0o700)
    links(place)(store, tmp_path / "target")
    with pytest.raises(NotStoredError, match="is a symbolic link"):
        store.add(DATA)
    assert os.listdir(tmp_path / "target") == []


def test_a_planted_link_to_a_file_is_not_followed(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(DATA)
    store.add(b"other")
    links(content.place(DIGEST))(store, target)
    assert store.find(DIGEST) is None
    store.add(DATA)
    assert store.verified(DIGEST) == store.find(DIGEST)
    links(f"partial/{content.of_bytes(b'new').digest.removeprefix('sha256:')}")(store, target)
    with pytest.raises(NotStoredError, match="is not a plain file"):
        store.add(b"new")
    assert target.read_bytes() == DATA


def test_what_is_no_file_is_no_partial(store: Store) -> None:
    store.add(DATA)
    strange = Path(store.folder, "partial", content.digits(content.of_bytes(b"new").digest))
    os.mkfifo(strange)
    with pytest.raises(NotStoredError, match="is not a plain file"):
        store.add(b"new")
    strange.unlink()
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(strange.parent)
        listener.bind(strange.name)
        os.chdir(here)
        with pytest.raises(NotStoredError):
            store.add(b"new")


# ---- several at once -----------------------------------------------------------------------------

ADD = """
import sys
from envc.store.objects import Store
store = Store(sys.argv[1])
print("ready", flush=True)
sys.stdin.read()
for number in range(60):
    store.add(b"%d" % number * 1000)
"""


def test_processes_add_the_same_at_once(store: Store) -> None:
    words = [sys.executable, "-c", ADD, store.folder]
    adding = [
        subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)
    ]
    for each in adding:
        assert each.stdout is not None
        each.stdout.readline()
    for each in adding:
        assert each.stdin is not None
        each.stdin.close()
    for each in adding:
        assert each.wait(timeout=60) == 0
        assert each.stdout is not None
        each.stdout.close()
    for number in range(60):
        assert isinstance(store.verified(content.of_bytes(b"%d" % number * 1000).digest), str)
    assert leftovers(store) == []


def test_without_locks_each_process_writes_a_file_of_its_own(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(descriptor: int, operation: int) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", no_locks)
    assert store.verified(store.add(DATA)) == store.find(DIGEST)
    assert leftovers(store) == []


# ---- where it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"ENVC_STORE": "/s", "XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/s"),
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/envc/store"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/h"}, "/h/.cache/envc/store"),
        ({"ENVC_STORE": "", "XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/envc/store"),
    ],
)
def test_where_the_store_is(environ: dict[str, str], folder: str) -> None:
    assert standard(environ) == Store(folder)
