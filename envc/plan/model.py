"""The plan of a build, as values.

What a step means is written here and nowhere else. All steps of a part run in order, each in a
fresh process, as root, without a network, with a umask of 022. A program is started with exactly
the words of its step: no shell reads them. A step that fails ends the build. A variable that is set
is there for all later steps of the plan, and in the finished image if the plan ships it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from envc.lock.model import LockedChannel, LockedDeb, LockedItem
from envc.spec import Place

INPUTS = "/inputs"
"""Where sources and patches lie, as they come."""
SOURCES = "/src"
"""Where sources are unpacked, each in a folder of its component's name."""
BUILD = "/build"
"""Where they are built."""
TOOLS = "/opt/envc/bin"
"""Compilers that add the options of the target; first in the path while something is built."""
WHEELS = "/opt/envc/python"
"""Wheels that only build something, in a Python environment of their own beside the prefix."""

Words = tuple[str, ...]
Variables = tuple[tuple[str, str], ...]


# ---- steps ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unpack:
    """An archive from the inputs, checked by its hash, into a new folder."""

    file: str
    sha256: str
    folder: str
    strip: int | None
    """How many leading names of its paths are dropped; None: the one folder that holds all."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A change from the inputs, checked by its hash, made in a folder."""

    file: str
    sha256: str
    folder: str


@dataclass(frozen=True, slots=True)
class Do:
    """Starts a program."""

    words: Words
    folder: str
    variables: Variables = ()
    """For this step alone."""


@dataclass(frozen=True, slots=True)
class Script:
    """Runs a script of the source with `sh -eu`."""

    path: str
    folder: str


@dataclass(frozen=True, slots=True)
class Install:
    """Copies what a build left into the prefix."""

    files: Words
    folder: str
    into: str


@dataclass(frozen=True, slots=True)
class Write:
    """A file with a text."""

    path: str
    text: str
    mode: int = 0o644


@dataclass(frozen=True, slots=True)
class Set:
    """A variable, from here on."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Link:
    """The same file under other names in its folder."""

    path: str
    names: Words


Step = Unpack | Patch | Do | Script | Install | Write | Link | Set


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that belong together: one component, one cached layer."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A test of the spec: a program, and what its output has to hold."""

    words: Words
    expect: str | None
    place: Place


# ---- what is started -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfJob:
    """What only a job knows: the number within an array, `index`."""

    name: str


RunWord = tuple[str | OfJob, ...]
"""One argument, from parts that stand without a blank between them."""


@dataclass(frozen=True, slots=True)
class Run:
    """A program that the spec names, with its arguments."""

    name: str
    words: tuple[RunWord, ...]
    place: Place


# ---- how a component is built, before it is steps ------------------------------------------------


@dataclass(frozen=True, slots=True)
class Input:
    """A file that is in the store under its hash, and beside the recipes under its name."""

    file: str
    sha256: str
    size: int
    kind: str
    """Of the source: `tar`, `git`, `dir`, `pypi`; or `patch`."""
    urls: Words = ()
    commit: str = ""
    nar: str = ""
    strip: int | None = None
    folder: str = ""
    """The part of the source that is used; empty for all of it."""
    modules: Words = ()
    """Submodules of a git repository, each with its commit behind it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One setting of a build system, with the line that says so."""

    key: str
    value: str
    place: Place


@dataclass(frozen=True, slots=True)
class Compiler:
    """A compiler under the names by which builds call it, with the options that it always gets."""

    name: str
    """As archspec calls it: `gcc`, `clang`."""
    version: str
    language: str
    """`c`, `cxx` or `fortran`."""
    program: str
    """What is started: `/usr/bin/gcc-14`; only `gcc` where the origin has one place for all."""
    called: Words
    """`cc`, `gcc`, `gcc-14`."""
    flags: Words
    """Of the target, then of the profile, then of the spec: of two that contradict, the later one
    counts, and what a build says itself counts last."""
    link: Words
    """Only where something is linked."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One component that is built from its source, for one choice and one target."""

    name: str
    version: str
    summary: str
    license: str
    homepage: str
    source: Input | None
    patches: tuple[Input, ...]
    compilers: tuple[Compiler, ...]
    """With the options of this component's own `flags`."""
    variables: Variables
    """Options of compilers that are told by a variable alone: CUDA's and HIP's."""
    system: str
    """`cmake`, `autotools`, `meson`, `make`, `python` or `shell`."""
    folder: str
    """Of the source, where its build files are; empty for the top."""
    bootstrap: bool
    """Whether `configure` is made first, since the spec asks for Autoconf."""
    options: tuple[Option, ...]
    """The project's own settings: CMake variables, configure options."""
    commands: tuple[Words, ...]
    """Of `build shell`: programs in order; a script stands as `("sh", "-eu", path)`."""
    goals: Words
    """Of `build make`."""
    extras: Words
    """Of `build python`."""
    installed: Words
    """Files that a `make` or `shell` build leaves, to be copied into the prefix."""
    jobs: int
    checks: tuple[Check, ...]
    place: Place
    only_builds: bool = False
    """Whether nothing of it is in the image: a wheel by which others are built."""


@dataclass(frozen=True, slots=True)
class Root:
    """A file system made of packages alone."""

    debs: tuple[LockedDeb, ...]
    """In the order in which they are configured."""


@dataclass(frozen=True, slots=True)
class Base:
    """Somebody's image: its files are in both roots before any package is."""

    reference: str
    """As the spec names it: `debian:13-slim`."""
    name: str
    """Where it is had from, whole and without a tag: `docker.io/library/debian`."""
    digest: str
    """Of its manifest for the machines of the plan's target."""

    def __str__(self) -> str:
        return f"{self.name}@{self.digest}"


# ---- the plan ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """One app for one choice and one target, from the packages of one origin."""

    app: str
    """`heat2d@1.4.0`."""
    name: str
    version: str
    summary: str
    license: str
    homepage: str
    choices: Words
    target: str
    origin: str
    architecture: str
    platform: str
    """In OCI's words: `linux/amd64/v3`."""
    closure: str
    """Digest of everything that the build is made from."""
    epoch: int
    """The one time that everything in the image bears."""
    snapshot: str
    """Of Debian's archive; empty where the origin is another."""
    upgrades: Words
    """Later moments of the archive, which have the packages that were upgraded alone."""
    channels: tuple[LockedChannel, ...]
    """Of Guix."""
    prefix: str
    """Where all that is built is installed: `/opt/heat2d`."""
    compilers: tuple[Compiler, ...]
    """As the app itself gets them."""
    recipes: tuple[Recipe, ...]
    """What is built, dependencies first, the app last."""
    build: Root | None
    """None where the origin is not Debian."""
    run: Root | None
    tools_root: Root | None
    """What makes roots and packs images, and is in none."""
    items: tuple[LockedItem, ...]
    """Of Guix; empty where the origin is another."""
    build_items: Words
    run_items: Words
    """`name@version:output`, each in `items`."""
    variables: Variables
    """Of the finished image."""
    command: Words
    """What the image starts where it is told nothing."""
    runs: tuple[Run, ...]
    labels: Mapping[str, str]
    place: Place
    tools: str = ""
    """The image that fetches and unpacks packages, where it is not the usual one: nothing of it
    reaches what is built."""
    base: Base | None = None
    """What images start from; None where they are made of packages alone."""
    is_environment: bool = False
    """Whether its image is there to be worked in: with the compilers, and no code of the app."""
    image: str = ""
    """What its image is called, told from those of the app's other choices: `heat2d:1.4.0-zen4`."""
