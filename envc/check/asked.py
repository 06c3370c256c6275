"""A key, what stands behind it, and what the key wants there."""

from collections.abc import Callable

from envc.check.report import Report
from envc.diagnostics import rules
from envc.source import Span
from envc.syntax.nodes import Items
from envc.syntax.words import Word
from envc.values import dataclass
from envc.vocabulary import Key


@dataclass(frozen=True, slots=True)
class Asked:
    """A key and its words, and what they may refer to."""

    report: Report
    name: Word
    items: Items
    key: Key
    targets_of: Callable[[tuple[Word, ...]], tuple[str, ...]]
    """Target names with the sets among them opened."""

    @property
    def span(self) -> Span:
        words = [word for item in self.items for word in item]
        return words[0].span.to(words[-1].span) if words else self.name.span

    def only(self) -> Word | None:
        """The one word that stands here, or None and a diagnostic."""
        if len(self.items) == 1 and len(self.items[0]) == 1:
            return self.items[0][0]
        if self.items and len(self.items[0]) > 1:
            self.too_many(self.items[0][1])
        else:
            self.wrong(self.span)
        return None

    def one_each(self) -> tuple[Word, ...] | None:
        """One word between commas each, or None and a diagnostic."""
        odd = next((item for item in self.items if len(item) != 1), None)
        if odd is None:
            return tuple(item[0] for item in self.items)
        if len(odd) > 1:
            self.too_many(odd[1])
        else:
            self.wrong(self.span)
        return None

    def too_many(self, word: Word) -> None:
        self.report.tell(
            rules.WRONG_VALUE,
            f"`{word.value}` is one word too many",
            word.span,
            label=f"`{self.name.value}` is {self.key.shape.value}",
        )

    def wrong(self, span: Span) -> None:
        self.report.tell(rules.WRONG_VALUE, f"`{self.name.value}` is {self.key.shape.value}", span)
