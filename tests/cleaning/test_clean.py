"""What goes of a store and what stays, whoever is at work in it."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from threading import Thread

import pytest

from envc.build import cache
from envc.build.bench import Bench, bench, scratch
from envc.build.entering import call
from envc.build.room import Call, Room
from envc.build.trees import digest as digest_of
from envc.cleaning.census import Kind
from envc.cleaning.clean import clean, everything, unused
from envc.images.kept import Kept, key
from envc.store import safety, turns
from envc.store.content import Content, of_bytes, place
from envc.store.incoming import Incoming
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.conftest import missing

OLD = 1_500_000_000
SINCE = OLD + 1
"""Whatever was used since then stays."""
KEY = "k" * 64


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


def age(*paths: str | Path) -> None:
    for path in paths:
        os.utime(path, (OLD, OLD))


def aged(store: Store, data: bytes) -> str:
    digest = store.add(data)
    age(str(store.find(digest)))
    return digest


def many(store: Store, count: int) -> list[str]:
    """Without waiting for the disk each time."""
    every = []
    for data in (b"%d" % number for number in range(count)):
        digest = of_bytes(data).digest
        path = Path(store.folder, place(digest))
        safety.make_folder(str(path.parent))
        path.write_bytes(data)
        age(path)
        every.append(digest)
    return every


def tree(store: Store, name: str = KEY) -> Path:
    """As a build keeps it, unused for long."""
    with bench(store, Silent()) as there:
        if not isinstance(there, Bench):
            missing(there.message)
        folder = there.folder("root", "usr")
        Path(folder, "usr", "file").write_text("what is in it\n")
        assert cache.keep_tree(there, name, folder, {})
    age(Path(store.folder, "built", name))
    return Path(store.folder, "trees", name)


def removed(store: Store, keep: Collection[str] = ()) -> list[tuple[Kind, str]]:
    would = [each.entry for each in unused(store, SINCE, keep)]
    done = clean(store, SINCE, keep)
    assert isinstance(done, tuple)
    assert [each.entry for each in done] == would
    return [(each.kind, each.name) for each in would]


# ---- what goes -----------------------------------------------------------------------------------


def test_what_was_used_long_ago_goes(store: Store) -> None:
    old = [aged(store, b"one"), aged(store, b"two")]
    young = store.add(b"three")
    assert removed(store) == [(Kind.OBJECT, each) for each in sorted(old)]
    assert [each.entry.name for each in everything(store)] == [young]
    assert store.verified(young)
    assert removed(store) == []


def test_an_empty_store_stays_as_it_is(store: Store) -> None:
    assert removed(store) == []
    assert not os.path.exists(store.folder)


def test_what_is_found_is_used(store: Store) -> None:
    digest = aged(store, b"one")
    assert store.find(digest)
    assert removed(store) == []


def test_to_look_for_damage_is_not_to_use(store: Store) -> None:
    digest = aged(store, b"one")
    assert store.damage(digest) is None
    assert removed(store) == [(Kind.OBJECT, digest)]


def test_what_is_kept_stays(store: Store) -> None:
    one, other = aged(store, b"one"), aged(store, b"two")
    assert removed(store, {one}) == [(Kind.OBJECT, other)]


def test_a_tree_goes_with_its_note_and_lock(store: Store) -> None:
    kept = tree(store)
    Path(store.folder, "built", f"{KEY}.lock").touch()
    assert removed(store) == [(Kind.TREE, KEY)]
    assert not kept.exists()
    assert os.listdir(os.path.join(store.folder, "built")) == []
    assert os.listdir(os.path.join(store.folder, "scratch")) == []


def test_a_tree_without_a_note_is_of_no_use(store: Store) -> None:
    """As a process leaves it that was killed between the two."""
    kept = tree(store)
    Path(store.folder, "built", KEY).unlink()
    assert removed(store) == [(Kind.TREE, KEY)]
    assert not kept.exists()


def test_a_note_on_what_was_packed_goes_and_is_written_again(store: Store) -> None:
    def make(coming: Incoming) -> None:
        coming.write(b"packed")

    of = key("of something")
    made = Kept(store, Silent()).made(of, make)
    note = Path(store.folder, "packed", of[7:9], of[7:])
    age(note)
    assert removed(store) == [(Kind.RECORD, of[7:])]
    assert os.listdir(note.parent) == []
    assert Kept(store, Silent()).made(of, make) == made
    assert note.exists()


def test_a_note_whose_object_is_gone_is_none(store: Store) -> None:
    with bench(store, Silent()) as there:
        assert isinstance(there, Bench)
        cache.keep(there, KEY, {cache.LAYER: Content(aged(store, b"layer"), 5)})
        assert removed(store)
        assert cache.found(there, KEY) is None


def test_what_nobody_goes_on_with_goes(store: Store) -> None:
    tree(store)
    partial, left = Path(store.folder, "partial"), Path(store.folder, "scratch", "left")
    partial.mkdir()
    left.mkdir()
    (left / "file").touch()
    (partial / KEY).write_bytes(b"half")
    age(partial / KEY)
    found = removed(store)
    assert found == [(Kind.TREE, KEY), (Kind.PARTIAL, KEY), (Kind.SCRATCH, "left")]
    assert not left.exists()
    assert not (partial / KEY).exists()


def test_what_is_said_to_go_is_there_still(store: Store) -> None:
    digest, left = aged(store, b"one"), Path(store.folder, "scratch", "left")
    left.mkdir(parents=True)
    assert [each.entry.name for each in unused(store, SINCE)] == [digest, "left"]
    assert left.exists()
    assert store.find(digest)


def test_sizes_are_those_of_the_disk(store: Store) -> None:
    digest = store.add(b"x" * 100_000)
    path = store.find(digest)
    assert path is not None
    os.link(path, f"{os.path.dirname(path)}/{'0' * 64}")
    sizes = sorted(each.size for each in everything(store))
    assert sizes == [0, os.lstat(path).st_blocks * 512]


# ---- what somebody has ---------------------------------------------------------------------------


def test_what_a_build_has_found_stays(store: Store) -> None:
    """Whatever it found since it began: it may use it again."""
    one = aged(store, b"found by the build")
    soon = time.time() + 100
    with scratch(store, None):
        assert store.find(one)
        assert clean(store, soon) == ()
    assert [each.entry.name for each in unused(store, soon)] == [one]


def test_what_was_there_before_the_build_and_is_not_used_goes(store: Store) -> None:
    digest = aged(store, b"one")
    with scratch(store, None):
        assert removed(store) == [(Kind.OBJECT, digest)]


def test_what_is_being_made_stays(store: Store) -> None:
    kept = tree(store)
    with turns.alone(os.path.join(store.folder, "built", f"{KEY}.lock")):
        assert removed(store) == []
    assert kept.exists()


def test_what_is_coming_stays(store: Store) -> None:
    digest = "sha256:" + "a" * 64
    with store.incoming(digest) as coming:
        assert coming is not None
        coming.write(b"half")
        age(coming.path)
        assert removed(store) == []
    assert removed(store) == [(Kind.PARTIAL, "a" * 64)]


def test_a_folder_in_which_a_program_runs_stays(store: Store) -> None:
    used, other, half = (
        Path(store.folder, "unpacked", name) for name in ("a" * 64, "b" * 64, "new-1")
    )
    for each in (used, other, half):
        each.mkdir(parents=True)
        (each / "file").touch()
    safe = Path(store.folder)
    safe.chmod(0o700)
    (safe / "unpacked").chmod(0o700)
    age(used, other)
    descriptor = os.open(used, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    assert removed(store) == [(Kind.UNPACKED, "b" * 64), (Kind.UNPACKED, "new-1")]
    assert (used / "file").exists()
    os.close(descriptor)
    assert removed(store) == [(Kind.UNPACKED, "a" * 64)]


def test_whoever_waited_for_what_was_removed_makes_it_anew(tmp_path: Path) -> None:
    """Its lock is another file then."""
    path = str(tmp_path / "lock")
    with turns.alone(path):
        waiting = Thread(target=_take, args=(path,))
        waiting.start()
        time.sleep(0.1)
        os.unlink(path)
        assert waiting.is_alive()
    waiting.join(10)
    assert os.path.exists(path)


def _take(path: str) -> None:
    with turns.alone(path):
        assert os.path.exists(path)


def test_what_is_found_can_be_opened_while_others_clean(store: Store) -> None:
    every = many(store, 400)
    lost: list[str] = []

    def read() -> None:
        for each in every:
            if (path := store.find(each)) is not None:
                try:
                    os.close(os.open(path, os.O_RDONLY))
                except OSError:
                    lost.append(path)

    readers = [Thread(target=read) for _ in range(2)]
    for each in readers:
        each.start()
    gone = clean(store, SINCE)
    for each in readers:
        each.join()
    assert lost == []
    assert isinstance(gone, tuple)
    there = {each for each in every if store.find(each) is not None}
    assert there == set(every) - {each.entry.name for each in gone}


CLEAN = """
import sys
from envc.cleaning.clean import clean
from envc.store.objects import Store
print(len(clean(Store(sys.argv[1]), int(sys.argv[2]))))
"""


def cleaning(store: Store) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", CLEAN, store.folder, str(SINCE)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_at_once(store: Store) -> None:
    many(store, 300)
    tree(store)
    both = [cleaning(store) for _ in range(2)]
    said = [each.communicate() for each in both]
    assert [errors for _, errors in said] == ["", ""]
    assert max(int(out) for out, _ in said) <= 301
    assert everything(store) == ()


def test_whenever_it_is_killed_what_is_left_is_whole(store: Store) -> None:
    every = set(many(store, 400))
    for name in "abcd":
        tree(store, name * 64)
    killed = cleaning(store)
    while len(os.listdir(os.path.join(store.folder, "built"))) == 4 and killed.poll() is None:
        time.sleep(0.001)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    left = {each for each in every if store.damage(each) is None and each in _names(store)}
    assert _names(store) & every == left
    with bench(store, Silent()) as there:
        assert isinstance(there, Bench)
        for name in "abcd":
            found = cache.tree(there, name * 64)
            assert found is None or Path(str(found), "usr", "file").read_text()
        assert len(os.listdir(os.path.join(store.folder, "scratch"))) == 1
    clean(store, time.time() + 100)
    assert everything(store) == ()


def _names(store: Store) -> set[str]:
    return {each.entry.name for each in everything(store) if each.entry.kind is Kind.OBJECT}


# ---- links ---------------------------------------------------------------------------------------


def test_a_store_that_is_a_link_to_another_disk(store: Store, tmp_path: Path) -> None:
    digest = aged(store, b"one")
    kept = tree(store)
    (tmp_path / "link").symlink_to(store.folder)
    linked = Store(str(tmp_path / "link"))
    assert removed(linked) == [(Kind.OBJECT, digest), (Kind.TREE, KEY)]
    assert not kept.exists()


def test_no_link_within_is_followed(store: Store, tmp_path: Path) -> None:
    aged(store, b"one")
    mine = tmp_path / "mine"
    (mine / KEY).mkdir(parents=True)
    (mine / KEY / "file").touch()
    age(mine / KEY)
    for name in ("trees", "unpacked", "damaged"):
        Path(store.folder, name).symlink_to(mine)
    Path(store.folder, "partial", KEY).symlink_to(mine)
    removed(store)
    assert (mine / KEY / "file").exists()


def test_a_tree_is_digested_as_before(store: Store) -> None:
    """That it was used does not show in it."""
    kept = tree(store)
    before: object = call(Room(), Call(digest_of, (str(kept),)), None)
    assert turns.use(store.folder, os.path.join(store.folder, "built", KEY))
    assert call(Room(), Call(digest_of, (str(kept),)), None) == before
    assert json.loads(Path(store.folder, "built", KEY).read_text())["tree"] == before
