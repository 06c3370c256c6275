"""A commit of a git repository, as a tree of the very bytes that were committed.

Not what `git archive` would give, which obeys `export-ignore`, and not a checkout either, whose
bytes depend on `.gitattributes`: only this has the name that the commit gives its folder.
"""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.sources.folder import read_folder
from envc.sources.growing import Growing
from envc.sources.isolated import Git, said
from envc.sources.limits import LIMITS
from envc.sources.modules import MODULE, Part
from envc.sources.nar import nar_digest
from envc.sources.spool import Spooled, take
from envc.sources.tree import File, Folder, Link, NotReadError, Path, parts, shown, walk
from envc.store.urls import shown as shown_url

_PROGRAM = "100755"
_LINK = "120000"
_POINTER = b"version https://git-lfs.github.com/spec/v1\n"
_LONGEST_POINTER = 1024


def commit_of(git: Git, url: str, tag: str) -> str | Problem:
    """The commit that a tag names now."""
    done = git.run("ls-remote", "--tags", "--heads", "--", url)
    if done.returncode:
        return said(done)
    named: dict[str, str] = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        digits, _, name = line.partition("\t")
        named[name] = digits
    found = named.get(f"refs/tags/{tag}^{{}}") or named.get(f"refs/tags/{tag}")
    return found or _no_tag(url, tag, named)


def _no_tag(url: str, tag: str, named: dict[str, str]) -> Problem:
    message = f"`{shown_url(url)}` has no tag `{tag}`"
    if branch := named.get(f"refs/heads/{tag}"):
        advice = f'it has a branch of that name, which moves: write `commit "{branch}"`'
        return Problem(message, advice)
    prefix = "refs/tags/"
    tags = [name.removeprefix(prefix) for name in named if name.startswith(prefix)]
    near = close(tag, [name for name in tags if not name.endswith("^{}")])
    return Problem(message, f"did you mean {listed(near)}?" if near else "")


def bring(git: Git, url: str, commit: str, tag: str) -> Problem | None:
    """The commit alone where the server hands it out, else all that leads to it."""
    shallow = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1", "--", url)
    whole = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", url)
    tries: list[tuple[str, ...]] = [(*shallow, commit)]
    if tag:
        tries.append((*shallow, f"+refs/tags/{tag}:refs/envc/tag"))
    tries.append((*whole, "+refs/*:refs/envc/*"))
    for words in tries:
        done = git.run(*words)
        if _is_commit(git, commit):
            return None
    if done.returncode:
        return said(done)
    return Problem(f"`{shown_url(url)}` has no commit {commit}")


def _is_commit(git: Git, commit: str) -> bool:
    return git.run("cat-file", "-t", commit).stdout == b"commit\n"


def tree(git: Git, parts: Sequence[Part], spool: IO[bytes]) -> Folder | Problem:
    """The commit, with its submodules in their places."""
    entries: list[_Entry] = []
    for part in parts:
        done = git.run("ls-tree", "-r", "-z", "--full-tree", part.commit)
        if done.returncode:
            return said(done)
        lines = (line for line in done.stdout.split(b"\0") if line)
        entries += (_entry(line, part.inside) for line in lines)
    entries = [each for each in entries if each.mode != MODULE]
    try:
        return _tree(entries, _contents(git, [entry.digits for entry in entries], spool))
    except NotReadError as error:
        return error.problem


def checked_out(git: Git, parts: Sequence[Part], folder: Folder) -> str | Problem:
    """The NAR hash of what git checks out, which is what Guix has: attributes may change bytes."""
    if not any(path[-1] == b".gitattributes" for path, _ in walk(folder)):
        return nar_digest(folder)
    with tempfile.TemporaryDirectory(prefix="envc-") as work:
        for part in parts:
            place = os.path.join(os.fsencode(work), part.inside)
            os.makedirs(place, exist_ok=True)
            for words in (("read-tree", part.commit), ("checkout-index", "--all", "--quiet")):
                more = {"GIT_WORK_TREE": os.fsdecode(place), "GIT_LFS_SKIP_SMUDGE": "1"}
                done = git.run(*words, **more)
                if done.returncode:
                    return said(done)
        found = read_folder(work)
        return found if isinstance(found, Problem) else nar_digest(found)


def pointers(folder: Folder) -> list[str]:
    """The files of which Git LFS committed only where they are."""
    files = ((path, node) for path, node in walk(folder) if isinstance(node, File))
    return [
        shown(path)
        for path, node in files
        if node.content.size < _LONGEST_POINTER
        and b"".join(node.content.chunks()).startswith(_POINTER)
    ]


class _Entry(NamedTuple):
    mode: str
    digits: str
    name: bytes


def _entry(line: bytes, inside: bytes) -> _Entry:
    facts, _, name = line.partition(b"\t")
    mode, _, digits = facts.decode("ascii").split()
    return _Entry(mode, digits, inside + name)


def _tree(entries: Sequence[_Entry], contents: Iterator[Spooled]) -> Folder:
    growing = Growing()
    for entry, content in zip(entries, contents, strict=True):
        path = _path(entry.name)
        if entry.mode == _LINK:
            node: File | Link = Link(b"".join(content.chunks()))
        else:
            node = File(content, entry.mode == _PROGRAM)
        if problem := growing.add(path, node):
            raise NotReadError(problem)
    return growing.folder()


def _path(name: bytes) -> Path:
    path = parts(name)
    if isinstance(path, Problem):
        raise NotReadError(path)
    if any(part.lower() == b".git" for part in path):
        raise NotReadError(Problem(f"`{shown(path)}` cannot be in a git repository"))
    return path


def _contents(git: Git, wanted: Sequence[str], spool: IO[bytes]) -> Iterator[Spooled]:
    """Asks one `git cat-file` for all of them; the questions are a file, so nobody waits."""
    with tempfile.TemporaryFile() as questions:
        questions.write("".join(f"{digits}\n" for digits in wanted).encode("ascii"))
        questions.seek(0)
        with subprocess.Popen(  # noqa: S603 - words, no shell
            git.words("cat-file", "--batch"),
            env=git.environ(),
            cwd=git.folder,
            stdin=questions,
            stdout=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None  # noqa: S101 - asked for above
            budget = LIMITS.of(LIMITS.size)
            for digits in wanted:
                size = _answered(process.stdout, digits)
                budget.spend(size)
                yield _copied(process.stdout, size, spool)


def _answered(stream: IO[bytes], digits: str) -> int:
    words = stream.readline().decode("ascii", "replace").split()
    if len(words) != 3 or words[0] != digits:
        raise NotReadError(Problem(f"the repository lacks its object {digits}"))
    return int(words[2])


def _copied(stream: IO[bytes], size: int, spool: IO[bytes]) -> Spooled:
    try:
        found = take(spool, stream.read, size)
    except EOFError as error:
        raise NotReadError(Problem("git stopped in the middle of a file")) from error
    stream.read(1)  # the line end behind each
    return found
