"""Engines as values: what one is asked to build, what it is told, and what came of it."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from envc.engines.packages import Packages
from envc.facts.problem import Problem
from envc.plan.model import Plan, Words

Version = tuple[int, ...]


class Grade(StrEnum):
    """What can be said of two builds of one plan."""

    BIT_FOR_BIT = "bit-for-bit"
    """The files of the image are the same to the last bit, and so is the image itself."""
    INPUT_PINNED = "input-pinned"
    """All that goes in is the same; what comes out was not seen to be, or was seen not to be."""


class Form(StrEnum):
    """What an engine leaves."""

    OCI = "oci"
    """A folder with an OCI image layout."""
    SIF = "sif"
    TREE = "tree"
    """A tar of all files of the image, and nothing else: no command, no variables."""
    PACK = "pack"
    """What `docker load` reads."""


@dataclass(frozen=True, slots=True)
class Missing(Problem):
    """It is not here at all."""


class Found(NamedTuple):
    """A program that is here and answers."""

    program: str
    """Its path."""
    version: str
    """`1.28.2`."""


@dataclass(frozen=True, slots=True)
class Job:
    """One plan to build."""

    folder: str
    """What `envc compile` wrote for it."""
    plan: Plan
    out: str
    """What is made, a folder or a file; it is not there yet."""
    work: str
    """A folder for what is of no use afterwards."""
    log: str
    """The file to which everything goes that the engine says."""
    packages: Packages
    mirror: str
    """The address under which these are served on this machine."""
    fresh: bool = False
    """Whether nothing of an earlier build may be used."""
    runs_here: bool = True
    """Whether this machine has what the target asks for, so that tests can be run."""


@dataclass(frozen=True, slots=True)
class Command:
    """A program to start."""

    words: Words
    folder: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Over those of whoever called envc."""
    without: Words = ()
    """Variables that it must not see."""


class Image(NamedTuple):
    """One that an engine is to know."""

    path: str
    name: str


class Made(NamedTuple):
    """An image, as the engine left it."""

    engine: str
    version: str
    form: Form
    path: str
    digest: str
    """Of the manifest of an OCI layout, of the bytes of a file."""
    tree: str
    """Of all files of the image, told in one way for all engines: what these are compared by."""
    grade: Grade
    log: str


class Failed(NamedTuple):
    """The engine ended with an error."""

    engine: str
    version: str
    words: Words
    """What was started."""
    code: int
    log: str
    end: str
    """The last lines of the log."""


@dataclass(frozen=True, slots=True)
class Engine(ABC):
    """One program that builds: each is a module with one of these."""

    name: str
    """As people call it: `buildah`."""
    recipe: str
    """The format of `envc compile` that it builds: `dockerfile`."""
    makes: Form
    takes: Form | None
    """What it is given to know an image that another engine made; None: it takes none."""
    oldest: Version
    """Older ones lack something that is needed, or were not tried."""
    measured: tuple[Version, Version] | None
    """The oldest and the newest that were seen to make the same bits twice; None: none was."""

    @abstractmethod
    def found(self) -> Found | Problem:
        """Whether it is here and answers."""

    def prepare(self, job: Job) -> Problem | None:
        """What has to be there before anything is started."""
        del job
        return None

    @abstractmethod
    def build(self, job: Job, found: Found) -> tuple[Command, ...]:
        """What is started, in order, to make `job.out`."""

    def finish(self, job: Job) -> Problem | None:
        """What is left to do when these have ended well."""
        del job
        return None

    def load(self, image: Image, found: Found) -> tuple[Command, ...]:
        """What makes an image, in the form that it takes, known to it under its name."""
        raise ValueError(f"{self.name} at {found.program} takes no {image.name}")
