"""Requests for packages: the name, the versions, the variants, who supplies it and what for."""

from collections.abc import Mapping
from functools import lru_cache

from envc.check import beyond
from envc.check.guards import Guards
from envc.check.report import Report
from envc.check.settings import MOST_COMPARED, known_word
from envc.check.signatures import Library, Signature
from envc.diagnostics import rules
from envc.facts import versions
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.spec import Want
from envc.syntax import nodes
from envc.syntax.words import Word
from envc.values import dataclass
from envc.vocabulary import ORIGINS, ROLES

DIRECT = ("debian", "guix", "pypi")
"""Providers whose packages may be named directly, such as `debian/libfoo-dev`."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Reads requests for packages."""

    report: Report
    library: Library
    local: Mapping[str, Signature]
    guards: Guards

    def read_need(self, need: nodes.Need) -> Want:
        roles = tuple(
            role
            for word in need.roles
            if (role := known_word(self.report, "there is no role", word, ROLES)) is not None
        )
        return self.read(need.request, need.condition, roles=roles, origin=need.origin)

    def read(
        self,
        request: nodes.Request,
        condition: nodes.Condition | None,
        *,
        roles: tuple[str, ...] = (),
        origin: Word | None = None,
    ) -> Want:
        found = self._find(request.name)
        wanted = self._versions(request, found)
        chosen = self._options(request, found)
        source = self._origin(origin, found)
        if found is None and _is_direct(request.name.text):
            beyond.check_direct(self.report, request, wanted, origin)
        self._check_conflicts(request, chosen)
        return Want(
            request.name.text,
            wanted,
            chosen,
            roles,
            source,
            self.guards.read(condition),
            self.report.place(request.span),
        )

    def bare(self, request: nodes.Request, condition: nodes.Condition | None,
             roles: tuple[str, ...]) -> Want:  # fmt: skip
        """A name in a provider's own world, where the library has no say."""
        guard = self.guards.read(condition)
        place = self.report.place(request.span)
        chosen = tuple(
            (option.variant.text, option.choice.text if option.choice else _SIGNS[option.sign])
            for option in request.options
        )
        text = request.versions.text.removeprefix("@") if request.versions is not None else ""
        return Want(request.name.text, text, chosen, roles, None, guard, place)

    # ---- the name ---------------------------------------------------------------------------

    def _find(self, name: Word) -> Signature | None:
        if not name.text:
            return None
        found = self.local.get(name.text) or self.library.signature(name.text)
        if found is None and not _is_direct(name.text):
            self._unknown(name)
        return found

    def _unknown(self, name: Word) -> None:
        provider, slash, _ = name.text.partition("/")
        if slash:
            word = Word(name.kind, provider, name.span)
            what = "packages are not named by"
            self.report.unknown(rules.UNKNOWN_ORIGIN, what, word, DIRECT)
            return
        beyond.tell_unknown(self.report, name, (*self.local, *self.library.names()))

    # ---- versions ---------------------------------------------------------------------------

    def _versions(self, request: nodes.Request, found: Signature | None) -> str:
        word = request.versions
        if word is None:
            return ""
        text = word.text.removeprefix("@")
        wanted = versions.read_range(text)
        if isinstance(wanted, Problem):
            better = wanted.suggestion
            self.report.tell(
                rules.NOT_WHAT_IT_CLAIMS,
                wanted.message,
                word.span,
                help=wanted.help or (f"write `@{better}`" if better else ""),
                replace=f"@{better}" if better else None,
            )
            return ""
        if found is not None and found.versions:
            self._check_range(request, word, wanted, found)
        return text

    def _check_range(
        self, request: nodes.Request, word: Word, wanted: versions.Range, found: Signature
    ) -> None:
        numbers = known_versions(found)
        if versions.newest(wanted, numbers) is not None:
            return
        told = [f"{number} ({origin})" if origin else number for number, origin in found.versions]
        newest = versions.newest(versions.ANY, numbers)
        self.report.tell(
            rules.NO_SUCH_VERSION,
            f"there is no `{request.name.text}` {word.text.removeprefix('@')}",
            word.span,
            notes=(f"`{request.name.text}` is known as {', '.join(told)}",),
            help=f"the newest is `{request.name.text}@{newest}`",
        )

    # ---- variants ---------------------------------------------------------------------------

    def _options(
        self, request: nodes.Request, found: Signature | None
    ) -> tuple[tuple[str, str], ...]:
        chosen: dict[str, str] = {}
        for option in request.options:
            name = option.variant.text
            if not name or (found is not None and not self._known_option(request, option, found)):
                continue
            choice = option.choice.text if option.choice is not None else _SIGNS[option.sign]
            if chosen.get(name, choice) != choice:
                self.report.tell(
                    rules.CONTRADICTING_NEEDS,
                    f"`{name}` is asked to be {chosen[name]} and {choice} at once",
                    option.span,
                    help="keep one of the two",
                )
            chosen[name] = choice
        return tuple(sorted(chosen.items()))

    def _check_conflicts(self, request: nodes.Request, chosen: tuple[tuple[str, str], ...]) -> None:
        """A choice that the package itself rules out, whatever else is chosen of it."""
        package = self.library.package(request.name.text) if chosen else None
        if package is None or request.name.text in self.local:
            return
        full = {**package.defaults(), **dict(chosen)}
        for conflict in package.conflicts:
            if conflict.guard.on is None and conflict.guard.holds(full, None):
                self.report.tell(
                    rules.PACKAGE_CONFLICT,
                    f"`{request.name.text}` cannot be had like this: {conflict.reason}",
                    request.span,
                    also=((conflict.place, "ruled out here"),),
                    help="choose otherwise, or take another package",
                )

    def _known_option(self, request: nodes.Request, option: nodes.Option, found: Signature) -> bool:
        variant = found.variants.get(option.variant.text)
        if variant is None:
            self.report.unknown(
                rules.NO_SUCH_VARIANT,
                f"`{request.name.text}` has no variant",
                option.variant,
                tuple(found.variants),
            )
            return False
        choice = option.choice.text if option.choice is not None else _SIGNS[option.sign]
        if choice in variant.choices:
            return True
        word = option.choice or option.variant
        if option.choice is None:
            self.report.tell(
                rules.NO_SUCH_CHOICE,
                f"`{option.variant.text}` of `{request.name.text}` is not a yes or no",
                option.span,
                help=f"choose with `{option.variant.text}=…`: {listed(variant.choices)}",
            )
        else:
            what = f"`{option.variant.text}` of `{request.name.text}` cannot be"
            self.report.unknown(rules.NO_SUCH_CHOICE, what, word, variant.choices)
        return False

    def _origin(self, origin: Word | None, found: Signature | None) -> str | None:
        if origin is None:
            return None
        provider = origin.text.partition("/")[0]
        if provider not in ORIGINS:
            self.report.unknown(
                rules.UNKNOWN_ORIGIN, "there is no provider", origin, tuple(ORIGINS)
            )
            return None
        supplied = {each.partition("/")[0] for each in found.providers} if found else {provider}
        if provider not in supplied:
            self.report.tell(
                rules.UNKNOWN_ORIGIN,
                f"`{provider}` does not supply this package",
                origin.span,
                help=f"it comes from {listed(sorted(supplied))}" if supplied else "",
            )
            return None
        return origin.text

    # ---- all of them together ---------------------------------------------------------------

    def check_together(self, wants: list[Want]) -> None:
        """One package needed twice where both conditions can hold."""
        by_name: dict[str, list[Want]] = {}
        for want in wants:
            by_name.setdefault(want.name, []).append(want)
        for same in by_name.values():
            for place, second in enumerate(same):
                before = same[max(0, place - MOST_COMPARED) : place]
                for first in before:
                    if self._told(first, second):
                        break  # a third need like the first two would clash with both

    def _told(self, first: Want, second: Want) -> bool:
        """Whether there is something to say of the two, which is said."""
        if self.guards.exclusive(first.guard, second.guard):
            return False
        if clash := _clash(first, second):
            self._tell_clash(first, second, clash)
            return True
        if first.guard == second.guard and first.roles == second.roles:
            self.report.tell(
                rules.NEEDED_TWICE,
                f"`{second.name}` is needed twice",
                second.place.span,
                also=((first.place, "first needed here"),),
                help="remove one of them",
            )
            return True
        return False

    def _tell_clash(self, first: Want, second: Want, clash: str) -> None:
        case = self.guards.where_both(first.guard, second.guard)
        self.report.tell(
            rules.CONTRADICTING_NEEDS,
            f"`{second.name}` is needed in two ways that exclude each other: {clash}",
            second.place.span,
            label="needed again here",
            also=((first.place, "first needed here"),),
            notes=(f"both are needed `{case}`",) if case else (),
            help="make the conditions exclude each other, or ask for the same",
        )


def _is_direct(name: str) -> bool:
    provider, slash, _ = name.partition("/")
    return bool(slash) and provider in DIRECT


def known_versions(found: Signature) -> list[versions.Version]:
    read = (versions.version(number) for number, _ in found.versions)
    return [each for each in read if isinstance(each, versions.Version)]


_SIGNS = {"+": "yes", "~": "no"}


@lru_cache(maxsize=1024)
def _range(text: str) -> versions.Range | Problem:
    return versions.read_range(text) if text else versions.ANY


def _clash(first: Want, second: Want) -> str:
    one, other = _range(first.versions), _range(second.versions)
    if (
        isinstance(one, versions.Range)
        and isinstance(other, versions.Range)
        and versions.intersect(one, other).is_empty
    ):
        return f"`@{first.versions}` and `@{second.versions}`"
    chosen = dict(first.choices)
    for name, choice in second.choices:
        if chosen.get(name, choice) != choice:
            return f"`{name}` {chosen[name]} and {choice}"
    return ""
