"""A job, as values: one run of an app, for one choice of its variants, at one place.

All amounts are whole numbers of one unit (nodes, tasks, CPUs, seconds, MiB), rounded up where the
spec's unit is a smaller one. No scheduler's word stands here, nor anything of a shell.

What it means, everywhere: the program is started once for each task, with exactly the words of the
command, in the working directory, in the image of the best target that its nodes run. For an array,
all of this happens once for each number. The job's exit code is the program's.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from envc.facts.command import CommandWord
from envc.spec import Place

Words = tuple[str, ...]
T = TypeVar("T")

# What a job tells its program and its own script; `{index}` of a command is `$ENVC_INDEX`. They are
# right inside and outside of arrays: outside, the index is 0 and the step is whole.
INDEX = "ENVC_INDEX"
JOB = "ENVC_JOB"
NODES = "ENVC_NODES"
TASKS = "ENVC_TASKS"
CPUS = "ENVC_CPUS"
GPUS = "ENVC_GPUS"
TARGET = "ENVC_TARGET"
SCRATCH = "ENVC_SCRATCH"
IMAGES = "ENVC_IMAGES"


class Said(NamedTuple, Generic[T]):
    """A value, and the line that says so: of the run, or of the site that has it as its usual."""

    value: T
    place: Place


class Per(Enum):
    """What an amount is counted for."""

    JOB = "job"
    NODE = "node"
    TASK = "task"
    CPU = "cpu"


class Launch(Enum):
    """How tasks are started."""

    PLAIN = "plain"
    """One task, or tasks that know nothing of each other."""
    OPENMP = "openmp"
    """One task with as many threads as it has CPUs."""
    MPI_HYBRID = "mpi_hybrid"
    """The site's MPI starts the tasks, each in an image with an MPI of its own."""
    MPI_INSIDE = "mpi_inside"
    """The image's MPI starts the tasks within one container: one node."""


class Environment(Enum):
    CLEAN = "clean"
    INHERIT = "inherit"


class Event(Enum):
    BEGIN = "begin"
    END = "end"
    FAIL = "fail"
    REQUEUE = "requeue"


@dataclass(frozen=True, slots=True)
class Amount:
    """MiB of memory, or GPUs."""

    count: int
    per: Per


@dataclass(frozen=True, slots=True)
class Array:
    """The numbers `start`, `start + step`, … up to `stop`, which may be one of them."""

    start: int
    stop: int
    step: int
    limit: int | None
    """How many of them may run at once."""

    @property
    def numbers(self) -> range:
        return range(self.start, self.stop + 1, self.step)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    signal: str
    """`USR1`."""
    before: int
    """Seconds before the time is up."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How much of a machine, in numbers that agree with each other."""

    nodes: int
    tasks: int
    """In all."""
    tasks_per_node: int
    """On the fullest node."""
    cpus_per_task: int
    memory_per_node: int | None
    """MiB, whatever it was said per."""
    gpus_per_node: int

    @property
    def is_even(self) -> bool:
        return self.tasks == self.nodes * self.tasks_per_node

    @property
    def cpus_per_node(self) -> int:
        return self.tasks_per_node * self.cpus_per_task


@dataclass(frozen=True, slots=True)
class Image:
    """What is run on nodes of one CPU target."""

    target: str
    file: str
    """`heat2d-1.4.0-x86_64_v3.sif`, in the folder of images."""
    reference: str
    """`registry.example.org/heat2d:1.4.0-x86_64_v3`, or without a registry where none is known."""
    closure: str
    digest: str
    """Of the OCI image, `sha256:…`; empty where the lock has none recorded."""
    platform: str


@dataclass(frozen=True, slots=True)
class Node:
    """A kind of node that the site has: its partition. Numbers are 0 where nothing is known."""

    name: str
    targets: Words
    queue: str
    """As the scheduler calls it; empty where jobs go without one."""
    features: Words
    nodes: int
    cores: int
    memory: int
    """MiB of a node."""
    gpu: str
    gpus: int
    walltime: int
    place: Place


@dataclass(frozen=True, slots=True)
class Mpi:
    """An MPI library: of the image by the lock, of the site by its `host` line."""

    family: str
    """`openmpi` or `mpich`."""
    version: str
    path: str
    """Where the site has it; empty for the image's."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a job: a site of the spec, or the usual settings of a scheduler alone."""

    site: str
    """Empty where a scheduler is named and no site."""
    scheduler: str
    summary: str
    node: Node | None
    """None where nothing is known of its nodes."""
    features: Words
    """That each node of the job must show, the target's own name where the site tells so."""
    modules: Words
    binds: Words
    scratch: str
    login: str
    images: str
    """A folder, or a registry; empty for the usual folder."""
    array: int
    """How many numbers an array may have there; 0 where nothing is known."""
    mpi: Mpi | None
    pmi: str
    """How its launcher speaks to MPI: `pmix`, `pmi2`, `none`, or empty where that is not said."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else the site says of its scheduler, such as a parallel environment."""

    def fact(self, key: str) -> str:
        """Empty where the site does not say it."""
        return dict(self.facts).get(key, "")


@dataclass(frozen=True, slots=True)
class Job:
    app: str
    """`heat2d@1.4.0`."""
    name: str
    """Of the app: `heat2d`."""
    version: str
    choices: Words
    run: str
    """Of the run: `demo`."""
    spec: str
    """The name of the spec's file."""
    lock: str
    """Digest of the lock, `sha256:…`."""
    place: Place
    where: Where
    command: Said[tuple[CommandWord, ...]]
    """Placeholders that only the running job knows are still in it: `index`, `target`, `scratch`,
    and where the scheduler decides, `nodes`."""
    prefix: str
    """Where the app is installed in its image: `/opt/heat2d`."""
    variables: tuple[tuple[str, str], ...]
    """Of the finished image: a run without a container sets them itself."""
    images: tuple[Image, ...]
    """The best for the site's nodes first; only such as some of them run."""
    preferred: Words
    """Targets by measured speed, the fastest first, as the app says."""
    is_chosen: bool
    """Whether the nodes' CPU is known to be that of the first image: nothing is asked there."""
    launch: Launch
    runtime: str
    mpi: Mpi | None
    """Of the image."""
    shape: Shape

    # What was asked for as it was asked; None where nothing was. Only what is here may be told in
    # a scheduler's words: the rest of `shape` follows from it.
    nodes: Said[int] | None = None
    tasks: Said[Amount] | None = None
    cpus: Said[Amount] | None = None
    gpus: Said[Amount] | None = None
    gpu: Said[str] | None = None
    memory: Said[Amount] | None = None
    walltime: Said[int] | None = None
    queue: Said[str] | None = None
    account: Said[str] | None = None
    project: Said[str] | None = None
    qos: Said[str] | None = None
    constraint: Said[Words] | None = None
    exclusive: Said[bool] | None = None
    array: Said[Array] | None = None
    after: Said[Words] | None = None
    """Names of runs of the same app that have to succeed first."""
    requeue: Said[bool] | None = None
    checkpoint: Said[Checkpoint] | None = None
    inputs: tuple[Said[str], ...] = ()
    outputs: tuple[Said[str], ...] = ()
    environment: Said[Environment] | None = None
    mail: Said[str] | None = None
    notify: Said[tuple[Event, ...]] | None = None
    workdir: Said[str] | None = None
    launched: Said[Launch] | None = None
    """Where the spec says how; `launch` is always there."""


FIELDS: Words = (
    "nodes",
    "tasks",
    "cpus",
    "gpus",
    "gpu",
    "memory",
    "walltime",
    "queue",
    "account",
    "project",
    "qos",
    "constraint",
    "exclusive",
    "array",
    "after",
    "requeue",
    "checkpoint",
    "inputs",
    "outputs",
    "environment",
    "mail",
    "notify",
    "workdir",
    "launched",
)
"""What a run may ask for: each backend says each of these, or refuses it."""
