"""Licences, sentences and settings in Guix' words; what it has no word for is refused."""

from dataclasses import replace

import pytest

from envc.plan.model import Option
from envc.quoting.scheme import Symbol
from envc_backends.guix import BACKEND
from envc_backends.guix.licences import licence
from envc_backends.guix.settings import settings
from envc_backends.guix.wording import description, synopsis
from tests.backends.hard_plans import PLANS
from tests.compile.plans import PLACE, RECIPE

EXPAT = Symbol("license:expat")


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("MIT", EXPAT),
        ("GPL-2.0-or-later", Symbol("license:gpl2+")),
        ("MIT OR Apache-2.0", (Symbol("list"), EXPAT, Symbol("license:asl2.0"))),
        ("(MIT AND MIT)", EXPAT),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", Symbol("license:gpl3+")),
        (
            "MulanPSL-2.0",
            (Symbol("license:fsdg-compatible"), "https://spdx.org/licenses/MulanPSL-2.0.html"),
        ),
        (
            "LicenseRef-ours",
            (Symbol("license:fsdg-compatible"), "https://example.org"),
        ),
        ("", False),
    ],
)
def test_licences(expression: str, meant: object) -> None:
    assert licence(expression, "https://example.org") == meant


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("A solver.", "Solver"),
        ("heat: an equation solver", "Equation solver"),
        ("heat2 in a plate", "Heat2 in a plate"),
        ("Costs {5} @home", "Costs @{5@} @@home"),
        ("", "Application for research"),
        ("word " * 40, ("word " * 16).strip().capitalize()),
    ],
)
def test_a_synopsis_is_a_phrase(summary: str, said: str) -> None:
    assert synopsis(summary, "heat") == said


def test_a_description_is_sentences() -> None:
    said = description("solves it. Fast, by C. Author. With 'x'", "heat", "zen4")
    assert said == (
        "Solves it.  Fast, by C. Author.  With @code{x}.  "
        "This package of heat is built for the CPUs of zen4."
    )


@pytest.mark.parametrize(
    ("system", "key", "value", "said"),
    [
        ("cmake", "HEAT_X", "a b", "-DHEAT_X=a b"),
        ("meson", "docs", "no", "-Ddocs=false"),
        ("autotools", "enable-x", "yes", "--enable-x"),
        ("autotools", "with-x", "no", "--without-x"),
        ("autotools", "CC", "mpicc", "CC=mpicc"),
        ("make", "PLACE", "/opt/heat", ("string-append", "PLACE=", "output")),
    ],
)
def test_settings(system: str, key: str, value: str, said: object) -> None:
    recipe = replace(RECIPE, system=system, options=(Option(key, value, PLACE),))
    assert repr(said)[1:-1].split("'")[0] in repr(settings(recipe, "/opt/heat"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": "1:2"}, "no folder of Guix' store can be called `heat-1:2`"),
        ({"source": None}, "Guix builds `heat` from a source"),
        (
            {"source": replace(RECIPE.source, file="heat-1.0-py3-none-any.whl")}
            if RECIPE.source
            else {},
            "`heat-1.0-py3-none-any.whl` is a wheel",
        ),
    ],
)
def test_what_guix_cannot_say(change: dict[str, object], message: str) -> None:
    plan = PLANS["guix"]["several compilers"]
    recipe = replace(plan.recipes[-1], **change)  # type: ignore[arg-type]
    (told,) = BACKEND.refusals(replace(plan, recipes=(recipe,)))
    assert message in told.message
    assert told.labels[0].span == recipe.place.span
