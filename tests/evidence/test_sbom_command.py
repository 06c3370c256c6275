"""`envc sbom`, as people type it."""

import json
import shutil
from pathlib import Path

import pytest

from envc import exits
from tests.lock.toy import WAVES, Toy, make_toy

APP = """app heat2d@1.4.0 {
  license  MIT
  source   dir "code"
  using    gnu
  needs    waves
  targets  x86_64_v2, x86_64_v3
  build shell {
    run "gcc -o heat2d main.c"
    install "heat2d"
  }
  emit     dockerfile
}"""
ITEMS = ("toolchain gnu {\n  c  gcc@13.3\n}", WAVES, APP)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    found = make_toy(tmp_path_factory.mktemp("world"))
    (found.folder / "code").mkdir()
    (found.folder / "main.c").rename(found.folder / "code" / "main.c")
    found.locked(ITEMS)
    return found


def sbom(toy: Toy, *words: str, code: int = exits.FINE) -> str:
    done = toy.envc("sbom", str(toy.spec), *words)
    assert done.returncode == code, done.stderr
    return done.stdout if code == exits.FINE and "-o" not in words else done.stderr


def test_one_target_is_printed(locked: Toy) -> None:
    found = json.loads(sbom(locked, "-t", "x86_64_v3"))

    assert found["bomFormat"] == "CycloneDX"
    names = {each["name"]: each["scope"] for each in found["components"]}
    assert names["libwaves3"] == "required"
    assert names["gcc-13"] == "excluded"
    assert json.loads(sbom(locked, "-t", "x86_64_v3", "--format", "spdx"))["spdxVersion"]


def test_nothing_has_to_be_in_the_store(locked: Toy, tmp_path: Path) -> None:
    shutil.copytree(locked.folder, tmp_path / "spec")
    moved = Toy(tmp_path / "spec", locked.trixie)
    words = ("-t", "x86_64_v3", "--from", "debian")
    assert sbom(moved, *words) == sbom(locked, *words)


def test_a_folder_for_all(locked: Toy, tmp_path: Path) -> None:
    assert "2 lists" in sbom(locked, "-o", str(tmp_path))
    folders = [tmp_path / "heat2d" / target for target in ("x86_64_v2", "x86_64_v3")]

    assert [(each / "sbom.cdx.json").is_file() for each in folders] == [True, True]
    assert (folders[1] / "sbom.cdx.json").read_text() == sbom(locked, "-t", "x86_64_v3")


def test_several_are_not_printed_in_one(locked: Toy) -> None:
    said = sbom(locked, code=exits.USAGE)
    assert "there are 2 images: `heat2d/x86_64_v2` and `heat2d/x86_64_v3`" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-t", "x86_64_v4"), "did you mean"),
        (("-t", "zen4"), "here are `x86_64_v2` and `x86_64_v3`"),
        (("--from", "guix"), "nothing for the origin `guix`"),
        (("--format", "xml"), "takes `cyclonedx` or `spdx`, not `xml`"),
    ],
)
def test_what_is_not_there(locked: Toy, words: tuple[str, ...], said: str) -> None:
    assert said in sbom(locked, *words, code=exits.USAGE)


def test_a_stale_lock(locked: Toy, tmp_path: Path) -> None:
    shutil.copytree(locked.folder, tmp_path / "spec")
    moved = Toy(tmp_path / "spec", locked.trixie)
    moved.write((*ITEMS[:2], APP.replace("waves\n", "waves, gcc\n")))
    assert "E0401" in sbom(moved, code=exits.LOCK_STALE)


def test_mistakes(locked: Toy, tmp_path: Path) -> None:
    shutil.copytree(locked.folder, tmp_path / "spec")
    moved = Toy(tmp_path / "spec", locked.trixie)
    moved.write((*ITEMS[:2], APP.replace("waves", "wavs")))
    assert "E0301" in sbom(moved, code=exits.DIAGNOSTICS)
