"""What an app depends on, for one choice of its variants and one target, and why.

Nothing is imported here before `graph` is called: networkx takes longer than all of `check`.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from envc.check.signatures import Library
    from envc.choices import Choices
    from envc.diagnostics.model import Diagnostic
    from envc.graph.model import Graph
    from envc.spec import App, Spec


def graph(
    app: "App", spec: "Spec", library: "Library", choices: "Choices", target: str | None
) -> "tuple[Graph, list[Diagnostic]]":
    """The graph, as good as it can be drawn, and what contradicts itself in it.

    `choices` says something of each variant of the app.
    """
    from envc.graph.contradictions import contradictions
    from envc.graph.cycles import cycles
    from envc.graph.expand import expand
    from envc.graph.model import build

    expanded = expand(app, spec, library, choices, target)
    drawn = build(app, choices, target, expanded)
    return drawn, [*expanded.diagnostics, *contradictions(expanded, target), *cycles(drawn)]
