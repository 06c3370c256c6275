"""From a file to graphs, with what is wrong on standard error: what two commands begin with."""

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from envc.diagnostics.model import Diagnostic, Severity

if TYPE_CHECKING:
    from envc.graph.asked import Asked
    from envc.graph.model import Graph
    from envc.spec import Spec


def read(path: str) -> "Spec | None":
    """None where the file has errors, or no app: either was said."""
    from envc.check import Checked, check_path

    checked = check_path(path)
    told = checked.diagnostics if isinstance(checked, Checked) else checked
    if has_errors(told) or not isinstance(checked, Checked):
        tell(told)
        return None
    if not checked.spec.apps:
        print(f"envc: there is no app in {path}", file=sys.stderr)  # noqa: T201
        return None
    return checked.spec


def graphs(spec: "Spec", wanted: "Iterable[Asked]") -> "tuple[list[Graph], bool]":
    """The second is whether nothing in them contradicts itself."""
    from envc.graph import graph
    from envc.library import standard

    library = standard()
    drawn = [graph(each.app, spec, library, each.choices, each.target) for each in wanted]
    told = [diagnostic for _, diagnostics in drawn for diagnostic in diagnostics]
    tell(told)
    return [each for each, _ in drawn], not has_errors(told)


def has_errors(told: Iterable[Diagnostic]) -> bool:
    return any(each.rule.severity is Severity.ERROR for each in told)


def tell(told: Iterable[Diagnostic]) -> None:
    from envc.diagnostics import text
    from envc.diagnostics.colour import paint_for

    said = text.render(told, paint_for(sys.stderr, os.environ))
    if said:
        print(said, end="", file=sys.stderr)  # noqa: T201
