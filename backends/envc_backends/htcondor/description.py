"""The submit description: what a job asks for, in the words of `condor_submit`.

A value goes on to the end of its line, and `$(…)` in it is a macro: no value of ours has a `$`.
"""

from collections.abc import Iterator
from posixpath import dirname

from envc.cpu import lattice
from envc.jobs.batch import job_name
from envc.jobs.header import text as header
from envc.jobs.model import Environment, Job
from envc.runtimes.model import runtime
from envc_backends.batch import asking

FEATURE = r"[A-Za-z_][A-Za-z0-9_]*"
"""A boolean attribute of machines, or a value of the site's `property`."""
GROUP = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
GPU = r"[A-Za-z0-9_-]+"
PATH = r"[A-Za-z0-9_./+@=~-]+(?: [A-Za-z0-9_./+@=~-]+)*"
"""Between commas; what has `://` in it is fetched from somewhere else."""
PATHS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
CLUSTER, NUMBER = "ENVC_CLUSTER", "ENVC_NUMBER"


def text(job: Job, script: str) -> str:
    parts = (_program, _machine, _files, _end, _many)
    lines = [line for part in parts for line in part(job)]
    return f"{header(job)}\nuniverse = vanilla\nexecutable = {script}\n" + "".join(
        f"{line}\n" for line in lines
    )


def is_shared(job: Job) -> bool:
    """Whether machines see the folders of the host that jobs are handed in from."""
    return job.where.fact("shared") == "yes"


def _program(job: Job) -> Iterator[str]:
    name = job_name(job)
    yield f"batch_name = {name}"
    inherits = job.environment is not None and job.environment.value is Environment.INHERIT
    yield f"getenv = {inherits}"
    handed = [f"{CLUSTER}=$(ClusterId)", f"{NUMBER}=$(Process)"]
    if not inherits:
        # A job has no home of its own, without which Open MPI and Apptainer do not start.
        handed.append("HOME='$ENV(HOME)'" if is_shared(job) else "HOME=$$(CondorScratchDir)")
        # Nor anywhere to look for programs, which runtimes and launchers start others by.
        handed.append(f"PATH={PATHS}")
    yield f'environment = "{" ".join(handed)}"'
    yield f"output = {name}.$(ClusterId).$(Process).out"
    yield f"error = {name}.$(ClusterId).$(Process).err"
    yield f"log = {name}.$(ClusterId).log"
    if job.account is not None:
        yield f"accounting_group = {job.account.value}"
    if job.project is not None:
        yield f'+ProjectName = "{job.project.value}"'


def _machine(job: Job) -> Iterator[str]:
    shape = job.shape
    if job.tasks is not None or job.cpus is not None:
        yield f"request_cpus = {shape.cpus_per_node}"
    if shape.memory_per_node and job.memory is not None:
        yield f"request_memory = {shape.memory_per_node}"
    if shape.gpus_per_node:
        yield f"request_gpus = {shape.gpus_per_node}"
        if job.gpu is not None:
            yield f'require_gpus = regexp("{job.gpu.value}", DeviceName, "i")'
    if wanted := (*_cpu(job), *_features(job), *_starts(job)):
        yield f"requirements = {' && '.join(wanted)}"


def _cpu(job: Job) -> Iterator[str]:
    """Machines tell their level of x86-64 themselves; an image for less runs on more."""
    least = job.images[0] if job.is_chosen else job.images[-1]
    level = lattice.generic(least.target)
    if level.startswith("x86_64_v"):
        yield f'(TARGET.Microarch >= "{level.replace("x86_64_", "x86_64-")}")'


def _features(job: Job) -> Iterator[str]:
    found = job.where.fact("property")
    for name in asking.features(job):
        yield f'(TARGET.{found} == "{name}")' if found else f"(TARGET.{name} =?= True)"


def _starts(job: Job) -> Iterator[str]:
    """A job that lost its machine may have another before anybody sees that it waits."""
    if _is_for_once(job):
        yield "(NumJobStarts == 0)"


def _is_for_once(job: Job) -> bool:
    return job.requeue is not None and not job.requeue.value


# ---- files ---------------------------------------------------------------------------------------


def _files(job: Job) -> Iterator[str]:
    if is_shared(job):
        yield "should_transfer_files = NO"
        return
    yield "should_transfer_files = YES"
    yield "when_to_transfer_output = ON_EXIT"
    yield "preserve_relative_paths = True"
    inputs = [each.value for each in job.inputs if not each.value.startswith("/")]
    if brought := [*inputs, *_images(job)]:
        yield f"transfer_input_files = {', '.join(brought)}"
    outputs = [each.value for each in job.outputs if not each.value.startswith("/")]
    if any(dirname(each) for each in outputs):
        # Without a list, what is new in the folder itself comes back, and nothing below it.
        yield f"transfer_output_files = {', '.join(outputs)}"


def _images(job: Job) -> Iterator[str]:
    takes = runtime(job.runtime).takes
    if takes in {"file", "folder"}:
        said = job.where.images
        folder = said if said.startswith("/") else "$ENV(HOME)/.envc/images"
        images = job.images[:1] if job.is_chosen else job.images
        ending = "" if takes == "file" else ".sif"
        yield from (f"{folder}/{each.file.removesuffix(ending)}" for each in images)


# ---- when it ends --------------------------------------------------------------------------------


def _end(job: Job) -> Iterator[str]:
    removed = []
    if job.walltime is not None:
        yield f"allowed_job_duration = {job.walltime.value}"
        # A job that took longer would be held, not ended.
        removed.append("(JobStatus == 5 && HoldReasonCode == 46)")
    if _is_for_once(job):
        removed.append("(JobStatus == 1 && NumJobStarts > 0)")
    if removed:
        yield f"periodic_remove = {' || '.join(removed)}"
    if job.mail is not None:
        yield f"notify_user = {job.mail.value}"
        yield "notification = Complete"


def _many(job: Job) -> Iterator[str]:
    if job.array is None:
        yield "queue"
        return
    if job.array.value.limit is not None:
        yield f"max_materialize = {job.array.value.limit}"
    yield f"queue {len(job.array.value.numbers)}"
