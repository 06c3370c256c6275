"""How tasks are started: by `srun`, to which the shape of the job is said again."""

from envc.jobs.model import NODES, Job, Launch
from envc.jobs.mpirun import is_launched
from envc.runtimes.model import Variable, Word

_PMI = {"openmpi": "pmix", "mpich": "pmi2"}
"""What each family speaks as its distributions build it."""


def launch(job: Job) -> tuple[Word, ...]:
    """Nothing where the script is the one task."""
    if not is_launched(job):
        return ()
    is_mpi = job.launch is Launch.MPI_HYBRID
    shape = (f"--ntasks={job.shape.tasks}", f"--cpus-per-task={job.shape.cpus_per_task}")
    # Where one rank is gone the others would wait for it; tasks without MPI know of no others.
    together = (f"--mpi={_pmi(job)}", "--kill-on-bad-exit=1") if is_mpi else ()
    words = ("srun", *shape, *together)
    return tuple((word,) for word in words)


def each_node(job: Job) -> tuple[Word, ...]:
    del job
    nodes = Variable(NODES)
    return (("srun",), ("--nodes=", nodes), ("--ntasks=", nodes), ("--ntasks-per-node=1",))


def _pmi(job: Job) -> str:
    if job.where.pmi:
        return job.where.pmi
    return _PMI.get(job.mpi.family, "pmix") if job.mpi is not None else "pmix"
