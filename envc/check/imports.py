"""What `use` takes in: found, read and checked once, however many files ask for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from envc.check.report import Report
from envc.diagnostics import rules
from envc.source import Source
from envc.spec import Place, Spec
from envc.syntax import nodes
from envc.syntax.nodes import Word


class Finder(Protocol):
    """Gives the source of what `use` names; how it looks for it is the caller's business."""

    def __call__(self, path: str) -> Source | None: ...
    def known(self) -> Iterator[str]: ...


@dataclass(slots=True)
class Imports:
    find: Finder
    check: Callable[[Source, "Imports"], Spec]
    """Checks a file that was found; its diagnostics are kept by the caller."""
    done: dict[str, Spec] = field(default_factory=dict)
    under_way: list[tuple[str, Place]] = field(default_factory=list)
    """The chain of files that led here: each name and where `use` said it."""

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
        name = word.text
        if any(name == other for other, _ in self.under_way):
            self._tell_cycle(report, word)
            return None
        if name not in self.done:
            source = self.find(name)
            if source is None:
                report.unknown(
                    rules.UNKNOWN_IMPORT,
                    "there is no spec",
                    word,
                    tuple(sorted(set(self.find.known()))),
                    show=False,
                    notes=(f"looked for `{name}.envc` beside this file and in the library",),
                )
                return None
            self.under_way.append((name, report.place(word.span)))
            self.done[name] = self.check(source, self)
            self.under_way.pop()
        return self.done[name]

    def _tell_cycle(self, report: Report, word: Word) -> None:
        names = [name for name, _ in self.under_way]
        loop = [*names[names.index(word.text) :], word.text]
        report.tell(
            rules.IMPORT_CYCLE,
            f"`{word.text}` takes itself in: {' -> '.join(loop)}",
            word.span,
            also=tuple((place, f"takes in `{name}`") for name, place in self.under_way),
            help="move what both need into a third file",
        )
