"""What a script knows at its start: which job it is, and how much of a machine it has."""

from collections.abc import Iterator

from envc.facts.command import Placeholder
from envc.jobs import words
from envc.jobs.functions import FAIL, LOAD
from envc.jobs.model import CPUS, GPUS, INDEX, JOB, NODES, TASKS, Array, Job, Launch
from envc.jobs.script import Dialect, Number, Step

THREADS = "OMP_NUM_THREADS"


def steps(job: Job, dialect: Dialect) -> Iterator[Step]:
    if job.array is not None and dialect.number is None:
        yield _count(job.array.value)
    yield Step("set_variables", "".join(_variables(job, dialect)))
    if job.where.modules:
        yield _modules(job)


def asks(job: Job, placeholder: str) -> bool:
    """Whether the command says `{placeholder}`."""
    return any(
        isinstance(part, Placeholder) and part.name == placeholder
        for word in job.command.value
        for part in word.parts
    )


def sets_threads(job: Job) -> bool:
    return job.cpus is not None or job.launch is Launch.OPENMP


# ---- variables -----------------------------------------------------------------------------------


def _variables(job: Job, dialect: Dialect) -> Iterator[str]:
    if dialect.unset:
        yield f"unset {' '.join(dialect.unset)} # would change what is started below\n"
    if dialect.launch:
        yield "export PATH # HTCondor's jobs have none that launchers could look in\n"
    if not (job.array and dialect.number is None):
        yield f"export {INDEX}={_index(job, dialect.number)}\n"
    yield f'export {JOB}="{_first(dialect.job)}"\n'
    yield f"export {NODES}={_nodes(job, dialect)}\n"
    shape = job.shape
    yield f"export {TASKS}={shape.tasks} {CPUS}={shape.cpus_per_task}\n"
    yield f"export {GPUS}={shape.gpus_per_node}\n"
    if sets_threads(job):
        yield f"export {THREADS}={shape.cpus_per_task}\n"


def _first(names: tuple[str, ...]) -> str:
    """Of these variables the first that is set; a script that is run by hand has its process."""
    found = "$$"
    for name in reversed(names):
        found = f"${{{name}:-{found}}}"
    return found


def _nodes(job: Job, dialect: Dialect) -> str:
    if job.nodes is None and job.tasks is not None and dialect.nodes:
        return f'"${{{dialect.nodes}:-{job.shape.nodes}}}"'
    return str(job.shape.nodes)


def _index(job: Job, number: Number | None) -> str:
    if job.array is None or number is None:
        return "0"
    array = job.array.value
    if number.first is None:
        return f'"${{{number.variable}:?is set where a job of an array runs}}"'
    from_first = f"({number.variable} - {number.first})" if number.first else number.variable
    return f"$(({array.start} + {array.step} * {from_first}))"


# ---- an array without a scheduler ----------------------------------------------------------------


def _count(array: Array) -> Step:
    numbers = f"seq {array.start} {array.step} {array.numbers[-1]}"
    body = f"""\
# Without a number, all of them, each a run of this script.
if [ "$#" -eq 0 ]; then
  {numbers} | xargs -n 1 -P {array.limit or 1} sh "$0" ||
    fail 1 'not every number of the array has succeeded'
  exit 0
fi
export {INDEX}="$1"
"""
    return Step('count_array "$@"', body, (FAIL,))


# ---- modules -------------------------------------------------------------------------------------


def _modules(job: Job) -> Step:
    loads = "".join(f"load {words.text(each)}\n" for each in job.where.modules)
    body = f"""\
# `module` is a function that login shells know.
if ! command -v module >/dev/null; then
  [ -z "${{ENVC_LOGIN:-}}" ] || fail 69 'this node has no environment modules'
  ENVC_LOGIN=1 exec bash -l "$0" "$@"
fi
{loads}"""
    return Step('load_modules "$@"', body, (LOAD, FAIL))
