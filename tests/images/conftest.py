"""An image as a build leaves it: layers in a store, and the programs that pack them."""

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest

from envc.build.model import Built, Layer
from envc.facts.problem import Problem
from envc.images import canonical, folder, make
from envc.images.make import Packed
from envc.images.tree import Folder
from envc.plan.model import Variables, Words
from envc.store.objects import Store
from tests.compile.plans import PLAN
from tests.conftest import Tool
from tests.images.trees import small_root


class OfThisMachine:
    """A workshop of the host's own programs."""

    def __init__(self, *before: str) -> None:
        self.before = before
        self.started: list[Words] = []

    def run(
        self,
        words: Words,
        *,
        stdin: IO[bytes] | None = None,
        stdout: IO[bytes] | None = None,
        folders: Mapping[str, str] | None = None,
        variables: Variables = (),
    ) -> int:
        self.started.append(words)
        for path, name in (folders or {}).items():
            words = tuple(
                word.replace(name, path, 1) if word.startswith(f"{name}/") else word
                for word in words
            )
        environ = {**os.environ, **dict(variables)}
        program = (*self.before, *words)
        return subprocess.run(
            program, stdin=stdin, stdout=stdout, env=environ, check=False
        ).returncode


def built(store: Store, root: Path, **changes: Any) -> Built:
    """As a build of the folder would leave it: all but `/opt`, then that."""
    found = folder.read(str(root))
    assert isinstance(found, Folder)
    base = {name: node for name, node in found.entries.items() if name != b"opt"}
    own = Folder(entries={b"opt": found.entries[b"opt"]}, implied=True)
    plan = replace(PLAN, command=("heat",), variables=VARIABLES, **changes)
    layers = tuple(
        layer(store, each, about)
        for each, about in ((Folder(entries=base), "what it needs"), (own, "what was built"))
    )
    return Built(plan, layers, "", ())


VARIABLES = (("PATH", "/opt/heat/bin:/bin"), ("HOME", "/home/envc"), ("GREETING", "it's $HOME"))


def layer(store: Store, tree: Folder, about: str = "") -> Layer:
    path = os.path.join(store.folder, "layer.tar")
    os.makedirs(store.folder, mode=0o700, exist_ok=True)
    with open(path, "wb") as file:
        content = canonical.write(tree, file, PLAN.epoch)
    store.add_file(path)
    os.unlink(path)
    return Layer(content.digest.removeprefix("sha256:"), content.size, about)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


@pytest.fixture
def workshop(tool: Tool) -> OfThisMachine:
    tool("mksquashfs", "squashfs-tools")
    return OfThisMachine()


@pytest.fixture
def pack(store: Store, workshop: OfThisMachine) -> Callable[[Built, Path], Packed]:
    def pack(built: Built, folder: Path) -> Packed:
        found = make.make(built, workshop, store, str(folder))
        assert not isinstance(found, Problem), found
        return found

    return pack


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, tool: Tool) -> Path:
    tool("busybox")
    return small_root(tmp_path_factory.mktemp("root"))


class Made:
    """The small system as images, made once."""

    def __init__(self, folder: Path, packed: Packed, built: Built) -> None:
        self.folder = folder
        self.layout = folder / "image"
        self.sif = folder / "heat.sif"
        self.packed = packed
        self.built = built


@pytest.fixture(scope="session")
def made(root: Path, tmp_path_factory: pytest.TempPathFactory, tool: Tool) -> Made:
    tool("mksquashfs", "squashfs-tools")
    folder = tmp_path_factory.mktemp("made")
    store = Store(str(folder / "store"))
    of = built(store, root)
    packed = make.make(of, OfThisMachine(), store, str(folder / "out"))
    assert not isinstance(packed, Problem), packed
    return Made(folder / "out", packed, of)
