"""`envc verify`, from the command line to its exit code."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from envc import exits
from envc.cli import main
from envc.lock.model import Lock, LockedOutput
from envc.lock.text import read, write
from envc.plan.model import Plan
from envc.store.content import of_bytes
from envc.verify.causes import CATALOGUE
from tests import literate
from tests.build import small
from tests.own_apt import mirror
from tests.verify.test_reports import SCHEMA

SPEC = """\
envc 1

app dated@1.0 {
  license  MIT
  source   dir "src"
  needs {
    gcc
    python  for build
  }
  targets  x86_64
  build    shell {
    script   "build.sh"
    install  "dated"
  }
  emit     dockerfile
}
"""
PRINTS_ITS_DAY = '#include <stdio.h>\nint main(void) { return puts("built on " __DATE__) < 0; }\n'
PAGE = Path(__file__).parents[2] / "docs" / "verify.md"
FENCE = re.compile(r"^```(\w*).*?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMPILE = "gcc -o dated dated.c\n"

real = [pytest.mark.xdist_group("builder"), pytest.mark.slow]

Project = Callable[[str], Path]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    def verify(*words: object) -> tuple[int, str, str]:
        monkeypatch.setenv("ENVC_STORE", small.KEPT.folder)
        monkeypatch.setenv("ENVC_DEBIAN_MIRROR", mirror())
        code = main(["verify", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return verify


@pytest.fixture(scope="session")
def projects(tmp_path_factory: pytest.TempPathFactory, controls: Path) -> Project:
    """Of the packages of the controls, so that what is made of them is there."""

    @cache
    def make(script: str) -> Path:
        folder = tmp_path_factory.mktemp("dated") / "here"
        (folder / "src").mkdir(parents=True)
        (folder / "src" / "dated.c").write_text(PRINTS_ITS_DAY)
        (folder / "src" / "build.sh").write_text(script)
        spec = folder / "dated.envc"
        spec.write_text(SPEC)
        small.envc("lock", str(spec))
        return spec

    return make


@pytest.fixture
def project(projects: Project, tmp_path: Path) -> Project:
    """A copy to change."""

    def copied(script: str) -> Path:
        spec = projects(script)
        shutil.copytree(spec.parent, tmp_path, dirs_exist_ok=True)
        return tmp_path / spec.name

    return copied


def lock_of(spec: Path) -> Lock:
    found = read((spec.parent / "envc.lock").read_text())
    assert isinstance(found, Lock)
    return found


def plan_of(spec: Path) -> Plan:
    return small.plan(spec)


def signed(spec: Path) -> Path:
    """By a new key."""
    key = spec.parent / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    assert main(["sign", "--quiet", str(spec), "--key", str(key)]) == exits.FINE
    return key


# ---- with real builds ----------------------------------------------------------------------------


class TestBuilds:
    pytestmark = real

    @pytest.mark.usefixtures("controls")
    def test_all_of_it_comes_out_the_same(self, run: Run, tmp_path: Path) -> None:
        """Also what is made of packages, which is made again."""
        code, out, _ = run(small.project(tmp_path), "--target", "x86_64", "--json")
        assert code == exits.FINE, out
        said = json.loads(out)
        jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(said)
        (image,) = said["images"]
        assert image["same"]
        assert image["builds"][0] == image["builds"][1]
        assert {"clock", "path", "user", "host", "language"} <= set(image["varied"])
        assert "packages" not in image["not_varied"]

    def test_what_differs_is_told_in_text_and_as_a_page(
        self, project: Project, run: Run, tmp_path: Path
    ) -> None:
        page = tmp_path / "report.html"
        code, out, _ = run(project(COMPILE), "--quick", "--unprotected", "--html", page)
        assert code == exits.NOT_REPRODUCIBLE
        assert "compiled-date: the source asks for the day" in out
        assert "opt/dated/bin/dated" in page.read_text()
        assert (tmp_path / "dated-x86_64.diffoscope.html").exists()

    def test_a_step_that_fails_only_elsewhere(self, project: Project, run: Run) -> None:
        code, _, err = run(project(f'[ "$(id -un)" = root ]\n{COMPILE}'), "--quick")
        assert code == exits.TOOL_FAILED
        assert "build 2 of dated failed" in err
        assert "user somebody-1" in err

    def test_a_step_that_always_fails(self, project: Project, run: Run) -> None:
        code, _, err = run(project("echo no such luck; exit 3\n"), "--quick")
        assert code == exits.TOOL_FAILED
        assert "no such luck" in err
        assert "build 1 of dated failed" in err

    def test_what_the_lock_records_has_to_come_out(self, project: Project, run: Run) -> None:
        spec = project(COMPILE)
        plan = plan_of(spec)
        other = of_bytes(b"another image")
        output = LockedOutput(plan.app, plan.target, plan.choices, "tree", plan.closure, *other)
        lock = replace(lock_of(spec), outputs=(output,))
        (spec.parent / "envc.lock").write_text(write(lock))
        code, out, _ = run(spec, "--quick")
        assert code == exits.NOT_REPRODUCIBLE
        assert "2 builds, the same to the bit" in out
        assert f"and {other.digest} is recorded" in out

    @pytest.mark.tool("ssh-keygen")
    def test_who_stands_for_it_is_told(self, project: Project, run: Run) -> None:
        spec = project(COMPILE)
        key = signed(spec)
        public = key.with_suffix(".pub").read_text()
        allowed = f'ana@example.org namespaces="envc-lock" {public}'
        (spec.parent / "envc.signers").write_text(allowed)
        code, out, _ = run(spec, "--quick", "--signed", "--json")
        assert code == exits.FINE
        (sentence,) = json.loads(out)["signed"]
        assert "envc.lock is signed by ana@example.org, SHA256:" in sentence


# ---- the page ------------------------------------------------------------------------------------


def test_the_page_names_each_cause() -> None:
    said = PAGE.read_text()
    assert [each.name for each in CATALOGUE if f"`{each.name}`" not in said] == []


@pytest.mark.xdist_group("builder")
@pytest.mark.slow
@pytest.mark.usefixtures("controls")
def test_the_page_shows_what_is_printed(run: Run, tmp_path: Path) -> None:
    spec = next(block for block in literate.blocks(PAGE.read_text()) if block.is_file)
    script, shown = (text for word, text in FENCE.findall(PAGE.read_text()) if not word)
    path = tmp_path / spec.argument
    path.write_text(spec.text)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "build.sh").write_text(script)
    (tmp_path / "src" / "tide.c").write_text(PRINTS_ITS_DAY)
    small.envc("lock", str(path))
    small.envc("fetch", str(path))
    code, out, _ = run(path, "--quick")
    assert code == exits.NOT_REPRODUCIBLE
    assert literate._fits(out, shown), out


# ---- before anything is built --------------------------------------------------------------------


@pytest.mark.xdist_group("builder")
def test_a_lock_that_envc_did_not_write_so(project: Project, run: Run) -> None:
    spec = project(COMPILE)
    with (spec.parent / "envc.lock").open("a") as file:
        file.write("# looks harmless\n")
    code, _, err = run(spec)
    assert code == exits.LOCK_STALE
    assert "not as envc writes it" in err


@pytest.mark.xdist_group("builder")
def test_a_lock_without_signature(project: Project, run: Run) -> None:
    code, _, err = run(project(COMPILE), "--signed")
    assert code == exits.INPUT_CHANGED
    assert "signed by nobody" in err


@pytest.mark.xdist_group("builder")
@pytest.mark.tool("ssh-keygen")
def test_a_signature_of_a_stranger(project: Project, run: Run) -> None:
    """Refused without `--signed`, too: who signs wants to be believed."""
    spec = project(COMPILE)
    signed(spec)
    (spec.parent / "envc.signers").write_text("# nobody yet\n")
    code, _, err = run(spec)
    assert code == exits.INPUT_CHANGED
    assert "which nobody in" in err


@pytest.mark.xdist_group("builder")
def test_an_input_that_is_gone(
    project: Project, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = project(COMPILE)
    monkeypatch.setattr(small, "KEPT", type(small.KEPT)(str(tmp_path / "empty")))
    code, _, err = run(spec, "--offline")
    assert code == exits.INPUT_CHANGED
    assert "more are missing" in err


@pytest.mark.parametrize("words", [[], ["-"], ["a.envc", "--rounds", "1"]])
def test_wrong_usage(words: list[str], run: Run) -> None:
    assert run(*words)[0] == exits.USAGE


# ---- challenge -----------------------------------------------------------------------------------


def statement(digest: str, closure: str = "sha256:c", builder: str = "ana") -> str:
    said = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "tree", "digest": {"sha256": digest}}],
        "predicateType": "urn:envc:reproduced:1",
        "predicate": {
            "closure": closure,
            "app": "dated@1.0",
            "target": "x86_64",
            "choices": [],
            "builder": builder,
        },
    }
    return json.dumps(said) + "\n"


@pytest.mark.parametrize(
    ("other", "code", "said"),
    [
        (statement("ab", builder="ben"), exits.FINE, "agrees: sha256:ab (ana and ben)"),
        (statement("cd", builder="ben"), exits.NOT_REPRODUCIBLE, "sha256:cd, says ben"),
        (statement("ab", "sha256:d"), exits.DIAGNOSTICS, "made from other inputs"),
    ],
    ids=["agrees", "differs", "unlike"],
)
def test_two_parties_are_compared(
    other: str, code: int, said: str, run: Run, tmp_path: Path
) -> None:
    one, two = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    one.write_text(statement("ab"))
    two.write_text(other)
    ended, out, _ = run("--challenge", one, two)
    assert (ended, said in out) == (code, True)
    ended, out, _ = run("--challenge", one, two, "--json")
    assert ended == code
    assert json.loads(out)["good"] == (code != exits.NOT_REPRODUCIBLE)


def test_only_what_is_sealed_counts_where_that_is_asked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(statement("ab"))
    code, _, err = run("--challenge", path, path, "--signed")
    assert code == exits.INPUT_CHANGED
    assert "signed by nobody" in err


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    code, _, err = run("--challenge", tmp_path / "a", tmp_path / "b")
    assert code == exits.DIAGNOSTICS
    assert "cannot be read" in err
