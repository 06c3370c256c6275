"""The Guix side of an app: exact packages and outputs, and the paths at which they lie."""

from collections.abc import Callable, Iterator, Sequence

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
from envc.resolve.choose import GUIX
from envc.resolve.environments import Asked, Closed, architecture, of_build, of_run
from envc.resolve.settle import Component, Settled
from envc.resolve.supply import Root


class GuixClosure:
    """Guix keeps what a package needs below itself, so a profile is closed as it is."""

    def __init__(self, index: GuixIndex) -> None:
        self._index = index

    def close(
        self, asked: Sequence[Asked], architecture: str, targets: Sequence[str]
    ) -> Closed | tuple[Diagnostic, ...]:
        chosen, wrong = [], []
        for each in asked:
            found = self._choose(each.root, each.version, architecture)
            if isinstance(found, Problem):
                wrong.append(_told(found, each))
            else:
                chosen.append(found)
        wrong += [_told(problem, *asked) for problem in check_profile(self._index, chosen)]
        if wrong:
            return tuple(wrong)
        names = tuple(sorted({each.specification for each in chosen}))
        return Closed(names, tuple(dict.fromkeys(self._items(chosen, targets))))

    def version(self, roots: Sequence[Root], stated: str, architecture: str) -> str:
        for root in roots if not stated else ():
            found = self._choose(root, "", architecture)
            if isinstance(found, Chosen):
                return found.package.version
        return stated

    def objections(self, settled: Settled) -> frozenset[str]:
        """The components whose packages do not go into one profile."""
        system = architecture(GUIX, settled.build.target)
        if settled.origin != GUIX or system is None:
            return frozenset()
        build = self._objections(settled, of_build, system)
        return frozenset((*build, *self._objections(settled, of_run, system)))

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
        wanted = exact if version in there and isinstance(exact, versions.Range) else root.wanted
        return choose(self._index, root.name, wanted, root.output, system)

    def _items(self, chosen: Sequence[Chosen], targets: Sequence[str]) -> Iterator[LockedItem]:
        tunes = sorted({tune(target).name or "" for target in targets} - {""})
        for each in chosen:
            package = each.package
            for name in ("", *(tunes if package.tunable else ())):
                path = self._index.output_path(package, each.output, each.system, name)
                yield LockedItem(
                    origin=GUIX,
                    name=package.name,
                    version=package.version,
                    output=each.output,
                    system=each.system,
                    tune=name,
                    path=path or "",
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
