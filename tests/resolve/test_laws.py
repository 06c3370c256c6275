"""Laws of locks, on generated specs: some packages come from Debian, some are built."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from envc.lock.model import LockedEnvironment
from tests.resolve.worlds import lock_of

ROLES = ("", "for build", "for run", "for test", "for build, run")
CONDITIONS = ("", "", "when fast", "when not fast", "on family aarch64")
TARGETS = ("x86_64_v3", "zen4", "neoverse_v1")
RUNS = frozenset({"", "for run", "for build, run"})
"""What is there to run with; a need without a role is for all."""
BUILDS = frozenset({"", "for build", "for test", "for build, run"})


class Need(NamedTuple):
    name: str
    role: str
    condition: str = ""

    def holds(self, target: str) -> bool:
        """`fast` is off wherever nobody chooses it."""
        on_arm = target == "neoverse_v1"
        return self.condition != "when fast" and (self.condition != "on family aarch64" or on_arm)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.name, self.role, self.condition)))


class Written(NamedTuple):
    needs: tuple[Need, ...]
    packages: tuple[tuple[str, tuple[Need, ...] | None], ...]
    """With what each needs that is built from its source; None for one that Debian has."""
    targets: tuple[str, ...]

    def text(self) -> str:
        needs = "\n".join(f"    {need}" for need in self.needs)
        app = (
            f'app a {{\n  source dir "."\n  variant fast default no\n  needs {{\n{needs}\n  }}\n'
            f"  targets {', '.join(self.targets)}\n  emit dockerfile\n}}"
        )
        return "\n\n".join((app, *(_package(name, its) for name, its in self.packages)))

    def reached(self, target: str, roles: frozenset[str]) -> set[str]:
        """The packages of Debian to which needs lead that are all for one of the roles."""
        by_name = dict(self.packages)
        found: set[str] = set()
        waiting = list(self.needs)
        while waiting:
            need = waiting.pop()
            if need.holds(target) and need.role in roles:
                below = by_name[need.name]
                if below is None:
                    found.add(need.name)
                waiting += below or ()
        return found


def _package(name: str, needs: Sequence[Need] | None) -> str:
    if needs is None:
        provider = f"  provider debian {{\n    {name}-dev for build\n    {name}-lib for run\n  }}"
        return f"package {name} {{\n  version 1.0 from debian\n{provider}\n}}"
    lines = "".join(f"  needs {{\n    {need}\n  }}\n" for need in needs)
    source = '  variant fast default no\n  version 1.0 from source\n  source dir "."\n'
    return f"package {name} {{\n{source}{lines}}}"


@st.composite
def specs(draw: st.DrawFn) -> Written:
    """Each package needs later ones alone."""
    names = [f"p{number}" for number in range(draw(st.integers(1, 5)))]
    packages: list[tuple[str, tuple[Need, ...] | None]] = []
    for place, name in enumerate(names):
        is_built = draw(st.booleans())
        packages.append((name, draw(_needs(names[place + 1 :])) if is_built else None))
    targets = draw(st.lists(st.sampled_from(TARGETS), min_size=1, unique=True))
    return Written(draw(_needs(names, 1)), tuple(packages), tuple(targets))


def _needs(names: Sequence[str], least: int = 0) -> st.SearchStrategy[tuple[Need, ...]]:
    if not names:
        return st.just(())
    one = st.builds(
        Need, st.sampled_from(names), st.sampled_from(ROLES), st.sampled_from(CONDITIONS)
    )
    several = st.lists(one, min_size=least, max_size=4, unique_by=lambda need: need.name)
    return several.map(tuple)


def environments(spec: Written) -> Iterator[tuple[str, LockedEnvironment]]:
    """Each target with its environment."""
    found = lock_of(spec.text()).environments
    for target in spec.targets:
        (only,) = (each for each in found if target in each.targets)
        yield target, only


@settings(max_examples=60, deadline=None)
@given(specs(), st.data())
def test_the_order_of_declarations_does_not_show(spec: Written, data: st.DataObject) -> None:
    """But for the lines of a package, of which the lock has a digest."""
    other = Written(
        tuple(data.draw(st.permutations(spec.needs))),
        tuple(data.draw(st.permutations(spec.packages))),
        tuple(data.draw(st.permutations(spec.targets))),
    )
    assert lock_of(other.text()) == lock_of(spec.text())


@settings(max_examples=60, deadline=None)
@given(specs())
def test_what_runs_is_what_something_that_runs_needs(spec: Written) -> None:
    for target, environment in environments(spec):
        there = {name.removesuffix("-lib") for name in environment.run if name.endswith("-lib")}
        assert there == spec.reached(target, RUNS)
        assert [name for name in environment.run if name.endswith("-dev")] == []


@settings(max_examples=60, deadline=None)
@given(specs())
def test_what_is_asked_for_to_build_with_is_there(spec: Written) -> None:
    for target, environment in environments(spec):
        assert {f"{name}-dev" for name in spec.reached(target, BUILDS)} <= {*environment.build}


@settings(max_examples=30, deadline=None)
@given(specs())
def test_every_component_is_listed_once_and_locked(spec: Written) -> None:
    lock = lock_of(spec.text())
    known = {str(each) for each in lock.components}
    for environment in lock.environments:
        assert {*environment.components} <= known
        assert [*environment.components] == sorted({*environment.components})
    names = {(each.origin, each.name, each.target) for each in lock.components}
    assert len(names) == len(lock.components)
