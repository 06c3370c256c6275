"""Whose GPUs a job asks for: runtimes show each maker's in another way."""

import re

from envc.jobs.model import Job

NVIDIA = "nvidia"
AMD = "amd"


def vendor(job: Job) -> str:
    """Empty where no GPU is asked for; a type that says nothing else is NVIDIA's."""
    if not job.shape.gpus_per_node:
        return ""
    node = job.where.node
    kind = job.gpu.value if job.gpu is not None else node.gpu if node is not None else ""
    return AMD if re.match(r"mi\d|amd|gfx|radeon|instinct", kind, re.IGNORECASE) else NVIDIA
