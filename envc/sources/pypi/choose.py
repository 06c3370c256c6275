"""Of all the files of a project, the one that is meant."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from envc.facts import versions
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.sources.pypi.index import Listed
from envc.sources.pypi.names import normalised
from envc.sources.pypi.wheels import Interpreter, ranks


class Chosen(NamedTuple):
    version: str
    file: Listed


class Candidate(NamedTuple):
    version: str
    kind: str
    rank: tuple[int, ...]
    """The smallest is the best of its version."""
    file: Listed


def choose(
    project: str,
    wanted: str,
    kind: str,
    files: Iterable[Listed],
    python: Interpreter | None = None,
) -> Chosen | Problem:
    """The newest version in the range that has a file of this kind, and the best such file."""
    allowed = versions.read_range(wanted)
    if isinstance(allowed, Problem):
        return allowed
    offered = list(candidates(project, files, python))
    inside = [each for each in offered if _lies_in(each, allowed)]
    usable = [each for each in inside if each.kind == kind]
    newest = versions.newest(allowed, _readable(each.version for each in usable))
    if newest is None:
        if inside:
            return _other_kind(project, wanted, kind)
        return _no_version(project, wanted, offered, python)
    best = min(
        (each for each in usable if each.version == newest.text),
        key=lambda each: (*each.rank, each.file.name),
    )
    return Chosen(best.version, best.file)


def fits(
    project: str, wanted: str, kind: str, file: Listed, python: Interpreter | None = None
) -> bool:
    """Whether a file could be chosen, were it the only one."""
    return isinstance(choose(project, wanted, kind, (file,), python), Chosen)


def candidates(
    project: str, files: Iterable[Listed], python: Interpreter | None
) -> Iterator[Candidate]:
    """The files that this Python can use."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    for file in (each for each in files if _begins(each.name, project)):
        try:
            meant = python is None or SpecifierSet(file.python).contains(python.version, True)
        except InvalidSpecifier:
            meant = True  # as pip does: old files hold nonsense here
        found = _candidate(file, python) if meant else None
        if found is not None:
            yield found


def _candidate(file: Listed, python: Interpreter | None) -> Candidate | None:
    """None for what is neither a wheel for this Python nor the source of a release."""
    from packaging.utils import (
        InvalidSdistFilename,
        InvalidWheelFilename,
        parse_sdist_filename,
        parse_wheel_filename,
    )

    try:
        if file.name.endswith(".whl"):
            _, _, build, tags = parse_wheel_filename(file.name)
            known = {} if python is None else ranks(python)
            fitting = [known[tag] for tag in tags if tag in known]
            if not fitting:
                return None
            rank = (min(fitting), -build[0] if build else 0)
            return Candidate(_version_in(file.name), "wheel", rank, file)
        parse_sdist_filename(file.name)
    except (InvalidWheelFilename, InvalidSdistFilename):
        return None
    return Candidate(_version_in(file.name), "sdist", (file.name.endswith(".zip"),), file)


def _version_in(name: str) -> str:
    """As the file's name spells it."""
    if name.endswith(".whl"):
        return name.split("-")[1]
    bare = name.removesuffix(".zip").removesuffix(".tar.gz")
    return bare.rpartition("-")[2]


def _begins(name: str, project: str) -> bool:
    head = name.partition("-")[0] if name.endswith(".whl") else name.rpartition("-")[0]
    return normalised(head) == normalised(project)


def _lies_in(candidate: Candidate, allowed: versions.Range) -> bool:
    only_one = allowed.exact and allowed.low == allowed.high
    if candidate.file.yanked and not only_one:
        return False
    found = versions.version(candidate.version)
    return isinstance(found, versions.Version) and versions.matches(allowed, found)


def _readable(numbers: Iterable[str]) -> Iterator[versions.Version]:
    for number in numbers:
        found = versions.version(number)
        if isinstance(found, versions.Version):
            yield found


def _other_kind(project: str, wanted: str, kind: str) -> Problem:
    other = "wheel" if kind == "sdist" else "sdist"
    advice = f'it has the other kind: write `kind "{other}"`'
    return Problem(f"{project}@{wanted} has no {kind} that can be used", advice)


def _no_version(
    project: str, wanted: str, usable: Iterable[Candidate], python: Interpreter | None
) -> Problem:
    behind = f" for {python}" if python is not None else ""
    offered = (each.version for each in usable if not each.file.yanked)
    numbers = sorted(set(_readable(offered)))
    if not numbers:
        return Problem(f"{project} has no file{behind}")
    newest = listed([each.text for each in numbers[-3:]], "and")
    return Problem(f"{project} has no version {wanted}{behind}", f"the newest are {newest}")
