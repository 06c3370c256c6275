"""The words of envc and what each is: what the checker allows, the editor offers, the manual tells.

The grammar says where a word may stand; these tables say which words there are. A block with a
closed vocabulary is a table of `Key`; one whose keys belong to somebody else (CMake's variables,
the environment) is open.
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple


class Shape(Enum):
    """What the words behind a key are, said the way a message says it."""

    TEXT = 'a text in quotes, such as `"…"`'
    NAME = "one name"
    NAMES = "names with commas between them"
    GPU = "a type of GPU, such as `a100`"
    CHOICE = "one of a few words"
    COUNT = "a whole number"
    MEMORY = "an amount of memory, such as `16 GiB`"
    DURATION = "a time, such as `30 min` or `1 h 30 min`"
    YES_NO = "`yes` or `no`"
    COMMAND = "a command in quotes"
    RANGE = "numbers from and to, such as `1..100`"
    TARGETS = "CPU targets with commas between them"
    SIGNAL = "a signal and when, such as `USR1 before 5 min`"
    PATH = "a path in quotes"
    SITE_FACT = "a value, or `required`, or `from target`"
    SITES = "sites with commas between them"
    RUNS = "runs with commas between them"
    FLAGS = "compiler options in quotes"
    FREE = "a value"


class Key(NamedTuple):
    shape: Shape
    about: str
    choices: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    """What the amount may be counted `per`; where there is none, it is a total."""
    repeat: bool = False
    """Whether the key may stand more than once, each adding to the others."""


Keys = Mapping[str, Key]

RUNTIMES: Mapping[str, str] = {
    "apptainer": "Apptainer (formerly Singularity)",
    "singularity": "SingularityCE",
    "podman": "Podman, rootless",
    "docker": "Docker",
    "charliecloud": "Charliecloud",
    "udocker": "udocker",
    "shifter": "Shifter",
    "sarus": "Sarus",
    "guix": "guix shell, no image",
    "none": "no container: what is installed at the site",
}

# ---- run: what a job asks for, no scheduler's word in it ------------------------------------

RUN: Keys = {
    "command": Key(Shape.COMMAND, "The program to start and its arguments, words not shell."),
    "nodes": Key(Shape.COUNT, "How many nodes."),
    "tasks": Key(Shape.COUNT, "How many processes (MPI ranks), in all or per node.", per=("node",)),
    "cpus": Key(Shape.COUNT, "CPU cores for each task.", per=("task", "node")),
    "gpus": Key(Shape.COUNT, "GPUs, in all, per node or per task.", per=("node", "task")),
    "gpu": Key(Shape.GPU, "The type of GPU, such as `a100`."),
    "memory": Key(Shape.MEMORY, "Memory in all, per node or per CPU.", per=("node", "cpu", "task")),
    "walltime": Key(Shape.DURATION, "The longest the job may take."),
    "queue": Key(Shape.NAME, "The queue or partition, where the site leaves a choice."),
    "account": Key(Shape.NAME, "Who pays."),
    "project": Key(Shape.NAME, "The project, where a site asks for one."),
    "qos": Key(Shape.NAME, "Quality of service."),
    "constraint": Key(Shape.NAMES, "Features that every node has to have."),
    "exclusive": Key(Shape.YES_NO, "Whether nodes are shared with other jobs."),
    "array": Key(Shape.RANGE, "Runs the command once for each number; `{index}` is the number."),
    "after": Key(Shape.RUNS, "Runs that have to succeed first."),
    "requeue": Key(Shape.YES_NO, "Whether the job may be started again after a failure."),
    "checkpoint": Key(Shape.SIGNAL, "A signal to save by before the time is up."),
    "input": Key(Shape.PATH, "A file or folder that the job reads.", repeat=True),
    "output": Key(Shape.PATH, "A file or folder that the job leaves.", repeat=True),
    "env": Key(
        Shape.CHOICE, "What the job sees of your environment.", choices=("clean", "inherit")
    ),
    "mail": Key(Shape.TEXT, "Whom to write to."),
    "notify": Key(
        Shape.NAMES, "When to write.", choices=("begin", "end", "fail", "requeue", "all")
    ),
    "workdir": Key(Shape.PATH, "The folder to start in."),
    "launch": Key(
        Shape.CHOICE,
        "How tasks are started: by the program alone, by MPI outside or inside the image.",
        choices=("plain", "mpi_hybrid", "mpi_inside", "openmp"),
    ),
    "runtime": Key(Shape.CHOICE, "What runs the image.", choices=tuple(RUNTIMES)),
}

SCHEDULERS: Mapping[str, str] = {
    "slurm": "Slurm",
    "pbspro": "PBS Professional and OpenPBS",
    "torque": "Torque",
    "sge": "Grid Engine",
    "lsf": "IBM Spectrum LSF",
    "htcondor": "HTCondor",
    "oar": "OAR",
    "flux": "Flux",
    "dirac": "the grid, through DIRAC's JDL",
    "kubernetes": "Kubernetes Job",
    "nomad": "Nomad batch job",
    "compose": "Docker Swarm and Compose",
    "chronos": "Mesos with Chronos",
    "local": "no scheduler: this machine",
}

IMAGES: Mapping[str, str] = {
    "guix": "Guix manifest and channels",
    "dockerfile": "Dockerfile",
    "apptainer": "Apptainer definition",
}

EMITS: Mapping[str, str] = {**IMAGES, **SCHEDULERS}

# ---- sites ----------------------------------------------------------------------------------

SITE: Keys = {
    "summary": Key(Shape.TEXT, "What this place is."),
    "homepage": Key(Shape.TEXT, "Where its users read about it."),
    "runtime": Key(Shape.CHOICE, "What runs images there.", choices=tuple(RUNTIMES)),
    "module": Key(Shape.TEXT, "An environment module to load first.", repeat=True),
    "bind": Key(Shape.PATH, "A folder of the site to show inside images.", repeat=True),
    "scratch": Key(Shape.PATH, "Where jobs write large files."),
    "images": Key(Shape.PATH, "Where images are: a folder of its nodes, or a registry."),
    "login": Key(Shape.TEXT, "The host to submit from, as ssh takes it."),
    "default": Key(Shape.NAME, "The partition used where a run names none."),
    "verified": Key(Shape.TEXT, "What of this file was checked, when and how.", repeat=True),
    "guess": Key(Shape.TEXT, "What of this file was not.", repeat=True),
}

SCHEDULER: Keys = {
    "account": Key(Shape.SITE_FACT, "The account to charge, or `required`."),
    "project": Key(Shape.SITE_FACT, "The project to charge, or `required`."),
    "qos": Key(Shape.SITE_FACT, "The quality of service, or `required`."),
    "queue": Key(Shape.SITE_FACT, "The queue, or `required`."),
    "constraint": Key(Shape.SITE_FACT, "`from target`: nodes carry the target's name as feature."),
    "walltime": Key(Shape.DURATION, "The longest time that any job may ask for."),
    "array": Key(Shape.COUNT, "How many numbers an array may have."),
    "mpi": Key(Shape.CHOICE, "How the scheduler starts MPI.", choices=("pmix", "pmi2", "none")),
    "smp": Key(Shape.NAME, "Grid Engine's parallel environment for one node; else `smp`."),
    "parallel": Key(Shape.NAME, "Grid Engine's parallel environment for several; else `mpi`."),
    "memory": Key(Shape.NAME, "Grid Engine's complex for memory of a slot; else `h_vmem`."),
    "property": Key(
        Shape.NAME,
        "Whose values features are, where none is a property, complex or attribute of its own.",
    ),
    "shared": Key(Shape.YES_NO, "Whether nodes see the folders of the host to submit from."),
}

PARTITION: Keys = {
    "target": Key(Shape.TARGETS, "The CPU of its nodes."),
    "nodes": Key(Shape.COUNT, "How many nodes it has."),
    "cores": Key(Shape.COUNT, "CPU cores of a node."),
    "memory": Key(Shape.MEMORY, "Memory of a node."),
    "gpu": Key(Shape.GPU, "The type of its GPUs."),
    "gpus": Key(Shape.COUNT, "GPUs of a node."),
    "walltime": Key(Shape.DURATION, "The longest a job may take there."),
    "features": Key(Shape.NAMES, "What the scheduler calls its nodes."),
    "queue": Key(Shape.NAME, "The scheduler's name of it, where that differs."),
}

CAMPAIGN: Keys = {
    "summary": Key(Shape.TEXT, "What the campaign is for."),
    "sites": Key(Shape.SITES, "Where it runs."),
    "targets": Key(Shape.TARGETS, "The CPUs to build for."),
    "runs": Key(Shape.RUNS, "Which runs of the applications."),
    "account": Key(Shape.NAME, "Who pays, at sites that ask for an account."),
    "project": Key(Shape.NAME, "The project, at sites that ask for one."),
    "qos": Key(Shape.NAME, "Quality of service, at sites that ask for one."),
    "budget": Key(Shape.DURATION, "CPU time that it may take in all."),
}

# ---- what is built --------------------------------------------------------------------------

FLAGS: Keys = {
    "cflags": Key(Shape.FLAGS, "Options of the C compiler.", repeat=True),
    "cxxflags": Key(Shape.FLAGS, "Options of the C++ compiler.", repeat=True),
    "fflags": Key(Shape.FLAGS, "Options of the Fortran compiler.", repeat=True),
    "cppflags": Key(Shape.FLAGS, "Options of the preprocessor.", repeat=True),
    "cudaflags": Key(Shape.FLAGS, "Options of the CUDA compiler.", repeat=True),
    "hipflags": Key(Shape.FLAGS, "Options of the HIP compiler.", repeat=True),
    "ldflags": Key(Shape.FLAGS, "Options of the linker.", repeat=True),
}

_FOLDER = Key(Shape.PATH, "The folder of the source that holds the build files.")
_JOBS = Key(Shape.COUNT, "How many compilers at once; fixed, so that builds repeat.")

BUILD: Mapping[str, Keys] = {
    "cmake": {"folder": _FOLDER, "jobs": _JOBS},
    "autotools": {"folder": _FOLDER, "jobs": _JOBS},
    "meson": {"folder": _FOLDER, "jobs": _JOBS},
    "make": {
        "folder": _FOLDER,
        "jobs": _JOBS,
        "goal": Key(Shape.NAMES, "What `make` is asked to make."),
        "install": Key(
            Shape.PATH, "A program that the build leaves, to be installed.", repeat=True
        ),
    },
    "python": {
        "folder": _FOLDER,
        "extras": Key(Shape.NAMES, "Optional parts of the distribution to install."),
    },
    "shell": {
        "folder": _FOLDER,
        "run": Key(Shape.COMMAND, "A program and its arguments, words not shell.", repeat=True),
        "script": Key(Shape.PATH, "A script of the source, run by `sh -eu`.", repeat=True),
        "install": Key(Shape.PATH, "A file that the build leaves, to be installed.", repeat=True),
    },
}
OPEN_BUILDS = frozenset({"cmake", "autotools", "meson", "make", "python"})
"""Systems whose other keys are the project's own: CMake variables, make variables …"""

BUILD_ABOUT: Mapping[str, str] = {
    "cmake": "CMake; other keys are cache variables, `-DKEY=value`.",
    "autotools": "configure, make, make install; `enable-x yes` is `--enable-x`.",
    "meson": "Meson; other keys are options, `-DKEY=value`.",
    "make": "make alone; other keys are variables on its command line.",
    "python": "A Python distribution, through its own build backend; other keys are its settings.",
    "shell": "The escape hatch: commands, each a list of words.",
}

FACTS: Keys = {
    "summary": Key(Shape.TEXT, "One line that says what it is."),
    "license": Key(Shape.TEXT, "An SPDX expression, such as `MIT`."),
    "homepage": Key(Shape.TEXT, "Where people read about it."),
    "doi": Key(Shape.TEXT, "Its own DOI.", repeat=True),
    "cite": Key(Shape.TEXT, "The DOI of a paper to cite.", repeat=True),
    "maintainer": Key(Shape.TEXT, "Who answers, with an ORCID behind where known.", repeat=True),
    "keywords": Key(Shape.NAMES, "Words to find it by."),
    "reproducibility": Key(
        Shape.CHOICE,
        "`build`: the same bits from each build. `numeric`: also the same numbers on all targets.",
        choices=("build", "numeric"),
    ),
    "base": Key(Shape.TEXT, "The image that images start from, such as `debian:12`."),
    "prefer": Key(Shape.TARGETS, "Targets by measured speed, the fastest first."),
}

SOURCE_KINDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "git": ("A git repository at a tag or commit.", ("tag", "commit", "mirror", "folder")),
    "tar": ("An archive, checked by its hash.", ("mirror", "folder", "strip")),
    "dir": ("A folder beside the spec.", ("ignore",)),
    "pypi": ("A distribution of the Python Package Index.", ("kind",)),
}
ATTRIBUTES: Keys = {
    "tag": Key(Shape.TEXT, "The tag; the lock holds the commit that it names."),
    "commit": Key(Shape.TEXT, "The full commit, 40 hexadecimal digits."),
    "mirror": Key(Shape.TEXT, "Another address of the same bytes.", repeat=True),
    "folder": Key(Shape.PATH, "The part of the source that is used."),
    "strip": Key(Shape.COUNT, "How many leading folders of names to drop."),
    "ignore": Key(Shape.PATH, "Files to leave out.", repeat=True),
    "kind": Key(Shape.CHOICE, "Which distribution.", choices=("sdist", "wheel")),
}

ROLES: Mapping[str, str] = {
    "build": "while it is built, not in the image",
    "link": "while it is built, and its libraries in the image",
    "run": "in the image, not while it is built",
    "test": "while it is tested",
}
LANGUAGES: Mapping[str, str] = {
    "c": "C compiler",
    "cxx": "C++ compiler",
    "fortran": "Fortran compiler",
    "mpi": "MPI library and launcher",
    "blas": "linear algebra",
    "cuda": "CUDA toolkit",
    "hip": "HIP toolkit",
}
ORIGINS: Mapping[str, str] = {
    "debian": "Debian's packages",
    "guix": "Guix's packages",
    "source": "built from its source",
    "host": "what the site has installed",
    "pypi": "the Python Package Index",
}
PLACEHOLDERS: Mapping[str, str] = {
    "app": "the application's name",
    "version": "its version",
    "target": "the CPU target",
    "nodes": "nodes of the run",
    "tasks": "tasks of the run",
    "cpus": "CPUs of a task",
    "gpus": "GPUs of a node",
    "index": "the number within an array",
    "jobs": "compilers at once",
    "prefix": "where the application is installed",
    "scratch": "the site's scratch folder",
}
"""The closed list of what `{name}` may say in a text."""

DEPRECATED: Mapping[str, str] = {
    "description": "summary",
    "licence": "license",
    "time": "walltime",
    "exec": "command",
    "mem": "memory",
    "doc": "summary",
    "home": "homepage",
    "contact": "maintainer",
    "docker": "dockerfile",
    "singularity_def": "apptainer",
    "pbs": "pbspro",
    "condor": "htcondor",
    "gridengine": "sge",
}
"""Words of drafts and of other tools: told with the word that took their place."""

STATEMENTS: Mapping[str, str] = {
    "envc": "The version of the language, on the first line.",
    "use": "Takes in another spec.",
    "app": "An application to build and run.",
    "package": "A dependency that others can need: how each provider supplies it.",
    "toolchain": "Compilers and MPI, under a name.",
    "targets": "CPUs to be fast on; `targets NAME = …` names a set.",
    "site": "Facts about a place: its scheduler, its CPUs, what runs images there.",
    "campaign": "Many applications at many sites.",
    "source": "Where the code comes from.",
    "patch": "A change to the source, checked by its hash.",
    "variant": "A choice that a user of the spec has.",
    "conflict": "What cannot be chosen together, and why.",
    "needs": "What it depends on.",
    "using": "The toolchain.",
    "build": "How it is built.",
    "flags": "Compiler options beside those of the target.",
    "env": "Variables of the finished environment.",
    "matrix": "The combinations to build.",
    "skip": "A hole in the matrix.",
    "test": "A command that shows that it works.",
    "expect": "What the test's output holds.",
    "run": "A job: what it asks for and what it starts.",
    "emit": "What to compile to.",
    "version": "Versions that a provider has.",
    "provider": "What supplies a package, and under which names.",
    "scheduler": "Who takes jobs at a site, and what it asks for.",
    "partition": "A kind of node at a site.",
    "host": "What a site has installed and images may use.",
    "include": "An application of the campaign.",
    "when": "Holds only for these variants.",
    "on": "Holds only on these CPUs.",
    "for": "What a dependency is for.",
    "from": "Which provider supplies it.",
    "is": "Asks for a variant's choice.",
    "has": "Asks for a feature of the CPU, such as `avx512f`.",
    "vendor": "Asks for the maker of the CPU.",
    "family": "Asks for the CPU's family, such as `aarch64`.",
    "and": "Both hold.",
    "or": "One of them holds.",
    "not": "It does not hold.",
    "default": "What is taken where nothing is chosen.",
}
