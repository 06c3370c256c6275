"""The Guix side of an app: exact packages and outputs, and the paths at which they lie."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from envc.cpu.lattice import family
from envc.cpu.tables.guix import tune
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts import versions
from envc.facts.problem import Problem
from envc.guix.channels import Channel
from envc.guix.collisions import collisions
from envc.guix.index import GuixIndex, GuixPackage
from envc.guix.resolve import Chosen, check_profile, choose
from envc.lock.model import LockedChannel, LockedItem
from envc.resolve import clash
from envc.resolve.choose import GUIX
from envc.resolve.environments import (
    Asked,
    Closed,
    Roles,
    architecture,
    asked_in,
    of_build,
    of_run,
)
from envc.resolve.settle import Component, Settled
from envc.resolve.supply import Root


class _Profile(NamedTuple):
    """What one role asks for, each with the package that it means."""

    chosen: tuple[Chosen, ...]
    wrong: tuple[Diagnostic, ...] = ()


class GuixClosure:
    """Guix keeps what a package needs below itself, so a profile is closed as it is."""

    def __init__(self, index: GuixIndex) -> None:
        self._index = index
        self.channels = index.channels

    def close(
        self, asked: Roles, architecture: str, targets: Sequence[str]
    ) -> Closed | tuple[Diagnostic, ...]:
        plain = [self._profile(role, architecture) for role in asked]
        if wrong := [told for each in plain for told in each.wrong]:
            return tuple(dict.fromkeys(wrong))
        every = [each for profile in plain for each in profile.chosen]
        tunes = sorted(set(map(_tune, targets)))
        apart = dict(
            one for name in tunes for profile in plain for one in self._apart(profile, name)
        )
        items = (
            _item(each if each.package.name in apart else self._tuned(each, name))
            for name in tunes
            for each in every
        )
        untuned = {each.specification for each in every if each.package.name in apart}
        notes = (*(note for each in every for note in each.notes), *apart.values())
        build, run = (tuple(sorted({each.specification for each in one.chosen})) for one in plain)
        return Closed(
            build,
            run,
            blocks=tuple(dict.fromkeys(items)),
            untuned=tuple(sorted(untuned)),
            notes=tuple(dict.fromkeys(notes)),
        )

    def _profile(self, asked: Sequence[Asked], system: str) -> _Profile:
        found = [(each, self._choose(each.root, each.version, system)) for each in asked]
        meant = [(each, one) for each, one in found if isinstance(one, Chosen)]
        chosen = tuple(one for _, one in meant)
        wrong = [_told(one, each) for each, one in found if isinstance(one, Problem)]
        wrong += self._clashes(meant, system)
        # What clashes is told better than a profile can, which does not know who asks.
        wrong = wrong or [_told(one, *asked) for one in check_profile(self._index, chosen)]
        return _Profile(chosen, tuple(wrong))

    def _clashes(self, meant: Sequence[tuple[Asked, Chosen]], system: str) -> Iterator[Diagnostic]:
        entries = [(one.package, one.output) for _, one in meant]

        def goes(build: GuixPackage) -> bool:
            replaced = [
                (build if package.name == build.name else package, output)
                for package, output in entries
            ]
            return not collisions(self._index, replaced, system)

        for each in collisions(self._index, entries, system):
            yield clash.told(each, [(asked, one.package) for asked, one in meant], goes)

    def _apart(self, profile: _Profile, name: str) -> Iterator[tuple[str, str]]:
        """The packages that are not for that CPU beside what else is there, and why."""
        tuned = [self._tuned(each, name) for each in profile.chosen]
        for package in sorted({each.package.name for each in tuned if each.tune}):
            mixed = [
                one if one.package.name == package else before
                for before, one in zip(profile.chosen, tuned, strict=True)
            ]
            for problem in check_profile(self._index, mixed)[:1]:
                yield package, f"`{package}` is not tuned: {problem.message}"

    def _tuned(self, chosen: Chosen, name: str) -> Chosen:
        """As it is built for a CPU, where Guix does that."""
        package, output, system = chosen.package, chosen.output, chosen.system
        if not name or not package.tunable:
            return chosen
        path = self._index.output_path(package, output, system, name)
        return Chosen(package, output, system, name, path)

    def version(self, roots: Sequence[Root], stated: str, architecture: str) -> str:
        """Another commit than the library's may have the names in another version."""
        chosen = [self._choose(root, stated, architecture) for root in roots]
        there = [each.package.version for each in chosen if isinstance(each, Chosen)]
        return stated if stated in there or not there else there[0]

    def objections(self, settled: Settled) -> frozenset[str]:
        """The components whose packages do not go into one profile."""
        system = architecture(GUIX, settled.build.target)
        if settled.origin != GUIX or system is None:
            return frozenset()
        build = self._objections(settled, of_build, system)
        return frozenset((*build, *self._objections(settled, of_run, system)))

    def clashes(self, settled: Settled) -> tuple[Diagnostic, ...]:
        """The same, for those who wrote the spec."""
        system = architecture(GUIX, settled.build.target) or ""
        profiles = (self._profile(role, system) for role in asked_in(settled))
        return tuple(dict.fromkeys(told for profile in profiles for told in profile.wrong))

    def _objections(
        self, settled: Settled, role: Callable[[Component], tuple[Root, ...]], system: str
    ) -> Iterator[str]:
        asked_by: dict[GuixPackage, str] = {}
        entries = []
        for component in settled.components:
            for root in role(component):
                chosen = self._choose(root, component.supply.version, system)
                if isinstance(chosen, Chosen):
                    asked_by[chosen.package] = component.name
                    entries.append((chosen.package, chosen.output))
        for each in collisions(self._index, entries, system):
            yield asked_by[each.left[0]]
            yield asked_by[each.right[0]]

    def _choose(self, root: Root, version: str, system: str) -> Chosen | Problem:
        """The component's own version where Guix has the name in it; else what the line says."""
        exact = versions.read_range(f"={version}") if version else root.wanted
        there = {each.version for each in self._index.named(root.name)}
        read = versions.version(version) if version in there else None
        is_own = isinstance(read, versions.Version) and versions.matches(root.wanted, read)
        wanted = exact if is_own and isinstance(exact, versions.Range) else root.wanted
        return choose(self._index, root.name, wanted, root.output, system)


def _tune(target: str) -> str:
    """Guix' name for a CPU; empty for the least of a family, for which it builds everything."""
    found = tune(target)
    return "" if found.name is None or found.of == family(target) else found.name


def _item(chosen: Chosen) -> LockedItem:
    return LockedItem(
        origin=GUIX,
        name=chosen.package.name,
        version=chosen.package.version,
        output=chosen.output,
        system=chosen.system,
        tune=chosen.tune,
        path=chosen.path or "",
    )


def _told(problem: Problem, *asked: Asked) -> Diagnostic:
    places = dict.fromkeys(each.place for each in asked)
    labels = tuple(Label(place.source, place.span) for place in places)
    return Diagnostic(rules.NOT_INSTALLABLE, problem.message, labels, help=problem.help)


def locked(channel: Channel) -> LockedChannel:
    introduction = channel.introduction
    return LockedChannel(
        name=channel.name,
        url=channel.url,
        branch=channel.branch,
        commit=channel.commit,
        introduction=introduction.commit if introduction is not None else "",
        fingerprint=introduction.fingerprint if introduction is not None else "",
    )
