"""What Apptainer looks for in an image: scripts, variables and labels below `/.singularity.d`.

They mean what the definition of the same plan says, so that both images are used alike.
"""

import json
from collections.abc import Iterator
from typing import Any

from envc.images import oci
from envc.images.tree import File, Folder, Held, Node, Path, at, laid, parts, put
from envc.plan import roots, runs, shell
from envc.plan.model import OfJob, Plan, Run
from envc.quoting import definition, sh

OWN = ".singularity.d"
_NOT_OURS = frozenset({"HOME"})
"""Variables of the image that Apptainer takes from whoever runs it."""
_MOUNTED = ("etc/hosts", "etc/resolv.conf")
"""Files over which it mounts those of the host."""
_FOLDERS = (f"{OWN}/libs", "dev", "proc", "run", "sys", "tmp", "var/tmp")
_LIBRARIES = """\
#!/bin/sh
# Where Apptainer puts libraries of the host that were asked for, such as those of a GPU.
LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}/.singularity.d/libs"
PS1="${PS1:-Apptainer> }"
export LD_LIBRARY_PATH PS1
"""
_ASKED = """\
#!/bin/sh
# What whoever starts it asks of the path: APPTAINERENV_PREPEND_PATH and the like.
PATH="${SING_USER_DEFINED_PREPEND_PATH:+$SING_USER_DEFINED_PREPEND_PATH:}$PATH"
PATH="$PATH${SING_USER_DEFINED_APPEND_PATH:+:$SING_USER_DEFINED_APPEND_PATH}"
PATH="${SING_USER_DEFINED_PATH:-$PATH}"
unset SING_USER_DEFINED_PREPEND_PATH SING_USER_DEFINED_APPEND_PATH SING_USER_DEFINED_PATH
export PATH
"""


def dressed(tree: Folder, plan: Plan) -> Folder:
    """The tree with what Apptainer looks for in it."""
    own = Folder(implied=True)
    for path in _FOLDERS:
        _add_missing(own, tree, path, Folder(0o1777 if path.endswith("tmp") else 0o755))
    for path in _MOUNTED:
        _add_missing(own, tree, path, _file("", 0o644))
    for path, text, mode in files(plan):
        put(own, _path(path), _file(text, mode))
    return laid(tree, own)


def metadata(plan: Plan) -> dict[str, Any]:
    """The same for `apptainer inspect`, as data."""
    texts = {path.removeprefix(f"{OWN}/"): text for path, text, _ in files(plan)}
    apps = {
        run.name: {
            "labels": {"SCIF_APP_NAME": run.name},
            "runscript": texts[f"{_app(run)}/runscript"],
            "helpfile": texts[f"{_app(run)}/runscript.help"],
        }
        for run in plan.runs
    }
    attributes = {
        "apps": apps,
        "deffile": texts["Singularity"],
        "environment": {f"/{OWN}/{_VARIABLES}": texts[_VARIABLES]},
        "helpfile": texts["runscript.help"],
        "labels": labels(plan),
        "runscript": texts["runscript"],
        "startscript": texts["startscript"],
        "test": texts.get("test", ""),
    }
    said = {name: value for name, value in attributes.items() if value}
    return {"data": {"attributes": said}, "type": "container"}


def labels(plan: Plan) -> dict[str, str]:
    usual = {
        "build-arch": oci.platform(plan)["architecture"],
        "build-date": oci.moment(plan),
        "schema-version": "1.0",
        "usage": f"/{OWN}/runscript.help",
    }
    return {**plan.labels, **{f"org.label-schema.{name}": said for name, said in usual.items()}}


def origin(plan: Plan) -> str:
    """In the place of a definition: what it is made of."""
    return (
        "Bootstrap: scratch\n\n"
        f"# Made by `envc build` of {plan.app} for {plan.target}, of what this digest stands for:\n"
        f"# {plan.closure}\n"
    )


# ---- files ---------------------------------------------------------------------------------------

_VARIABLES = "env/90-environment.sh"


def files(plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Path, text and rights of each."""
    start = f'[ "$#" -gt 0 ] || set -- {sh.words(plan.command)}\nexec {roots.ENTRY} "$@"\n'
    said = json.dumps(labels(plan), sort_keys=True, indent=1, ensure_ascii=False)
    yield f"{OWN}/Singularity", origin(plan), 0o644
    yield f"{OWN}/{_VARIABLES}", _script(_exports(plan)), 0o755
    yield f"{OWN}/env/99-base.sh", _LIBRARIES, 0o755
    yield f"{OWN}/env/99-runtimevars.sh", _ASKED, 0o755
    yield f"{OWN}/labels.json", f"{said}\n", 0o644
    yield f"{OWN}/runscript", _script(start), 0o755
    yield f"{OWN}/runscript.help", "".join(_help(plan)), 0o644
    yield f"{OWN}/startscript", _script(start), 0o755
    if checks := [check for recipe in plan.recipes for check in recipe.checks]:
        tests = "".join(map(shell.check, checks))
        yield f"{OWN}/test", _script(f"set -eu\n{roots.ENTRY} true\n{tests}"), 0o755
    for run in plan.runs:
        yield (
            f"{_app(run)}/runscript",
            _script(f'exec {roots.ENTRY} {runs.started(run)} "$@"\n'),
            0o755,
        )
        yield f"{_app(run)}/runscript.help", f"{_shown(run)}\n", 0o644


def _app(run: Run) -> str:
    return f"scif/apps/{run.name}/scif"


def _exports(plan: Plan) -> str:
    return "".join(
        f"export {definition.assignment(name, value)}\n"
        for name, value in plan.variables
        if name not in _NOT_OURS
    )


def _help(plan: Plan) -> Iterator[str]:
    choices = f" ({' '.join(plan.choices)})" if plan.choices else ""
    summary = f": {plan.summary}" if plan.summary.strip() else ""
    yield f"{plan.name} {plan.version}{choices} for {plan.target}{summary}\n"
    if plan.homepage.strip():
        yield f"Homepage: {plan.homepage}\n"
    yield f"apptainer run IMAGE                        starts {' '.join(plan.command)}\n"
    yield "apptainer run IMAGE PROGRAM [ARGUMENT...]  starts another program\n"
    yield "apptainer test IMAGE                       runs the tests of the spec\n"
    for run in plan.runs:
        yield f"apptainer run --app {run.name} IMAGE [ARGUMENT...]\n    {_shown(run)}\n"


def _shown(run: Run) -> str:
    """As the spec has it, for people."""
    words = (
        "".join(f"{{{each.name}}}" if isinstance(each, OfJob) else each for each in parts)
        for parts in run.words
    )
    return f"starts {' '.join(words)} [ARGUMENT...]"


def _script(text: str) -> str:
    return f"#!/bin/sh\n{text}"


def _file(text: str, mode: int) -> File:
    data = text.encode()
    return File(mode, len(data), Held(data))


def _add_missing(own: Folder, tree: Folder, path: str, node: Node) -> None:
    if at(tree, _path(path)) is None:
        put(own, _path(path), node)


def _path(path: str) -> Path:
    return parts(path.encode())
