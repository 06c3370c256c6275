"""The text of a definition: stages that fetch, build and keep, as in a Dockerfile of the plan."""

from collections.abc import Iterator
from datetime import UTC, datetime

from envc.plan import beside, roots, shell
from envc.plan.model import INPUTS, Part, Patch, Plan, Set, Unpack
from envc.plan.steps import SETTINGS, parts
from envc.quoting import definition

USUAL = "debian:{suite}-slim"
"""The image that fetches, where none is asked for."""
NOT_OURS = frozenset({"HOME"})
"""Variables of the image that Apptainer takes from whoever runs it."""
DATE = "org.label-schema.build-date"

_HEAD = """\
#
# Written by `envc compile`: change the spec, not this file. README.md says how to use it.
#
# The image is made of packages, each named by its SHA-256 in packages-build.txt or
# packages-run.txt, and of the sources in inputs/. Nothing is looked up while it is built, and
# nothing of the image of the first stage is in the last. The scripts in steps/ say what is done.
# Files are looked for in the folder that the build is started in.

"""
_TOOLS = """\
# ---- tools: sh, tar, dpkg-deb and apt-helper, which any image of Debian has.
# MIRRORS are asked before the archive of all that Debian ever published. They are not trusted:
# what is not as the lists say is not unpacked.
Bootstrap: {bootstrap}
From: {place}
Stage: tools

%arguments
    MIRRORS=

%files
    packages-build.txt {there}/
    packages-run.txt {there}/
    steps/{script} {there}/

%post
    set +x
    export MIRRORS='{{{{ MIRRORS }}}}' SNAPSHOTS={snapshots} SOURCE_DATE_EPOCH={epoch}
    cd {there}
    sh {script} fetch debs packages-build.txt packages-run.txt
    sh {script} make packages-build.txt debs /roots/build
    sh {script} make packages-run.txt debs /roots/run

"""
_BUILD = """\
# ---- build: compilers, headers and libraries, and the app built with them.
# With the slash at its end, what is in a folder is copied.
Bootstrap: scratch
Stage: build

%files from tools
    /roots/build/ /

"""
_IMAGE = """\
# ---- image: what is kept. No compiler, no headers.
Bootstrap: scratch
Stage: image

%files from tools
    /roots/run/ /

%files from build
    {prefix}/ {prefix}/

%files
    steps/{entry} {there}/

%post
    set +x
    unset LD_LIBRARY_PATH
    sh {there}/{entry}
    rm -r {there}

"""
_START = """\
# As in an image of Docker: the words given are the command, and there is one for no words.
%runscript
{start}
%startscript
{start}
"""


def text(plan: Plan) -> str:
    sections = (_head, _tools, _build, _image, _environment, _start, _test, _labels, _help)
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


def _head(plan: Plan) -> Iterator[str]:
    yield f"{definition.comment(f'A definition for Apptainer, of {title(plan)}')}\n{_HEAD}"


def _tools(plan: Plan) -> Iterator[str]:
    suite = plan.origin.partition("/")[2]
    origin = definition.origin(plan.tools or USUAL.format(suite=suite))
    yield _TOOLS.format(
        bootstrap=origin.bootstrap,
        place=origin.place,
        there=beside.THERE,
        script=roots.SCRIPT,
        snapshots=definition.word(" ".join((plan.snapshot, *plan.upgrades))),
        epoch=plan.epoch,
    )


def _build(plan: Plan) -> Iterator[str]:
    yield _BUILD
    yield "%files\n"
    for name in _inputs(plan):
        yield f"    inputs/{name} {INPUTS}/\n"
    yield f"    {beside.step(roots.SCRIPT)} {beside.THERE}/\n"
    for part in parts(plan):
        if part.name != SETTINGS:
            yield f"    {beside.step(beside.component(part.name))} {beside.THERE}/\n"
    yield "\n%post\n    set +x\n    unset LD_LIBRARY_PATH\n"
    for part in parts(plan):
        if part.name == SETTINGS:
            yield from _settings(part)
        else:
            yield f"    sh {beside.THERE}/{beside.component(part.name)}\n"
    finish = f"sh {beside.THERE}/{roots.SCRIPT} finish {plan.prefix}"
    yield f"    {finish}\n\n"


def _inputs(plan: Plan) -> list[str]:
    steps = (step for part in parts(plan) for step in part.steps)
    return sorted({step.file for step in steps if isinstance(step, Unpack | Patch)})


def _settings(part: Part) -> Iterator[str]:
    """What compilers and build systems otherwise take from the machine, the user or the clock."""
    for step in part.steps:
        if isinstance(step, Set):
            yield f"    export {definition.assignment(step.name, step.value)}\n"


def _image(plan: Plan) -> Iterator[str]:
    yield _IMAGE.format(prefix=plan.prefix, entry=beside.ENTRY, there=beside.THERE)


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
