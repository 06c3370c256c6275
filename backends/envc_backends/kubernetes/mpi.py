"""MPI over several nodes: an MPIJob of Kubeflow's operator, which knows the pods and their keys.

A launcher reaches the workers by ssh, whose programs have to be in the image; the operator brings
the keys, for root.
"""

from collections.abc import Iterator

from envc.diagnostics.model import Diagnostic
from envc.jobs import words as shell
from envc.jobs.model import JOB, Job, Launch, Words
from envc.jobs.refused import cannot
from envc.plan.roots import ENTRY
from envc.quoting import sh
from envc.quoting.yaml import Yaml
from envc_backends.containers import program
from envc_backends.containers.limits import share, timed
from envc_backends.kubernetes import pod

_LABEL = "training.kubeflow.org/job-name"
_SERVES = """\
set -eu
mkdir -p /run/sshd
ssh-keygen -A
exec /usr/sbin/sshd -De -o UsePAM=no -o StrictModes=no
"""
_TRUSTS = """\
set -eu
# The workers' keys are made when they start; nobody else answers in their network.
printf '%s\\n' 'StrictHostKeyChecking no' 'UserKnownHostsFile /dev/null' \\
  > /etc/ssh/ssh_config.d/envc.conf
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
"""


def is_across(job: Job) -> bool:
    return job.launch is Launch.MPI_HYBRID and job.shape.nodes > 1


def refused(job: Job) -> Iterator[Diagnostic]:
    place = (job.nodes or job.tasks or job.command).place
    nearer = "write `nodes 1`, where the image's MPI starts the tasks"
    if job.mpi is not None and job.mpi.family == "mpich":
        yield cannot("an `MPIJob` is written for Open MPI, and the image has MPICH", place, nearer)
    if not job.shape.is_even:
        yield cannot("the workers of an `MPIJob` have the same number of tasks each", place, nearer)
    if job.requeue is not None and job.requeue.value:
        yield cannot("an `MPIJob` is not started again", job.requeue.place, nearer)
    if job.array is not None:
        yield cannot("an `MPIJob` has no numbers", job.array.place, nearer)
    for said in (*job.inputs, *job.outputs):
        yield cannot("nobody looks for files on the nodes of an `MPIJob`", said.place, nearer)


def spec(job: Job, name: str) -> dict[str, Yaml]:
    launcher = pod.Role(_launcher(job), None, _LABEL, is_root=True)
    worker = pod.Role(("/bin/sh", "-c", _SERVES), share(job), _LABEL, is_root=True)
    return {
        "slotsPerWorker": job.shape.tasks_per_node,
        "mpiImplementation": "OpenMPI",
        "runPolicy": {
            "cleanPodPolicy": "Running",
            "backoffLimit": 0,
            # Kueue starts it.
            **({"suspend": True} if job.queue else {}),
        },
        "mpiReplicaSpecs": {
            "Launcher": _replicas(1, pod.template(job, f"{name}-launcher", launcher)),
            "Worker": _replicas(job.shape.nodes, pod.template(job, name, worker)),
        },
    }


def _replicas(count: int, template: dict[str, Yaml]) -> dict[str, Yaml]:
    return {"replicas": count, "restartPolicy": "Never", "template": template}


def _launcher(job: Job) -> Words:
    """What ssh starts has none of the container's variables: they are handed on by name."""
    names = [name for name, _ in job.variables if name != "HOME" and sh.is_name(name)]
    handed = [
        word for name in (JOB, *program.variables(job), *names) for word in (("-x",), (name,))
    ]
    shape = (("--map-by",), (f"ppr:{job.shape.tasks_per_node}:node",), ("--bind-to",), ("none",))
    started = (
        *timed(job, is_timed=False),
        *(("mpirun",), ("-np",), (str(job.shape.tasks),), *shape, *handed, (ENTRY,)),
        *program.command(job),
    )
    text = f"{_TRUSTS}exec {shell.words(started)}\n"
    defined = shell.DEFINED if f"${shell.NEWLINE}" in text else ""
    return ("/bin/sh", "-c", defined + text)
