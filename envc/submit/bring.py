"""What a job takes along to its folder at the site: its scripts, and its inputs beside the spec."""

import os
import posixpath
import tarfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import IO, NamedTuple

from envc.facts.problem import Problem
from envc.jobs.model import Job
from envc.plan.backend import File
from envc.submit.model import Words

FOLDER = ".envc/jobs"
"""Below the home folder at the site; each job has one of its own in it."""
# Words that any shell of a login reads alike: one line, no quotes in it but double ones.
_UNPACK = 'umask 077 && mkdir -p "$1" && mkdir "$1/$2" && exec tar -xf - -C "$1/$2"'


class Input(NamedTuple):
    path: str
    """On this machine."""
    name: str
    """In the folder of the job."""


def unpacked(id: str) -> Words:  # noqa: A002 - of envc
    return ("sh", "-c", _UNPACK, "unpack", FOLDER, id)


def inputs(job: Job, folder: str) -> tuple[Input, ...] | Problem:
    """Those of a job that starts in its own folder; `folder` is the one of the spec."""
    base = job.workdir.value if job.workdir is not None else ""
    if base.startswith("/"):
        return ()
    found = []
    for said in job.inputs:
        if said.value.startswith("/"):
            continue
        name = posixpath.normpath(posixpath.join(base, said.value))
        if name.startswith("../") or name == "..":
            return Problem(
                f"the input `{said.value}` of `{job.run}` lies outside of the job's folder",
                "put it below the folder of the spec, or say where it is at the site",
            )
        path = os.path.join(folder, said.value)
        if not os.path.exists(path):
            return Problem(
                f"the input `{said.value}` of `{job.run}` is not beside the spec: "
                f"there is no `{path}`"
            )
        found.append(Input(path, name))
    return tuple(found)


def pack(files: Sequence[File], inputs: Sequence[Input], workdir: str, into: IO[bytes]) -> None:
    """As a tar; the job's folder has all that it holds, and whatever folder it starts in."""
    with tarfile.open(fileobj=into, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for entry, content in _written(files, workdir):
            archive.addfile(entry, BytesIO(content))
        for each in inputs:
            archive.add(each.path, each.name, filter=_nobody)


def _written(files: Sequence[File], workdir: str) -> Iterator[tuple[tarfile.TarInfo, bytes]]:
    if workdir and not workdir.startswith("/"):
        folder = tarfile.TarInfo(posixpath.normpath(workdir))
        folder.type, folder.mode = tarfile.DIRTYPE, 0o700
        yield folder, b""
    for file in files:
        content = file.text.encode()
        entry = tarfile.TarInfo(file.path)
        entry.size, entry.mode = len(content), 0o700 if file.executable else 0o600
        yield entry, content


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Who owns it here means nothing there."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry
