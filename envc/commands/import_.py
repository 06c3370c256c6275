"""`envc import FILE` makes a spec of another tool's file, and says what it could not carry."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from envc.diagnostics.model import Diagnostic
    from envc.importing.found import Note, Refused
    from envc.importing.writing import Imported
    from envc.source import Source

_FORMATS = ("dockerfile", "singularity", "conda", "spack", "easyconfig", "hpccm")
"""As in `envc.importing.formats`, which a help need not read."""
_LARGEST = 1024 * 1024
"""Letters. What people write for other tools has thousands."""


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "import",
        help="make a spec of another tool's file",
        description="Makes a spec of a Dockerfile, a Singularity definition, conda's "
        "environment.yml, spack.yaml, an easyconfig or a recipe of hpccm. Nothing in it is run and "
        "nothing is fetched. What cannot be carried is said, and stands in the spec as a comment.",
        epilog="exit codes: 0 fine, 1 the file is not what it is said to be, 2 wrong usage",
    )
    parser.add_argument("file", metavar="FILE", help="`-` is standard input, with --from")
    parser.add_argument(
        "--from", dest="form", choices=_FORMATS, help="what the file is, where that does not show"
    )
    parser.add_argument("-o", "--output", metavar="SPEC", help="write the spec to this new file")
    parser.add_argument("--name", metavar="NAME", help="what the app is called")
    parser.add_argument("--json", action="store_true", help="print spec and notes for programs")


def run(args: argparse.Namespace) -> int:
    from envc import reading
    from envc.importing import formats
    from envc.importing.found import Refused
    from envc.importing.writing import write

    if args.file == reading.STDIN and args.form is None:
        return _usage("standard input has no name to tell its format by", "give --from FORMAT")
    source, told = reading.read(args.file)
    if source is None:
        return _refused_reading(told)
    if len(source.text) > _LARGEST:
        return _refused(source, Refused(1, "this file holds more than anybody writes by hand"))
    form = args.form or formats.recognised(source)
    if form is None:
        said = f"nothing shows what {_shown(source)} is"
        return _usage(said, f"give --from FORMAT, one of {', '.join(_FORMATS)}")
    found = formats.read(source, form)
    if isinstance(found, Refused):
        return _refused(source, found)
    found.name = args.name or found.name or _name(source)
    imported = write(found, os.path.basename(source.name))
    if args.output is not None and not _write(args.output, imported.spec):
        return exits.DIAGNOSTICS
    _tell(args, source, imported)
    return exits.FINE


def _name(source: "Source") -> str:
    """A file called after what it makes, such as `heat2d.def`, names the app."""
    stem, _, ending = os.path.basename(source.name).rpartition(".")
    return stem if ending in ("def", "py", "dockerfile") else ""


def _write(path: str, text: str) -> bool:
    from envc import writing

    try:
        writing.create(path, text)
    except FileExistsError:
        print(f"envc import: {path} is there already: nothing was written", file=sys.stderr)
        return False
    return True


def _tell(args: argparse.Namespace, source: "Source", imported: "Imported") -> None:
    if args.json:
        _print_json(source, imported, args.output)
        return
    if args.output is None:
        print(imported.spec, end="")
    if args.quiet:
        return
    for line in _lines(source, imported.notes):
        print(line, file=sys.stderr)
    if args.output is not None:
        print(f"wrote {args.output}", file=sys.stderr)


def _lines(source: "Source", notes: "Iterable[Note]") -> "Iterable[str]":
    from envc.diagnostics.screen import visible

    for note in notes:
        yield f"{_shown(source)}:{note.line}: note: {visible(note.message)}"


def _print_json(source: "Source", imported: "Imported", output: str | None) -> None:
    import json

    document = {
        "schema": 1,
        "file": source.name,
        "wrote": output,
        "spec": imported.spec,
        "notes": [{"line": note.line, "message": note.message} for note in imported.notes],
    }
    print(json.dumps(document, indent=2))


def _shown(source: "Source") -> str:
    from envc.diagnostics.screen import visible

    return visible(source.name)


def _usage(said: str, help_: str) -> int:
    print(f"envc import: {said}\n  {help_}", file=sys.stderr)
    return exits.USAGE


def _refused(source: "Source", refused: "Refused") -> int:
    from envc.diagnostics.screen import visible

    message = f"{_shown(source)}:{refused.line}: error: {visible(refused.message)}"
    print(message, file=sys.stderr)
    return exits.DIAGNOSTICS


def _refused_reading(told: "Iterable[Diagnostic]") -> int:
    from dataclasses import replace

    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    # Its helps speak of specs, and this is none.
    plain = [replace(each, help="") for each in told]
    print(text.render(plain, paint_for(sys.stderr, os.environ)), file=sys.stderr)
    return exits.DIAGNOSTICS
