"""`envc init [DIR]`: writes a first spec. It asks nothing, and changes nothing that is there.

Beside it goes `.gitattributes`, by which git merges locks block by block.
"""

import argparse
import os
import re
import sys
from typing import Any

from envc import exits
from envc.lock import git

_BUILD_FILES = (
    ("CMakeLists.txt", "cmake"),
    ("meson.build", "meson"),
    ("configure", "autotools"),
    ("configure.ac", "autotools"),
    ("pyproject.toml", "python"),
    ("setup.py", "python"),
    ("Makefile", "make"),
    ("makefile", "make"),
)
"""What a folder holds, and the build system that it tells of; the first one decides."""

_NEEDS = {
    "cmake": "needs    gcc@12:, cmake@3.20:",
    "meson": "needs    gcc@12:, meson",
    "autotools": "needs    gcc@12:",
    "make": "needs    gcc@12:",
    "python": """\
needs {
    python@3.11:
    python-pip         for build
    python-setuptools  for build
  }""",
}

_TARGETS = {"python": "x86_64"}
"""Where nothing is compiled, no more than one makes a difference."""

_SPEC = """\
envc 1

app {name}@0.1.0 {{
  summary  "What {name} computes, in one line"
  license  MIT
  source   dir "."
  {needs}
  targets  {targets}
  build    {build}
  test     "{name} --version"
  run demo {{
    nodes     1
    tasks     4
    memory    8 GiB
    walltime  30 min
    command   "{name}"
  }}
}}
"""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "init",
        help="write a first spec",
        description="Writes a first spec, named after the folder. Asks nothing and never "
        "overwrites a file.",
    )
    parser.add_argument(
        "folder", nargs="?", default=".", metavar="DIR", help="made if it is not there"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc import writing

    if os.path.exists(args.folder) and not os.path.isdir(args.folder):
        return _refuse(f"`{args.folder}` is a file, not a folder")
    os.makedirs(args.folder, exist_ok=True)
    name = _name(os.path.basename(os.path.realpath(args.folder)))
    path = os.path.normpath(os.path.join(args.folder, f"{name}.envc"))
    try:
        writing.create(path, spec(name, _build_system(args.folder)))
    except FileExistsError:
        return _refuse(f"`{path}` is there already, and stays as it is")
    attributes = _attributes(args.folder)
    if args.json:
        _print_json(path, attributes)
        return exits.FINE
    print(f"wrote {path}")
    if attributes is not None:
        print(f"wrote {attributes}")
    if not args.quiet:
        print(_next(path, attributes), file=sys.stderr)
    return exits.FINE


def spec(name: str, build: str) -> str:
    targets = _TARGETS.get(build, "x86_64_v2, x86_64_v3, x86_64_v4")
    return _SPEC.format(name=name, build=build, needs=_NEEDS[build], targets=targets)


def _attributes(folder: str) -> str | None:
    """Writes the file by which git knows locks; None where one is, which stays as it is."""
    from envc import writing

    path = os.path.normpath(os.path.join(folder, ".gitattributes"))
    try:
        writing.create(path, f"{git.ATTRIBUTES}\n")
    except FileExistsError:
        return None
    return path


def _next(path: str, attributes: str | None) -> str:
    said = [f"next: put your own words into it, then `envc check {path}`"]
    if attributes is None:
        said.append(f"for git to merge locks, .gitattributes needs: {git.ATTRIBUTES}")
    said.append(f"in git, once a clone: {git.CONFIGURE}")
    return "\n".join(said)


def _name(folder: str) -> str:
    """The folder's name as the language can say it: `2d heat` becomes `app-2d-heat`."""
    plain = "-".join(re.findall(r"[0-9A-Za-z_]+", folder))
    if not plain:
        return "my-app"
    return plain if not plain[0].isdigit() else f"app-{plain}"


def _build_system(folder: str) -> str:
    for file, system in _BUILD_FILES:
        if os.path.exists(os.path.join(folder, file)):
            return system
    return "cmake"


def _refuse(message: str) -> int:
    print(f"envc init: {message}", file=sys.stderr)
    return exits.DIAGNOSTICS


def _print_json(path: str, attributes: str | None) -> None:
    import json

    print(json.dumps({"schema": 1, "wrote": path, "attributes": attributes}, indent=2))
