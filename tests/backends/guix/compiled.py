"""Specs made into plans and files, as `envc lock` and `envc compile` do it, without a network."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from envc.check import Checked, check_path
from envc.cli import main
from envc.library import standard
from envc.lock import text
from envc.lock.model import Lock
from envc.plan.backend import File
from envc.plan.make import plans
from envc.plan.model import Input, Plan
from envc_backends.guix import BACKEND
from tests.backends.guix.specs import SPECS

EXAMPLE = Path(__file__).parents[3] / "examples" / "heat2d"


@dataclass(frozen=True, slots=True)
class Compiled:
    name: str
    plan: Plan
    files: tuple[File, ...]
    inputs: Mapping[str, bytes]

    @property
    def folder(self) -> str:
        return f"{self.name}/{self.plan.target}"

    def text(self, path: str) -> str:
        return next(file.text for file in self.files if file.path == path)


def small(folder: Path) -> Iterator[Compiled]:
    """Those of `specs.py`."""
    for name, spec in SPECS.items():
        yield from compiled(folder, name, spec.text, spec.files)


def fetched(roots: Compiled) -> Iterator[Compiled]:
    """The same application from sources that lie elsewhere; no test fetches them."""
    (recipe,) = roots.plan.recipes
    patch = b"--- a/roots.c\n+++ b/roots.c\n"
    sources = {
        "git": Input(
            *("roots.tar", "1" * 64, 9, "git", ("https://example.org/roots.git",)),
            commit="5fd81649833fb3f532104a4e4d6649cb4062a4c5",
            nar="2" * 64,
            strip=0,
            folder="part",
        ),
        "tar": Input(
            *("roots-0.3.tar.gz", "3" * 64, 9, "tar"),
            ("https://example.org/roots-0.3.tar.gz", "https://example.net/roots-0.3.tar.gz"),
            strip=2,
        ),
        "pypi": Input(
            *("roots-0.3.tar.gz", "4" * 64, 9, "pypi"),
            ("https://files.pythonhosted.org/packages/source/r/roots/roots-0.3.tar.gz",),
        ),
    }
    change = Input("rounder.patch", sha256(patch).hexdigest(), len(patch), "patch")
    for name, source in sources.items():
        other = replace(recipe, source=source, patches=(change,), folder="src")
        own = replace(other, name="roots-own", checks=())
        plan = replace(roots.plan, recipes=(own, other))
        yield Compiled(name, plan, BACKEND.files(plan), {change.file: patch})


def example(folder: Path) -> Iterator[Compiled]:
    """The first example, as Guix alone has it, for one more architecture."""
    said = (EXAMPLE / "heat2d.envc").read_text(encoding="utf-8")
    said = re.sub("emit .*", "emit guix", said)
    said = re.sub("(targets .*)", r"\1, neoverse_v1", said)
    files = {
        str(path.relative_to(EXAMPLE)): path.read_text(encoding="utf-8")
        for path in EXAMPLE.rglob("*")
        if path.is_file() and path.suffix != ".envc"
    }
    yield from compiled(folder, "heat2d", said, files)


def compiled(folder: Path, name: str, spec: str, files: Mapping[str, str]) -> Iterator[Compiled]:
    for path, said in {f"{name}.envc": spec, **files}.items():
        place = folder / name / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(said, encoding="utf-8")
    where = str(folder / name / f"{name}.envc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENVC_STORE", str(folder / "store"))
        assert main(["lock", "--offline", where]) == 0
    checked = check_path(where)
    lock = text.read((folder / name / "envc.lock").read_text(encoding="utf-8"))
    assert isinstance(checked, Checked)
    assert isinstance(lock, Lock)
    made = plans(checked, lock, standard())
    assert not made.diagnostics
    for plan in made.plans:
        assert not BACKEND.refusals(plan)
        yield Compiled(name, plan, BACKEND.files(plan), dict(_inputs(plan, folder / "store")))


def _inputs(plan: Plan, store: Path) -> Iterator[tuple[str, bytes]]:
    for recipe in plan.recipes:
        for each in (recipe.source, *recipe.patches):
            if each is not None:
                digits = each.sha256.removeprefix("sha256:")
                path = store / "sha256" / digits[:2] / digits
                yield each.file, path.read_bytes()


def put(folder: Path, each: Compiled) -> None:
    for file in each.files:
        _write(folder / each.folder / file.path, file.text.encode())
    for name, data in each.inputs.items():
        _write(folder / each.folder / "inputs" / name, data)


def _write(path: Path, data: bytes) -> None:
    os.makedirs(path.parent, exist_ok=True)
    path.write_bytes(data)
