"""`envc fmt FILE…`: writes specs in their one canonical form; `--check` only says which are not."""

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from envc import exits, reading
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "fmt",
        help="lay specs out in the one canonical way",
        description="Lays specs out in the one canonical way. Comments stay, and so does what a "
        "spec says. A file with a syntax error is left as it is.",
        epilog="exit codes: 0 fine, 1 a file was not read whole, or --check or --diff found one "
        "to change, 2 wrong usage",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a spec; `-` reads standard input and writes standard output",
    )
    parser.add_argument("--check", action="store_true", help="say which files would change")
    parser.add_argument("--diff", action="store_true", help="show what would change")


def run(args: argparse.Namespace) -> int:
    files = [_format(path) for path in dict.fromkeys(args.files)]
    for file in files:
        _tell(file, args)
    writes = not (args.check or args.diff)
    told = [file for file in files if not (writes and _printed(file))]
    if told and not args.quiet:
        print(_closing(told, writes=writes), end="", file=sys.stderr)
    refused = any(file.text is None for file in files)
    unwritten = (args.check or args.diff) and any(file.changed for file in files)
    return exits.DIAGNOSTICS if refused or unwritten else exits.FINE


class _File(NamedTuple):
    path: str
    source: Source | None
    text: str | None
    """None where the file could not be read whole."""
    changed: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()


def _format(path: str) -> _File:
    source, told = reading.read(path)
    if source is None:
        return _File(path, None, None, diagnostics=told)
    parsed = parse(source)
    if parsed.file.broken:
        return _File(path, source, None, diagnostics=tuple(parsed.diagnostics))
    text = layout(parsed.file)
    marked = any(each.rule is rules.BYTE_ORDER_MARK for each in told)
    return _File(path, source, text, changed=marked or text != source.text)


def _tell(file: _File, args: argparse.Namespace) -> None:
    if file.text is None or file.source is None:
        _refuse(file.diagnostics)
    elif args.diff:
        print("".join(_diff(file.source, file.text)), end="")
    elif args.check:
        if file.changed:
            print(f"{_shown(file.path)} is not in canonical form", file=sys.stderr)
    elif file.path == reading.STDIN:
        print(file.text, end="")
    elif file.changed:
        from envc import writing

        writing.replace(file.path, file.text)


def _refuse(told: tuple[Diagnostic, ...]) -> None:
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    print(text.render(told, paint_for(sys.stderr, os.environ)), file=sys.stderr)


def _diff(source: Source, text: str) -> Iterator[str]:
    from difflib import unified_diff

    before, after = _lines(source.text), _lines(text)
    for line in unified_diff(before, after, source.name, source.name, "as it is", "canonical"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Only a line feed ends a line here, as in the language."""
    *lines, last = text.split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else ())]


def _printed(file: _File) -> bool:
    """Standard input went to standard output, which needs no word more."""
    return file.path == reading.STDIN and file.text is not None


def _closing(files: list[_File], *, writes: bool) -> str:
    from envc.diagnostics.text import counted

    changed = sum(file.changed for file in files)
    refused = sum(file.text is None for file in files)
    parts = []
    if changed:
        parts.append(f"{counted(changed, 'file')} {'written' if writes else 'would change'}")
    if refused:
        parts.append(f"{counted(refused, 'file')} not formatted because of errors")
    if not parts:
        parts.append(f"{counted(len(files), 'file')} in canonical form already")
    return ", ".join(parts) + "\n"


def _shown(path: str) -> str:
    from envc.diagnostics.screen import visible

    return reading.STDIN_NAME if path == reading.STDIN else visible(path)
