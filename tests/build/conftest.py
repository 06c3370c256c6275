"""The small spec, built once as root; and a user who is not, with an envc that it may read."""

import os
import pickle
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import archspec  # type: ignore[import-untyped]  # it has no types
import pytest

from envc.build.bench import Bench, bench
from envc.build.make import build
from envc.build.model import Built
from envc.build.tools import Tools
from envc.images import listing, reading
from envc.images.tree import Folder, laid
from envc.plan.model import Plan
from envc.store.objects import Store
from envc.store.progress import Row, Silent
from tests.build import small
from tests.conftest import missing
from tests.registry.conftest import registry  # noqa: F401 - a fixture

REPOSITORY = Path(__file__).parents[2]
USER = "envc-builder"


class Heard(Silent):
    """What was told, and what was worked on."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.works: list[str] = []

    @contextmanager
    def row(self, name: str, size: int | None) -> Iterator[Row]:
        self.works.append(name)
        yield self

    def tells(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture(scope="session")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if os.geteuid():
        missing("packages of Debian are installed by root here")
    return small.project(tmp_path_factory.mktemp("moon"))


@pytest.fixture(scope="session")
def plan(spec: Path) -> Plan:
    return small.plan(spec)


@pytest.fixture(scope="session")
def built(plan: Plan) -> Built:
    """In the store that other tests share."""
    found = build(plan, small.KEPT, show=Silent())
    assert isinstance(found, Built), found
    return found


@pytest.fixture(scope="session")
def tools(plan: Plan, built: Built) -> Iterator[Tools]:
    """Its root has a shell and what Debian calls essential."""
    with bench(small.KEPT, Silent()) as there:
        assert isinstance(there, Bench), there
        yield Tools(there, plan)


def tree_of(built: Built) -> str:
    """The digest of all its files together, as a build tells it."""
    with ExitStack() as opened:
        paths = [str(small.KEPT.find(f"sha256:{each.sha256}")) for each in built.layers]
        files = [opened.enter_context(open(path, "rb")) for path in paths]
        return listing.digest(listing.lines(reduce(laid, map(reading.read, files), Folder())))


@dataclass(frozen=True, slots=True)
class Person:
    """Another user of this machine."""

    folder: Path
    """That anybody may read."""

    def python(
        self,
        code: str,
        *words: str,
        variables: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> "subprocess.CompletedProcess[str]":
        start = self.words(code, *words)
        environ = {**self.environ, **(variables or {})}
        return subprocess.run(
            [*before, *start], env=environ, cwd="/", capture_output=True, text=True, check=False
        )

    @property
    def environ(self) -> dict[str, str]:
        return {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "PYTHONPATH": str(self.folder),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def words(self, code: str, *words: str) -> list[str]:
        setpriv = shutil.which("setpriv") or missing("setpriv is missing")
        start = [setpriv, "--reuid", USER, "--regid", USER, "--init-groups"]
        return [*start, "/usr/bin/python3", "-c", code, *words]


@pytest.fixture(scope="session")
def person() -> Iterator[Person]:
    if os.geteuid() or not shutil.which("useradd") or not shutil.which("newuidmap"):
        missing("another user is made by root, with useradd and newuidmap")
    subprocess.run(["userdel", "--remove", USER], capture_output=True, check=False)
    subprocess.run(["useradd", "--create-home", "--user-group", USER], check=True)
    folder = Path(f"/var/tmp/envc-for-{USER}")
    shutil.rmtree(folder, ignore_errors=True)
    here = Path(archspec.__file__).parent
    for path in (REPOSITORY / "envc", REPOSITORY / "backends" / "envc_backends", here):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(path, folder / path.name, ignore=ignored)
    subprocess.run(["chmod", "-R", "go+rX", str(folder)], check=True)
    yield Person(folder)
    subprocess.run(["userdel", "--remove", USER], capture_output=True, check=True)
    shutil.rmtree(folder)


BUILD = """
import json, pickle, sys
from envc.build.make import build
from envc.build.model import Built
from envc.store.objects import Store
from envc.store.progress import Sentences
with open(sys.argv[1], "rb") as file:
    plan = pickle.load(file)
found = build(plan, Store(sys.argv[2]), show=Sentences(sys.stderr, "build"))
if isinstance(found, Built):
    print(json.dumps([each.sha256 for each in found.layers]))
else:
    print(getattr(found, "message", found))
    print(getattr(found, "help", ""))
"""
"""Builds a plan that lies in a file, in a store."""


def kept_plan(plan: Plan, folder: Path) -> str:
    path = folder / "plan"
    path.write_bytes(pickle.dumps(plan))
    path.chmod(0o644)
    return str(path)


def store_of(plan: Plan, folder: Path) -> Store:
    """What the plan takes from the shared one, and nothing that was built."""
    made = Store(str(folder / "store"))
    sources = [each.source.sha256 for each in plan.recipes if each.source is not None]
    roots = [root for root in (plan.build, plan.run, plan.tools_root) if root is not None]
    for digest in {*sources, *(deb.sha256 for root in roots for deb in root.debs)}:
        made.add_file(str(small.KEPT.find(f"sha256:{digest}")))
    return made
