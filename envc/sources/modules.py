"""Submodules of a git repository: each at the commit that the repository around it names.

What `git clone --recurse-submodules` brings, out of repositories that `.gitmodules` names, and
again out of theirs.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.sources import isolated
from envc.sources.isolated import Git, said
from envc.sources.tree import shown

MODULE = "160000"
"""The mode of a submodule in the tree that it is in."""
_MOST = 500
"""Each is asked for by itself."""

Bring = Callable[[Git, str, str, str], Problem | None]
"""Fetches a commit from a URL; the last is a tag that may lead to it."""


class Part(NamedTuple):
    inside: bytes
    """Its folder, with a `/` behind it; empty for the repository itself."""
    commit: str

    def __str__(self) -> str:
        return f"{self.inside.decode('utf-8', 'replace').rstrip('/')} {self.commit}"


def parts(git: Git, url: str, commit: str, bring: Bring) -> tuple[Part, ...] | Problem:
    """The commit, which is there, and then the submodules in it, which are brought."""
    found, waiting = [], [(Part(b"", commit), url)]
    while waiting:
        part, where = waiting.pop()
        found.append(part)
        if len(found) + len(waiting) > _MOST:
            return Problem(f"the repository has more than {_MOST} submodules")
        inner = _inside(git, part, where)
        if isinstance(inner, Problem):
            return inner
        for each, its_url in inner:
            problem = isolated.refusal(its_url) or bring(git, its_url, each.commit, "")
            if problem is not None:
                name = shown((each.inside.rstrip(b"/"),))
                return Problem(f"the submodule `{name}`: {problem.message}", problem.help)
            waiting.append((each, its_url))
    return tuple(sorted(found))


def _inside(git: Git, part: Part, url: str) -> list[tuple[Part, str]] | Problem:
    """The submodules right in it, and where each is from."""
    listed = git.run("ls-tree", "-r", "-z", "--full-tree", part.commit)
    if listed.returncode:
        return said(listed)
    named = dict(_modules(listed.stdout))
    if not named:
        return []
    known = _urls(git, part.commit)
    nowhere = sorted(named.keys() - known.keys())
    if nowhere:
        name = shown((part.inside + nowhere[0],))
        return Problem(f"`.gitmodules` does not say where the submodule `{name}` is from")
    return [
        (Part(part.inside + path + b"/", commit), _absolute(known[path], url))
        for path, commit in sorted(named.items())
    ]


def _modules(lines: bytes) -> Iterator[tuple[bytes, str]]:
    for line in lines.split(b"\0"):
        facts, _, path = line.partition(b"\t")
        if facts.startswith(MODULE.encode()):
            yield path, facts.split()[2].decode("ascii")


def _urls(git: Git, commit: str) -> dict[bytes, str]:
    """By the folder; those that say that they are not checked out, too."""
    blob = f"{commit}:.gitmodules"
    done = git.run("config", "--blob", blob, "-z", "--get-regexp", r"^submodule\..*\.(path|url)$")
    facts: dict[str, dict[str, bytes]] = {}
    for line in done.stdout.split(b"\0"):
        key, _, value = line.partition(b"\n")
        name, _, fact = key.decode("utf-8", "surrogateescape").rpartition(".")
        facts.setdefault(name, {})[fact] = value
    return {
        each["path"]: each["url"].decode("utf-8", "replace")
        for each in facts.values()
        if each.keys() >= {"path", "url"}
    }


def _absolute(url: str, around: str) -> str:
    """`../lib.git` is beside the repository around it, as git reads it."""
    if not url.startswith(("./", "../")):
        return url
    base = around.rstrip("/")
    while url.startswith(("./", "../")):
        if url.startswith("../"):
            base = base.rpartition("/")[0]
        url = url.partition("/")[2]
    return f"{base}/{url}"
