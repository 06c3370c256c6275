"""Specs and their locks in a world without archives: every name is one package of its own."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from envc import library
from envc.check import Checked, check_source
from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.lock import asked as said
from envc.lock.model import (
    Block,
    Lock,
    LockedArchive,
    LockedDeb,
    LockedImage,
    LockedItem,
    LockedPatch,
    LockedSource,
    LockedWheel,
)
from envc.plan.make import Planned, plans
from envc.resolve.environments import Asked, Closed, Closure, Roles
from envc.resolve.make import resolve
from envc.resolve.settle import Settled
from envc.resolve.supply import Root
from envc.resolve.wheels import Place as WheelPlace
from envc.source import Source
from envc.sources.pypi.closure import Root as WheelRoot
from envc.spec import Patch, SourceCode

SNAPSHOT = "20261101T000000Z"
ORIGIN = "debian/trixie"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Closure:
    """Brings a package for each name that is asked for, and the two that every Debian has."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def close(self, asked: Roles, architecture: str, targets: Sequence[str]) -> Closed:
        build, run = (self._blocks(each, architecture) for each in (asked.build, asked.run))
        blocks = tuple(dict.fromkeys((*build.values(), *run.values())))
        tools = () if self._origin == "guix" else tuple(self._blocks((), architecture))
        return Closed(tuple(build), tuple(run), blocks, tools)

    def _blocks(self, asked: Sequence[Asked], architecture: str) -> dict[str, Block]:
        if self._origin == "guix":
            items = sorted({_item(each.root, each.version, architecture) for each in asked})
            return {f"{each.name}@{each.version}": each for each in items}
        names = sorted({"libc6", "dpkg", *(each.root.name for each in asked)})
        debs = (_deb(name, architecture) for name in names)
        return {f"{deb.name}={deb.version}": deb for deb in debs}

    def version(self, roots: Sequence[Root], stated: str, architecture: str) -> str:
        del roots, architecture
        return stated


def _deb(name: str, architecture: str) -> LockedDeb:
    return LockedDeb(
        origin=ORIGIN,
        name=name,
        architecture=architecture,
        version="1.0-1",
        source=f"{name}=1.0-1",
        path=f"pool/main/{name}_1.0-1_{architecture}.deb",
        size=len(name),
        sha256=digest(name),
        depends=() if name == "libc6" else ("libc6",),
    )


def _item(root: Root, version: str, system: str) -> LockedItem:
    return LockedItem("guix", root.name, version or "1.0", root.output, system)


def _wheel(project: str, place: WheelPlace) -> LockedWheel:
    file = f"{project}-1.0-py3-none-any.whl"
    return LockedWheel(place.origin, project, "all", "1.0", file, len(file), digest(file))


class _World:
    def closure(self, origin: str) -> Closure | Problem:
        return _Closure(origin)

    def objections(self, settled: Settled) -> Collection[str]:
        return ()

    def clashes(self, settled: Settled) -> tuple[Diagnostic, ...]:
        return ()

    def wheels(
        self, roots: Sequence[WheelRoot], python: object, place: WheelPlace
    ) -> tuple[LockedWheel, ...] | Problem:
        """One for each project that is asked for, which needs no other."""
        return tuple(_wheel(each.project, place) for each in roots)

    def unfit(
        self, patches: Sequence[LockedPatch], source: LockedSource, code: SourceCode
    ) -> tuple[int, Problem] | None:
        return None

    def locked(self) -> Iterable[Block]:
        return (LockedArchive(ORIGIN, SNAPSHOT, "sha256:0", ("KEY",)),)

    def source(self, code: SourceCode, of: str, pythons: object) -> LockedSource | Problem:
        remade = code.kind in ("dir", "git")
        file = "source.tar" if remade else code.where.rpartition("/")[2]
        if code.kind == "pypi":
            file = f"{code.where}-1.0-py3-none-any.whl"
        return LockedSource(
            of=of, kind=code.kind, place=said.code(code), name=file, file=file, size=1,
            sha256=digest(code.where), swhid="swh:1:dir:0", nar=digest("nar"), urls=(code.where,),
        )  # fmt: skip

    def patch(self, patch: Patch, of: str) -> LockedPatch | Problem:
        return LockedPatch(of, said.change(patch), 1, digest(patch.path))

    def image(self, reference: str) -> LockedImage | Problem:
        return LockedImage(reference, "sha256:0", ("linux/amd64 sha256:0",))


class Locked(NamedTuple):
    checked: Checked
    lock: Lock

    def planned(self, *targets: str) -> Planned:
        return plans(self.checked, self.lock, library.standard(), targets)


def locked(text: str) -> Locked:
    """Of a spec that has no mistakes."""
    checked = check_source(Source("heat.envc", f"envc 1\n\n{text}\n"))
    assert checked.is_good, [each.message for each in checked.diagnostics]
    found = resolve(checked, library.standard(), _World(), None)
    assert not found.diagnostics, [each.message for each in found.diagnostics]
    return Locked(checked, found.lock)


BUILDERS = ("cmake", "make", "meson", "ninja", "python-pip")


def needs(*names: str) -> str:
    """Requests, one a line."""
    return "needs {\n" + "".join(f"  {each}\n" for each in names) + "}"


def app(body: str, *requests: str, emit: str = "dockerfile", builders: bool = True) -> Locked:
    """With C and C++ compilers, a source, and most programs that build."""
    builds = (f"{each} for build" for each in BUILDERS) if builders else ()
    source = "" if "source" in body else 'source dir "."'
    asked = needs("gcc@14", *builds, *requests)
    return locked(f"app heat@1.2 {{\n{source}\n{asked}\n{body}\nemit {emit}\n}}")
