"""What a spec takes in, by digests of what it says: neither layout nor comments count."""

import hashlib
import os
from collections.abc import Iterable, Iterator

from envc.lock.model import LockedModule
from envc.source import Source
from envc.spec import Spec
from envc.syntax import nodes
from envc.syntax.lexer import words
from envc.syntax.words import Kind


def digest(text: str) -> str:
    """Of the words of a text; where lines end counts, how many are empty does not."""
    hashed = hashlib.sha256()
    before = Kind.NEWLINE
    for word in words(text, []):
        if not (word.kind is Kind.NEWLINE and before is Kind.NEWLINE):
            hashed.update(f"{word.text}\0".encode())
        before = word.kind
    return f"sha256:{hashed.hexdigest()}"


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
