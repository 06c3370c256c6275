"""The text of a Dockerfile: stages that fetch, install and compile, of which the last is kept."""

from collections.abc import Iterator

from envc.plan import beside, roots
from envc.plan.beside import (
    ENTRY,
    PACKAGES,
    THERE,
    component,
    fetched,
    folder,
    made,
    packages,
    step,
    suite,
)
from envc.plan.image import HOME, USER
from envc.plan.model import INPUTS, Part, Plan, Set
from envc.plan.steps import SETTINGS, inputs, parts
from envc.quoting.dockerfile import assigned, comment, listed, path, reference

USUAL = "debian:{suite}-slim"
"""The image that fetches, where none is asked for."""

_HEAD = """\
#
# Written by `envc compile`: change the spec, not this file. README.md says how to use it.
#
# The image is made of packages, each named by its SHA-256 in a list beside this file, and of the
# sources in inputs/. Nothing is looked up while it is built. The scripts in steps/ say what
# is done.

# The first stages fetch packages and install them into a folder: any image of Debian will do, since
# it has sh, tar, dpkg-deb and apt-helper, and nothing of it is kept. MIRRORS are asked before the
# archive of all that Debian ever published. They are not trusted: a package that is not as the list
# says is not installed.
"""
_BASE = """
# ---- base: {asked} as it was when it was locked; packages are installed over its files
FROM {base} AS base
"""
_ROOT = """
# ---- {name}: {about}
FROM {tools} AS {name}
ARG MIRRORS
ENV SOURCE_DATE_EPOCH="{epoch}" SNAPSHOTS="{snapshots}"
{base}COPY {step} {packages} {there}/
RUN {fetched} && \\
    {made} && \\
    rm -r {folder}
"""
_BUILD = """
# ---- build: each part has a layer of its own, and is built again only where it or a part before it
# has changed
FROM scratch AS build
COPY --from=build-packages /root-build /
"""
_IMAGE = """
# ---- image: what is kept
FROM scratch AS image
COPY --from=run-packages /root-run /
COPY --from=run-packages /opt/envc /opt/envc
"""


def text(plan: Plan) -> str:
    return "".join((*_head(plan), *_roots(plan), *_build(plan), *_image(plan)))


# ---- packages ------------------------------------------------------------------------------------


def _head(plan: Plan) -> Iterator[str]:
    # The first line is ours: there, and only there, a comment can be an instruction.
    yield "# A Dockerfile for docker, buildah and podman, of\n"
    choices = f" ({' '.join(plan.choices)})" if plan.choices else ""
    title = f"{plan.name} {plan.version}{choices} for {plan.target}: {plan.summary}"
    yield f"{comment(title)}\n{_HEAD}"


def _roots(plan: Plan) -> Iterator[str]:
    if plan.base is not None:
        yield _BASE.format(asked=plan.base.reference, base=reference(str(plan.base)))
    if plan.recipes:
        yield _root(plan, "build", "compilers, headers and libraries to build with")
    yield _root(plan, "run", beside.about_run(plan))
    finished = _started(roots.SCRIPT, "finish", "/opt/envc")
    yield f"{_copy(ENTRY)}RUN {_started(ENTRY)} && {finished}\n"


def _root(plan: Plan, root: str, about: str) -> str:
    return _ROOT.format(
        name=f"{root}-packages",
        about=about,
        tools=reference(plan.tools or USUAL.format(suite=suite(plan))),
        epoch=plan.epoch,
        snapshots=" ".join((plan.snapshot, *plan.upgrades)),
        base="" if plan.base is None else f"COPY --from=base / {folder(root)}/\n",
        packages=packages(root),
        step=step(roots.SCRIPT),
        there=THERE,
        fetched=_started(*fetched([root])),
        made=_started(*made(plan, root)),
        folder=PACKAGES,
    )


# ---- what is built -------------------------------------------------------------------------------


def _build(plan: Plan) -> Iterator[str]:
    if not plan.recipes:
        return
    yield _BUILD
    for part in parts(plan):
        yield from _settings(part) if part.name == SETTINGS else _part(plan, part)
    yield f"\n# One time for all, and nothing that only this build left.\n{_copy(roots.SCRIPT)}"
    yield _run(roots.SCRIPT, "finish", plan.prefix)


def _settings(part: Part) -> Iterator[str]:
    yield "# What programs otherwise take from the machine, the user or the clock.\n"
    said = [assigned(each.name, each.value) for each in part.steps if isinstance(each, Set)]
    yield " \\\n    ".join(("ENV", *said)) + "\n"
    yield "\n# A file to which every call of a compiler is added, where one is named.\n"
    yield "ARG ENVC_COMPILED\n"


def _part(plan: Plan, part: Part) -> Iterator[str]:
    yield "\n"
    for recipe in plan.recipes:
        if recipe.name == part.name:
            yield f"{comment(f'{recipe.name} {recipe.version}: {recipe.summary}')}\n"
    if files := inputs(plan, part.name):
        yield f"COPY {' '.join(path(f'inputs/{each}') for each in files)} {INPUTS}/\n"
    yield _copy(component(part.name))
    yield _run(component(part.name))


# ---- what is kept --------------------------------------------------------------------------------


def _image(plan: Plan) -> Iterator[str]:
    yield _IMAGE
    if plan.recipes:
        yield f"COPY --from=build {path(plan.prefix)} {path(plan.prefix)}\n"
    for name, value in plan.variables:
        yield f"ENV {assigned(name, value)}\n"
    for name, value in sorted(plan.labels.items()):
        yield f"LABEL {assigned(name, value)}\n"
    yield f"WORKDIR {HOME}\nUSER {USER}\n"
    yield f"ENTRYPOINT {listed((roots.ENTRY,))}\nCMD {listed(plan.command)}\n"


def _copy(script: str) -> str:
    return f"COPY {path(step(script))} {THERE}/\n"


def _started(script: str, *words: str) -> str:
    return " ".join(("sh", f"{THERE}/{script}", *words))


def _run(script: str, *words: str) -> str:
    return f"RUN {listed(('sh', f'{THERE}/{script}', *words))}\n"
