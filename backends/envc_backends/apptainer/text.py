"""The text of a definition: stages that fetch, build and keep, as in a Dockerfile of the plan."""

from collections.abc import Iterator
from posixpath import dirname

from envc.plan import beside, roots
from envc.plan.model import INPUTS, Plan, Set
from envc.plan.steps import SETTINGS, inputs, parts
from envc.quoting import definition
from envc_backends.apptainer import image

USUAL = "debian:{suite}-slim"
"""The image that fetches, where none is asked for."""
OWN = dirname(roots.ENTRY)

_HEAD = """\
#
# Written by `envc compile`: change the spec, not this file. README.md says how to use it.
#
# The image is made of packages, each named by its SHA-256 in a list beside this file, and of the
# sources in inputs/. Nothing is looked up while it is built. The scripts in steps/ say what
# is done. All this is looked for in the folder that the build is started in. The digest of
# everything that goes in:
# {closure}
{base}
# ---- tools: any image of Debian will do, since it has sh, tar, dpkg-deb and apt-helper; nothing of
# it is kept
# MIRRORS are asked before the archive of all that Debian ever published. They are not trusted: a
# package that is not as the list says is not installed.
Bootstrap: {bootstrap}
From: {place}
Stage: tools

%arguments
    MIRRORS=

%files
"""
_BASE = """
# ---- base: {asked} as it was when it was locked; packages are installed over its files
Bootstrap: {bootstrap}
From: {place}
Stage: base
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


def text(plan: Plan) -> str:
    stages = (line for stage in (_tools, _build, _image) for line in stage(plan))
    return "".join((*stages, *image.sections(plan)))


# ---- stages --------------------------------------------------------------------------------------


def _tools(plan: Plan) -> Iterator[str]:
    origin = definition.origin(plan.tools or USUAL.format(suite=beside.suite(plan)))
    names = beside.used(plan)
    scripts = [beside.step(roots.SCRIPT), beside.step(beside.ENTRY)]
    yield f"{definition.comment(f'A definition for Apptainer, of {image.title(plan)}')}\n"
    yield _HEAD.format(
        closure=plan.closure,
        bootstrap=origin.bootstrap,
        place=origin.place,
        base="".join(_base(plan)),
    )
    yield from _copied(*scripts, *map(beside.packages, names), into=beside.THERE)
    if plan.base is not None:
        yield "\n%files from base\n"
        yield from (f"    / {beside.folder(name)}/\n" for name in names)
    snapshots = definition.word(" ".join((plan.snapshot, *plan.upgrades)))
    yield _TOOLS.format(epoch=plan.epoch, snapshots=snapshots)
    yield _started(*beside.fetched(names))
    for name in names:
        yield _started(*beside.made(plan, name))
    yield _started(beside.ENTRY)
    yield _started(roots.SCRIPT, "finish", OWN)


def _base(plan: Plan) -> Iterator[str]:
    if plan.base is not None:
        origin = definition.origin(str(plan.base))
        yield _BASE.format(
            asked=plan.base.reference, bootstrap=origin.bootstrap, place=origin.place
        )


def _build(plan: Plan) -> Iterator[str]:
    if not plan.recipes:
        return
    yield _BUILD
    found = {part.name: part for part in parts(plan)}
    settings = found.pop(SETTINGS)
    files = sorted({file for name in found for file in inputs(plan, name)})
    yield from _copied(*(f"inputs/{file}" for file in files), into=INPUTS)
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
