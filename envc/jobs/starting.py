"""The program is started: launcher, runtime, words; and its exit code is the script's."""

from collections.abc import Iterator

from envc.jobs import staging, words
from envc.jobs.dispatch import IMAGE
from envc.jobs.gpus import vendor
from envc.jobs.model import (
    CPUS,
    GPUS,
    INDEX,
    JOB,
    NODES,
    SCRATCH,
    TARGET,
    TASKS,
    Environment,
    Job,
    Launch,
    Words,
)
from envc.jobs.script import Dialect, Step
from envc.jobs.settings import THREADS, asks, sets_threads
from envc.plan.roots import ENTRY
from envc.quoting import sh
from envc.runtimes.model import Use, Variable, Word, runtime

DEVICES = ("CUDA_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "GPU_DEVICE_ORDINAL")
"""By which a scheduler tells a task which of a node's GPUs are its own."""

TERMINAL = "TERM"
"""What a program at a terminal can do with it."""

UNBOUND: tuple[Word, ...] = (("--bind-to",), ("none",))
ON_ONE_NODE: tuple[Word, ...] = (("--map-by",), ("slot:OVERSUBSCRIBE",), *UNBOUND)
"""Of Open MPI: more tasks than cores are no mistake on one node, which may be a laptop. It would
bind two tasks to one core each, however many threads they have."""


def steps(job: Job, dialect: Dialect) -> Iterator[Step]:
    if runtime(job.runtime).takes == "nothing" and job.variables:
        yield Step("set_environment", "".join(_variables(job)))
    later, uses = staging.after(job)
    yield Step("run_program", _run(job, line(job, dialect), later), uses)


def command(job: Job, dialect: Dialect) -> tuple[Word, ...]:
    """Launcher, runtime and program."""
    return (*dialect.launch, *runtime(job.runtime).line(_use(job, dialect)))


def line(job: Job, dialect: Dialect) -> str:
    found = runtime(job.runtime).line(_use(job, dialect))
    start = len(found) - len(_program(job))
    return words.lines((dialect.launch, found[:start], found[start:]))


def _run(job: Job, command: str, later: str) -> str:
    if job.checkpoint is not None:
        return _passing(command, job.checkpoint.value.signal, later)
    if not later:
        return f"exec {command}\n"
    return f'code=0\n{command} || code=$?\n{later}exit "$code"\n'


def _passing(command: str, signal: str, later: str) -> str:
    """A shell hears of a signal only once the program in its foreground has ended."""
    return f"""\
{command} &
program=$!
trap 'kill -s {signal} "$program"' {signal}
code=0
wait "$program" || code=$?
# A signal ends the waiting, not the program.
while kill -s 0 "$program" 2>/dev/null; do
  code=0
  wait "$program" || code=$?
done
{later}exit "$code"
"""


# ---- words ---------------------------------------------------------------------------------------


def _use(job: Job, dialect: Dialect) -> Use:
    return Use(
        image=IMAGE,
        program=_program(job),
        entry=ENTRY,
        binds=staging.binds(job),
        workdir=(Variable("PWD"),),
        environment=job.environment.value if job.environment else Environment.CLEAN,
        passed=(*passed(job), *((TERMINAL,) if dialect.terminal else ())),
        prefixes=(
            *(dialect.prefixes if dialect.launch else ()),
            *(DEVICES if job.shape.gpus_per_node else ()),
        ),
        gpu=vendor(job),
        variables=job.variables,
        terminal=dialect.terminal,
    )


def _program(job: Job) -> tuple[Word, ...]:
    command = tuple(words.of_command(each) for each in job.command.value)
    return (*_inside(job), *command)


def _inside(job: Job) -> tuple[Word, ...]:
    """The image's own launcher, which need not know of any scheduler."""
    if job.launch is not Launch.MPI_INSIDE:
        return ()
    count: Word = (str(job.shape.tasks),)
    if job.mpi is not None and job.mpi.family == "mpich":
        return (("mpiexec",), ("-n",), count)
    return (("mpirun",), ("-np",), count, *ON_ONE_NODE)


def passed(job: Job) -> Words:
    """Names of the variables that the script sets for the program."""
    conditional = (
        (TARGET, asks(job, "target") or runtime(job.runtime).takes != "nothing"),
        (SCRATCH, asks(job, "scratch")),
        (THREADS, sets_threads(job)),
    )
    said = [name for name, is_set in conditional if is_set]
    if runtime(job.runtime).takes == "nothing":
        said += [name for name, _ in _settable(job)]
    return (INDEX, JOB, NODES, TASKS, CPUS, GPUS, *said)


# ---- without a container -------------------------------------------------------------------------


def _variables(job: Job) -> Iterator[str]:
    """As an image has them, but that the site's programs are found, too."""
    for name, value in _settable(job):
        if name == "PATH":
            yield f'export PATH={words.text(f"{job.prefix}/bin")}:"$PATH"\n'
        else:
            yield f"export {name}={words.text(value)}\n"


def _settable(job: Job) -> Iterator[tuple[str, str]]:
    yield from (each for each in job.variables if each[0] != "HOME" and sh.is_name(each[0]))
