"""A plan with one of everything in it, and the lock that it is made from."""

from dataclasses import replace

from envc.lock.model import (
    Lock,
    LockedArchive,
    LockedComponent,
    LockedDeb,
    LockedEnvironment,
    LockedOutput,
    LockedSource,
    LockedWheel,
)
from envc.plan.model import Input, Plan, Root
from tests.compile import plans

SNAPSHOT = "20260101T000000Z"
LATER = "20260201T000000Z"


def deb(name: str, *depends: str, version: str = "1.0-1", origin: str = "") -> LockedDeb:
    made = plans.deb(name, version)
    return replace(made, depends=depends, source=f"{name}=1.0", origin=origin or "debian/trixie")


LIBC = deb("libc6", "libgcc-s1", version="2.41-12")
LIBGCC = deb("libgcc-s1", "libc6")
"""A ring."""
WAVES = deb("libwaves3", "libc6", version="1:3.1+dfsg~rc1-2", origin=f"debian/trixie+{LATER}")
WAVES_DEV = deb("libwaves-dev", "libwaves3")
GCC = deb("g++-14", "libc6")
SQUASHFS = deb("squashfs-tools", "libc6")

_ICE = Input(
    "ice-2.0.tar.gz", "1" * 64, 10, "git", ("https://example.org/ice.git",), commit="a" * 40
)
_PINT = Input("Pint-0.24-py3-none-any.whl", "2" * 64, 10, "pypi", ("https://example.org/p.whl",))
_FLEX = Input("flex_x-1.0-py3-none-any.whl", "3" * 64, 10, "pypi", ("https://example.org/f.whl",))
RECIPES = (
    replace(plans.RECIPE, name="pypi-flex-x", license="", homepage="", source=_FLEX, patches=()),
    replace(plans.RECIPE, name="pypi-pint", license="", homepage="", source=_PINT, patches=()),
    replace(plans.RECIPE, name="ice", version="2.0", license="", source=_ICE, patches=()),
    plans.RECIPE,
)
PLAN: Plan = replace(
    plans.PLAN,
    recipes=RECIPES,
    build=Root((LIBC, LIBGCC, GCC, WAVES, WAVES_DEV)),
    run=Root((LIBC, LIBGCC, WAVES)),
    tools_root=Root((LIBC, LIBGCC, SQUASHFS)),
)


def _wheel(file: Input, name: str, version: str, *depends: str) -> LockedWheel:
    return LockedWheel(
        "debian/trixie", name, "all", version, file.file, 10, file.sha256, file.urls, depends
    )


def _source(file: Input, of: str, kind: str, place: str) -> LockedSource:
    swhid = f"swh:1:dir:{file.sha256[:40]}"
    return LockedSource(of, kind, place, of, file.file, 10, file.sha256, swhid, "0" * 64)


assert plans.RECIPE.source is not None
LOCK = Lock(
    "0.2.7",
    "sha256:0",
    archives=(
        LockedArchive("debian/bookworm", SNAPSHOT, f"sha256:{'7' * 64}", ("KEY",)),
        LockedArchive("debian/trixie", SNAPSHOT, f"sha256:{'8' * 64}", ("KEY",)),
        LockedArchive(f"debian/trixie+{LATER}", LATER, f"sha256:{'9' * 64}", ("KEY",)),
    ),
    components=(
        LockedComponent("debian/trixie", "gcc", "14.2", build=("g++-14",)),
        LockedComponent(
            "debian/trixie", "waves", "3.1", ("+mpi",), build=("libwaves-dev",), run=("libwaves3",)
        ),
        LockedComponent("guix", "waves", "3.1", ("+mpi",), build=("squashfs-tools",)),
    ),
    environments=(
        LockedEnvironment(
            "heat@1.0", "debian/trixie", PLAN.choices, "amd64", ("x86_64_v3",),
            ("gcc@14.2", "waves@3.1 +mpi"), ("g++-14",), ("libc6",),
        ),
    ),
    debs=(LIBC, LIBGCC, WAVES, WAVES_DEV, GCC, SQUASHFS),
    wheels=(_wheel(_FLEX, "flex-x", "1.0"), _wheel(_PINT, "pint", "0.24", "flex-x")),
    sources=(
        _source(plans.RECIPE.source, "heat@1.0", "dir", "."),
        _source(_ICE, "ice@2.0", "git", "https://example.org/ice.git@2.0"),
    ),
)  # fmt: skip


def output(kind: str, digit: str, plan: Plan = PLAN) -> LockedOutput:
    digest = f"sha256:{digit * 64}"
    return LockedOutput(plan.app, plan.target, plan.choices, kind, plan.closure, digest, 100)


OUTPUTS = (output("tree", "a"), output("oci", "b"), output("sif", "c"))
