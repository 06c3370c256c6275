"""Tasks started by the launcher of an MPI, where the scheduler has none of its own.

Open MPI 4 and 5 and MPICH 3 and 4 read these words in the same way.
"""

from typing import NamedTuple

from envc.jobs.model import NODES, Job, Launch, Words
from envc.jobs.starting import ON_ONE_NODE, UNBOUND, passed
from envc.runtimes.model import Variable, Word

PREFIXES: Words = ("OMPI_", "PMIX_", "PRTE_", "PMI_", "HYDRA_", "MPI_")
"""Beginnings of the variables by which its tasks find each other."""


class Reach(NamedTuple):
    """How other nodes are reached; nothing of it where the launcher finds out itself."""

    hosts: Word = ()
    """A file with a host a line."""
    agent: str = ""
    """The program that stands for ssh."""


NEAR = Reach()


def tasks(job: Job, reach: Reach = NEAR) -> tuple[Word, ...]:
    """What starts the rest of the line once for each task; nothing where the script is the one."""
    if not is_launched(job):
        return ()
    count: Word = (str(job.shape.tasks),)
    if _family(job) == "mpich":
        shape = (("-n",), count, ("-ppn",), (str(job.shape.tasks_per_node),))
        return ((_program(job, "mpiexec"),), *shape, *_hydra(reach, passed(job)))
    where = _mapped(job)
    # On its own node, what it starts has its variables anyway.
    names = passed(job) if job.shape.nodes > 1 else ()
    handed = [word for name in names for word in (("-x",), (name,))]
    return ((_program(job, "mpirun"),), ("-np",), count, *where, *_open(reach), *handed)


def each_node(job: Job, reach: Reach = NEAR) -> tuple[Word, ...]:
    count: Word = (Variable(NODES),)
    if _family(job) == "mpich":
        return ((_program(job, "mpiexec"),), ("-n",), count, ("-ppn",), ("1",), *_hydra(reach, ()))
    mapped = (("--map-by",), ("ppr:1:node",))
    return ((_program(job, "mpirun"),), ("-np",), count, *mapped, *_open(reach))


def is_launched(job: Job) -> bool:
    """Whether something outside of the image starts the tasks."""
    if job.launch is Launch.MPI_INSIDE:
        return False
    return job.shape.tasks > 1 or job.launch is Launch.MPI_HYBRID


def _family(job: Job) -> str:
    """What the site says counts before what the image holds."""
    found = job.where.mpi or job.mpi
    return found.family if found is not None else "openmpi"


def _program(job: Job, name: str) -> str:
    mpi = job.where.mpi
    return f"{mpi.path}/bin/{name}" if mpi is not None and mpi.path else name


def _mapped(job: Job) -> tuple[Word, ...]:
    """Bound to cores only on nodes that the job has alone: a launcher knows of no other job, and
    would bind the first tasks of each to the same cores."""
    shape = job.shape
    if shape.nodes == 1:
        return ON_ONE_NODE
    each = f"ppr:{shape.tasks_per_node}:node"
    if job.exclusive is not None and job.exclusive.value:
        return (("--map-by",), (f"{each}:PE={shape.cpus_per_task}",))
    return (("--map-by",), (each,), *UNBOUND)


def _open(reach: Reach) -> tuple[Word, ...]:
    hosts: tuple[Word, ...] = (("--hostfile",), reach.hosts) if reach.hosts else ()
    agent: tuple[Word, ...] = (
        (("--mca",), ("plm_rsh_agent",), (reach.agent,)) if reach.agent else ()
    )
    return (*hosts, *agent)


def _hydra(reach: Reach, names: Words) -> tuple[Word, ...]:
    hosts: tuple[Word, ...] = (("-f",), reach.hosts) if reach.hosts else ()
    agent: tuple[Word, ...] = (("-launcher-exec",), (reach.agent,)) if reach.agent else ()
    handed: tuple[Word, ...] = (("-genvlist",), (",".join(names),)) if names else ()
    return (*hosts, *agent, *handed)
