"""What stands above a job in comments."""

from envc.jobs.header import text as header
from envc.jobs.model import Job
from envc_backends.containers import images


def text(job: Job) -> str:
    """With a word on the image, where it had to be chosen for somebody."""
    note = images.note(job)
    said = "".join(f"# {line}\n" for line in note.split("\n"))
    return f"{header(job)}#\n{said}" if note else header(job)
