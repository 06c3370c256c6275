"""The image to start from: which of its platforms a target gets, and what a plan says of it."""

from dataclasses import replace

import pytest

from envc.diagnostics.model import Diagnostic
from envc.lock.model import LockedImage
from envc.plan.model import Base
from tests.plan.worlds import Locked, app

NAME = "debian:13-slim"


def digest(letter: str) -> str:
    return f"sha256:{letter * 64}"


def over(target: str, *platforms: str, name: str = NAME) -> Locked:
    """Each platform with its own digest, whose letters count from `a`."""
    made = app(f'base "{name}"\ntargets {target}\nbuild make')
    locked = tuple(f"{each} {digest('abcdef'[at])}" for at, each in enumerate(platforms))
    image = LockedImage(name, digest("0"), locked)
    return Locked(made.checked, replace(made.lock, images=(image,)))


def base(made: Locked) -> Base:
    planned = made.planned()
    assert not planned.diagnostics
    (plan,) = planned.plans
    assert plan.base is not None
    return plan.base


def wrong(made: Locked) -> Diagnostic:
    planned = made.planned()
    assert not planned.plans
    (told,) = planned.diagnostics
    return told


@pytest.mark.parametrize(
    ("target", "platforms", "chosen"),
    [
        ("zen4", ("linux/arm64/v8", "linux/amd64"), "b"),
        ("x86_64_v3", ("linux/amd64", "linux/amd64/v2", "linux/amd64/v4"), "b"),
        ("x86_64_v4", ("linux/amd64", "linux/amd64/v2", "linux/amd64/v4"), "c"),
        ("x86_64", ("linux/amd64/v1", "linux/amd64/v2"), "a"),
        ("neoverse_v1", ("linux/arm64/v8", "linux/arm64/v9"), "a"),
        ("aarch64", ("linux/amd64", "linux/arm64/v8"), "b"),
        ("aarch64", ("linux/arm64",), "a"),
    ],
)
def test_a_target_gets_the_best_platform_that_runs_on_it(
    target: str, platforms: tuple[str, ...], chosen: str
) -> None:
    found = base(over(target, *platforms))
    assert found == Base(NAME, "docker.io/library/debian", digest(chosen))


def test_it_is_named_by_its_digest_alone() -> None:
    name = "registry.example:5000/hpc/base:1"
    found = base(over("zen4", "linux/amd64", name=name))
    assert str(found) == f"registry.example:5000/hpc/base@{digest('a')}"


@pytest.mark.parametrize(
    ("target", "platforms"), [("zen4", ("linux/arm64",)), ("x86_64_v2", ("linux/amd64/v3",))]
)
def test_a_machine_that_it_is_not_made_for_is_told(target: str, platforms: tuple[str, ...]) -> None:
    told = wrong(over(target, *platforms))
    place = told.place
    assert told.rule.code == "E0503"
    assert place.source.text[place.span.start : place.span.end] == f'base "{NAME}"'
    assert platforms[0] in told.help


def test_guix_starts_from_no_image() -> None:
    made = app(f'base "{NAME}"\nbuild make', emit="guix")
    told = wrong(made)
    assert told.rule.code == "E0503"
    assert "Guix" in told.message


def test_its_digest_is_in_the_closure_and_its_name_is_not() -> None:
    def closure(name: str, *platforms: str) -> str:
        (plan,) = over("zen4", *platforms, name=name).planned().plans
        return plan.closure

    one = closure("debian:13-slim", "linux/amd64")
    assert one == closure("debian:trixie-slim", "linux/amd64")
    assert one != closure("debian:13-slim", "linux/arm64", "linux/amd64")
    (plan,) = app("targets zen4\nbuild make").planned().plans
    assert one != plan.closure
