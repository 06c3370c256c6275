"""Packages of Debian, as they are and as somebody would make them to get out of a folder."""

import gzip
import io
import lzma
import os
import tarfile
from pathlib import Path

import pytest

from envc.build import unpack
from envc.build.entering import call
from envc.build.room import Call, Identities, Range, Room
from envc.facts.problem import Problem

EVERYBODY = Identities((Range(0, 0, 65_536),), (Range(0, 0, 65_536),))

pytestmark = pytest.mark.xdist_group("builder")


def member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.mode = kind, target, 0o4755
    found.uid, found.gid = 1, 42
    return found


def deb(path: Path, *members: tarfile.TarInfo, pack: str = "xz") -> None:
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for each in members:
            each.size = 4 if each.isreg() else 0
            archive.addfile(each, io.BytesIO(b"tide") if each.isreg() else None)
    name = f"data.tar.{pack}".rstrip(".")
    parts = {"debian-binary": b"2.0\n", "control.tar": b"odd", name: packed(tar.getvalue(), pack)}
    text = b"!<arch>\n"
    for key, data in parts.items():
        text += f"{key:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(data):<10}`\n".encode()
        text += data + b"\n" * (len(data) % 2)
    path.write_bytes(text)


def packed(data: bytes, how: str) -> bytes:
    match how:
        case "xz":
            return lzma.compress(data)
        case "gz":
            return gzip.compress(data)
        case _:
            return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if os.geteuid():
        pytest.skip("owners are given by root")
    (tmp_path / "root").mkdir()
    (tmp_path / "debs").mkdir()
    return tmp_path


def unpacked(folder: Path, identities: Identities | None = None) -> object:
    given = (f"{folder}/root", f"{folder}/debs", os.listdir(folder / "debs"), ("dev", "a/b"))
    return call(Room(), Call(unpack.packages, given), identities)


@pytest.mark.parametrize("pack", ["xz", "gz", ""])
@pytest.mark.parametrize("identities", [None, EVERYBODY], ids=["root", "namespace"])
def test_files_with_their_owners(folder: Path, pack: str, identities: Identities | None) -> None:
    deb(
        folder / "debs" / "a.deb",
        member("./", tarfile.DIRTYPE),
        member("./bin/", tarfile.DIRTYPE),
        member("./bin/tide"),
        member("./usr/bin/moon", tarfile.LNKTYPE, "./bin/tide"),
        member("./lib/a/b", tarfile.SYMTYPE, "/usr/bin/moon"),
        pack=pack,
    )
    assert unpacked(folder, identities) is None
    root = folder / "root"
    assert os.readlink(root / "bin") == "usr/bin"
    assert (root / "usr/bin/tide").read_text() == "tide"
    said = (root / "usr/bin/moon").stat()
    assert (said.st_uid, said.st_gid, said.st_mode & 0o7777, said.st_nlink) == (1, 42, 0o755, 2)
    assert os.readlink(root / "usr/lib/a/b") == "/usr/bin/moon"
    assert (root / "a/b").is_dir()


@pytest.mark.parametrize("identities", [None, EVERYBODY], ids=["root", "namespace"])
@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([member("../out")], "`a.deb` has `../out`, which leads out of it with `..`"),
        ([member("usr/../../out")], "leads out of it"),
        ([member("usr/x", tarfile.SYMTYPE, "OUT"), member("usr/x/out")], None),
        ([member("usr/x", tarfile.SYMTYPE, "../../../.."), member("usr/x/out")], None),
        ([member("/out")], None),
        ([member("dev/sda", tarfile.BLKTYPE)], "`a.deb` has `dev/sda`, which is no file"),
        ([member("pipe", tarfile.FIFOTYPE)], "which is no file, folder or link"),
    ],
)
def test_nothing_is_written_outside(
    folder: Path, identities: Identities | None, members: list[tarfile.TarInfo], said: str | None
) -> None:
    outside = folder / "outside"
    outside.mkdir()
    for each in members:
        each.linkname = each.linkname.replace("OUT", str(outside))
    deb(folder / "debs" / "a.deb", *members)
    found = unpacked(folder, identities)
    if said is not None:
        assert isinstance(found, Problem)
        assert said in found.message
    assert list(outside.iterdir()) == []
    assert sorted(os.listdir(folder)) == ["debs", "outside", "root"]
    assert not Path("/out").exists()


def test_no_file_of_the_machine_is_linked_in(folder: Path) -> None:
    secret = folder / "secret"
    secret.write_text("hunter2")
    deb(folder / "debs" / "a.deb", member("usr/x", tarfile.LNKTYPE, f"../../{secret}"))
    assert isinstance(unpacked(folder), Problem)
    assert secret.stat().st_nlink == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "`a.deb` is no package of Debian"),
        (b"!<arch>\n", "`a.deb` holds no files"),
        (b"!<arch>\n" + f"{'data.tar.xz':<48}{'4':<10}`\nabcd".encode(), "is no whole archive"),
    ],
)
def test_what_is_no_package(folder: Path, data: bytes, said: str) -> None:
    (folder / "debs" / "a.deb").write_bytes(data)
    found = unpacked(folder)
    assert isinstance(found, Problem)
    assert said in found.message


def test_a_kind_of_packing_that_python_has_not(folder: Path) -> None:
    deb(folder / "debs" / "a.deb", member("x"), pack="zst")
    found = unpacked(folder)
    assert isinstance(found, Problem)
    assert found.message == "`a.deb` is packed by zst, which envc cannot unpack"
