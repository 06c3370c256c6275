"""From what a Guix tells of its packages to an index of them."""

import itertools
import json
from typing import Any

from envc.guix.channels import DEFAULT
from envc.guix.index import GuixIndex
from envc.guix.told import tables

X86, ARM = "x86_64-linux", "aarch64-linux"


def told(name: str, version: str, *builds: dict[str, Any], **more: Any) -> dict[str, Any]:
    usual = {
        "public": True,
        "asked": True,
        "outputs": ["out"],
        "systems": [X86, ARM],
        "tunable": False,
        "superseded": None,
        "synopsis": f"The {name}",
        "licenses": ["GPL 3+"],
    }
    return {**usual, "name": name, "version": version, "builds": list(builds), **more}


def build(system: str, *brings: list[str], tuned: Any = None, **outputs: str) -> dict[str, Any]:
    return {"system": system, "paths": outputs, "propagated": list(brings), "tuned": tuned or {}}


def path(letter: str, rest: str) -> str:
    return f"/gnu/store/{letter * 32}-{rest}"


def index(*said: dict[str, Any]) -> GuixIndex:
    made = tables(json.dumps(each) for each in said)
    return GuixIndex((DEFAULT,), made.packages, made.paths)


ZLIB = told("zlib", "1.3", build(X86, out=path("z", "zlib-1.3")))


def test_store_paths_of_every_output() -> None:
    where = {"out": path("a", "fftw-3.3"), "lib": path("b", "fftw-3.3-lib")}
    found = index(told("fftw", "3.3", build(X86, **where), outputs=["out", "lib"]))
    (fftw,) = found.named("fftw")

    assert (found.output_path(fftw, "out", X86), found.output_path(fftw, "lib", X86)) == (
        where["out"],
        where["lib"],
    )
    assert found.output_path(fftw, "doc", X86) is None
    assert found.output_path(fftw, "out", ARM) is None


def test_a_store_path_that_is_not_called_like_its_package() -> None:
    odd = path("a", "fftw")
    found = index(told("fftw", "3.3", build(X86, out=odd)))

    assert found.output_path(found.named("fftw")[0], "out", X86) == odd


def test_a_tuned_package_has_another_path() -> None:
    tuned = {"znver4": {"out": path("t", "gsl-2.8")}, "knl": {}}
    said = told("gsl", "2.8", build(X86, tuned=tuned, out=path("g", "gsl-2.8")), tunable=True)
    found = index(said)
    (gsl,) = found.named("gsl")

    assert found.output_path(gsl, "out", X86) == path("g", "gsl-2.8")
    assert found.output_path(gsl, "out", X86, "znver4") == path("t", "gsl-2.8")
    assert found.output_path(gsl, "out", X86, "knl") is None


def test_what_is_not_tunable_is_the_same_for_every_cpu() -> None:
    found = index(ZLIB)

    assert found.output_path(found.named("zlib")[0], "out", X86, "znver4") == path("z", "zlib-1.3")


def test_versions_keep_the_order_of_guix() -> None:
    found = index(told("hdf5", "1.14"), told("hdf5", "1.8"), told("hdf5", "1.10"))

    assert [each.version for each in found.named("hdf5")] == ["1.14", "1.8", "1.10"]


def test_one_that_is_defined_twice_is_one() -> None:
    found = index(ZLIB, {**ZLIB, "public": False})

    assert len(found.named("zlib")) == 1


def test_a_hidden_one_cannot_be_named_but_is_brought() -> None:
    hidden = told("zlib", "1.3", build(X86, out=path("h", "zlib-1.3")), public=False)
    png = told(
        "png",
        "1.6",
        build(X86, ["zlib", "1.3", "out", path("h", "zlib-1.3")], out=path("p", "png-1.6")),
    )
    found = index(png, hidden, ZLIB)
    ((brought, output),) = found.propagated(found.named("png")[0], X86)

    assert (brought.variant, output) == (1, "out")
    assert found.output_path(brought, "out", X86) == path("h", "zlib-1.3")
    assert [each.variant for each in found.named("zlib")] == [0]


def test_the_order_of_twins_does_not_matter() -> None:
    """Guix finds what is hidden in an order of its own."""
    twins = [
        told("zlib", "1.3", build(X86, out=path(letter, "zlib-1.3")), synopsis=word, public=public)
        for letter, word, public in (
            ("h", "b", False),
            ("h", "a", False),
            ("i", "c", False),
            ("z", "d", True),
        )
    ]
    made = [tables(map(json.dumps, each)) for each in itertools.permutations(twins)]

    assert all(each == made[0] for each in made)
    assert [each.get("variant", 0) for each in made[0].packages["zlib"]] == [0, 1, 2]


def test_only_a_hidden_one() -> None:
    found = index(told("zlib", "1.3", public=False))

    assert (list(found.names()), found.named("zlib")) == ([], ())


def test_two_public_ones_of_one_version_have_no_known_path() -> None:
    other = told("zlib", "1.3", build(X86, out=path("y", "zlib-1.3")))
    found = index(ZLIB, other)
    (zlib,) = found.named("zlib")

    assert found.output_path(zlib, "out", X86) is None


def test_one_that_was_not_asked_for_is_not_offered() -> None:
    found = index({**ZLIB, "asked": False})

    assert (list(found.names()), found.named("zlib")) == ([], ())


def test_what_is_brought_may_differ_between_systems() -> None:
    png = told(
        "png",
        "1.6",
        build(X86, ["zlib", "1.3", "out", path("z", "zlib-1.3")], out=path("p", "png-1.6")),
        build(ARM, out=path("q", "png-1.6")),
    )
    found = index(png, ZLIB)
    (said,) = found.named("png")

    assert [package.name for package, _ in found.propagated(said, X86)] == ["zlib"]
    assert found.propagated(said, ARM) == []


def test_its_title() -> None:
    assert index().title == "Guix 1.5.0"
