"""What an image says and does: sections that are the same wherever its files are from."""

from collections.abc import Iterator
from datetime import UTC, datetime

from envc.plan import roots, runs, shell
from envc.plan.model import OfJob, Plan, Run
from envc.quoting import definition

NOT_OURS = frozenset({"HOME"})
"""Variables of the image that Apptainer takes from whoever runs it."""
DATE = "org.label-schema.build-date"

_START = """\
# As in an image of Docker: the words given are the command, and there is one for no words.
%runscript
{start}
%startscript
{start}
"""


def sections(plan: Plan) -> str:
    found = (_environment, _start, _apps, _test, _labels, _help)
    return "".join(line for section in found for line in section(plan)).rstrip() + "\n"


def title(plan: Plan) -> str:
    choices = f" ({' '.join(plan.choices)})" if plan.choices else ""
    summary = f": {plan.summary}" if plan.summary.strip() else ""
    return f"{plan.name} {plan.version}{choices} for {plan.target}{summary}"


def labels(plan: Plan) -> dict[str, str]:
    """Apptainer's own says when an image was made: here, the one time of all that is in it."""
    moment = datetime.fromtimestamp(plan.epoch, UTC)
    return {**plan.labels, DATE: moment.strftime("%Y-%m-%dT%H:%M:%SZ")}


def _environment(plan: Plan) -> Iterator[str]:
    yield "%environment\n"
    for name, value in plan.variables:
        if name not in NOT_OURS:
            yield f"    export {definition.assignment(name, value)}\n"
    yield "\n"


def _start(plan: Plan) -> Iterator[str]:
    command = " ".join(map(definition.word, plan.command))
    start = f'    [ "$#" -gt 0 ] || set -- {command}\n    exec {roots.ENTRY} "$@"\n'
    yield _START.format(start=start)


def _apps(plan: Plan) -> Iterator[str]:
    if plan.runs:
        yield "# The runs of the spec. What only a job knows is in variables that it sets.\n"
    for run in plan.runs:
        words = runs.started(run, definition.word)
        yield f'%apprun {run.name}\n    exec {roots.ENTRY} {words} "$@"\n\n'
        yield f"%apphelp {run.name}\n    {definition.prose(_shown(run))}\n\n"


def _shown(run: Run) -> str:
    """As the spec has it, for people."""
    words = (
        "".join(f"{{{each.name}}}" if isinstance(each, OfJob) else each for each in parts)
        for parts in run.words
    )
    return f"starts {' '.join(words)} [ARGUMENT...]"


def _test(plan: Plan) -> Iterator[str]:
    checks = [check for recipe in plan.recipes for check in recipe.checks]
    if not checks:
        return
    yield "# On a CPU that lacks what the target has, build with --notest: nothing starts there.\n"
    yield f"%test\nset -eu\n{roots.ENTRY} true\n"
    yield definition.script("".join(map(shell.check, checks)))
    yield "\n"


def _labels(plan: Plan) -> Iterator[str]:
    yield "%labels\n"
    for name, value in sorted(labels(plan).items()):
        yield f"    {definition.label(name, value)}\n"
    yield "\n"


def _help(plan: Plan) -> Iterator[str]:
    yield f"%help\n    {definition.prose(title(plan))}\n"
    if plan.homepage.strip():
        yield f"    Homepage: {definition.prose(plan.homepage)}\n"
    command = definition.prose(" ".join(plan.command))
    yield f"    apptainer run IMAGE                        starts {command}\n"
    yield "    apptainer run IMAGE PROGRAM [ARGUMENT...]  starts another program\n"
    yield "    apptainer test IMAGE                       runs the tests of the spec\n"
    for run in plan.runs:
        yield f"    apptainer run --app {run.name} IMAGE [ARGUMENT...]\n"
        yield f"        {definition.prose(_shown(run))}\n"
