"""`source git`: a commit, kept as a tar that envc packs itself."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from envc.facts.problem import Problem
from envc.sources import isolated, modules, repository
from envc.sources.archive import file_name, other_folder
from envc.sources.asking import World, attribute, places, stated
from envc.sources.isolated import Git
from envc.sources.kept import keep, lacks
from envc.sources.modules import Part
from envc.sources.resolved import Resolved
from envc.sources.swhid import directory_id
from envc.sources.tree import Folder
from envc.spec import SourceCode
from envc.store.urls import shown


def resolve(source: SourceCode, world: World, commit: str = "") -> Resolved | Problem:
    """`commit` is the one that is locked; without it, the tag is asked for."""
    if world.offline:
        message = f"`{shown(source.where)}` is not in the store, and there is no network"
        return Problem(message, "run `envc fetch` where there is one")
    answers: list[Problem] = []
    for url in places(source):
        found = _from(url, source, world, commit)
        if isinstance(found, Resolved):
            return found
        answers.append(found)
    return answers[0] if len(answers) == 1 else _nowhere(answers)


def moved(source: SourceCode, commit: str) -> Problem | None:
    """Why a tag does not name the commit that is locked, asked of the repository itself."""
    with _git() as git:
        if isinstance(git, Problem):
            return git
        return _moved(git, source.where, attribute(source, "tag"), commit)


def _nowhere(answers: list[Problem]) -> Problem:
    message = "; ".join(each.message for each in answers)
    return Problem(message, next((each.help for each in answers if each.help), ""))


@contextmanager
def _git() -> Iterator[Git | Problem]:
    with tempfile.TemporaryDirectory(prefix="envc-") as scratch:
        yield isolated.new(scratch)


def _from(url: str, source: SourceCode, world: World, locked: str) -> Resolved | Problem:
    tag = attribute(source, "tag")
    refused = isolated.refusal(url) or (isolated.tag_refusal(tag) if tag else None)
    if refused:
        return refused
    with _git() as git:
        if isinstance(git, Problem):
            return git
        commit = _commit(git, url, source, locked)
        if isinstance(commit, Problem):
            return commit
        if problem := repository.bring(git, url, commit, tag):
            gone = _moved(git, url, tag, commit) if locked and tag else None
            return gone or problem
        parts = modules.parts(git, url, commit, repository.bring)
        if isinstance(parts, Problem):
            return parts
        with tempfile.TemporaryFile(prefix="envc-") as spool:
            folder = repository.tree(git, parts, spool)
            if isinstance(folder, Problem):
                return folder
            return _kept(git, source, world, parts, folder)


def _commit(git: Git, url: str, source: SourceCode, locked: str) -> str | Problem:
    tag, stated_commit = attribute(source, "tag"), attribute(source, "commit")
    if locked:
        return locked
    if not tag:
        return stated_commit
    found = repository.commit_of(git, url, tag)
    if isinstance(found, Problem) or not stated_commit or found == stated_commit:
        return found
    message = f"the tag `{tag}` names {found}, and the spec says {stated_commit}"
    return Problem(message, "tags can be moved; drop the tag, or ask the authors what they changed")


def _moved(git: Git, url: str, tag: str, commit: str) -> Problem | None:
    found = repository.commit_of(git, url, tag)
    if isinstance(found, Problem) or found == commit:
        return found if isinstance(found, Problem) else None
    message = f"the tag `{tag}` was moved: it named {commit} when it was locked, and names {found}"
    return Problem(message, "ask the authors why; `envc lock --upgrade` takes the new commit")


def _kept(
    git: Git, source: SourceCode, world: World, parts: tuple[Part, ...], folder: Folder
) -> Resolved | Problem:
    commit = parts[0].commit
    if problem := _other(source, commit, folder):
        return problem
    nar = repository.checked_out(git, parts, folder)
    if isinstance(nar, Problem):
        return nar
    digest = keep(world.store, folder)
    if isinstance(digest, Problem):
        return digest
    path = world.store.verified(digest)
    if isinstance(path, Problem):
        return path
    if pointers := repository.pointers(folder):
        world.show.tells(_kept_elsewhere(source, pointers))
    tag = attribute(source, "tag")
    name = f"{file_name(source.where).removesuffix('.git')}-{_plain(tag) or commit[:12]}"
    return Resolved(
        kind=source.kind,
        name=name,
        file=f"{name}.tar",
        urls=places(source),
        sha256=digest,
        size=os.stat(path).st_size,
        swhid=directory_id(folder),
        nar=nar,
        commit=commit,
        version=tag,
        modules=tuple(str(each) for each in parts[1:]),
    )


def _kept_elsewhere(source: SourceCode, pointers: list[str]) -> str:
    more = f" and {len(pointers) - 1} more" if len(pointers) > 1 else ""
    return f"`{shown(source.where)}` holds pointers of Git LFS, not files: `{pointers[0]}`{more}"


def _other(source: SourceCode, commit: str, folder: Folder) -> Problem | None:
    revision = stated(source, "swh:1:rev:")
    if revision not in ("", f"swh:1:rev:{commit}"):
        message = f"the commit is {commit}, and the spec says {revision}"
        return Problem(message, "one of the two names another state of the source")
    inner = attribute(source, "folder")
    return other_folder(source, directory_id(folder)) or (lacks(folder, inner) if inner else None)


def _plain(tag: str) -> str:
    return "".join(each if each.isalnum() or each in "+-._" else "-" for each in tag)
