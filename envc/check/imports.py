"""What `use` takes in: found, read and checked once, however many files ask for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from envc.check.report import Report
from envc.diagnostics import rules
from envc.reading import Read
from envc.source import Source
from envc.spec import Place, Spec
from envc.syntax import nodes
from envc.syntax.words import Word


class Finder(Protocol):
    """Gives what `use` names; how it looks for it is the caller's business."""

    def __call__(self, path: str, said_in: Source) -> Read | None: ...
    def known(self, said_in: Source) -> Iterator[str]: ...


@dataclass(slots=True)
class Imports:
    """Reads what a file takes in, each file once."""

    find: Finder
    check: Callable[[Read, "Imports"], Spec | None]
    """Checks a file that was found; its diagnostics are kept by the caller."""
    done: dict[str, Spec | None] = field(default_factory=dict)
    """By the name of the source, which two files may call by two paths."""
    under_way: list[tuple[str, str, Place | None]] = field(default_factory=list)
    """The chain that led here: each source's name, how it was called, and where `use` said it."""

    def take(self, report: Report, uses: list[nodes.Use]) -> tuple[Spec, ...]:
        seen: dict[str, nodes.Use] = {}
        taken: list[Spec] = []
        for use in uses:
            first = seen.setdefault(use.path.text, use)
            if first is not use:
                report.tell(
                    rules.SET_TWICE,
                    f"`{use.path.text}` is taken in twice",
                    use.span,
                    also=((report.place(first.span), "first here"),),
                    help="remove one of them",
                )
            elif use.path.text and (spec := self._one(report, use.path)) is not None:
                taken.append(spec)
        return tuple(taken)

    def _one(self, report: Report, word: Word) -> Spec | None:
        found = self.find(word.text, report.source)
        if found is None:
            known = tuple(sorted(set(self.find.known(report.source))))
            note = f"looked for `{word.text}.envc` beside this file and in the library"
            what = "there is no spec"
            report.unknown(rules.UNKNOWN_IMPORT, what, word, known, show=False, notes=(note,))
            return None
        name = found.source.name if found.source is not None else word.text
        if any(name == other for other, _, _ in self.under_way):
            self._tell_cycle(report, word, name)
            return None
        if name not in self.done:
            self.under_way.append((name, word.text, report.place(word.span)))
            self.done[name] = self.check(found, self)
            self.under_way.pop()
        return self.done[name]

    def _tell_cycle(self, report: Report, word: Word, name: str) -> None:
        first = next(i for i, (other, _, _) in enumerate(self.under_way) if other == name)
        links = self.under_way[first + 1 :]
        loop = [word.text, *(called for _, called, _ in links), word.text]
        report.tell(
            rules.IMPORT_CYCLE,
            f"`{word.text}` takes itself in: {' -> '.join(loop)}",
            word.span,
            also=tuple((place, f"takes in `{called}`") for _, called, place in links if place),
            help="move what both need into a third file",
        )
