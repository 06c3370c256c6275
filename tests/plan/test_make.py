"""From specs and their locks to plans: which there are, what they say, what is refused."""

from dataclasses import replace
from typing import TypeVar

import pytest

from envc.diagnostics.model import Diagnostic
from envc.lock.model import Lock, LockedDeb, LockedSource
from envc.plan.model import Plan
from tests.plan.worlds import ORIGIN, SNAPSHOT, Locked, app, digest, locked, needs


def one(made: Locked) -> Plan:
    planned = made.planned()
    assert [each.message for each in planned.diagnostics] == []
    (plan,) = planned.plans
    return plan


def wrong(made: Locked) -> Diagnostic:
    planned = made.planned()
    assert planned.plans == ()
    (told,) = planned.diagnostics
    return told


def at(told: Diagnostic) -> str:
    place = told.place
    return place.source.text[place.span.start : place.span.end]


# ---- which plans there are -----------------------------------------------------------------------


def test_one_for_each_choice_target_and_origin() -> None:
    made = app(
        "variant gui default no\nmatrix { target zen4, neoverse_v1\n gui yes, no }\nbuild make",
        emit="dockerfile, guix",
    )
    found = [(each.origin, each.choices, each.target) for each in made.planned().plans]
    assert sorted(found) == [
        (origin, (choice,), target)
        for origin in (ORIGIN, "guix")
        for choice in ("+gui", "~gui")
        for target in ("neoverse_v1", "zen4")
    ]
    assert {each.target for each in made.planned("zen4").plans} == {"zen4"}


def test_an_app_without_a_build_is_what_it_needs() -> None:
    plan = one(locked("app tools {\n  needs gcc@14\n  emit dockerfile\n}"))
    assert (plan.recipes, plan.command) == ((), ("/bin/sh",))
    assert plan.run is not None
    assert [deb.name for deb in plan.run.debs][:2] == ["libc6", "dpkg"]


def test_conditions_hold_or_not() -> None:
    body = """variant gui default no
    matrix { target zen4, x86_64_v3
     gui yes, no }
    build cmake when gui { HEAT_GUI yes
     HEAT_TILE 32
     HEAT_TILE 64 on zen4 }
    build make when not gui
    env { TILE small
     TILE large on zen4 }
    test "heat --gui" when gui"""
    found = {(each.choices, each.target): each for each in app(body).planned().plans}
    gui = found[("+gui",), "zen4"]
    assert [(each.key, each.value) for each in gui.recipes[-1].options] == [
        ("HEAT_GUI", "yes"),
        ("HEAT_TILE", "64"),
    ]
    assert dict(gui.variables)["TILE"] == "large"
    assert [each.words for each in gui.recipes[-1].checks] == [("heat", "--gui")]
    other = found[("+gui",), "x86_64_v3"]
    assert other.recipes[-1].options[-1].value == "32"
    assert dict(other.variables)["TILE"] == "small"
    bare = found[("~gui",), "zen4"]
    assert (bare.recipes[-1].system, bare.recipes[-1].checks) == ("make", ())


def test_what_a_build_knows_is_filled_in_in_its_settings() -> None:
    made = one(
        app(
            "targets zen4\nbuild cmake {\n"
            'A "{prefix}/share/{app}-{version}"\n B "${prefix} {{prefix}} {ORIGIN} {}"\n'
            'C x, "{target}"\n D {jobs}\n}\n'.replace("{jobs}", '"{jobs}"')
        )
    )
    assert [(each.key, each.value) for each in made.recipes[-1].options] == [
        ("A", "/opt/heat/share/heat-1.2"),
        ("B", "${prefix} {{prefix}} {ORIGIN} {}"),
        ("C", "x;zen4"),
        ("D", "4"),
    ]


# ---- what they say -------------------------------------------------------------------------------


def test_what_a_plan_says_of_the_image() -> None:
    plan = one(
        app(
            'summary "Heat"\nlicense MIT\nhomepage "https://example.org"\n'
            "targets zen4\nbuild make\n"
            'env { HEAT_DATA "{prefix}/share/{app}-{version} {{x}}"\n LC_ALL C }\n'
            'run demo { command "heat --size {cpus}" }'
        )
    )
    assert plan.epoch == 1793491200
    assert (plan.snapshot, plan.prefix, plan.command) == (SNAPSHOT, "/opt/heat", ("heat",))
    assert dict(plan.variables) == {
        "PATH": "/opt/heat/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/home/envc",
        "LC_ALL": "C",
        "HEAT_DATA": "/opt/heat/share/heat-1.2 {x}",
    }
    assert plan.platform == "linux/amd64/v4"
    assert plan.labels == {
        "org.opencontainers.image.title": "heat",
        "org.opencontainers.image.version": "1.2",
        "org.opencontainers.image.description": "Heat",
        "org.opencontainers.image.licenses": "MIT",
        "org.opencontainers.image.url": "https://example.org",
        "org.envc.closure": plan.closure,
        "org.envc.target": "zen4",
        "org.envc.origin": f"{ORIGIN}@{SNAPSHOT}",
        "org.envc.app": "heat@1.2",
    }


def test_pins_of_the_profile_are_in_the_image() -> None:
    plan = one(app("reproducibility numeric\ntargets zen4\nbuild make"))
    assert dict(plan.variables)["OPENBLAS_CORETYPE"] == "Haswell"


def called(plan: Plan) -> dict[str, str]:
    return {name: each.program for each in plan.compilers for name in each.called}


def test_compilers_are_called_as_builds_call_them() -> None:
    programs = called(one(app("build make")))
    assert programs["cc"] == programs["x86_64-linux-gnu-gcc-14"] == "/usr/bin/gcc-14"
    assert programs["c++"] == programs["g++"] == "/usr/bin/g++-14"
    assert "gfortran" not in programs


def test_a_toolchain_says_who_compiles_which_language() -> None:
    made = locked(
        "toolchain mixed {\n  c, cxx clang@19\n  fortran gcc@14\n}\n\napp heat@1.2 {\n"
        f'source dir "."\nusing mixed\n{needs("make for build")}\nbuild make\nemit dockerfile\n}}'
    )
    programs = called(one(made))
    assert programs["cc"] == programs["clang"] == "/usr/bin/clang-19"
    assert programs["c++"] == "/usr/bin/clang++-19"
    assert programs["gfortran"] == programs["fc"] == "/usr/bin/gfortran-14"
    assert "gcc" not in programs


def test_guix_has_one_place_for_all() -> None:
    plan = one(app("build make", emit="guix"))
    assert (plan.epoch, plan.snapshot, plan.build, plan.run) == (1, "", None, None)
    assert called(plan)["cc"] == "gcc"
    assert "gcc-toolchain@14.3.0" in plan.build_items


def test_the_lock_says_which_version_is_built() -> None:
    versions = "version 2.0, 1.0 from source"
    text = (
        f'package waves {{\n  {versions}\n  source tar "https://example.org/w.tar" '
        f'sha256:{"0" * 64}\n  build make\n}}\n\napp heat@1.2 {{\n  source dir "."\n'
        f"{needs('gcc@14', 'make for build', 'waves')}\nbuild make\nemit dockerfile\n}}"
    )
    made = locked(text)
    assert one(made).recipes[0].version == "2.0"
    older = _with(made.lock, "waves@2.0", "waves@1.0")
    assert one(Locked(made.checked, older)).recipes[0].version == "1.0"


def _with(lock: Lock, name: str, instead: str) -> Lock:
    environments = tuple(
        replace(
            each,
            components=tuple(instead if part == name else part for part in each.components),
        )
        for each in lock.environments
    )
    return replace(lock, environments=environments)


# ---- the closure ---------------------------------------------------------------------------------


def closure(body: str) -> str:
    return one(app(body)).closure


def test_the_same_build_has_the_same_closure_and_image_wherever_it_is_written() -> None:
    here = one(app('build make\nrun demo {\n nodes 1\n command "heat"\n}'))
    elsewhere = one(app('build make  # as ever\nrun demo {\n nodes 2\n\n command "heat"\n}'))
    assert (here.closure, here.labels) == (elsewhere.closure, elsewhere.labels)


@pytest.mark.parametrize(
    "other",
    [
        "build cmake",
        "build make { V 2 }",
        "targets zen4\nbuild make",
        'flags { cflags "-g" }\nbuild make',
        "needs hdf5\nbuild make",
        "env { A b }\nbuild make",
        'summary "What the image says of itself"\nbuild make',
        'test "heat --version"\nbuild make',
        'run demo { command "heat" }\nbuild make',
    ],
)
def test_another_build_or_image_has_another_closure(other: str) -> None:
    assert closure("build make") != closure(other)


def test_another_byte_of_any_input_is_another_closure() -> None:
    made = app("build make")
    lock = made.lock
    others = [
        *(replace(lock, debs=_changed(lock.debs, each)) for each in lock.debs),
        *(replace(lock, sources=_changed(lock.sources, each)) for each in lock.sources),
    ]
    found = {one(Locked(made.checked, each)).closure for each in (lock, *others)}
    assert len(found) == len(others) + 1


Bytes = TypeVar("Bytes", LockedDeb, LockedSource)


def _changed(blocks: tuple[Bytes, ...], this: Bytes) -> tuple[Bytes, ...]:
    return tuple(replace(b, sha256=digest("another")) if b == this else b for b in blocks)


# ---- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('build shell { run "make -j {cpus}" }', 'run "make -j {cpus}"'),
        ("build make\nenv { N {cpus} }".replace("{cpus}", '"{cpus}"'), 'N "{cpus}"'),
        ('build make\ntest "heat {index}"', 'test "heat {index}"'),
        ('build make { N "{tasks}" }', 'N "{tasks}"'),
    ],
)
def test_what_only_a_job_knows(body: str, line: str) -> None:
    told = wrong(app(body))
    assert (told.rule.code, at(told)) == ("E0501", line)


@pytest.mark.parametrize(
    ("asked", "body", "help_"),
    [
        ((), "build cmake", "add `cmake for build` to `needs`"),
        ((), "build make", "add `make for build` to `needs`"),
        (
            ("cmake for build",),
            "build cmake",
            "`make for build` or `ninja for build`",
        ),
        (("meson for build",), "build meson", "add `ninja for build` to `needs`"),
        (("make for build",), f'build make\npatch "p" sha256:{"0" * 64}', "`patch for build`"),
        (("make", "autoconf"), "build autotools", ""),
    ],
)
def test_a_program_that_nothing_installs(asked: tuple[str, ...], body: str, help_: str) -> None:
    told = app(body, *asked, builders=False).planned().diagnostics
    assert {each.rule.code for each in told} == ({"E0502"} if help_ else set())
    assert help_ in "".join(each.help for each in told)


def test_an_archive_that_nothing_unpacks() -> None:
    def source(name: str) -> Locked:
        where = f'source tar "https://example.org/{name}" sha256:{"0" * 64}'
        return app(f"{where}\nbuild make")

    assert one(source("heat.tar.gz")).recipes
    assert "`xz for build`" in wrong(source("heat.tar.xz")).help
    assert "`bzip2 for build`" in wrong(source("heat.tbz2")).help
    assert wrong(source("heat.zip")).rule.code == "E0503"


def test_what_envc_has_no_recipe_for() -> None:
    second = f'source tar "https://example.org/x.tar" sha256:{"0" * 64}'
    told = wrong(app(f'source dir "."\n{second}\nbuild make'))
    assert (told.rule.code, at(told)) == ("E0503", second)
    told = wrong(app('build make\nenv { "1A" x }'))
    assert (told.rule.code, at(told)) == ("E0503", '"1A" x')
