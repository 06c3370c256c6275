"""What the tests of graphs share: the example, specs written in place, and the command."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from envc.check import check_source
from envc.check.signatures import Signature
from envc.cli import main
from envc.diagnostics.model import Diagnostic
from envc.graph import graph
from envc.graph.model import Graph
from envc.library import Nothing
from envc.source import Source
from envc.spec import Package, Spec

HERE = Path(__file__).parent


class Ran(NamedTuple):
    code: int
    out: str
    err: str


class Shelf:
    """A library of packages written in a test."""

    def __init__(self, text: str = "") -> None:
        self.packages: dict[str, Package] = {}
        if text:
            spec = _read("library.envc", text, self)
            self.packages = {each.name: each for each in spec.packages}

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.packages))

    def package(self, name: str) -> Package | None:
        return self.packages.get(name)

    def signature(self, name: str) -> Signature | None:
        found = self.packages.get(name)
        if found is None:
            return None
        variants = {each.name: each for each in found.variants}
        numbers = tuple((each.number, each.origin) for each in found.versions)
        return Signature(name, variants, numbers, ("debian",), found.place)


def _read(name: str, text: str, library: Shelf) -> Spec:
    return check_source(Source(name, f"envc 1\n{text}"), library, Nothing()).spec


Graphed = tuple[Graph, list[Diagnostic]]
Draw = Callable[..., Graphed]
Command = Callable[..., Ran]


@pytest.fixture(scope="session")
def draw() -> Draw:
    """The graph of the first app of a text, with choices other than the defaults."""

    def drawn(text: str, *, library: str = "", target: str | None = None, **chosen: str) -> Graphed:
        shelf = Shelf(library)
        spec = _read("spec.envc", text, shelf)
        app = spec.apps[0]
        return graph(app, spec, shelf, {**app.defaults(), **chosen}, target)

    return drawn


@pytest.fixture
def envc(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command beside the example, in this process."""

    def run(*argv: str) -> Ran:
        monkeypatch.chdir(HERE)
        code = main(argv)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run
