"""What a spec takes in, by digests of what it says: neither layout nor comments count."""

import hashlib
import os
from collections.abc import Iterable, Iterator

from envc.lock.model import LockedModule
from envc.source import Source
from envc.spec import Spec
from envc.syntax import nodes
from envc.syntax.lexer import words
from envc.syntax.words import Kind, Word

ORDERED = frozenset({"patch", "run", "script", "cflags", "cxxflags", "fflags", "ldflags"})
"""What begins with these is done or said in the order in which it stands."""
_ENDS = frozenset({Kind.NEWLINE, Kind.RBRACE, Kind.END})


def digest(text: str) -> str:
    """Of the words of a text, whatever the order of statements that have none."""
    said = "\0".join(_statements(words(text, [])))
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"


def _statements(rest: Iterator[Word]) -> list[str]:
    """Those of one block, sorted; a statement's own block stands behind it, in the same line."""
    found: list[str] = []
    line: list[str] = []
    for word in rest:
        if word.kind is Kind.LBRACE:
            line.append("{" + "\0".join(_statements(rest)) + "}")
        elif word.kind in _ENDS:
            if line:
                found.append(" ".join(line))
                line = []
            if word.kind is Kind.RBRACE:
                break
        else:
            line.append(word.text)
    return sorted(found, key=_place)


def _place(statement: str) -> tuple[str, str]:
    """Sorting is stable, so those that have an order keep it."""
    first = statement.partition(" ")[0]
    return first, "" if first in ORDERED else statement


def modules(file: nodes.SpecFile, spec: Spec, library: Iterable[Source]) -> Iterator[LockedModule]:
    """The packages that the file declares itself, what it takes in, and what it uses of envc's."""
    for item in file.items:
        if isinstance(item, nodes.Package):
            text = file.source.text[item.span.start : item.span.end]
            yield LockedModule(f"package {item.name.text}", digest(text))
    folder = os.path.dirname(file.source.name)
    taken = {source.name: source for source in (*_sources(spec), *library)}
    for name in sorted(taken.keys() - {file.source.name}):
        yield LockedModule(_called(name, folder), digest(taken[name].text))


def _sources(spec: Spec) -> Iterator[Source]:
    parts = (spec.apps, spec.packages, spec.toolchains, spec.target_sets)
    for part in (*parts, spec.sites, spec.campaigns):
        for each in part:
            yield each.place.source


def _called(name: str, folder: str) -> str:
    """The library's own have names of their own; a file's depends on the spec's place alone."""
    if name.startswith("envc:"):
        return name
    return os.path.relpath(name, folder or os.curdir).replace(os.sep, "/")
