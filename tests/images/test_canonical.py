"""One tree, one tar: whoever writes it, whatever names are in it, and as other programs read it."""

import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from envc.facts.problem import Problem
from envc.images import canonical, folder, listing, reading
from envc.images.tree import File, Folder, Gone, Held, Link, Node, RefusedError, Special, walk
from tests.conftest import missing
from tests.images.trees import AWKWARD, trees

EPOCH = 1_700_000_000
law = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def packed(tree: Folder, time: int = EPOCH) -> bytes:
    return b"".join(canonical.chunks(tree, time))


def unpacked(data: bytes, path: Path) -> Iterator[Folder]:
    path.write_bytes(data)
    with path.open("rb") as file:
        yield reading.read(file)


def listed(tree: Folder) -> list[str]:
    return list(listing.lines(tree))


def one(data: bytes = b"", mode: int = 0o644) -> File:
    return File(mode, len(data), Held(data))


# ---- what is written is what is read -------------------------------------------------------------


@law
@given(tree=trees())
def test_what_is_written_is_read(tree: Folder, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = packed(tree)
    for found in unpacked(data, tmp_path_factory.getbasetemp() / "one.tar"):
        assert packed(found) == data
        assert listed(found) == listed(tree)


@law
@given(tree=trees())
def test_python_reads_the_same(tree: Folder) -> None:
    names: dict[int, bytes] = {}
    with tarfile.open(fileobj=io.BytesIO(packed(tree)), errors="surrogateescape") as archive:
        members = archive.getmembers()
        assert [os.fsencode(each.name) for each in members] == [
            b"/".join(path) for path, _ in walk(tree)
        ]
        for member, (path, node) in zip(members, walk(tree), strict=True):
            assert (member.uname, member.gname, member.mtime) == ("", "", EPOCH)
            match node:
                case File():
                    first = names.setdefault(id(node), b"/".join(path))
                    assert (member.uid, member.gid, member.mode) == (node.uid, node.gid, node.mode)
                    held = archive.extractfile(member)
                    assert held is not None
                    assert held.read() == b"".join(node.data.chunks())
                    assert member.islnk() == (first != b"/".join(path))
                case Link():
                    assert os.fsencode(member.linkname) == node.target
                case _:
                    assert isinstance(node, Folder)
                    assert (member.isdir(), member.mode) == (True, node.mode)


def test_gnu_tar_unpacks_the_same(tmp_path: Path) -> None:
    """Names, owners, rights and links, as a real file system then has them."""
    if os.geteuid():
        missing("giving files away needs root")
    entries: dict[bytes, Node] = {name: one(name, 0o640) for name in AWKWARD}
    entries[b"again"] = entries[AWKWARD[0]]
    entries[b"link"] = Link(b"\xff nowhere", 7, 8)
    below = Folder(0o1777, 5, 6, entries)
    for _ in range(15):
        below = Folder(entries={b"deep" * 50: below})
    tree = Folder(entries={b"a": below, b"a-b": one(), b"empty": Folder(0o700)})
    (tmp_path / "one.tar").write_bytes(packed(tree))
    (tmp_path / "out").mkdir()
    subprocess.run(
        ["tar", "-xpf", tmp_path / "one.tar", "--numeric-owner", "-C", tmp_path / "out"], check=True
    )
    found = folder.read(str(tmp_path / "out"))
    assert isinstance(found, Folder)
    assert packed(found) == packed(tree)
    subprocess.run(["rm", "-rf", tmp_path / "out"], check=True)


@pytest.mark.parametrize("form", ["gnu", "posix", "ustar", "v7"])
def test_a_tar_of_gnu_is_read_as_its_folder(tmp_path: Path, form: str) -> None:
    top = tmp_path / "top"
    (top / "sub").mkdir(parents=True)
    long = "x" * (90 if form in ("v7", "ustar") else 200)
    (top / "sub" / long).write_text("held")
    (top / "sub" / "link").symlink_to(long)
    os.link(top / "sub" / long, top / "again")
    archive = tmp_path / "one.tar"
    subprocess.run(
        ["tar", "--format", form, "--numeric-owner", "-cf", archive, "-C", top, "."], check=True
    )
    found = folder.read(str(top))
    assert isinstance(found, Folder)
    for tree in unpacked(archive.read_bytes(), archive):
        assert packed(tree) == packed(found)


# ---- the same bytes everywhere -------------------------------------------------------------------

_PACK = """
import sys
from envc.images import canonical, folder
canonical.write(folder.read(sys.argv[1]), sys.stdout.buffer, 1700000000)
"""


def test_nothing_of_the_machine_shows(tmp_path: Path) -> None:
    """Another umask, zone, locale, hash seed, order of files, path and time of the files."""
    ways = (
        (0o022, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}, AWKWARD),
        (0o077, {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"}, AWKWARD[::-1]),
    )
    said = []
    for number, (mask, variables, names) in enumerate(ways):
        top = tmp_path / ("deeper" * number or "x") / "top"
        top.mkdir(parents=True)
        for name in names:
            path = os.path.join(os.fsencode(top), name)
            with open(path, "wb") as file:
                file.write(name)
            os.chmod(path, 0o604)
            os.utime(path, (number, number * 1000))
        os.link(os.path.join(os.fsencode(top), AWKWARD[3]), os.path.join(os.fsencode(top), b"zz"))
        said.append(
            subprocess.run(
                [sys.executable, "-c", _PACK, str(top)],
                env={**os.environ, **variables},
                umask=mask,
                capture_output=True,
                check=True,
            ).stdout
        )
    assert said[0] == said[1]


def test_no_file_has_the_rights_of_another_user() -> None:
    tree = Folder(
        entries={b"su": one(b"x", 0o4755), b"mail": Folder(0o2775), b"tmp": Folder(0o1777)}
    )
    with tarfile.open(fileobj=io.BytesIO(packed(tree))) as archive:
        assert {each.name: oct(each.mode) for each in archive} == {
            "mail": "0o775",
            "su": "0o755",
            "tmp": "0o1777",
        }


def test_a_capability_is_kept_and_told_as_the_kernel_has_it(tmp_path: Path) -> None:
    """Version 3 names a namespace's root; packed, it is the version 2 that means the same."""
    plain = bytes.fromhex("0100000200040000000000000000000000000000")
    named = bytes.fromhex("01000003000400000000000000000000000000000000a086")
    assert folder.plain_capability(named) == plain[:20]
    tree = Folder(entries={b"ping": File(0o755, 1, Held(b"x"), capability=plain)})
    data = packed(tree)
    assert b"SCHILY.xattr.security.capability=" + plain in data
    for found in unpacked(data, tmp_path / "one.tar"):
        assert listed(found) == listed(tree)
    assert any(plain.hex() in line for line in listed(tree))


def test_great_numbers_are_said_in_full(tmp_path: Path) -> None:
    """A file of 9 GiB has no room for its size in a plain header."""
    size = 9 << 30
    entry = canonical.Entry(b"large", b"0", 0o644, 2**31 - 2, 2**31 - 2, size)
    head = canonical.header(entry, EPOCH)
    (tmp_path / "head").write_bytes(head)
    with (tmp_path / "head").open("r+b") as file:
        file.truncate(len(head) + size + 1024)  # holes, which take no room
        found = reading.read(file)
    large = found.entries[b"large"]
    assert isinstance(large, File)
    assert (large.size, large.uid, large.gid) == (size, 2**31 - 2, 2**31 - 2)
    (tmp_path / "head").unlink()


# ---- what cannot be in an image ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({b"null": Special("device")}, "`null` is a device"),
        ({b".wh.gone": one()}, "`.wh.gone` cannot be in an image"),
        ({b"short": File(0o644, 5, Held(b"1234"))}, "`short` changed while it was read"),
        ({b"long": File(0o644, 3, Held(b"1234"))}, "`long` changed while it was read"),
    ],
)
def test_it_is_refused(entries: dict[bytes, Node], said: str) -> None:
    with pytest.raises(RefusedError) as caught:
        packed(Folder(entries=entries))
    assert said in caught.value.problem.message


def test_a_pipe_in_a_folder_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = folder.read(str(tmp_path))
    assert isinstance(found, Folder)
    assert found.entries[b"pipe"] == Special("pipe")


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("file", "nothing"):
        assert isinstance(folder.read(str(tmp_path / name)), Problem)


def test_what_an_overlay_hides_becomes_a_whiteout(tmp_path: Path) -> None:
    if os.geteuid():
        missing("making devices needs root")
    os.mknod(tmp_path / "gone", 0o600 | 0o020000, os.makedev(0, 0))
    (tmp_path / "opaque").mkdir()
    os.setxattr(tmp_path / "opaque", "trusted.overlay.opaque", b"y")
    found = folder.read(str(tmp_path))
    assert isinstance(found, Folder)
    assert found.entries[b"gone"] == Gone()
    with tarfile.open(fileobj=io.BytesIO(packed(found))) as archive:
        assert archive.getnames() == [".wh.gone", "opaque", "opaque/.wh..wh..opq"]
