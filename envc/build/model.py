"""What a build is asked for and what it leaves, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, NamedTuple, Protocol

from envc.plan.model import Plan, Variables, Words
from envc.spec import Place


class Layer(NamedTuple):
    """A canonical tar, not packed: an object of the store."""

    sha256: str
    size: int
    about: str
    """For people: `what it needs where it runs`."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a verification varies; these are a usual build's."""

    clock: int | None = None
    """Seconds since 1970 when it starts; None: the machine's."""
    host: str = "envc"
    processors: int | None = None
    """How many a step sees; None: all."""
    umask: int = 0o022
    personality: int = 0
    """As `personality(2)` takes it."""
    user: str = "root"
    """What the user with the number 0 is called."""
    variables: Variables = ()
    """For each step, over those of the plan."""
    without: Words = ()
    """Variables of the plan that are not set."""
    bare: bool = False
    """Without what keeps paths, modes and the like out of what is built."""
    foreign: bool = False
    """The locale `zz_ZZ.UTF-8` is there, which sorts and writes numbers as no other does."""
    prefix: str = ""
    """Before the folders in which is built: another path."""
    cpu: str = ""
    """The model that compilers see, as qemu calls it."""
    reversed_files: bool = False
    """Folders list their files in another order."""
    fresh: bool = False
    """Each part is built, whatever is in the cache."""
    roots: bool = False
    """The file systems made of packages are made again too."""


@dataclass(frozen=True, slots=True)
class Built:
    plan: Plan
    layers: tuple[Layer, ...]
    """What it needs where it runs; then what was built, with the entry."""
    log: str
    """The path of what all steps said."""
    compiled: Words
    """Every call of a compiler, a line each."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A step ended with another code than 0."""

    part: str
    step: Words
    """The words of the program; for a step without one, what it is and its file."""
    code: int
    place: Place
    """Of the line of the spec that asked for it."""
    log_end: str
    log: str
    scratch: str
    """What the step left, until the next build."""


class Workshop(Protocol):
    """Runs programs of the locked packages, whatever this machine has itself."""

    def run(
        self,
        words: Words,
        *,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        folders: Mapping[str, str] | None = None,
        variables: Variables = (),
    ) -> int:
        """How it ended. `folders` of this machine are seen under the names that they lead to."""
