"""Whether the MPI of an image and that of a site can speak to each other."""

from collections.abc import Iterator

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Job, Launch, Mpi
from envc.jobs.refused import cannot
from envc.jobs.sites import FAMILIES
from envc.lock.model import LockedEnvironment

SPEAKS = {"openmpi": ("pmix",), "mpich": ("pmi2", "pmix")}
"""By which interface each family finds its launcher, as Debian and Guix build it."""
STARTERS = ("slurm", "flux")
"""Schedulers that start tasks themselves, by one of these."""


def of_image(environment: LockedEnvironment) -> Mpi | None:
    """What the lock has of it."""
    for each in environment.components:
        name, _, version = each.partition(" ")[0].partition("@")
        if name in FAMILIES:
            return Mpi(FAMILIES[name], version, "")
    return None


def refusals(job: Job) -> Iterator[Diagnostic]:
    if job.launch not in (Launch.MPI_HYBRID, Launch.MPI_INSIDE):
        return
    place = (job.launched or job.tasks or job.command).place
    if job.mpi is None:
        message = (
            f"`launch {job.launch.value}` needs an MPI, and the image of `{job.name}` has none"
        )
        yield cannot(message, place, "add one to `needs`, such as `openmpi`", rules.MPI_MISMATCH)
    elif job.launch is Launch.MPI_HYBRID:
        yield from _hybrid(job, job.mpi)


def _hybrid(job: Job, own: Mpi) -> Iterator[Diagnostic]:
    place = (job.launched or job.tasks or job.command).place
    theirs = job.where.mpi
    inside = "write `launch mpi_inside`, which needs nothing of the site, for one node"
    if theirs is not None and theirs.family != own.family and not _starts_by_itself(job):
        message = (
            f"the image has {own.family} {own.version}, and site `{job.where.site}` starts "
            f"tasks by {theirs.family} {theirs.version}".rstrip()
        )
        help_ = f"build with {theirs.family}, or {inside}"
        yield cannot(message, place, help_, rules.MPI_MISMATCH)
    if job.where.pmi and job.where.pmi not in SPEAKS[own.family]:
        message = (
            f"{own.family} finds its launcher by `{SPEAKS[own.family][0]}`, and site "
            f"`{job.where.site}` has `mpi {job.where.pmi}`"
        )
        yield cannot(message, place, inside, rules.MPI_MISMATCH)


def _starts_by_itself(job: Job) -> bool:
    """Whether tasks are started without the MPI of the site."""
    return job.where.scheduler in STARTERS and bool(job.where.pmi)
