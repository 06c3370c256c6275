"""SWHIDs, NAR hashes and canonical tars, against those who defined them."""

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from swh.model.from_disk import Directory

from envc.facts.problem import Problem
from envc.sources import canonical
from envc.sources.folder import read_folder
from envc.sources.nar import nar_digest, nix_base32, serialised
from envc.sources.placed import place
from envc.sources.swhid import content_id, directory_id
from envc.sources.tree import File, Folder, Held, Link, leading_out
from envc.sources.unpack import unpack
from tests.sources.trees import mixed, trees, without_empty_folders

Chroot = Callable[[str, str, str], list[str]]


def packed(tree: Folder) -> bytes:
    file = io.BytesIO()
    canonical.write(tree, file)
    return file.getvalue()


def test_known_names() -> None:
    assert content_id(Held(b"")) == "swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert directory_id(Folder()) == "swh:1:dir:4b825dc642cb6eb9a060e54bf8d69288fbee4904"


def test_folders_are_sorted_as_if_they_ended_with_a_slash() -> None:
    """`a.b`, `a/`, `a0`: by plain names the folder would come first."""
    tree = Folder(
        {b"a": Folder({b"x": File(Held(b""))}), b"a.b": File(Held(b"")), b"a0": Link(b"a")}
    )

    assert directory_id(tree) == "swh:1:dir:bb3bda68ed93a9a03974949f31a3e5c0e347741e"


@settings(max_examples=60, deadline=None)
@given(trees)
def test_swhid_is_that_of_software_heritage(tree: Folder) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        place(tree, scratch)

        oracle = Directory.from_disk(path=os.fsencode(scratch), max_content_length=None)

        assert directory_id(tree) == str(oracle.swhid())
        again = read_folder(scratch)
        assert isinstance(again, Folder)
        assert directory_id(again) == directory_id(tree)
        assert nar_digest(again) == nar_digest(tree)
        assert packed(again) == packed(tree)


@pytest.mark.tool("git")
@settings(max_examples=15, deadline=None)
@given(without_empty_folders)
def test_swhid_is_that_of_git(tree: Folder) -> None:
    with tempfile.TemporaryDirectory() as scratch, tempfile.TemporaryDirectory() as repository:
        place(tree, scratch)
        environ = {**os.environ, "GIT_DIR": repository, "GIT_WORK_TREE": scratch}
        for words in (("init", "-q"), ("add", "--all", "--force")):
            subprocess.run(["git", *words], cwd=scratch, env=environ, check=True)
        found = subprocess.run(
            ["git", "write-tree"], cwd=scratch, env=environ, capture_output=True, check=True
        )

    assert directory_id(tree) == f"swh:1:dir:{found.stdout.decode().strip()}"


def test_nar_of_a_file() -> None:
    """Written down by hand from the figure in the thesis that defines NARs."""
    words = (b"nix-archive-1", b"(", b"type", b"regular", b"contents", b"hello", b")")
    by_hand = b"".join(
        len(word).to_bytes(8, "little") + word + bytes(-len(word) % 8) for word in words
    )

    assert b"".join(serialised(File(Held(b"hello")))) == by_hand


def test_nix_base32() -> None:
    """The hash of nothing, as every Nix and Guix prints it."""
    empty = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

    assert nix_base32(empty) == "0mdqa9w1p6cmli6976v4wi0sw9r4p5prkj7lzfd1877wk11c9c73"


@pytest.mark.slow
@pytest.mark.tool("mmdebstrap")
@pytest.mark.xdist_group("guix")
def test_nar_is_that_of_guix(chroot: Chroot) -> None:
    """Of all that a folder can hold but other names than ASCII, which Guix reads by its locale."""
    words = chroot("guix", "sid", "guix,guile-3.0")
    root = Path(words[1])
    with tempfile.TemporaryDirectory(dir=root / "tmp") as scratch:
        top = os.path.join(scratch, "heat2d")
        mixed(top)
        for name in (b"src/deep/\xff\xfe", b"src/na\xc3\xafve.txt"):
            os.unlink(os.path.join(os.fsencode(top), name))
        os.mkdir(os.path.join(top, "empty"))
        inside = "/" + os.path.relpath(top, root)
        tree = read_folder(top)
        assert isinstance(tree, Folder)
        done = subprocess.run(
            [*words, "guix", "hash", "-rx", inside], capture_output=True, text=True, check=True
        )
        digest = bytes.fromhex(nar_digest(tree).removeprefix("sha256:"))

    assert nix_base32(digest) == done.stdout.strip()


# ---- canonical tars ------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(trees)
def test_a_canonical_tar_is_its_tree(tree: Folder) -> None:
    with tempfile.NamedTemporaryFile() as file, tempfile.TemporaryFile() as spool:
        canonical.write(tree, file)
        file.flush()

        again = unpack(file.name, spool, strip=0)

        if leading_out(tree) or not tree.entries:
            assert isinstance(again, Problem)
        else:
            assert isinstance(again, Folder)
            assert directory_id(again) == directory_id(tree)


@pytest.mark.tool("tar")
def test_gnu_tar_reads_it(tmp_path: Path) -> None:
    mixed(str(tmp_path / "here"))
    long = tmp_path / "here" / ("n" * 150) / ("m" * 120)
    long.mkdir(parents=True)
    (long / "link").symlink_to("k" * 130)
    tree = read_folder(str(tmp_path / "here"))
    assert isinstance(tree, Folder)
    (tmp_path / "there").mkdir()

    subprocess.run(
        ["tar", "-xf", "-", "-C", str(tmp_path / "there")], input=packed(tree), check=True
    )

    again = read_folder(str(tmp_path / "there"))
    assert isinstance(again, Folder)
    assert directory_id(again) == directory_id(tree)


def test_nothing_of_a_machine_is_in_it(tmp_path: Path) -> None:
    """Another time, umask and order of making, and the group's right to write."""
    mixed(str(tmp_path / "here"))
    before = os.umask(0o077)
    try:
        mixed(str(tmp_path / "there"))
    finally:
        os.umask(before)
    os.utime(tmp_path / "there" / "README", (1, 1))
    (tmp_path / "there" / "README").chmod(0o664)
    here, there = (read_folder(str(tmp_path / name)) for name in ("here", "there"))

    assert isinstance(here, Folder)
    assert isinstance(there, Folder)
    assert packed(here) == packed(there)
    with tarfile.open(fileobj=io.BytesIO(packed(here))) as archive:
        assert {each.mtime for each in archive} == {canonical.TIME}


def test_its_bytes_stay(tmp_path: Path) -> None:
    """Locks hold this hash: another one would make every `dir` and `git` source stale."""
    mixed(str(tmp_path / "here"))
    tree = read_folder(str(tmp_path / "here"))
    assert isinstance(tree, Folder)

    found = sha256(packed(tree)).hexdigest()

    assert found == "2db1b34da14dc323d9e4a4e91eb5d2f57068154e1565ddf3938f7fb292cd7059"
