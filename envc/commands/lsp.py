"""`envc lsp`: the language server, which editors start and speak to over a pipe."""

import argparse
import sys
from typing import Any

from envc import exits


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "lsp",
        help="the language server that editors start",
        description="Serves editors over standard input and output, in the Language Server "
        "Protocol: diagnostics while typing, completion, hover, go to definition, rename, "
        "formatting and quick fixes. docs/editors.md says how editors are set up.",
        epilog="exit codes: 0 the editor ended it, 5 pygls is not installed",
    )
    parser.add_argument("--stdio", action="store_true", help="what it does anyway")


def run(args: argparse.Namespace) -> int:
    del args
    try:
        from envc.editor.server import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        print("envc lsp needs pygls: install it with `pip install 'envc[editor]'`", file=sys.stderr)
        return exits.TOOL_FAILED
    serve()
    return exits.FINE
