"""The text of definitions, as spython reads it: a reader by people other than Apptainer's.

What spython 0.3.14 is known to get wrong, and is kept away from here: it takes no other bootstrap
than docker's, takes every line with that word in it for one, drops blanks and comments, throws away
the arguments of sections, and makes lines of the build of a runscript that has several.
"""

import os
import re
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.plan.model import Plan
from envc.quoting import definition
from envc_backends.apptainer import BACKEND
from envc_backends.dockerfile.text import text as dockerfile
from tests.backends.dockerfile.test_text import CASES
from tests.backends.hard_plans import PLANS

GOLDEN = Path(__file__).parent / "golden"
STAGES = ("tools", "build", "image")
MEANT = {name: plan for name, plan in PLANS["debian"].items() if not BACKEND.refusals(plan)}


def text(of: Plan, more: str = "") -> str:
    (found,) = (each.text for each in BACKEND.files(of) if each.path == f"{of.name}{more}.def")
    return found


def read(shown: str, folder: Path, *, docker: bool = False) -> dict[str, Any]:
    """Its stages by name, as spython has them."""
    path = folder / "recipe"
    # It would refuse what it does not know, and loses what stands before the first stage.
    path.write_text(
        re.sub(r"(?m)^Bootstrap: \S+\nStage:", "Bootstrap: docker\nFrom: none\nStage:", shown)
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from spython.main.parse import parsers  # type: ignore[import-untyped]
    reader = parsers.DockerParser if docker else parsers.SingularityParser
    return dict(reader(str(path)).parse())


@pytest.mark.parametrize("more", ["", "-from-oci"])
@pytest.mark.parametrize("name", ["one", "several", "nothing-built", "over-an-image"])
def test_the_text_is_as_it_was(name: str, more: str) -> None:
    shown = text(_sayable(CASES[name]), more)
    kept = GOLDEN / f"{name}{more}.def"
    if os.environ.get("ENVC_REWRITE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(shown)
    assert shown == kept.read_text()


def _sayable(plan: Plan) -> Plan:
    """Apptainer's labels hold less than those of Docker."""
    labels = {name: value for name, value in plan.labels.items() if definition.sayable(name, value)}
    return replace(plan, labels=labels)


@pytest.mark.parametrize("name", MEANT)
def test_spython_finds_the_same_stages_and_commands(name: str, tmp_path: Path) -> None:
    plan = MEANT[name]
    stages = read(text(plan), tmp_path)
    assert tuple(stages) == (*(("base",) if plan.base else ()), *STAGES)
    tools, build, image = (stages[each] for each in STAGES)
    assert dict(tools.layer_files) == (
        {"base": ["/ /root-build/", "/ /root-run/"]} if plan.base else {}
    )
    assert any("roots.sh fetch" in line for line in tools.install)
    assert any("packages-run.txt /envc/" in line for line in tools.files)
    for recipe in plan.recipes:
        assert f"sh /envc/build-{recipe.name}.sh" in build.install
    assert dict(build.layer_files) == {"tools": ["/root-build/ /"]}
    assert {*image.layer_files} == {"tools", "build"}
    assert not any("sh /envc/" in line for line in image.install), "nothing is built there"
    for label, value in plan.labels.items():
        assert definition.label(label, value) in image.labels


@pytest.mark.parametrize("name", MEANT)
def test_spython_finds_the_image_that_envc_built(name: str, tmp_path: Path) -> None:
    """It takes no other bootstrap than docker's, and what comes with it is the same."""
    plan = MEANT[name]
    shown = text(plan, "-from-oci")
    assert "\nBootstrap: oci\nFrom: image\n\n%environment\n" in shown
    (stage,) = read(shown.replace("Bootstrap: oci", "Bootstrap: docker"), tmp_path).values()
    image = read(text(plan), tmp_path)["image"]
    for part in ("environ", "labels", "entrypoint", "cmd", "test"):
        assert _once(getattr(stage, part)) == _once(getattr(image, part))


def _once(found: Any) -> Any:
    """Of a recipe with one stage, it adds up what it finds in two readings."""
    return list(dict.fromkeys(found)) if isinstance(found, list) else found


def test_spython_finds_the_variables(tmp_path: Path) -> None:
    image = read(text(MEANT["wild cards"]), tmp_path)["image"]
    assert "LC_ALL=C.UTF-8" in image.environ


def test_spython_finds_the_same_in_the_dockerfile(tmp_path: Path) -> None:
    """Its own conversion of that is no definition that builds: lists stay lists, `USER` is `su`."""
    plan = replace(
        CASES["several"], labels={}, command=("heat",), variables=(("LC_ALL", "C"), ("HOME", "/h"))
    )
    ours, theirs = read(text(plan), tmp_path), read(dockerfile(plan), tmp_path, docker=True)
    assert _called(ours) == _called(theirs) >= {"roots.sh fetch", "build-heat.sh", "entry.sh"}
    assert _brought(ours) == _brought(theirs) >= {"packages-run.txt", "inputs/warm.patch"}
    settings = {
        tuple(line.removeprefix("export ").split("=", 1)) for line in ours["build"].install
        if line.startswith("export ")
    }  # fmt: skip
    said = (each.split("=", 1) for each in theirs["build"].environ)
    assert {(name, value.strip('"')) for name, value in said} < settings
    image = {line.replace('"', "") for line in theirs["image"].environ}
    assert {*ours["image"].environ} == image - {"HOME=/h"}
    assert theirs["image"].entrypoint == ["/opt/envc/entry"]
    assert 'exec /opt/envc/entry "$@"' in text(plan)
    assert f"set -- {' '.join(theirs['image'].cmd)}\n" in text(plan)


def _called(stages: dict[str, Any]) -> set[str]:
    """Scripts with their first word, whichever folder they are given."""
    lines = "\n".join(line for stage in stages.values() for line in stage.install)
    plain = re.sub(r'[",]', "", lines)
    found = re.findall(r"/envc/([\w-]+\.sh)( fetch| make| finish)?", plain)
    return {"".join(each) for each in found}


def _brought(stages: dict[str, Any]) -> set[str]:
    files = (each for stage in stages.values() for each in stage.files)
    return {each.split()[0] if isinstance(each, str) else each[0] for each in files}


def test_a_tool_of_ones_own() -> None:
    shown = text(replace(CASES["one"], tools="oci-archive:tools.tar"))
    assert "\nBootstrap: oci-archive\nFrom: tools.tar\nStage: tools\n" in shown


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_value_becomes_a_section_a_stage_or_a_template(value: str) -> None:
    made = replace(
        CASES["one"],
        summary=value,
        homepage=value,
        command=("heat", value),
        variables=(("HEAT", value),),
    )
    plain = replace(made, summary="x", homepage="x", command=("heat",), variables=(("HEAT", "x"),))
    assert _shape(text(made)) == _shape(text(plain)) or not value.strip()


def _shape(shown: str) -> list[str]:
    """Everything that its reader acts upon."""
    lines = re.findall(r"(?mi)^(?:bootstrap:.*|\s*%.*)$", shown)
    return lines + re.findall(r"\{\{\s*\w+\s*\}\}", shown)


def test_what_cannot_be_said_is_refused_with_a_place() -> None:
    plan = replace(CASES["one"], labels={"org.example.note": "two\nlines"})
    (told,) = BACKEND.refusals(plan)
    assert "`org.example.note`" in told.message
    assert told.place.source.name == "heat.envc"


def test_a_section_that_apptainer_does_not_read_is_refused() -> None:
    (told,) = BACKEND.refusals(replace(CASES["one"], variables=(("HEAT", "x" * 70_000),)))
    assert "`%environment`" in told.message


def test_a_run_that_cannot_be_an_app_is_refused_at_its_line() -> None:
    (run, *_) = CASES["one"].runs
    (told,) = BACKEND.refusals(replace(CASES["one"], runs=(replace(run, name="é x"),)))
    assert "`é x`" in told.message


def test_a_word_for_the_tools_that_names_no_image_is_refused() -> None:
    (told,) = BACKEND.refusals(replace(CASES["one"], tools="debian\n%post"))
    assert "--tools" in told.message
