"""The text of a definition: stages that fetch, build and keep, as in a Dockerfile of the plan."""

from collections.abc import Iterator
from datetime import UTC, datetime
from posixpath import dirname

from envc.plan import beside, roots, runs, shell
from envc.plan.model import INPUTS, OfJob, Patch, Plan, Run, Set, Unpack
from envc.plan.steps import SETTINGS, parts
from envc.quoting import definition

USUAL = "debian:{suite}-slim"
"""The image that fetches, where none is asked for."""
NOT_OURS = frozenset({"HOME"})
"""Variables of the image that Apptainer takes from whoever runs it."""
OWN = dirname(roots.ENTRY)
DATE = "org.label-schema.build-date"

_HEAD = """\
#
# Written by `envc compile`: change the spec, not this file. README.md says how to use it.
#
# The image is made of packages, each named by its SHA-256 in a list beside this file, and of the
# sources in inputs/. Nothing is looked up while it is built, and nothing of the image of the first
# stage is in the last. The scripts in steps/ say what is done. All this is looked for in the folder
# that the build is started in. The digest of everything that goes in:
# {closure}

# ---- tools: any image of Debian will do, since it has sh, tar, dpkg-deb and apt-helper
# MIRRORS are asked before the archive of all that Debian ever published. They are not trusted: a
# package that is not as the list says is not installed.
Bootstrap: {bootstrap}
From: {place}
Stage: tools

%arguments
    MIRRORS=

%files
"""
_TOOLS = """
%post
    set +x
    export MIRRORS='{{{{ MIRRORS }}}}'
    export SOURCE_DATE_EPOCH={epoch} SNAPSHOTS={snapshots}
"""
_BUILD = """
# ---- build: compilers, headers and libraries, and what is built with them
# A slash at the end of a folder stands for all that is in it.
Bootstrap: scratch
Stage: build

%arguments
    ENVC_COMPILED=

%files from tools
    /root-build/ /

%files
"""
_SETTINGS = """
%post
    set +x
    unset LD_LIBRARY_PATH
    # What compilers and build systems otherwise take from the machine, the user or the clock.
"""
_COMPILED = """\
    # A file to which every call of a compiler is added, where one is named.
    export ENVC_COMPILED='{{ ENVC_COMPILED }}'
"""
_IMAGE = """
# ---- image: what is kept
Bootstrap: scratch
Stage: image

%files from tools
    /root-run/ /
    {own}/ {own}/

"""
_START = """\
# As in an image of Docker: the words given are the command, and there is one for no words.
%runscript
{start}
%startscript
{start}
"""


def text(plan: Plan) -> str:
    sections = (_tools, _build, _image, _environment, _start, _apps, _test, _labels, _help)
    return "".join(line for section in sections for line in section(plan)).rstrip() + "\n"


def title(plan: Plan) -> str:
    choices = f" ({' '.join(plan.choices)})" if plan.choices else ""
    summary = f": {plan.summary}" if plan.summary.strip() else ""
    return f"{plan.name} {plan.version}{choices} for {plan.target}{summary}"


def labels(plan: Plan) -> dict[str, str]:
    """Apptainer's own says when an image was made: here, the one time of all that is in it."""
    moment = datetime.fromtimestamp(plan.epoch, UTC)
    return {**plan.labels, DATE: moment.strftime("%Y-%m-%dT%H:%M:%SZ")}


# ---- stages --------------------------------------------------------------------------------------


def _tools(plan: Plan) -> Iterator[str]:
    suite = plan.origin.partition("/")[2]
    origin = definition.origin(plan.tools or USUAL.format(suite=suite))
    names = [name for name in beside.ROOTS if plan.recipes or name == "run"]
    scripts = [beside.step(roots.SCRIPT), beside.step(beside.ENTRY)]
    yield f"{definition.comment(f'A definition for Apptainer, of {title(plan)}')}\n"
    yield _HEAD.format(closure=plan.closure, bootstrap=origin.bootstrap, place=origin.place)
    yield from _copied(*scripts, *map(beside.packages, names), into=beside.THERE)
    snapshots = definition.word(" ".join((plan.snapshot, *plan.upgrades)))
    yield _TOOLS.format(epoch=plan.epoch, snapshots=snapshots)
    lists = {name: f"{beside.THERE}/{beside.packages(name)}" for name in names}
    yield _started(roots.SCRIPT, "fetch", "/packages", *lists.values())
    for name, path in lists.items():
        yield _started(roots.SCRIPT, "make", path, "/packages", f"/root-{name}")
    yield _started(beside.ENTRY)
    yield _started(roots.SCRIPT, "finish", OWN)


def _build(plan: Plan) -> Iterator[str]:
    if not plan.recipes:
        return
    yield _BUILD
    found = {part.name: part for part in parts(plan)}
    settings = found.pop(SETTINGS)
    steps = [step for part in found.values() for step in part.steps]
    inputs = sorted({each.file for each in steps if isinstance(each, Unpack | Patch)})
    yield from _copied(*(f"inputs/{name}" for name in inputs), into=INPUTS)
    scripts = [roots.SCRIPT, *map(beside.component, found)]
    yield from _copied(*map(beside.step, scripts), into=beside.THERE)
    yield _SETTINGS
    for each in settings.steps:
        if isinstance(each, Set):
            yield f"    export {definition.assignment(each.name, each.value)}\n"
    yield _COMPILED
    for name in found:
        yield _started(beside.component(name))
    yield "    # One time for all, and nothing that only this build left.\n"
    yield _started(roots.SCRIPT, "finish", plan.prefix)


def _image(plan: Plan) -> Iterator[str]:
    yield _IMAGE.format(own=OWN)
    if plan.recipes:
        yield f"%files from build\n    {plan.prefix}/ {plan.prefix}/\n\n"


def _copied(*files: str, into: str) -> Iterator[str]:
    yield from (f"    {file} {into}/\n" for file in files)


def _started(script: str, *words: str) -> str:
    return f"    {' '.join(('sh', f'{beside.THERE}/{script}', *words))}\n"


# ---- what the image says and does ----------------------------------------------------------------


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
