"""The folder of a job, what it reads and what it leaves, and the way to scratch and back."""

from collections.abc import Iterator

from envc.jobs import words
from envc.jobs.functions import BRING, FAIL, FETCH, LEFT, NEED
from envc.jobs.model import INDEX, JOB, SCRATCH, Job, Words
from envc.jobs.script import Dialect, Step
from envc.jobs.settings import asks
from envc.runtimes.model import Variable, Word


def before(job: Job, dialect: Dialect) -> Iterator[Step]:
    if folder := _folder(job, dialect):
        yield Step("enter_folder", folder, (FAIL,) if job.workdir else ())
    if job.inputs:
        yield Step("look_for_inputs", _calls(NEED, _inputs(job)), (NEED,))
    if asks(job, "scratch"):
        yield Step("make_scratch", _scratch(job), (BRING,) if job.inputs else ())


def after(job: Job) -> tuple[str, Words]:
    """What is done once the program has ended, and with which functions."""
    outputs = [each.value for each in job.outputs]
    looked = _calls(LEFT, outputs)
    if not asks(job, "scratch"):
        return looked, (LEFT,) if outputs else ()
    fetched = _calls(FETCH, [each for each in outputs if not each.startswith("/")])
    kept = f'if [ "$code" -eq 0 ]; then rm -rf -- "${SCRATCH}"; fi\n'
    return fetched + looked + kept, (LEFT, FETCH) if outputs else ()


def binds(job: Job) -> tuple[Word, ...]:
    """Folders that the program sees under their own names."""
    scratch: list[Word] = [(Variable(SCRATCH),)] if asks(job, "scratch") else []
    said: list[Word] = [(each,) for each in job.where.binds]
    named = [each.value for each in (*job.inputs, *job.outputs) if each.value.startswith("/")]
    folders: list[Word] = [(each.rpartition("/")[0] or "/",) for each in named]
    return tuple(dict.fromkeys(((Variable("PWD"),), *scratch, *said, *folders)))


# ---- the folder ----------------------------------------------------------------------------------


def _folder(job: Job, dialect: Dialect) -> str:
    entered = f'cd -- "${{{dialect.folder}:-.}}"\n' if dialect.folder else ""
    if job.workdir is None:
        return entered
    path = job.workdir.value
    if path.startswith("/"):
        entered = ""
    shown = words.text(path if path.startswith("/") else f"./{path}")
    return f"{entered}cd -- {shown} || fail 66 'the folder to start in is not there'\n"


def _inputs(job: Job) -> list[str]:
    return [each.value for each in job.inputs]


def _calls(function: str, paths: list[str]) -> str:
    return "".join(f"{function} {words.text(each)}\n" for each in paths)


# ---- scratch -------------------------------------------------------------------------------------


def _scratch(job: Job) -> str:
    return f"""\
user=$(id -u)
export {SCRATCH}={_base(job)}/"envc-$user-${JOB}-${INDEX}"
mkdir -p -- "${SCRATCH}"
chmod 700 "${SCRATCH}"
{_calls(BRING, _inputs(job))}"""


def _base(job: Job) -> str:
    """Without a scratch of the site, a folder of the one node that there is."""
    return words.text(job.where.scratch) if job.where.scratch else '"${TMPDIR:-/tmp}"'
