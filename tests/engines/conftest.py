"""Real engines, each with a store of its own, and a small plan that they build."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from envc.engines import building, recipes
from envc.engines.model import Engine, Made
from envc.plan.model import Plan
from envc.store.progress import Silent
from tests.backends.apptainer.conftest import IN_OWN_ROOT, Apptainer, apptainer, slim
from tests.backends.conftest import Buildah, buildah
from tests.build import small
from tests.engines.fakes import program

__all__ = ["apptainer", "buildah", "slim"]


SPEC = """\
envc 1

app moon@2.0 {
  summary  "How high the water stands"
  license  MIT
  source   dir "moon"
  targets  x86_64
  build    shell {
    script   "build.sh"
    install  "moon"
  }
  test     "moon" expect "high water"
  run demo { command "moon" }
  emit dockerfile, apptainer
}
"""
FILES = {
    "moon.envc": SPEC,
    "moon/build.sh": "printf '#!/bin/sh\\necho high water\\n' >moon\nchmod +x moon\n",
}
"""Without a compiler, whose packages take engines longer than all others together."""


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    return small.plan(small.project(tmp_path_factory.mktemp("project"), FILES))


@pytest.fixture(scope="module")
def stored(buildah: Buildah, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Buildah]:
    """buildah and podman, started without a word about their store, use that of the tests."""
    settings = tmp_path_factory.mktemp("storage") / "storage.conf"
    settings.write_text(
        "[storage]\n"
        'driver = "overlay"\n'
        f'graphroot = "{buildah.store}/kept"\n'
        f'runroot = "{buildah.store}/run"\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONTAINERS_STORAGE_CONF", str(settings))
        patch.setenv("BUILDAH_ISOLATION", "chroot")
        yield buildah
    _forget_built(buildah)


def _forget_built(buildah: Buildah) -> None:
    """With all layers, which take gigabytes while other tests go on."""
    buildah.say("rm", "--all")
    listed = buildah.say("images", "--all", "--noheading", "--format", "{{.ID}} {{.Name}}")
    every = (line.split() for line in listed.splitlines())
    if built := [id_ for id_, name in every if name != "docker.io/library/debian"]:
        buildah.say("rmi", "--force", *built)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the root of Apptainer sees of this machine, under the same name."""
    return tmp_path_factory.mktemp("apptainer")


@pytest.fixture
def own_apptainer(apptainer: Apptainer, shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called `apptainer` that is the real one, in its own root."""
    script = (
        f"export OWN_ROOT_PLACE={shared} HOME={shared}/home\n"
        f"export APPTAINER_CACHEDIR={shared}/cache APPTAINER_TMPDIR={shared}/tmp\n"
        'mkdir -p "$HOME" "$APPTAINER_CACHEDIR" "$APPTAINER_TMPDIR"\n'
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin\n"
        f"exec {IN_OWN_ROOT} {apptainer.root} {shared} \\\n"
        """  sh -c 'cd "$1"; shift; exec apptainer "$@"' sh "$PWD" "$@" """
    )
    path = program(shared / "bin", "apptainer", script)
    monkeypatch.setenv("PATH", f"{path.parent}:{os.environ['PATH']}")
    monkeypatch.chdir(shared)
    return path


@pytest.fixture(scope="session")
def fetching(slim: Path, shared: Path) -> str:
    """The image that fetches and unpacks, as a folder, with what every image of Debian has."""
    copied = (
        'cp -a "$1" slim; chmod -R a+rX slim; find slim/dev -mindepth 1 -delete; mkdir slim/mnt'
    )
    subprocess.run(["sh", "-euc", copied, "sh", str(slim)], cwd=shared, check=True)
    return f"localimage:{shared}/slim"


def build(
    engine: Engine, plan: Plan, folder: Path, *, fresh: bool = False, tools: str = ""
) -> Made:
    """With nothing but what is in the store."""
    plan = replace(plan, tools=tools)
    written = recipes.write(plan, engine.recipe, "moon.envc", small.KEPT, str(folder / "recipes"))
    assert isinstance(written, str), written
    wish = building.Wish(written, str(folder / "image"), str(folder / "log"), fresh)
    made = building.build(engine, plan, small.KEPT, wish, Silent())
    assert isinstance(made, Made), made
    return made


@pytest.fixture(scope="session", autouse=True)
def _swept(shared: Path) -> Iterator[None]:
    yield
    shutil.rmtree(shared, ignore_errors=True)
