"""The pilot of the LISA Data Challenge: one target is built, once, and is what the lock recorded.

Its sources are PyPI's: an sdist of 51 MB and three small ones.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import NamedTuple

import pytest

from envc.lock.model import Lock
from envc.lock.text import read
from envc.plan import filled
from tests.conftest import missing
from tests.debian_suites import STORE
from tests.examples.programs import EXAMPLES, Done, checked
from tests.own_apt import mirror

pytestmark = [pytest.mark.xdist_group("builder"), pytest.mark.slow]

LDC = EXAMPLES / "ldc"
TARGET = "x86_64_v3"
EXTENSIONS = {"_orbits", "fastAK", "fastGB", "pyimrphenomD"}


def envc(folder: Path, *words: str) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "envc", *words],
        cwd=folder,
        env={**os.environ, "ENVC_STORE": str(STORE), "ENVC_DEBIAN_MIRROR": mirror()},
        capture_output=True,
        text=True,
        check=False,
    )


class Built(NamedTuple):
    folder: Path
    """A copy of the example."""
    said: str
    """By the build."""

    @property
    def layout(self) -> Path:
        return self.folder / "envc-out" / "ldc" / TARGET / "image"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """It would end with code 6 if the image were not the one that the lock has."""
    if os.geteuid():
        missing("packages of Debian are installed by root here")
    folder = tmp_path_factory.mktemp("ldc") / "ldc"
    shutil.copytree(LDC, folder, ignore=shutil.ignore_patterns("envc-out"))
    done = envc(folder, "build", "-t", TARGET, "ldc.envc")
    assert done.returncode == 0, done.stderr
    return Built(folder, done.stdout)


def recorded(*targets: str) -> dict[str, str]:
    """Digests of the lock, by target and kind."""
    lock = read((LDC / "envc.lock").read_text())
    assert isinstance(lock, Lock)
    return {
        f"{each.target} {each.kind}": each.digest for each in lock.outputs if each.target in targets
    }


def test_every_target_is_recorded() -> None:
    [app] = checked(LDC / "ldc.envc").spec.apps
    kinds = ("oci", "sif", "tree")
    assert {*recorded(*app.targets)} >= {f"{each} {kind}" for each in app.targets for kind in kinds}


def test_the_image_is_the_one_that_was_recorded(built: Built) -> None:
    for digest in recorded(TARGET).values():
        assert digest in built.said


def test_its_waveforms_are_those_of_the_page(built: Built) -> None:
    done = envc(built.folder, "run", "-t", TARGET, "ldc.envc", "physics")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout in (LDC / "README.md").read_text()


def test_it_finds_what_its_spec_expects(built: Built) -> None:
    [app] = checked(LDC / "ldc.envc").spec.apps
    for test in app.tests:
        words = filled.command(test.command.words, {}, test.place)
        assert isinstance(words, tuple)
        done = envc(built.folder, "run", "-t", TARGET, "ldc.envc", "--", *words)
        assert done.returncode == 0, done.stderr
        assert (test.expect or "") in done.stdout


def test_its_extensions_are_for_their_target_and_no_older_one(built: Built, tmp_path: Path) -> None:
    _extract(built.layout, tmp_path)
    assert {each.name.partition(".")[0] for each in tmp_path.iterdir()} == EXTENSIONS
    done = envc(tmp_path, "audit", "-t", TARGET, ".")
    assert done.returncode == 0, done.stdout
    assert ": fma is beyond x86_64_v2" in envc(tmp_path, "audit", "-t", "x86_64_v2", ".").stdout


def _extract(layout: Path, into: Path) -> None:
    """The app's own shared objects, from the layer that was built."""

    def blob(digest: str) -> Path:
        return layout / "blobs" / Path(*digest.split(":"))

    index = json.loads((layout / "index.json").read_text())
    manifest = json.loads(blob(index["manifests"][0]["digest"]).read_text())
    with tarfile.open(blob(manifest["layers"][-1]["digest"])) as layer:
        for member in layer:
            if member.name.endswith(".so"):
                member.name = Path(member.name).name
                layer.extract(member, into, filter="data")
