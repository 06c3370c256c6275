"""From a mirror to an index: what is believed, and what is said where something is wrong."""

import gzip
import lzma
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from pysequoia import Tsk

from envc.debian.archive import Archive
from envc.debian.index import Index
from envc.debian.snapshot import Snapshot
from envc.facts.problem import Problem
from envc.store.fetch import fetch
from envc.store.places import SNAPSHOT
from envc.store.progress import Silent
from tests.debian.archive_maker import (
    NEW_YEAR,
    MadeArchive,
    make_archive,
    release_text,
    snapshot_of,
)
from tests.debian.conftest import Reader, got

WAVES = {"Package": "waves", "Version": "1.0", "Depends": "libwaves (>= 1)"}
LIBWAVES = {"Package": "libwaves", "Version": "1.0-1"}
MIRROR = "take it from another mirror: name one with `ENVC_DEBIAN_MIRROR`"
Sentences = list[str]


class Told(Silent):
    def __init__(self) -> None:
        self.sentences: Sentences = []

    def tells(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture
def made(tmp_path: Path) -> MadeArchive:
    return make_archive(tmp_path / "archive", packages=[WAVES, LIBWAVES])


def index(found: Snapshot, architecture: str = "amd64") -> Index:
    read = found.index(architecture)
    assert isinstance(read, Index), read
    return read


def why(found: object) -> str:
    assert isinstance(found, Problem), found
    return found.message


def test_the_newest_release_is_read_and_kept(made: MadeArchive, reader: Reader) -> None:
    archive = reader(made)
    found = got(archive.newest("toy"))
    assert (found.suite, found.snapshot) == ("toy", snapshot_of(NEW_YEAR))
    assert found.keys == (made.fingerprint,)
    assert Path(archive.store.find(found.digest) or "").read_bytes() == made.in_release.read_bytes()


def test_both_architectures_have_their_packages(made: MadeArchive, reader: Reader) -> None:
    found = got(reader(made).newest("toy"))
    for architecture in ("amd64", "arm64"):
        read = index(found, architecture)
        assert (read.suite, read.architecture) == ("toy", architecture)
        assert list(read.names()) == ["libwaves", "waves"]
        (deb,) = read.named("waves")
        assert (made.folder / deb.path).stat().st_size == deb.size
        assert deb.path.endswith(f"_{architecture}.deb")


def test_a_locked_release_is_read_without_the_network(made: MadeArchive, reader: Reader) -> None:
    first = got(reader(made).newest("toy"))
    index(first)
    made.in_release.unlink()
    alone = reader(made, offline=True)
    again = got(alone.at(first.digest, suite="toy", snapshot=first.snapshot))
    assert again.release == first.release
    assert index(again).named("waves") == index(first).named("waves")


def test_a_locked_release_that_moved_on_is_found_in_its_snapshot(
    tmp_path: Path, reader: Reader
) -> None:
    later = NEW_YEAR + timedelta(days=30)
    snapshots = tmp_path / "snapshots"
    old = make_archive(snapshots / snapshot_of(NEW_YEAR), packages=[WAVES, LIBWAVES])
    template = f"{snapshots.as_uri()}/{SNAPSHOT}"
    locked = got(reader(old).newest("toy"))
    new = make_archive(tmp_path / "mirror", packages=[WAVES | {"Version": "2.0"}], date=later)
    os.rename(tmp_path / "store", tmp_path / "other")
    archive = reader(old, new.url, template)
    found = got(archive.at(locked.digest, suite="toy", snapshot=locked.snapshot))
    assert [deb.version for deb in index(found).named("waves")] == ["1.0"]
    newest = got(archive.newest("toy"))
    assert newest.snapshot == snapshot_of(later)
    assert [deb.version for deb in index(newest).named("waves")] == ["2.0"]


def test_a_release_that_lasted_for_hours_is_found_in_an_earlier_snapshot(
    tmp_path: Path, reader: Reader
) -> None:
    eight_hours_later = snapshot_of(NEW_YEAR - timedelta(hours=4))
    made = make_archive(tmp_path / eight_hours_later, packages=[LIBWAVES])
    locked = got(reader(made).newest("toy"))
    os.rename(tmp_path / "store", tmp_path / "other")
    archive = reader(made, f"{tmp_path.as_uri()}/{SNAPSHOT}")
    again = archive.at(locked.digest, suite="toy", snapshot=locked.snapshot)
    assert got(again).release == locked.release


def test_a_locked_release_is_only_those_bytes(made: MadeArchive, reader: Reader) -> None:
    archive = reader(made)
    other = "sha256:" + "0" * 64
    found = archive.at(other, suite="toy", snapshot=snapshot_of(NEW_YEAR))
    assert "sent other bytes" in why(found)
    assert why(reader(made, offline=True).at(other, suite="toy", snapshot=snapshot_of(NEW_YEAR)))


@pytest.mark.parametrize(
    ("digest", "snapshot"),
    [
        ("sha256:0", "20260101T000000Z"),
        ("0" * 64, "20260101T000000Z"),
        ("sha512:" + "0" * 64, "20260101T000000Z"),
        ("sha256:" + "0" * 64, "20261301T000000Z"),
        ("sha256:" + "0" * 64, "99999999T999999Z"),
        ("sha256:" + "0" * 64, "../T"),
        ("", ""),
    ],
)
def test_a_lock_that_names_nothing_is_told(
    made: MadeArchive, reader: Reader, digest: str, snapshot: str
) -> None:
    found = reader(made).at(digest, suite="toy", snapshot=snapshot)
    assert why(found) == f"`{digest}` at `{snapshot}` does not name a release of toy"


def test_an_index_that_was_kept_is_not_fetched_again(made: MadeArchive, reader: Reader) -> None:
    found = got(reader(made).newest("toy"))
    before = index(found).named("waves")
    made.index("amd64", ".xz").unlink()
    for path in found.archive.store.folder, made.folder:
        for each in Path(path).rglob("by-hash/SHA256/*"):
            each.unlink()
    assert index(found).named("waves") == before


@pytest.mark.parametrize("packed", [(".gz",), ("",), (".gz", ".xz", "")])
def test_an_index_is_read_however_it_is_packed(
    tmp_path: Path, reader: Reader, packed: tuple[str, ...]
) -> None:
    made = make_archive(tmp_path / "archive", packages=[WAVES], packed=packed)
    assert list(index(got(reader(made).newest("toy"))).names()) == ["waves"]


def test_where_the_smallest_is_missing_the_next_is_taken(tmp_path: Path, reader: Reader) -> None:
    made = make_archive(tmp_path / "archive", packages=[WAVES], packed=(".xz", ".gz"))
    for path in made.folder.rglob("*.xz"):
        path.unlink()
    for path in made.folder.rglob("by-hash/SHA256/*"):
        path.unlink()
    assert list(index(got(reader(made).newest("toy"))).names()) == ["waves"]


@pytest.mark.parametrize("by_hash", ["yes", ""])
def test_indexes_are_asked_for_by_their_hash_where_the_archive_has_them_so(
    tmp_path: Path, reader: Reader, by_hash: str
) -> None:
    made = make_archive(
        tmp_path / "archive", packages=[WAVES], release={"Acquire-By-Hash": by_hash}
    )
    found = got(reader(made).newest("toy"))
    wanted = found.wanted("amd64")
    assert not isinstance(wanted, Problem)
    (one,) = wanted
    digits = one.digest.removeprefix("sha256:")
    folder = f"{made.url}/dists/toy/main/binary-amd64"
    hashed = (f"{folder}/by-hash/SHA256/{digits}",) if by_hash else ()
    assert one.urls == (*hashed, f"{folder}/Packages.xz")
    assert fetch(found.archive.store, wanted, offline=False, show=Silent()) == ()
    made.index("amd64", ".xz").unlink()
    assert list(index(found).names()) == ["waves"]


def test_packages_of_every_architecture_may_be_listed_apart(tmp_path: Path, reader: Reader) -> None:
    made = make_archive(
        tmp_path / "archive",
        packages=[
            LIBWAVES | {"Architecture": "amd64"},
            {"Package": "waves-doc", "Version": "1", "Architecture": "all"},
        ],
        architectures=["amd64", "all"],
        release={"No-Support-for-Architecture-all": "", "Architectures": "all amd64"},
    )
    read = index(got(reader(made).newest("toy")))
    assert list(read.names()) == ["libwaves", "waves-doc"]
    assert len(read.named("waves-doc")) == 1


def test_what_a_release_does_not_have_is_told(made: MadeArchive, reader: Reader) -> None:
    found = got(reader(made).newest("toy"))
    assert found.index("sparc") == Problem(
        "toy has no packages for `sparc`", "it has `amd64` and `arm64`"
    )
    assert found.index("amd64", ["contrib"]) == Problem(
        "toy has no component `contrib`", "it has `main`"
    )
    assert found.wanted("sparc") == found.index("sparc")


# What is wrong with a release


def test_a_suite_that_moves_is_not_asked_for(made: MadeArchive, reader: Reader) -> None:
    assert why(reader(made).newest("stable")) == "`stable` means another release from time to time"


def test_a_suite_that_is_not_there_is_told(made: MadeArchive, reader: Reader) -> None:
    found = why(reader(made).newest("tpy"))
    assert found.startswith("the release of tpy could not be had: file://")
    assert found.endswith("cannot be read: no such file or directory")


def test_the_newest_is_not_known_offline(made: MadeArchive, reader: Reader) -> None:
    found = reader(made, offline=True).newest("toy")
    assert why(found) == "the newest release of toy is not known without the network"


def test_a_release_of_another_suite_is_not_taken_for_it(
    made: MadeArchive, reader: Reader, tmp_path: Path
) -> None:
    other = make_archive(made.folder, suite="older", packages=[])
    made.in_release.write_bytes(other.in_release.read_bytes())
    found = why(reader(made).newest("toy"))
    assert found == f"the release of toy from {made.in_release.as_uri()} is one of `older`"


def test_the_name_that_moves_is_not_a_codename(tmp_path: Path, reader: Reader) -> None:
    made = make_archive(tmp_path / "archive", release={"Suite": "newest", "Codename": "toy-1"})
    found = reader(made).newest("toy")
    assert isinstance(found, Problem)
    assert found.help.startswith("name `toy-1` where that is meant")


def _strange_key(made: MadeArchive) -> None:
    other = Tsk.generate("else@example.org")
    MadeArchive(made.folder, made.suite, other).sign("Codename: toy\n")


BAD_RELEASES: dict[str, tuple[Callable[[MadeArchive], object], str]] = {
    "cut": (
        lambda made: made.in_release.write_bytes(made.in_release.read_bytes()[:-60]),
        "it is cut short: its signature does not end",
    ),
    "not signed": (
        lambda made: made.in_release.write_text("Codename: toy\n"),
        "it is not signed: it begins with `Codename: toy`",
    ),
    "changed": (
        lambda made: made.in_release.write_bytes(
            made.in_release.read_bytes().replace(b"Codename: toy", b"Codename: tpy")
        ),
        "signed, or its key was no longer valid",
    ),
    "signed by another": (_strange_key, "which envc does not trust"),
    "signed nonsense": (lambda made: made.sign("nonsense\n"), "`nonsense` is not a field"),
    "without a date": (lambda made: made.sign("Codename: toy\n"), "it has no field `Date`"),
}


@pytest.mark.parametrize(("spoil", "message"), BAD_RELEASES.values(), ids=list(BAD_RELEASES))
def test_a_bad_release_is_not_used(
    made: MadeArchive, reader: Reader, spoil: Callable[[MadeArchive], object], message: str
) -> None:
    archive = reader(made)
    spoil(made)
    found = why(archive.newest("toy"))
    assert found.startswith(f"the release of toy from {made.in_release.as_uri()} is not used: ")
    assert found.endswith(message)
    assert not list(Path(archive.store.folder).rglob("sha256/*/*"))


def test_an_old_release_is_told_only_where_the_newest_is_asked_for(
    tmp_path: Path, reader: Reader
) -> None:
    until = {"Valid-Until": "Thu, 08 Jan 2026 00:00:00 UTC"}
    made = make_archive(tmp_path / "archive", packages=[WAVES], release=until)
    archive = reader(made)
    day = 24 * 3600
    limit = int(NEW_YEAR.timestamp()) + 7 * day
    assert archive.newest("toy", now=limit + 1) == Problem(
        f"the release of toy from {made.in_release.as_uri()} was valid until 2026-01-08:"
        " the mirror is not kept up to date",
        "take another mirror with `ENVC_DEBIAN_MIRROR`, or accept it with `--allow-expired`",
    )
    found = got(archive.newest("toy", now=limit))
    assert got(archive.newest("toy", now=limit + day, allow_expired=True)) == found
    assert got(archive.at(found.digest, suite="toy", snapshot=found.snapshot)) == found


def test_keys_that_expired_are_told_only_where_the_newest_is_asked_for(
    tmp_path: Path, reader: Reader
) -> None:
    key = Tsk.generate("for a year", validity_seconds=365 * 24 * 3600)
    archive = reader(make_archive(tmp_path / "archive", packages=[WAVES], key=key))
    later = int(datetime(2060, 1, 1, tzinfo=UTC).timestamp())
    assert "is signed by keys that expired on 20" in why(archive.newest("toy", now=later))
    found = got(archive.newest("toy", now=later, allow_expired=True))
    assert got(archive.at(found.digest, suite="toy", snapshot=found.snapshot)) == found


# What is wrong with an index


def _release_lists(made: MadeArchive, ending: str, data: bytes, plain: bytes) -> None:
    """An archive that signs what it should not have."""
    path = "main/binary-amd64/Packages"
    for place in made.folder.rglob("by-hash/SHA256/*"):
        place.unlink()
    (made.in_release.parent / (path + ending)).write_bytes(data)
    fields = {
        "Codename": "toy",
        "Date": "Thu, 01 Jan 2026 00:00:00 UTC",
        "Architectures": "amd64",
        "Components": "main",
    }
    made.sign(release_text(fields, {path: plain, path + ending: data}))


def signed_index(made: MadeArchive, stanza: str) -> None:
    _release_lists(made, ".xz", lzma.compress(stanza.encode()), stanza.encode())


def test_another_index_than_the_signed_one_is_not_used(made: MadeArchive, reader: Reader) -> None:
    archive = reader(made)
    found = got(archive.newest("toy"))
    for path in (made.index("amd64", ".xz"), *made.folder.rglob("by-hash/SHA256/*")):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    told = why(found.index("amd64"))
    assert told.startswith("the index `main/binary-amd64/Packages.xz` of toy could not be fetched")
    assert "sent other bytes" in told


def test_an_index_that_is_cut_short_is_not_used(made: MadeArchive, reader: Reader) -> None:
    found = got(reader(made).newest("toy"))
    for path in (made.index("amd64", ".xz"), *made.folder.rglob("by-hash/SHA256/*")):
        path.write_bytes(path.read_bytes()[:50])
    assert isinstance(found.index("amd64"), Problem)


def test_an_index_that_is_gone_is_told(made: MadeArchive, reader: Reader) -> None:
    found = got(reader(made).newest("toy"))
    for path in (made.index("amd64", ".xz"), *made.folder.rglob("by-hash/SHA256/*")):
        path.unlink()
    assert "could not be fetched" in why(found.index("amd64"))
    alone = got(reader(made, offline=True).at(found.digest, suite="toy", snapshot=found.snapshot))
    told = why(alone.index("arm64"))
    assert told.startswith("the index `main/binary-arm64/Packages.xz` of toy is not in the store")


@pytest.mark.parametrize("ending", [".xz", ".gz"])
def test_a_bomb_does_not_go_off(made: MadeArchive, reader: Reader, ending: str) -> None:
    pack = lzma.compress if ending == ".xz" else gzip.compress
    _release_lists(made, ending, pack(bytes(1 << 24)), b"x" * 100)
    found = got(reader(made).newest("toy"))
    assert why(found.index("amd64")) == (
        "the index `main/binary-amd64/Packages` of toy"
        " holds more than the 100 bytes that the release says"
    )


@pytest.mark.parametrize(
    ("ending", "data", "message"),
    [
        (".xz", b"no archive", "cannot be unpacked: "),
        (".gz", b"no archive", "cannot be unpacked: "),
        (".xz", lzma.compress(b"x" * 100)[:-30], "cannot be unpacked: "),
        (".gz", gzip.compress(b"x" * 100)[:-3], "cannot be unpacked: "),
        (".xz", lzma.compress(b"y" * 100), "holds other bytes than the release says"),
        (".gz", gzip.compress(b"x" * 99), "holds other bytes than the release says"),
    ],
    # Of their own: a gzip archive says when it was made, and so would its name.
    ids=["no xz", "no gzip", "half an xz", "half a gzip", "another xz", "another gzip"],
)
def test_an_index_that_unpacks_to_something_else_is_not_used(
    made: MadeArchive, reader: Reader, ending: str, data: bytes, message: str
) -> None:
    _release_lists(made, ending, data, b"x" * 100)
    told = why(got(reader(made).newest("toy")).index("amd64"))
    assert told.startswith(f"the index `main/binary-amd64/Packages` of toy {message}")


def test_a_package_that_cannot_be_is_told_with_its_index(made: MadeArchive, reader: Reader) -> None:
    signed_index(made, "Package: waves\nVersion: 1\nArchitecture: amd64\n")
    assert got(reader(made).newest("toy")).index("amd64") == Problem(
        "the index `main/binary-amd64/Packages` of toy is not used:"
        " its package `waves` has no field `Filename`",
        "tell the archive's keepers: it signed this index as it is",
    )


def test_an_empty_index_is_an_index(made: MadeArchive, reader: Reader) -> None:
    signed_index(made, "")
    assert list(index(got(reader(made).newest("toy"))).names()) == []


# What was kept


def tables(archive: Archive) -> list[Path]:
    return sorted((Path(archive.store.folder) / "derived").iterdir())


def _flip(path: Path) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-5])


def _link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


@pytest.mark.parametrize("spoil", [_flip, _cut, Path.unlink, _link, lambda path: path.chmod(0o666)])
def test_a_table_that_is_not_sound_is_made_again(
    made: MadeArchive, reader: Reader, spoil: Callable[[Path], object]
) -> None:
    archive = reader(made)
    found = got(archive.newest("toy"))
    before = index(found).named("waves")
    (table,) = tables(archive)
    whole = table.read_bytes()
    spoil(table)
    assert index(found).named("waves") == before
    assert table.read_bytes() == whole
    assert not table.is_symlink()
    assert table.stat().st_mode & 0o777 == 0o444


def test_an_index_is_read_where_nothing_can_be_kept(made: MadeArchive, reader: Reader) -> None:
    show = Told()
    archive = reader(made, show=show)
    found = got(archive.newest("toy"))
    (Path(archive.store.folder) / "derived").write_text("not a folder")
    assert list(index(found).names()) == ["libwaves", "waves"]
    assert len(show.sentences) == 1
    assert "of toy is read anew each time: " in show.sentences[0]


def test_what_a_killed_run_left_is_no_hindrance(made: MadeArchive, reader: Reader) -> None:
    archive = reader(made)
    found = got(archive.newest("toy"))
    index(found)
    (table,) = tables(archive)
    table.rename(f"{table}.new")
    Path(f"{table}.new").chmod(0o600)
    assert list(index(found).names()) == ["libwaves", "waves"]
    assert tables(archive) == [table]


def test_several_at_once_read_the_same(made: MadeArchive, reader: Reader) -> None:
    archive = reader(made)
    found = got(archive.newest("toy"))
    with ThreadPoolExecutor(8) as threads:
        read = list(threads.map(lambda _: index(found).named("waves"), range(16)))
    assert len(set(read)) == 1
    assert len(tables(archive)) == 1


def test_tables_of_months_ago_are_forgotten(made: MadeArchive, reader: Reader) -> None:
    archive = reader(made)
    found = got(archive.newest("toy"))
    index(found, "amd64")
    (old,) = tables(archive)
    os.utime(old, (0, 0))
    index(found, "arm64")
    assert [path.name.split("-")[1] for path in tables(archive)] == ["arm64"]


# By the web


@pytest.fixture
def web(made: MadeArchive) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(made.folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_archive_is_read_by_the_web(made: MadeArchive, reader: Reader, web: str) -> None:
    archive = reader(made, web)
    assert list(index(got(archive.newest("toy"))).names()) == ["libwaves", "waves"]


def test_what_the_web_does_not_have_is_told(made: MadeArchive, reader: Reader, web: str) -> None:
    url = f"{web}/dists/tpy/InRelease"
    assert reader(made, web).newest("tpy") == Problem(
        f"the release of tpy could not be had: {url} answers 404 File not found",
        "is that the name of a release? Another mirror is named with `ENVC_DEBIAN_MIRROR`",
    )
