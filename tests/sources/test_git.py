"""`source git`, with repositories that git itself makes."""

import os
import shutil
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.sources import checkout, isolated
from envc.sources.asking import World
from envc.sources.folder import read_folder
from envc.sources.nar import nar_digest
from envc.sources.resolve import resolve, restore
from envc.sources.resolved import Resolved
from envc.spec import SourceCode
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.sources.conftest import Repository
from tests.sources.trees import mixed, source

pytestmark = pytest.mark.tool("git")


@pytest.fixture
def upstream(tmp_path: Path, git: Repository) -> Path:
    """Two commits; the annotated tag `v1.0` is on the first, the plain tag `v2.0` on the second."""
    folder = tmp_path / "heat2d.git"
    folder.mkdir()
    mixed(str(folder))
    (folder / ".gitattributes").write_text("README export-ignore\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "one")
    git(folder, "tag", "-a", "-m", "first", "v1.0")
    (folder / "new").write_text("new\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "two")
    git(folder, "tag", "v2.0")
    return folder


def at(repository: Path, /, *hashes: str, **more: str) -> SourceCode:
    return source("git", f"file://{repository}", *hashes, **more)


def taken(found: Resolved | Problem) -> Resolved:
    assert isinstance(found, Resolved), found
    return found


def emptied(world: World, folder: Path) -> World:
    """The same world with nothing in the store."""
    folder.mkdir(mode=0o700)
    return replace(world, store=Store(str(folder)))


@pytest.mark.parametrize(("tag", "revision"), [("v1.0", "HEAD~"), ("v2.0", "HEAD")])
def test_a_tag(world: World, upstream: Path, git: Repository, tag: str, revision: str) -> None:
    found = taken(resolve(at(upstream, tag=tag), world))

    assert found.commit == git(upstream, "rev-parse", revision)
    assert found.swhid == f"swh:1:dir:{git(upstream, 'rev-parse', revision + '^{tree}')}"
    assert (found.version, found.file) == (tag, f"heat2d-{tag}.tar")
    assert world.store.verified(found.sha256, found.size) == world.store.find(found.sha256)


def test_a_commit_without_a_tag(world: World, upstream: Path, git: Repository) -> None:
    commit = git(upstream, "rev-parse", "HEAD~")

    assert taken(resolve(at(upstream, commit=commit), world)).commit == commit


def test_nothing_is_lost_of_it(world: World, upstream: Path, tmp_path: Path) -> None:
    """Not what is marked `export-ignore`, which `git archive` would leave out, but .git is."""
    path = world.store.find(taken(resolve(at(upstream, tag="v1.0"), world)).sha256)
    assert path is not None

    with tarfile.open(path, encoding="utf-8", errors="surrogateescape") as archive:
        names = set(archive.getnames())

    assert {"README", "run.sh", "src/link", "src/deep/\udcff\udcfe"} < names
    assert not any(name.startswith(".git/") for name in names)


def test_nar_is_that_of_the_checkout(
    world: World, upstream: Path, git: Repository, tmp_path: Path
) -> None:
    """Whose line ends `.gitattributes` changes, where the bytes of the commit stay."""
    (upstream / ".gitattributes").write_text("*.bat text eol=crlf\n*.txt ident\n")
    (upstream / "run.bat").write_bytes(b"echo\n")
    (upstream / "id.txt").write_bytes(b"$Id$\n")
    git(upstream, "add", "-A")
    git(upstream, "commit", "-q", "-m", "three")
    git(upstream, "tag", "v3.0")
    git(tmp_path, "clone", "-q", str(upstream), "clone")
    subprocess.run(["rm", "-r", str(tmp_path / "clone" / ".git")], check=True)
    cloned = read_folder(str(tmp_path / "clone"))

    found = taken(resolve(at(upstream, tag="v3.0"), world))

    assert not isinstance(cloned, Problem)
    assert (tmp_path / "clone" / "run.bat").read_bytes() == b"echo\r\n"
    assert found.nar == nar_digest(cloned)
    assert found.swhid == f"swh:1:dir:{git(upstream, 'rev-parse', 'HEAD^{tree}')}"


def test_it_is_the_same_whoever_asks(
    world: World, upstream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings, variables and the umask of a user do not matter."""
    before = taken(resolve(at(upstream, tag="v2.0"), world))
    hook = tmp_path / "hooks" / "post-checkout"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hooked\n")
    hook.chmod(0o755)
    (tmp_path / ".gitconfig").write_text(
        "[core]\n autocrlf = true\n symlinks = false\n"
        f" hooksPath = {hook.parent}\n"
        '[url "file:///nowhere/"]\n insteadOf = file://\n'
    )
    for name, value in {
        "HOME": str(tmp_path),
        "GIT_CONFIG_GLOBAL": str(tmp_path / ".gitconfig"),
        "GIT_DIR": str(upstream / ".git"),
        "GIT_WORK_TREE": str(upstream),
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_SSH_COMMAND": f"touch {tmp_path}/hooked",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": f"touch {tmp_path}/hooked",
    }.items():
        monkeypatch.setenv(name, value)
    mask = os.umask(0o077)
    try:
        again = taken(resolve(at(upstream, tag="v2.0"), emptied(world, tmp_path / "new")))
    finally:
        os.umask(mask)

    assert again == before
    assert not (tmp_path / "hooked").exists()


# ---- what was locked -----------------------------------------------------------------------------


def test_the_lock_needs_no_network(world: World, upstream: Path) -> None:
    line = at(upstream, tag="v1.0")
    locked = taken(resolve(line, world))
    offline = replace(world, offline=True)

    assert resolve(line, offline, locked=locked) == locked
    assert resolve(line, offline) == Problem(
        f"`file://{upstream}` is not in the store, and there is no network",
        "run `envc fetch` where there is one",
    )


def test_a_tag_that_moved_does_not_matter(
    world: World, upstream: Path, git: Repository, tmp_path: Path
) -> None:
    """The locked commit is still there, under no name: by its hash."""
    line = at(upstream, tag="v1.0")
    locked = taken(resolve(line, world))
    git(upstream, "tag", "-f", "v1.0", "v2.0")
    elsewhere = emptied(world, tmp_path / "new")

    assert restore(locked, line, elsewhere) is None
    assert elsewhere.store.find(locked.sha256) is not None
    told = checkout.moved(line, locked.commit)
    assert told is not None
    assert told.message == (
        f"the tag `v1.0` was moved: it named {locked.commit} when it was locked, "
        f"and names {git(upstream, 'rev-parse', 'v2.0')}"
    )


def test_a_commit_that_is_gone(
    world: World, upstream: Path, git: Repository, tmp_path: Path
) -> None:
    line = at(upstream, tag="v2.0")
    locked = taken(resolve(line, world))
    git(upstream, "tag", "-f", "v2.0", "v1.0^{}")
    git(upstream, "reset", "-q", "--hard", "v1.0")
    git(upstream, "reflog", "expire", "--expire=now", "--all")
    git(upstream, "gc", "-q", "--prune=now")

    told = restore(locked, line, emptied(world, tmp_path / "new"))

    assert told is not None
    assert told.message.startswith("the tag `v2.0` was moved: ")


def test_a_lock_that_was_edited(world: World, upstream: Path, tmp_path: Path) -> None:
    line = at(upstream, tag="v1.0")
    locked = replace(taken(resolve(line, world)), sha256=f"sha256:{'0' * 64}")

    told = restore(locked, line, emptied(world, tmp_path / "new"))

    assert told is not None
    assert "was made again as sha256:" in told.message


def test_another_tag_in_the_spec_is_resolved(world: World, upstream: Path) -> None:
    locked = taken(resolve(at(upstream, tag="v1.0"), world))

    found = taken(resolve(at(upstream, tag="v2.0"), world, locked=locked))

    assert found.version == "v2.0"
    assert found.commit != locked.commit


# ---- mistakes ------------------------------------------------------------------------------------


def refused(found: Resolved | Problem) -> Problem:
    assert isinstance(found, Problem), found
    return found


def test_a_tag_and_a_commit_that_differ(world: World, upstream: Path, git: Repository) -> None:
    one, two = (git(upstream, "rev-parse", each) for each in ("HEAD~", "HEAD"))

    told = refused(resolve(at(upstream, tag="v1.0", commit=two), world))

    assert told.message == f"the tag `v1.0` names {one}, and the spec says {two}"


@pytest.mark.parametrize(
    ("tag", "message", "advice"),
    [
        ("v1.1", "has no tag `v1.1`", "did you mean `v1.0`"),
        ("main", "has no tag `main`", "it has a branch of that name, which moves"),
        ("--upload-pack=touch", "`--upload-pack=touch` cannot be the name of a tag", ""),
        ("a b", "`a b` cannot be the name of a tag", ""),
        ("../x", "`../x` cannot be the name of a tag", ""),
    ],
)
def test_no_such_tag(world: World, upstream: Path, tag: str, message: str, advice: str) -> None:
    told = refused(resolve(at(upstream, tag=tag), world))

    assert told.message.endswith(message)
    assert told.help.startswith(advice)


def test_no_such_commit(world: World, upstream: Path, git: Repository) -> None:
    tree = git(upstream, "rev-parse", "HEAD^{tree}")

    for digits in ("0" * 40, tree):
        told = refused(resolve(at(upstream, commit=digits), world))
        assert told.message == f"`file://{upstream}` has no commit {digits}"


def test_other_hashes(world: World, upstream: Path, git: Repository) -> None:
    commit, tree = (git(upstream, "rev-parse", each) for each in ("HEAD", "HEAD^{tree}"))
    right = (f"swh:1:rev:{commit};origin=https://example.org", f"swh:1:dir:{tree}")

    assert isinstance(resolve(at(upstream, *right, tag="v2.0"), world), Resolved)
    for wrong in (f"swh:1:rev:{tree}", f"swh:1:dir:{commit}"):
        assert wrong in refused(resolve(at(upstream, wrong, tag="v2.0"), world)).message


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c touch% {folder}/hooked",
        "--upload-pack=touch {folder}/hooked",
        "{folder}",
        "git://localhost/x",
        "ssh://-oProxyCommand=touch%20{folder}/hooked/x",
        "fd::17",
    ],
)
def test_addresses_that_start_programs(world: World, tmp_path: Path, url: str) -> None:
    told = refused(resolve(source("git", url.format(folder=tmp_path), tag="v1"), world))

    assert "is not an address that envc takes a repository from" in told.message
    assert not (tmp_path / "hooked").exists()


def test_mirrors(world: World, upstream: Path, tmp_path: Path) -> None:
    line = SourceCode(
        "git",
        f"file://{tmp_path}/nowhere",
        "",
        (("tag", "v1.0"), ("mirror", f"file://{upstream}")),
        (),
        at(upstream).place,
    )
    found = taken(resolve(line, world))

    assert found.urls == (f"file://{tmp_path}/nowhere", f"file://{upstream}")
    [first] = [refused(resolve(at(tmp_path / "nowhere", tag="v1.0"), world))]
    assert first.message.startswith("git says: fatal: ")


@pytest.fixture
def nested(upstream: Path, git: Repository, tmp_path: Path) -> Path:
    """`v3.0` has a submodule that has one of its own, which changes bytes on the way out."""
    inner, outer = tmp_path / "inner.git", tmp_path / "outer.git"
    for folder in (inner, outer):
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        (folder / "code.c").write_text(f"/* {folder.name} */\n")
    (inner / ".gitattributes").write_text("*.c eol=crlf\n")
    _committed(git, inner)
    _with_module(git, outer, "../inner.git", "deep/inner")
    _with_module(git, upstream, "../outer.git", "lib/outer")
    git(upstream, "tag", "v3.0")
    # What they are later does not count.
    (inner / "code.c").write_text("later\n")
    _committed(git, inner)
    return upstream


def _with_module(git: Repository, folder: Path, url: str, path: str) -> None:
    _committed(git, folder)
    git(folder, "remote", "add", "origin", f"file://{folder}")
    git(folder, "submodule", "--quiet", "add", url, path)
    _committed(git, folder)


def _committed(git: Repository, folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "state")


def test_submodules_come_at_the_commits_that_are_named(
    world: World, nested: Path, git: Repository, tmp_path: Path
) -> None:
    found = taken(resolve(at(nested, tag="v3.0"), world))

    outer = git(nested, "rev-parse", "v3.0:lib/outer")
    inner = git(tmp_path / "outer.git", "rev-parse", "HEAD:deep/inner")
    assert found.modules == (f"lib/outer {outer}", f"lib/outer/deep/inner {inner}")
    # As git itself brings it, which is what Guix has.
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--recurse-submodules", "-b", "v3.0", f"file://{nested}", "clone")
    for path in sorted(clone.rglob(".git")):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    theirs = read_folder(str(clone))
    assert not isinstance(theirs, Problem)
    assert found.nar == nar_digest(theirs)
    assert (clone / "lib/outer/deep/inner/code.c").read_bytes().endswith(b"\r\n")
    packed = world.store.find(found.sha256)
    with tarfile.open(str(packed)) as tar:
        assert tar.extractfile("lib/outer/deep/inner/code.c").read() == b"/* inner.git */\n"  # type: ignore[union-attr]
        assert not any(".git" in name.split("/") for name in tar.getnames())


def test_submodules_are_packed_again(world: World, nested: Path, tmp_path: Path) -> None:
    line = at(nested, tag="v3.0")
    locked = taken(resolve(line, world))
    other = emptied(world, tmp_path / "other")

    assert restore(locked, line, other) is None
    assert other.store.verified(locked.sha256, locked.size) == other.store.find(locked.sha256)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "`.gitmodules` does not say where the submodule `lib/outer` is from"),
        ("ext::sh -c true", "the submodule `lib/outer`: `ext::sh -c true` is not an address that"),
        ("../gone.git", "the submodule `lib/outer`: git says: fatal: "),
    ],
)
def test_a_submodule_that_is_not_to_be_had(
    world: World, nested: Path, git: Repository, url: str, message: str
) -> None:
    words = ("submodule.lib/outer.url", url) if url else ("--unset", "submodule.lib/outer.url")
    git(nested, "config", "--file", ".gitmodules", *words)
    _committed(git, nested)
    git(nested, "tag", "v4.0")

    told = refused(resolve(at(nested, tag="v4.0"), world))

    assert told.message.startswith(message)


def test_pointers_of_lfs_are_told(world: World, upstream: Path, git: Repository) -> None:
    for name in ("a.h5", "b.h5"):
        text = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n"
        (upstream / name).write_text(text)
    git(upstream, "add", "-A")
    git(upstream, "commit", "-q", "-m", "data")
    git(upstream, "tag", "v3.0")
    told: list[str] = []

    class Heard(Silent):
        def tells(self, sentence: str) -> None:
            told.append(sentence)

    taken(resolve(at(upstream, tag="v3.0"), replace(world, show=Heard())))

    assert told == [f"`file://{upstream}` holds pointers of Git LFS, not files: `a.h5` and 1 more"]


@pytest.mark.parametrize("name", [".git/config", "sub/.GIT/hooks/x"])
def test_a_hostile_tree(world: World, upstream: Path, git: Repository, name: str) -> None:
    """Git itself makes no such tree; whoever wants to harm does."""
    blob = git(upstream, "hash-object", "-w", "README")
    tree, kind, mode = blob, "blob", "100644"
    for part in reversed(name.split("/")):
        line = f"{mode} {kind} {tree}\t{part}\n"
        done = subprocess.run(
            ["git", "-c", "safe.directory=*", "mktree"],
            cwd=upstream,
            input=line.encode(),
            capture_output=True,
            check=True,
        )
        tree, kind, mode = done.stdout.decode().strip(), "tree", "040000"
    commit = git(upstream, "commit-tree", "-m", "harm", tree)
    git(upstream, "tag", "harm", commit)

    told = refused(resolve(at(upstream, tag="harm"), world))

    assert "cannot be in a git repository" in told.message or "git says" in told.message


def test_the_folder_that_is_built(world: World, upstream: Path) -> None:
    assert isinstance(resolve(at(upstream, tag="v1.0", folder="src/deep"), world), Resolved)
    told = refused(resolve(at(upstream, tag="v1.0", folder="src/dep"), world))

    assert told == Problem("the source has no folder `src/dep`", "did you mean `src/deep`?")


def test_git_is_missing(
    world: World, upstream: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    told = refused(resolve(at(upstream, tag="v1.0"), world))

    assert told.message == "git is not here, and this source is a git repository"


def test_refusals_of_names() -> None:
    for tag in ("v1.0", "release/1.0", "1.0-rc1", "été"):
        assert isolated.tag_refusal(tag) is None
    for tag in ("", "-x", "a..b", "a.lock", "a:b", "a^{}", "a~1", "a\nb", "/a", "a/"):
        assert isolated.tag_refusal(tag) is not None
