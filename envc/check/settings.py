"""Blocks of settings: every key known, every value of its kind, nothing said twice."""

from collections.abc import Iterable, Mapping

from envc.check.guards import Guards
from envc.check.lines import apart
from envc.check.report import Report
from envc.check.values import Values
from envc.diagnostics import rules
from envc.facts.words import close, listed
from envc.spec import Guard, Setting
from envc.syntax import nodes
from envc.syntax.words import Kind, Word
from envc.values import dataclass
from envc.vocabulary import DEPRECATED, Key, Keys, Shape

MOST_COMPARED = 25
"""Values of one key, each told apart from so many before it; no spec that people write has more."""

_FREE = Key(Shape.FREE, "")


@dataclass(frozen=True, slots=True)
class Settings:
    """Reads blocks of keys."""

    report: Report
    guards: Guards
    values: Values

    def closed(self, what: str, written: Iterable[nodes.Setting], keys: Keys) -> list[Setting]:
        """A block that knows all its keys."""
        return self._read(what, written, keys, other=None)

    def open(self, what: str, written: Iterable[nodes.Setting], keys: Keys) -> list[Setting]:
        """A block whose other keys belong to another program."""
        return self._read(what, written, keys, other=_FREE)

    def _read(
        self, what: str, written: Iterable[nodes.Setting], keys: Keys, other: Key | None
    ) -> list[Setting]:
        read: list[Setting] = []
        for setting in (each for one in written for each in apart(self.report, one, keys)):
            key = keys.get(setting.key.value)
            name = setting.key.value
            if key is None and (better := DEPRECATED.get(name)) in keys and better is not None:
                deprecated(self.report, setting.key, better)
                key, name = keys[better], better
            key = key or other
            if key is None:
                self._unknown(what, setting, keys)
                continue
            if key is _FREE:
                self._check_free(setting)
            value = self.values.read(setting.key, setting.items, key)
            guard = self.guards.read(setting.condition)
            if value is not None:
                place = self.report.place(setting.span)
                read.append(Setting(name, value, guard, place))
        self._check_twice(read, keys)
        return read

    def _unknown(self, what: str, setting: nodes.Setting, keys: Keys) -> None:
        word = setting.key
        first = setting.items[0][0] if setting.items and setting.items[0] else None
        if first is not None and first.text == "=" and word.value in keys:
            return
        self.report.unknown(rules.UNKNOWN_KEY, f"{what} has no fact", word, tuple(keys))

    def _check_free(self, setting: nodes.Setting) -> None:
        """Words behind a value of a free key are most often a misspelt `when` or `on`."""
        for item in setting.items:
            if len(item) > 1 and not all(word.kind is Kind.STRING for word in item):
                near = close(item[1].text, ("when", "on"))
                self.report.tell(
                    rules.WRONG_VALUE,
                    f"`{item[1].value}` is one word too many",
                    item[1].span,
                    help=f"did you mean {listed(near)}?" if near else "put the value in quotes",
                )

    def _check_twice(self, settings: list[Setting], keys: Keys) -> None:
        by_key: dict[str, list[Setting]] = {}
        for setting in settings:
            key = keys.get(setting.key)
            if key is None or not key.repeat:
                by_key.setdefault(setting.key, []).append(setting)
        for same in by_key.values():
            if len(same) > 1:
                self._compare(same)

    def _compare(self, same: list[Setting]) -> None:
        """One unconditional value may be refined by conditional ones; those must not overlap."""
        for place, second in enumerate(same):
            for first in same[max(0, place - MOST_COMPARED) : place]:
                if _refines(first.guard, second.guard) or self.guards.exclusive(
                    first.guard, second.guard
                ):
                    continue
                self._tell_twice(first, second)
                break

    def _tell_twice(self, first: Setting, second: Setting) -> None:
        same = first.guard == second.guard
        case = self.guards.where_both(first.guard, second.guard)
        key = second.key
        self.report.tell(
            rules.SET_TWICE if same else rules.OVERLAPPING_CONDITIONS,
            f"`{key}` is set twice" if same else f"`{key}` is set twice where both conditions hold",
            second.place.span,
            label="set again here",
            also=((first.place, "first set here"),),
            notes=(f"both hold `{case}`",) if case and not same else (),
            help="remove one of them" if same else "make the conditions exclude each other",
        )


def _refines(first: Guard, second: Guard) -> bool:
    bare = [guard.when is None and guard.on is None for guard in (first, second)]
    return bare[0] != bare[1]


def deprecated(report: Report, word: Word, better: str) -> None:
    report.tell(
        rules.DEPRECATED,
        f"`{word.value}` is now written `{better}`",
        word.span,
        help=f"write `{better}`",
        replace=better,
    )


def known_word(report: Report, what: str, word: Word, known: Mapping[str, str]) -> str | None:
    """A word of a closed list: its canonical spelling, or None and a diagnostic."""
    if word.value in known:
        return word.value
    better = DEPRECATED.get(word.value)
    if better is not None and better in known:
        deprecated(report, word, better)
        return better
    report.unknown(rules.UNKNOWN_WORD, what, word, tuple(known))
    return None
