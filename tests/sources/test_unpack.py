"""Archives of every kind, and those that mean harm."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.sources.folder import read_folder
from envc.sources.limits import Limits
from envc.sources.swhid import directory_id
from envc.sources.tree import File, Folder, Link, Node, walk
from envc.sources.unpack import unpack
from tests.sources.trees import mixed

Written = tuple[str, bytes, bytes | str]
"""A name, a tar type, and what it holds or, as a text, leads to."""


def tar(*entries: Written, mode: int = 0o644) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, kind, held in entries:
            info = tarfile.TarInfo(name)
            info.type, info.mode = kind, mode
            data = held if isinstance(held, bytes) else b""
            info.linkname = held if isinstance(held, str) else ""
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def plain(name: str, data: bytes = b"x") -> Written:
    return (name, tarfile.REGTYPE, data)


def link(name: str, target: str) -> Written:
    return (name, tarfile.SYMTYPE, target)


Opened = Callable[..., Folder | Problem]


@pytest.fixture
def opened(tmp_path: Path) -> Iterable[Opened]:
    with (tmp_path / "spool").open("w+b") as spool:

        def run(data: bytes, strip: int | None = None, **limits: int) -> Folder | Problem:
            path = tmp_path / "archive"
            path.write_bytes(data)
            return unpack(str(path), spool, strip=strip, limits=Limits(**limits))

        yield run


def held(folder: Folder | Problem) -> dict[str, str | bytes | None]:
    assert isinstance(folder, Folder), folder
    return {
        b"/".join(path).decode("utf-8", "backslashreplace"): _held(node)
        for path, node in walk(folder)
    }


def _held(node: Node) -> str | bytes | None:
    match node:
        case File(content, _):
            return b"".join(content.chunks())
        case Link(target):
            return f"-> {target.decode()}"
        case Folder():
            return None


# ---- what is fine --------------------------------------------------------------------------------

TAR = tar(plain("heat/a", b"A"), link("heat/b", "a"), plain("heat/sub/c", b"C"))
PACKED = {
    "plain": TAR,
    "gzip": gzip.compress(TAR),
    "gzip in two parts": gzip.compress(TAR[:700]) + gzip.compress(TAR[700:]),
    "bzip2": bz2.compress(TAR),
    "xz": lzma.compress(TAR),
    "zstd": zstandard.compress(TAR),
}


@pytest.mark.parametrize("packing", PACKED)
def test_every_packing(opened: Opened, packing: str) -> None:
    assert held(opened(PACKED[packing])) == {"a": b"A", "b": "-> a", "sub": None, "sub/c": b"C"}


def zipped(*entries: tuple[str, bytes, int]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data, mode in entries:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, mode << 16
            archive.writestr(info, data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def test_zip_keeps_links_and_what_is_run(opened: Opened) -> None:
    data = zipped(
        ("heat/run", b"#!", stat.S_IFREG | 0o755),
        ("heat/link", b"run", stat.S_IFLNK | 0o777),
        ("heat/é", b"", 0),
    )

    found = opened(data)

    assert held(found) == {"link": "-> run", "run": b"#!", "é": b""}
    assert isinstance(found, Folder)
    assert [each for each in found.entries.values() if isinstance(each, File) and each.executable]


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_folder_is_the_same_from_an_archive(opened: Opened, tmp_path: Path, form: int) -> None:
    mixed(str(tmp_path / "heat"))
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        archive.add(tmp_path / "heat", "heat")
    found, here = opened(file.getvalue()), read_folder(str(tmp_path / "heat"))

    assert isinstance(found, Folder)
    assert isinstance(here, Folder)
    assert directory_id(found) == directory_id(here)


@pytest.mark.parametrize(
    ("strip", "names"),
    [
        (None, {"a", "b", "b/c"}),
        (0, {"top", "top/a", "top/b", "top/b/c"}),
        (1, {"a", "b", "b/c"}),
        (2, {"c"}),
    ],
)
def test_strip(opened: Opened, strip: int | None, names: set[str]) -> None:
    data = tar(plain("./top/a"), plain("top//b/c"))

    assert held(opened(data, strip)).keys() == names


def test_stripping_all(opened: Opened) -> None:
    assert opened(tar(plain("top/a")), 2) == Problem("the archive is empty")


def test_two_folders_are_kept_apart(opened: Opened) -> None:
    assert held(opened(tar(plain("a/x"), plain("b/x")))).keys() == {"a", "a/x", "b", "b/x"}


def test_names_that_differ_by_case_or_are_not_utf8(opened: Opened) -> None:
    data = tar(plain("Readme"), plain("README"), plain("\udcff"), plain("e\u0301"), plain("\u00e9"))

    assert held(opened(data)).keys() == {"Readme", "README", "\\xff", "e\u0301", "\u00e9"}


def test_hard_links_are_copies(opened: Opened) -> None:
    data = tar(plain("a", b"A"), ("b", tarfile.LNKTYPE, "a"))

    assert held(opened(data)) == {"a": b"A", "b": b"A"}


def test_modes_are_those_of_git(opened: Opened) -> None:
    """No right of others, no setuid: run by its owner or not."""
    found = opened(tar(plain("a"), mode=0o6755))

    assert isinstance(found, Folder)
    assert directory_id(found) == directory_id(_opened_with(opened, 0o700))
    assert directory_id(found) != directory_id(_opened_with(opened, 0o4666))


def _opened_with(opened: Opened, mode: int) -> Folder:
    found = opened(tar(plain("a"), mode=mode))
    assert isinstance(found, Folder)
    return found


def test_sparse_files_are_filled(opened: Opened, tmp_path: Path) -> None:
    """As GNU tar writes them: a hole of 1 MiB, then data."""
    header = tarfile.TarInfo("hole")
    header.type, header.size = tarfile.GNUTYPE_SPARSE, 3
    block = bytearray(header.tobuf(tarfile.GNU_FORMAT))
    block[386:410] = b"%011o\0%011o\0" % (1 << 20, 3)
    block[483:495] = b"%011o\0" % ((1 << 20) + 3)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    data = bytes(block) + b"end".ljust(512, b"\0") + bytes(1024)

    assert held(opened(data)) == {"hole": bytes(1 << 20) + b"end"}
    assert isinstance(opened(data, size=1 << 19, small=1 << 19), Problem)


# ---- what is refused -----------------------------------------------------------------------------

HARM = {
    "up": (tar(plain("../a")), "`../a` leads out of the folder with `..`"),
    "up inside": (tar(plain("a/../../b")), "`a/../../b` leads out of the folder with `..`"),
    "absolute": (tar(plain("/etc/passwd")), "`/etc/passwd` is an absolute path"),
    "link up": (
        tar(plain("a"), link("l", "../b")),
        "the link `l` leads out of the folder, to `../b`",
    ),
    "absolute link": (
        tar(plain("a"), link("l", "/etc/passwd")),
        "the link `l` leads out of the folder, to `/etc/passwd`",
    ),
    "link by another link": (
        tar(plain("d/e/f"), link("here", "d"), link("l", "here/../..")),
        "the link `l` leads out of the folder, to `here/../..`",
    ),
    "link by a link to here": (
        tar(plain("d/f"), link("here", "."), link("l", "here/here/..")),
        "the link `l` leads out of the folder, to `here/here/..`",
    ),
    "file behind a link": (
        tar(link("l", "d"), plain("l/a"), plain("d/x")),
        "the archive holds `l/a` twice",
    ),
    "link in the place of a folder": (
        tar(plain("l/a"), link("l", "d")),
        "the archive holds `l` twice",
    ),
    "hard link out": (
        tar(("h", tarfile.LNKTYPE, "/etc/passwd")),
        "`/etc/passwd` is an absolute path",
    ),
    "hard link to nothing": (
        tar(("h", tarfile.LNKTYPE, "a"), plain("a")),
        "`h` is a hard link to `a`, which is no file before it",
    ),
    "device": (
        tar(("null", tarfile.CHRTYPE, b"")),
        "`null` in the archive is a device, a pipe or the like",
    ),
    "pipe": (
        tar(("wait", tarfile.FIFOTYPE, b"")),
        "`wait` in the archive is a device, a pipe or the like",
    ),
    "twice": (tar(plain("a", b"1"), plain("a", b"2")), "the archive holds `a` twice"),
    "deep": (tar(plain("a/" * 300 + "b")), "`a/a/a/…` lies in more than 200 folders"),
    "empty": (tar(), "the archive is empty"),
    "empty zip": (zipped(), "the archive is empty"),
    "up in a zip": (
        zipped(("../a", b"", 0)),
        "`../a` leads out of the folder with `..`",
    ),
    "twice in a zip": (
        zipped(("a", b"1", 0), ("b", b"2", 0)).replace(b"b", b"a"),
        "the archive holds `a` twice",
    ),
    "device in a zip": (
        zipped(("null", b"", stat.S_IFCHR | 0o666)),
        "`null` in the archive is a device, a pipe or the like",
    ),
    "terminal codes": (
        tar(plain("../\x1b[2J")),
        "`../\\x1b[2J` leads out of the folder with `..`",
    ),
}


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_harm_is_refused(opened: Opened, harm: str) -> None:
    data, message = HARM[harm]

    found = opened(data, 0)

    assert isinstance(found, Problem)
    assert found.message == message


def test_links_in_a_loop_lead_nowhere(opened: Opened) -> None:
    data = tar(link("a", "b"), link("b", "a"), link("c", "c/../.."))

    assert held(opened(data)).keys() == {"a", "b", "c"}


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz", "zstd"])
def test_one_that_breaks_off(opened: Opened, packing: str) -> None:
    found = opened(PACKED[packing][:-5])

    assert isinstance(found, Problem)
    assert found.message in {
        "the archive breaks off in the middle",
        "this is not an archive that can be read, or a damaged one",
    }


@pytest.mark.parametrize(
    "data", [b"", b"<html>404</html>", b"int main;", b"PK\x03\x04", bytes(512)]
)
def test_what_is_no_archive(opened: Opened, data: bytes) -> None:
    assert isinstance(opened(data), Problem)


ZEROS = bytes(30 << 20)
BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(tar(plain("zeros", ZEROS))),
    "bzip2": lambda: bz2.compress(tar(plain("zeros", ZEROS)), 1),
    "xz": lambda: lzma.compress(tar(plain("zeros", ZEROS)), preset=0),
    "zip": lambda: zipped(("zeros", ZEROS, 0)),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_are_bounded(opened: Opened, kind: str) -> None:
    found = opened(BOMBS[kind](), small=1 << 20)

    assert isinstance(found, Problem)
    assert "unpacks to far too much" in found.message


def test_a_full_disk(tmp_path: Path) -> None:
    """/dev/full is one."""
    (tmp_path / "archive").write_bytes(TAR)
    with open("/dev/full", "wb", buffering=0) as spool:
        found = unpack(str(tmp_path / "archive"), spool)

    assert isinstance(found, Problem)
    assert found.message.endswith("takes no more: no space left on device")


def test_too_many_entries(opened: Opened) -> None:
    data = tar(*(plain(str(number)) for number in range(11)))

    assert isinstance(opened(data, entries=11), Folder)
    assert opened(data, entries=10) == Problem("the archive holds more than 10 entries")


MANY = {**PACKED, "zip": zipped(("a/b", b"data", 0), ("a/c", b"more", 0))}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(MANY)),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=4),
    st.integers(0, 10**6),
)
def test_no_bytes_raise(
    tmp_path_factory: pytest.TempPathFactory, packing: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(MANY[packing])
    for place, value in changes:
        data[place % len(data)] = value
    path = tmp_path_factory.getbasetemp() / "mutated"
    path.write_bytes(data[: len(data) - cut % len(data)])

    with (tmp_path_factory.getbasetemp() / "spool").open("w+b") as spool:
        assert isinstance(unpack(str(path), spool), Folder | Problem)
