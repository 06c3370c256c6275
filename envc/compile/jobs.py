"""Folders of jobs: one for each app, choice and place, with what is handed in for each run."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from shlex import quote
from typing import NamedTuple

from envc.check import Checked
from envc.compile import names
from envc.compile.asked import schedulers
from envc.compile.make import Scripts
from envc.compile.readme import README, code, prose, session, table
from envc.compile.tree import RECORD, Entry, Text, folder
from envc.diagnostics.model import Diagnostic
from envc.facts.problem import Problem
from envc.jobs.backend import backend
from envc.jobs.batch import Batch
from envc.jobs.make import Jobs, jobs
from envc.jobs.model import Job
from envc.jobs.names import title
from envc.jobs.sites import find
from envc.lock.model import Lock
from envc.plan.backend import File
from envc.plan.model import Plan
from envc.spec import Site

FOLDER = "jobs"


def wanted(
    checked: Checked,
    lock: Lock,
    plans: Sequence[Plan],
    sites: Iterable[str],
    asked: Sequence[str],
    *,
    of_campaigns: Sequence[Site] = (),
) -> Jobs | Problem:
    """For sites by name, for the schedulers that apps emit, of which only those asked for, and for
    what campaigns take to the sites of theirs."""
    found = [find(checked.spec, name) for name in dict.fromkeys(sites)]
    for each in found:
        if isinstance(each, Problem):
            return each
    known = [each for each in found if isinstance(each, Site)]
    emitted = partial(schedulers, asked=asked)
    made = jobs(checked, lock, plans, known, emitted, of_campaigns=of_campaigns)
    return Jobs(made.jobs, (*made.diagnostics, *_refusals(made.jobs)))


def _refusals(jobs: Iterable[Job]) -> tuple[Diagnostic, ...]:
    """All that cannot be said, by whichever scheduler, each once."""
    refused = (told for job in jobs for told in backend(job.where.scheduler).refusals(job))
    return tuple(dict.fromkeys(refused))


# ---- folders -------------------------------------------------------------------------------------


class _Place(NamedTuple):
    """Where jobs of one app are for."""

    path: str
    """`heat2d/jobs/jean-zay`, and `heat2d/jobs/slurm` where no site is known."""
    runs: tuple[tuple[Job, tuple[File, ...]], ...]


def scripts(jobs: Sequence[Job], plans: Sequence[Plan], spec: str) -> tuple[Scripts, ...]:
    """Only where nothing is refused."""
    return tuple(
        Scripts(folder(place.path, _entries(place, spec)), tuple(job.run for job, _ in place.runs))
        for place in _places(jobs, plans)
    )


def _places(jobs: Sequence[Job], plans: Sequence[Plan]) -> Iterator[_Place]:
    folders = names.folders(plans)

    def path(job: Job) -> str:
        above, _, _ = folders[job.app, job.choices, job.images[0].target].rpartition("/")
        return f"{above}/{FOLDER}/{job.where.site or job.where.scheduler}"

    for place, group in groupby(sorted(jobs, key=path), key=path):
        yield _Place(place, tuple((job, backend(job.where.scheduler).files(job)) for job in group))


def _entries(place: _Place, spec: str) -> Iterator[Entry]:
    yield Text(README, _page(place, spec))
    for _, files in place.runs:
        for file in files:
            yield Text(file.path, file.text, file.executable)


# ---- the page beside them ------------------------------------------------------------------------


def _page(place: _Place, spec: str) -> str:
    job, _ = place.runs[0]
    where = job.where
    app = " ".join(part for part in (job.name, job.version) if part)
    on = f"{where.site}, {title(where.scheduler)}" if where.site else title(where.scheduler)
    blocks = (
        f"# {prose(app)} on {prose(on)}",
        *((prose(where.summary),) if where.summary else ()),
        (
            "These jobs were written by `envc compile`. What is changed here is not carried back: "
            f"change {code(spec)}, and compile it again."
        ),
        "## How to use them",
        *_uses(place),
        *_submit(place, spec),
        "## What each file is",
        table(("file", "what it is"), _files(place)),
        "## What they run",
        *_images(job),
        "## How to check them",
        session(f"sha256sum -c {RECORD}"),
    )
    return "\n\n".join(blocks) + "\n"


def _uses(place: _Place) -> Iterator[str]:
    for job, files in place.runs:
        yield f"Run {code(job.run)}:"
        yield from (session(file.use) for file in files if file.use)


def _submit(place: _Place, spec: str) -> Iterator[str]:
    job, _ = place.runs[0]
    if job.where.site:
        yield "Or, in the folder of the spec, wherever that is:"
        words = f"envc submit {quote(spec)} {quote(job.run)} --site {quote(job.where.site)}"
        yield session(words)


def _files(place: _Place) -> Iterator[tuple[str, str]]:
    told = {file.path: file.about for _, files in place.runs for file in files}
    yield from ((code(path), prose(about)) for path, about in sorted(told.items()))
    yield code(RECORD), "The SHA-256 of each of these files."


def _images(job: Job) -> Iterator[str]:
    if job.runtime == "none":
        yield "What the site has installed: `runtime none` takes no image."
        return
    is_script = isinstance(backend(job.where.scheduler), Batch)
    rows = [
        (code(each.target), code(each.file if is_script else each.reference), code(each.closure))
        for each in job.images
    ]
    yield table(("target", "image", "made from"), rows)
    if len(rows) > 1 and is_script:
        yield "The script takes the best of them that its nodes run."
    elif len(rows) > 1:
        yield "Each job's file says which of them is started: nothing is known of the nodes."
