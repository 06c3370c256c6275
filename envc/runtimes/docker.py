"""Docker, and Podman, which takes the same words; both have a container of their own for each task.

Their containers share the network, the processes and the shared memory of the node, by which the
tasks of MPI find each other; without the first process of its own, a program hears signals.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Environment, Job
from envc.runtimes import asked
from envc.runtimes.model import TMP, Runtime, Use, Word
from envc.runtimes.mounted import mounted

_SHARED: tuple[Word, ...] = (("--network=host",), ("--ipc=host",), ("--pid=host",))
_OF_SHELLS = ("_", "OLDPWD", "PWD", "SHLVL")
_NAME = "[A-Za-z_][A-Za-z0-9_]*"


@dataclass(frozen=True, slots=True)
class Container:
    name: str
    gpus: dict[str, tuple[Word, ...]]
    user: str
    """Puts options before `"$@"` by which the program runs as the user who starts it."""
    takes: str = "reference"

    def refusals(self, job: Job) -> tuple[Diagnostic, ...]:
        del job
        return ()

    def line(self, use: Use) -> tuple[Word, ...]:
        start: tuple[Word, ...] = (("sh",), ("-c",), (self._start(use),), (self.name,))
        passed = use.passed if use.environment is Environment.CLEAN else ()
        options = (
            *(("--rm",), ("--pull=never",), *_SHARED, ("--security-opt=label=disable",)),
            *(("--mount=", *mounted(bind)) for bind in dict.fromkeys((TMP, *use.binds))),
            *(("--workdir=", *use.workdir), *self.gpus[use.gpu]),
            *((f"--env={name}",) for name in passed),
            *((("--interactive",), ("--tty",)) if use.terminal else ()),
            (f"--entrypoint={use.entry}",),
        )
        return (*start, *options, use.image, *use.program)

    def here(self, image: Word) -> tuple[Word, ...]:
        return asked.silent(f"{self.name} image inspect", image)

    def missing(self, image: Word) -> tuple[tuple[Word, ...], ...]:
        return (asked.fetched(f"{self.name} pull --quiet", image),)

    def _start(self, use: Use) -> str:
        return f'{"".join(_handed(use))}{self.user}; exec {self.name} run "$@"'


def _handed(use: Use) -> Iterator[str]:
    """What is known only where the program starts: variables of the launcher, or all there are."""
    do = 'set -- --env="$name" "$@"'
    if use.environment is Environment.INHERIT:
        # What an image says itself, its programs need.
        kept = "|".join((*_OF_SHELLS, *(name for name, _ in use.variables)))
        yield _loop(_NAME, f"case $name in {kept}) ;; *) {do} ;; esac")
    elif use.prefixes:
        yield _loop(f"({'|'.join(use.prefixes)})[A-Za-z0-9_]*", do)


def _loop(names: str, do: str) -> str:
    return f'for name in $(env | LC_ALL=C sed -nE "s/^({names})=.*/\\1/p"); do {do}; done; '


_AMD: tuple[Word, ...] = (("--device=/dev/kfd",), ("--device=/dev/dri",))
RUNTIME: Runtime = Container(
    "docker",
    {"nvidia": (("--gpus=all",),), "amd": _AMD, "": ()},
    'set -- --user="$(id -u):$(id -g)" "$@"',
)
PODMAN: Runtime = Container(
    "podman",
    {"nvidia": (("--device=nvidia.com/gpu=all",),), "amd": _AMD, "": ()},
    # Only where it is not root's does it have other users' numbers inside than outside.
    'set -- --user="$(id -u):$(id -g)" "$@"; [ "$(id -u)" -eq 0 ] || set -- --userns=keep-id "$@"',
)
