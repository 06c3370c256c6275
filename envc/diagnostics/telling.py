"""Diagnostics told to whoever started a command; imported by all, it imports only when it tells."""

import os
import sys

from envc import exits

TYPE_CHECKING = False  # typing's own would cost each start 9 ms
if TYPE_CHECKING:
    from collections.abc import Iterable

    from envc.diagnostics.model import Diagnostic
    from envc.resolve.needed import Refused


def show(told: "Iterable[Diagnostic]", code: int = exits.DIAGNOSTICS) -> int:
    """How the command then ends."""
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    told = tuple(told)
    print(text.render(told, paint_for(sys.stderr, os.environ)), file=sys.stderr)  # noqa: T201
    print(text.summary(told), file=sys.stderr)  # noqa: T201
    return code


def refuse(command: str, found: "Refused | Iterable[Diagnostic]") -> int:
    """Says why there is nothing to do; how the command then ends."""
    from envc.resolve.needed import Refused
    from envc.store.progress import tell

    if not isinstance(found, Refused):
        return show(found)
    tell(command, found.problem, sys.stderr)
    return found.code
