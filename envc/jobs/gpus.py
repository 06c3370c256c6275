"""Whose GPUs a job asks for: runtimes show each maker's in another way."""

from envc.cpu.tables.gpus import GPUS
from envc.jobs.model import Job


def vendor(job: Job) -> str:
    """`nvidia` or `amd`; empty where no GPU is asked for. A type that is not known is NVIDIA's."""
    if not job.shape.gpus_per_node:
        return ""
    node = job.where.node
    kind = job.gpu.value if job.gpu is not None else node.gpu if node is not None else ""
    return GPUS[kind].maker if kind in GPUS else "nvidia"
