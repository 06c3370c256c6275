"""What an image is made from: everything, once, and how it hangs together."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.evidence.materials import materials
from envc.evidence.model import Kind, Material, tops
from envc.lock.model import Lock, LockedItem
from envc.plan.model import Base, Plan, Root
from tests.backends.hard_plans import PLANS
from tests.evidence.conftest import CALM
from tests.evidence.worlds import LIBC, LOCK, PLAN, SNAPSHOT, deb

FOUND = {each.ref: each for each in materials(PLAN, LOCK)}
APP = FOUND["app:heat@1.0"]


def ref(name: str, version: str = "1.0-1") -> str:
    return f"pkg:deb/debian/{name}@{version}?arch=amd64&distro=trixie"


WAVES = ref("libwaves3", "1:3.1%2Bdfsg~rc1-2")


def reached(found: Iterable[Material], names: Iterable[str]) -> set[str]:
    by_ref = {each.ref: each for each in found}
    waiting, seen = list(names), set[str]()
    while waiting:
        each = waiting.pop()
        if each not in seen and by_ref[each].shipped:
            seen.add(each)
            waiting += by_ref[each].needs
    return seen


def test_each_thing_is_there_once() -> None:
    kinds = [each.kind for each in FOUND.values()]

    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.APP: 1, Kind.BUILT: 1, Kind.SOURCE: 2, Kind.PATCH: 1, Kind.WHEEL: 2, Kind.DEB: 6,
        Kind.ITEM: 0, Kind.BASE: 0,
    }  # fmt: skip
    assert len(materials(PLAN, LOCK)) == len(FOUND)


def test_what_is_in_the_image_is_told_from_what_built_it() -> None:
    shipped = {each.name for each in FOUND.values() if each.shipped}

    assert shipped == {"heat", "ice", "pint", "flex-x", "libc6", "libgcc-s1", "libwaves3"}


def test_an_app_needs_what_it_asks_for_and_all_that_is_built_for_it() -> None:
    assert set(APP.needs) == {
        "source:heat@1.0", "patch:heat/warm.patch", "built:ice@2.0", "pkg:pypi/pint@0.24",
        "pkg:pypi/flex-x@1.0", ref("g%2B%2B-14"), ref("libwaves-dev"), WAVES,
    }  # fmt: skip


def test_packages_need_what_the_lock_says() -> None:
    assert FOUND[WAVES].needs == (ref("libc6", "2.41-12"),)
    assert FOUND["pkg:pypi/pint@0.24"].needs == ("pkg:pypi/flex-x@1.0",)


def test_where_things_come_from() -> None:
    assert (
        FOUND[WAVES]
        .urls[0]
        .startswith(
            "https://snapshot.debian.org/archive/debian/20260201T000000Z/pool/main/l/libwaves3/"
        )
    )
    assert f"/{SNAPSHOT}/" in FOUND[ref("libc6", "2.41-12")].urls[0]
    assert FOUND["source:ice@2.0"].commit == "a" * 40
    assert FOUND["source:ice@2.0"].swhid == f"swh:1:dir:{'1' * 40}"


def test_a_place_beside_the_spec_is_nobody_elses() -> None:
    source = PLAN.recipes[-1].source
    assert source is not None
    recipe = replace(PLAN.recipes[-1], source=replace(source, urls=("../mine", "file:///home/ana")))
    found = materials(replace(PLAN, recipes=(recipe,)), LOCK)

    assert next(each for each in found if each.kind is Kind.SOURCE).urls == ()


def test_of_two_versions_each_root_has_its_own() -> None:
    old = deb("libc6", version="2.36-9")
    plan = replace(PLAN, tools_root=Root((old, deb("tar", "libc6"))))
    found = {each.ref: each for each in materials(plan, LOCK)}

    assert found[ref("tar")].needs == (ref("libc6", "2.36-9"),)
    assert not found[ref("libc6", "2.36-9")].shipped
    assert found[ref("libc6", "2.41-12")].shipped


@pytest.mark.parametrize("family", PLANS)
def test_names_lead_somewhere_and_all_that_is_shipped_is_reached(family: str) -> None:
    for plan in PLANS[family].values():
        found = materials(plan, Lock("", ""))
        refs = {each.ref for each in found}
        assert len(refs) == len(found)
        assert all(name in refs for each in found for name in each.needs)
        assert reached(found, tops(found)) == {each.ref for each in found if each.shipped}


@CALM
@given(
    st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 7), max_size=4)), max_size=8),
)
def test_all_that_is_shipped_is_reached_whatever_rings_there_are(
    world: list[tuple[bool, set[int]]],
) -> None:
    found = tuple(
        Material(
            ref=str(number), kind=Kind.DEB, name=str(number), shipped=shipped,
            needs=tuple(str(each) for each in sorted(needs) if each < len(world)),
        )
        for number, (shipped, needs) in enumerate(world)
    )  # fmt: skip

    assert reached(found, tops(found)) == {each.ref for each in found if each.shipped}


def test_an_image_to_start_from() -> None:
    base = Base("debian:13-slim", "docker.io/library/debian", "sha256:" + "4" * 64)
    found = materials(replace(PLAN, base=base), LOCK)
    (one,) = (each for each in found if each.kind is Kind.BASE)

    assert (one.name, one.sha256, one.shipped) == ("debian:13-slim", "4" * 64, True)
    assert one.ref in tops(found)


def test_packages_of_guix_are_those_for_the_targets_cpu() -> None:
    def item(name: str, tune: str = "", output: str = "out") -> LockedItem:
        path = f"/gnu/store/{tune or 'plain'}-{name}"
        return LockedItem("guix", name, "1.0", output, "x86_64-linux", tune, path)

    plan: Plan = replace(
        PLANS["guix"]["cmake"],
        target="x86_64_v3",
        items=(
            item("gsl"), item("gsl", "x86-64-v3"), item("gsl", "znver4"),
            item("hdf5", output="fortran"), item("other"),
        ),
        run_items=("gsl@1.0",),
        build_items=("gsl@1.0", "hdf5@1.0:fortran"),
    )  # fmt: skip
    found = [each for each in materials(plan, Lock("", "")) if each.kind is Kind.ITEM]

    assert [(each.ref, each.name, each.shipped, each.path) for each in found] == [
        ("guix:gsl@1.0", "gsl", True, "/gnu/store/x86-64-v3-gsl"),
        ("guix:hdf5@1.0:fortran", "hdf5:fortran", False, "/gnu/store/plain-hdf5"),
    ]


def test_a_package_of_the_image_is_no_tool_though_it_is_one_too() -> None:
    assert LIBC in (PLAN.tools_root or Root(())).debs
    assert FOUND[ref("libc6", "2.41-12")].shipped
