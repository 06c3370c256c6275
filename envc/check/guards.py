"""Conditions as written into conditions that can be asked: `when` over variants, `on` over CPUs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from envc import choices
from envc.check.report import Report
from envc.cpu import conditions, findings, lattice
from envc.diagnostics import rules
from envc.facts.words import one_of
from envc.spec import ALWAYS, Guard, Variant
from envc.syntax import nodes
from envc.syntax.words import Word

_NEVER = choices.Any(())


@dataclass(frozen=True)
class Guards:
    """Reads the conditions of one app, package or toolchain.

    `variants` is None where they are another's: a toolchain asks about those of the app that uses
    it. `targets` is what is built for, or empty where nothing is said.
    """

    report: Report
    variants: Mapping[str, Variant] | None = None
    targets: tuple[str, ...] = ()
    allowed: tuple[choices.Condition, ...] = ()
    """What every choice has to meet: that none of the conflicts holds."""

    @cached_property
    def options(self) -> dict[str, tuple[str, ...]]:
        return {name: variant.choices for name, variant in (self.variants or {}).items()}

    def exclusive(self, first: Guard, second: Guard) -> bool:
        """Whether two facts can never hold together."""
        asked = tuple(guard.when for guard in (first, second) if guard.when is not None)
        if not choices.can_hold(asked, self.options):
            return True
        on = tuple(guard.on for guard in (first, second) if guard.on is not None)
        if len(on) < 2:
            return False
        return not conditions.members(conditions.All(on), self.targets or lattice.names())

    def where_both(self, first: Guard, second: Guard) -> str:
        """A case in which both hold, as a spec would say it; empty where that is no news."""
        asked = tuple(guard.when for guard in (first, second) if guard.when is not None)
        chosen = choices.example(asked, self.options) or {}
        said = [_said(name, choice, self.options[name]) for name, choice in chosen.items()]
        on = tuple(guard.on for guard in (first, second) if guard.on is not None)
        among = self.targets or lattice.names()
        meeting = conditions.members(conditions.All(on), among) if on else ()
        when = [f"when {' and '.join(said)}"] if said else []
        return " ".join([*when, *(f"on {each}" for each in meeting[:1])])

    def read(self, written: nodes.Condition | None) -> Guard:
        if written is None:
            return ALWAYS
        return Guard(
            self._read_when(written.when) if written.when is not None else None,
            self._read_on(written.on) if written.on is not None else None,
        )

    def _read_when(self, written: nodes.VariantTest) -> choices.Condition:
        read = self._when(written)
        if read is None:
            return _NEVER  # it has been told; nothing that depends on it is to be told too
        self._check_when(written, read)
        return read

    def _read_on(self, written: nodes.CpuTest) -> conditions.Condition:
        read = self._on(written)
        if read is None:
            return conditions.Any(())
        self._check_on(written, read)
        return read

    # ---- variants ---------------------------------------------------------------------------

    def _when(self, written: nodes.VariantTest) -> choices.Condition | None:
        """None where a part is wrong: nothing more is to be said about such a condition."""
        match written:
            case nodes.VariantIs():
                return self._is(written)
            case nodes.NotVariant(_, inner):
                negated = self._when(inner)
                return choices.Not(negated) if negated is not None else None
            case nodes.AllVariants(_, parts):
                return self._parts(choices.All, parts)
            case nodes.AnyVariant(_, parts):
                return self._parts(choices.Any, parts)
            case _:
                assert_never(written)

    def _parts(
        self,
        kind: type[choices.All] | type[choices.Any],
        written: tuple[nodes.VariantTest, ...],
    ) -> choices.Condition | None:
        parts = [self._when(part) for part in written]
        good = tuple(part for part in parts if part is not None)
        return kind(good) if len(good) == len(parts) else None

    def _is(self, written: nodes.VariantIs) -> choices.Condition | None:
        if written.denied and written.choice is not None:
            self._deprecated_denial(written, written.choice)
        choice = written.choice.text if written.choice is not None else "yes"
        if not self._known(written.variant, written.choice):
            return None
        asked: choices.Condition = choices.Is(written.variant.text, choice)
        return choices.Not(asked) if written.denied else asked

    def _known(self, name: Word, choice: Word | None) -> bool:
        if self.variants is None:
            return True
        variant = self.variants.get(name.text)
        if variant is None:
            self.report.unknown(
                rules.UNKNOWN_VARIANT, "there is no variant", name, tuple(self.variants)
            )
            return False
        if choice is None:
            return self._is_yes_no(variant, name)
        if choice.text in variant.choices:
            return True
        self.report.unknown(
            rules.UNKNOWN_CHOICE,
            f"variant `{variant.name}` has no choice",
            choice,
            variant.choices,
            also=((variant.place, "declared here"),),
        )
        return False

    def _is_yes_no(self, variant: Variant, name: Word) -> bool:
        if variant.choices == choices.YES_NO:
            return True
        self.report.tell(
            rules.UNKNOWN_CHOICE,
            f"variant `{variant.name}` is not a yes or no",
            name.span,
            also=((variant.place, "declared here"),),
            help=f"ask for one of its choices, such as `{variant.name} is {variant.choices[0]}`",
        )
        return False

    def _deprecated_denial(self, written: nodes.VariantIs, choice: Word) -> None:
        self.report.tell(
            rules.DEPRECATED,
            "`is not` is now written with `not` in front",
            written.span,
            help=f"write `not {written.variant.text} is {choice.text}`",
            replace=f"not {written.variant.text} is {choice.text}",
        )

    def _check_when(self, written: nodes.VariantTest, when: choices.Condition) -> None:
        if self.variants is None:
            return
        if not choices.can_hold((when,), self.options):
            self.report.tell(
                rules.NEVER_HOLDS,
                "this condition can never hold",
                written.span,
                help="a variant has one choice at a time; look for an `and` that means `or`",
            )
        elif not choices.can_hold((when, *self.allowed), self.options):
            self.report.tell(
                rules.UNREACHABLE,
                "a conflict rules this condition out",
                written.span,
                help="remove what depends on it, or narrow the conflict",
            )
        elif not choices.can_hold((choices.Not(when), *self.allowed), self.options):
            self.report.tell(
                rules.UNREACHABLE,
                "this condition always holds",
                written.span,
                help="leave it out",
            )

    # ---- CPUs -------------------------------------------------------------------------------

    def _on(self, written: nodes.CpuTest) -> conditions.Condition | None:
        match written:
            case nodes.Cpu(_, name):
                return self._cpu(name)
            case nodes.CpuRange():
                return self._range(written)
            case nodes.CpuHas(_, feature):
                return self._has(feature)
            case nodes.CpuVendor(_, vendor):
                return self._vendor(vendor)
            case nodes.CpuFamily(_, family):
                return self._family(family)
            case nodes.NotCpu(_, inner):
                negated = self._on(inner)
                return conditions.Not(negated) if negated is not None else None
            case nodes.AllCpus(_, parts):
                return self._cpu_parts(conditions.All, parts)
            case nodes.AnyCpu(_, parts):
                return self._cpu_parts(conditions.Any, parts)
            case _:
                assert_never(written)

    def _cpu_parts(
        self,
        kind: type[conditions.All] | type[conditions.Any],
        written: tuple[nodes.CpuTest, ...],
    ) -> conditions.Condition | None:
        parts = [self._on(part) for part in written]
        good = tuple(part for part in parts if part is not None)
        return kind(good) if len(good) == len(parts) else None

    def _range(self, written: nodes.CpuRange) -> conditions.Condition | None:
        low, high = (
            target_named(self.report, word) if word is not None else None
            for word in (written.low, written.high)
        )
        if (written.low is not None and low is None) or (written.high is not None and high is None):
            return None
        if low is not None and high is not None and (found := findings.empty_range(low, high)):
            swapped = f"{high}..{low}" if lattice.covers(high, low) else None
            self.report.findings(found, written.span, replace=swapped)
            return None
        return conditions.Range(low, high)

    def _cpu(self, name: Word) -> conditions.Condition | None:
        word = _asked_with(name.text)
        if word is not None and lattice.resolve(name.text) is None:
            self.report.tell(
                rules.UNKNOWN_TARGET,
                f"`{name.text}` is not the name of a target",
                name.span,
                help=f"write `{word} {name.text}`",
                replace=f"{word} {name.text}",
            )
            return None
        target = target_named(self.report, name)
        return conditions.exactly(target) if target is not None else None

    def _has(self, feature: Word) -> conditions.Condition | None:
        found = findings.feature(feature.text)
        return self._cpu_word(feature, found, lattice.suggest_feature, conditions.Has)

    def _vendor(self, vendor: Word) -> conditions.Condition | None:
        found = findings.vendor(vendor.text)
        return self._cpu_word(vendor, found, lattice.suggest_vendor, conditions.Vendor)

    def _family(self, family: Word) -> conditions.Condition | None:
        found = findings.family(family.text)
        return self._cpu_word(family, found, lattice.suggest_family, conditions.Family)

    def _cpu_word(
        self,
        word: Word,
        found: list[findings.Finding],
        suggest: Callable[[str], list[str]],
        kind: type[conditions.Has] | type[conditions.Vendor] | type[conditions.Family],
    ) -> conditions.Condition | None:
        if not word.text:
            return None
        if not found:
            return kind(word.text)
        self.report.findings(found, word.span, replace=one_of(suggest(word.text)))
        return None

    def _check_on(self, written: nodes.CpuTest, on: conditions.Condition) -> None:
        among = self.targets or lattice.names()
        self.report.findings(findings.never_holds(on, among), written.span)


def target_named(report: Report, word: Word) -> str | None:
    """archspec's name of a target, or None and a diagnostic."""
    if not word.text:
        return None
    if report.crowded and lattice.resolve(word.value) is None:
        report.tell(rules.UNKNOWN_TARGET, f"there is no target `{word.value}`", word.span)
        return None
    resolved, found = findings.target(word.value)
    better = resolved.name if resolved is not None else one_of(lattice.suggest(word.value))
    report.findings(found, word.span, replace=better if found else None)
    return resolved.name if resolved is not None else None


def _asked_with(name: str) -> str | None:
    """The word that `on` asks with about a feature or a vendor."""
    if lattice.is_feature(name):
        return "has"
    return "vendor" if lattice.is_vendor(name) else None


def _said(variant: str, choice: str, among: tuple[str, ...]) -> str:
    if among != choices.YES_NO:
        return f"{variant} is {choice}"
    return variant if choice == "yes" else f"not {variant}"
