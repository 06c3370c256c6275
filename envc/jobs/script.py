"""The script of a job: the same for every scheduler that takes one, but for a `Dialect`.

How to add such a scheduler:

1. A folder `backends/envc_backends/NAME/` with a `BACKEND` of a class below
   `envc.jobs.batch.Batch`.
2. `fields` says of each of FIELDS whether it is said, done by the script, refused or without a
   meaning. What is refused there is refused by `Batch`, at its line; `refused` adds the rest:
   values that the dialect cannot spell, and combinations.
3. `dialect(job)` gives the directives and the few things of the script that differ. Values stand in
   directives as they are or not at all: nothing is escaped there.
4. `read(text)` is the scheduler's own reading of its directives.

tests/jobs does the rest: it sets each field alone, compares what `read` finds with the job, runs
the scripts under sh with a launcher that shows its words, and holds them to shellcheck.

What a script does, in order: its variables; modules; the image for its CPUs; its folder and what
it reads; the program; what it leaves. `main` is on top, what it calls below it, and the last line
starts it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from envc.jobs import words
from envc.jobs.model import Job, Words
from envc.runtimes.model import Word


class Number(NamedTuple):
    """Where a job of an array finds which one it is."""

    variable: str
    """Of the scheduler: `SLURM_ARRAY_TASK_ID`."""
    first: int | None = None
    """What the scheduler calls the first where it only counts on; None where it has the numbers
    themselves."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a script for one job has that those of other schedulers have not."""

    directives: Words
    """Whole lines, before any command."""
    job: Words
    """Variables of the scheduler with the job's id: the first of them that is set."""
    folder: str = ""
    """The variable with the folder that the job was handed in from; empty where it starts there."""
    number: Number | None = None
    """None where the scheduler has no arrays: the script then counts itself."""
    nodes: str = ""
    """The variable with the number of nodes, where the scheduler may decide."""
    launch: tuple[Word, ...] = ()
    """What starts the rest of the line once for each task; empty where there is one task."""
    each_node: tuple[Word, ...] = ()
    """What starts the rest of the line once on each node."""
    prefixes: Words = ()
    """Beginnings of the variables by which tasks find each other: `PMIX_`."""
    unset: Words = ()
    """Variables of the scheduler that would change what is started."""
    images: Word = ()
    """The folder into which the scheduler brings the images; empty for the site's."""
    shell: str = "/bin/sh"
    terminal: bool = False
    """Whether somebody sits before it."""


class Step(NamedTuple):
    """A function that `main` calls, and those that it calls itself."""

    call: str
    """Its name, and the words that it is given."""
    body: str
    uses: Words = ()
    """Of `envc.jobs.sentences` and its like, by name."""


def text(job: Job, dialect: Dialect) -> str:
    from envc.jobs import dispatch, header, settings, staging, starting
    from envc.jobs.functions import called

    steps = tuple(
        chain(
            settings.steps(job, dialect),
            dispatch.steps(job, dialect),
            staging.before(job, dialect),
            starting.steps(job, dialect),
        )
    )
    functions = "\n".join(chain(_functions(steps), called(steps), dispatch.selector(job)))
    head = "\n".join((f"#!{dialect.shell}", *dialect.directives))
    body = f"{_main(steps)}\n{functions}"
    defined = words.DEFINED if f"${words.NEWLINE}" in body else ""
    return f'{head}\n\n{header.text(job)}\nset -eu\n{defined}\n{body}\nmain "$@"\n'


def _main(steps: tuple[Step, ...]) -> str:
    calls = "".join(f"  {each.call}\n" for each in steps)
    return f"main() {{\n{calls}}}\n"


def _functions(steps: tuple[Step, ...]) -> Iterator[str]:
    for each in steps:
        name, _, _ = each.call.partition(" ")
        # A value may hold letters that other functions of Python take for line breaks.
        lines = each.body.rstrip("\n").split("\n")
        body = "".join(f"  {line}\n" if line else "\n" for line in lines)
        yield f"{name}() {{\n{body}}}\n"
