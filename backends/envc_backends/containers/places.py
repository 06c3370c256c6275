"""Folders of a node that a container sees under their own names, and one that is its own."""

from envc.jobs.model import Job, Words

SCRATCH = "/tmp"  # noqa: S108 - that of the container
"""The container's own: empty when it starts, and gone when it ends."""


def folders(job: Job) -> Words:
    """Each is there before the job, on all nodes."""
    workdir = (job.workdir.value,) if job.workdir else ()
    absolute = (each.value for each in (*job.inputs, *job.outputs) if each.value.startswith("/"))
    return tuple(dict.fromkeys((*workdir, *job.where.binds, *map(folder_of, absolute))))


def folder_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] or "/"
