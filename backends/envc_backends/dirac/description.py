"""The JDL: what a job of the grid asks for. It has no comments, and its lists no lists.

DIRAC counts the time of a job in seconds of a CPU of one HS06, so that a job that needs an hour
fits into queues for less on a fast machine.
"""

from collections.abc import Iterator

from envc.jobs.batch import job_name
from envc.jobs.model import Job, Said
from envc_backends.batch import asking

FEATURE = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
SITE = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
FILE = r"[A-Za-z0-9_.+-]+"
"""Of a sandbox, which has no folders."""
NUMBER = "ENVC_NUMBER"
HS06 = 20
"""Of a fast core: with a lower number the time would end before the walltime does."""


def text(job: Job, script: str) -> str:
    parts = (_program, _machine, _files, _many)
    lines = [line for part in parts for line in part(job, script)]
    return "[\n" + "".join(f"  {name} = {value};\n" for name, value in lines) + "]\n"


def _program(job: Job, script: str) -> Iterator[tuple[str, str]]:
    yield "JobName", _quoted(job_name(job))
    yield "Executable", _quoted(script)
    if job.queue is not None:
        yield "Site", _listed(job.queue.value)


def _machine(job: Job, _script: str) -> Iterator[tuple[str, str]]:
    if job.walltime is not None:
        yield "CPUTime", str(job.walltime.value * HS06)
    if job.tasks is not None or job.cpus is not None:
        yield "NumberOfProcessors", str(job.shape.cpus_per_node)
    if job.shape.memory_per_node and job.memory is not None:
        yield "MinRAM", str(job.shape.memory_per_node)
    if asking.is_exclusive(job):
        yield "WholeNode", "true"
    if features := asking.features(job):
        yield "Tags", _listed(*features)


def _files(job: Job, script: str) -> Iterator[tuple[str, str]]:
    name = job_name(job)
    yield "StdOutput", _quoted(f"{name}.out")
    yield "StdError", _quoted(f"{name}.err")
    yield "InputSandbox", _listed(script, *(each.value for each in near(job.inputs)))
    outputs = [each.value for each in near(job.outputs)]
    yield "OutputSandbox", _listed(f"{name}.out", f"{name}.err", *outputs)


def near(paths: tuple[Said[str], ...]) -> list[Said[str]]:
    """What is not at an absolute place of the node itself, such as CVMFS."""
    return [each for each in paths if not each.value.startswith("/")]


def _many(job: Job, _script: str) -> Iterator[tuple[str, str]]:
    if job.array is not None:
        yield "Parameters", str(len(job.array.value.numbers))
        yield "ParameterStart", "0"
        yield "ParameterStep", "1"
        yield "ExecutionEnvironment", _quoted(f"{NUMBER}=%s")


def _quoted(text: str) -> str:
    return f'"{text}"'


def _listed(*texts: str) -> str:
    return f"{{{', '.join(map(_quoted, texts))}}}"
