"""Plans made by hand, and a small format that prints them."""

from dataclasses import replace
from typing import Any

from envc.compile.asked import Job
from envc.diagnostics.model import Diagnostic
from envc.lock.model import LockedDeb
from envc.plan.backend import Backend, File
from envc.plan.model import Base, Compiler, Input, OfJob, Plan, Recipe, Root, Run
from envc.source import Source, Span
from envc.spec import Place
from envc.store.content import of_bytes

SPEC = Source("heat.envc", "envc 1\n\napp heat@1.0 {\n}\n")
PLACE = Place(SPEC, Span(8, 21))
CODE = b"the code of heat\n"
CHANGE = b"a change to it\n"
PLATFORMS = {
    "x86_64": "linux/amd64",
    "x86_64_v3": "linux/amd64/v3",
    "x86_64_v4": "linux/amd64/v4",
    "zen4": "linux/amd64/v4",
    "neoverse_v1": "linux/arm64/v8.4",
}


def made_input(name: str, data: bytes, kind: str) -> Input:
    return Input(name, of_bytes(data).digest.removeprefix("sha256:"), len(data), kind)


def deb(name: str, version: str = "1.0-1") -> LockedDeb:
    sha256 = of_bytes(f"{name} {version}".encode()).digest.removeprefix("sha256:")
    path = f"pool/main/{name[0]}/{name}/{name}_{version}_amd64.deb"
    return LockedDeb("debian/trixie", name, "amd64", version, name, path, 1000, sha256)


GCC = Compiler("gcc", "14.2.0", "c", "/usr/bin/gcc-14", ("cc",), ("-march=x86-64-v3",), ())
RECIPE = Recipe(
    name="heat",
    version="1.0",
    summary="Heat",
    license="MIT",
    homepage="https://example.org/heat",
    source=made_input("heat-1.0.tar", CODE, "dir"),
    patches=(made_input("warm.patch", CHANGE, "patch"),),
    compilers=(GCC,),
    variables=(),
    system="cmake",
    folder="",
    bootstrap=False,
    options=(),
    commands=(),
    goals=(),
    extras=(),
    installed=(),
    jobs=0,
    checks=(),
    place=PLACE,
)
PLAN = Plan(
    app="heat@1.0",
    name="heat",
    version="1.0",
    summary="Heat in a plate",
    license="MIT",
    homepage="https://example.org/heat",
    choices=("+mpi", "precision=double"),
    target="x86_64_v3",
    origin="debian/trixie",
    architecture="amd64",
    platform="linux/amd64/v3",
    closure="sha256:" + "c" * 64,
    epoch=1700000000,
    snapshot="20260101T000000Z",
    upgrades=(),
    channels=(),
    prefix="/opt/heat",
    compilers=(GCC,),
    recipes=(RECIPE,),
    build=Root((deb("libc6"), deb("gcc-14"))),
    run=Root((deb("libc6"),)),
    tools_root=Root((deb("libc6"), deb("squashfs-tools"))),
    items=(),
    build_items=(),
    run_items=(),
    variables=(("LC_ALL", "C.UTF-8"),),
    command=("heat",),
    runs=(
        Run("demo", (("heat",), ("--size",), ("4096",)), PLACE),
        Run("scan", (("heat",), ("--seed=", OfJob("index")), (OfJob("tasks"),)), PLACE),
    ),
    labels={"org.envc.closure": "sha256:" + "c" * 64, "org.envc.target": "x86_64_v3"},
    place=PLACE,
)

BASE = Base("debian:13-slim", "docker.io/library/debian", "sha256:" + "b" * 64)


def plan(target: str = "x86_64_v3", **changes: Any) -> Plan:
    return replace(PLAN, target=target, platform=PLATFORMS[target], **changes)


class Toy:
    """A format with a recipe and a program."""

    def __init__(self, name: str, *, refuses: tuple[Diagnostic, ...] = ()) -> None:
        self.name = name
        self._refuses = refuses

    def refusals(self, plan: Plan) -> tuple[Diagnostic, ...]:
        return self._refuses

    def files(self, plan: Plan) -> tuple[File, ...]:
        name = plan.name
        found = (
            File(f"{name}.{self.name}", f"{plan!r}\n", "A recipe.", f"{self.name} build {name}"),
            File(f"{self.name}.sh", "#!/bin/sh\n", "A program.", "", executable=True),
        )
        if plan.build is None:
            return found
        packages = "".join(f"{each.sha256}\n" for each in plan.build.debs)
        return (*found, File("packages-build.txt", packages, "Packages.", ""))


def toy(name: str) -> Backend:
    return Toy(name)


def jobs(*plans: Plan, formats: tuple[str, ...] = ("dockerfile", "apptainer")) -> tuple[Job, ...]:
    return tuple(Job(format_, each) for format_ in formats for each in plans)
