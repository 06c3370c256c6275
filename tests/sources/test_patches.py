"""`patch`: its bytes, and whether it applies."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.sources import patches
from envc.sources.asking import World
from envc.sources.patches import ResolvedPatch
from envc.sources.placed import place
from envc.sources.resolve import resolve
from envc.sources.resolved import Resolved
from envc.sources.tree import File, Folder, Held, Link
from envc.spec import ALWAYS, Patch
from tests.sources.trees import PLACE, source

TREE = Folder(
    {
        b"src": Folder({b"main.c": File(Held(b"one\ntwo\nthree\n"))}),
        b"link": Link(b"src"),
        b"other": File(Held(b"x\n")),
    }
)
FIRST = b"""\
--- a/src/main.c
+++ b/src/main.c
@@ -1,3 +1,3 @@
 one
-two
+2
 three
"""
SECOND = FIRST.replace(b"-two\n+2", b"-2\n+zwei")
MOVES = b"""\
diff --git a/other b/renamed
similarity index 100%
rename from other
rename to renamed
"""
OUT = b"--- /dev/null\n+++ b/../../hooked\n@@ -0,0 +1 @@\n+x\n"
BY_LINK = b"--- /dev/null\n+++ b/link/new\n@@ -0,0 +1 @@\n+x\n"


def patch(path: str, data: bytes) -> Patch:
    return Patch(path, (f"sha256:{sha256(data).hexdigest()}",), ALWAYS, PLACE)


def test_a_file_beside_the_spec(world: World) -> None:
    (Path(world.base) / "fix.patch").write_bytes(FIRST)

    found = patches.resolve(patch("fix.patch", FIRST), world)

    assert isinstance(found, ResolvedPatch)
    assert (found.path, found.size) == ("fix.patch", len(FIRST))
    assert world.store.verified(found.sha256, found.size) == world.store.find(found.sha256)


def test_a_file_beside_the_spec_that_is_taken_in(world: World) -> None:
    folder = Path(world.base) / "apps" / "heat"
    folder.mkdir(parents=True)
    (folder / "fix.patch").write_bytes(FIRST)
    asked = replace(patch("fix.patch", FIRST), folder="apps/heat")

    found = patches.resolve(asked, world)

    assert isinstance(found, ResolvedPatch)
    assert found.path == "fix.patch"


def test_from_an_address_or_the_store(world: World, tmp_path: Path) -> None:
    (tmp_path / "fix.patch").write_bytes(FIRST)
    asked = patch(f"file://{tmp_path}/fix.patch", FIRST)
    offline = replace(world, offline=True)

    assert isinstance(patches.resolve(asked, offline), Problem)
    found = patches.resolve(asked, world)
    assert isinstance(found, ResolvedPatch)
    assert patches.resolve(asked, offline) == found


def test_another_hash(world: World) -> None:
    (Path(world.base) / "fix.patch").write_bytes(SECOND)

    found = patches.resolve(patch("fix.patch", FIRST), world)

    assert isinstance(found, Problem)
    assert found.message.startswith("the patch `fix.patch` has sha256:")


def test_no_file(world: World) -> None:
    assert patches.resolve(patch("fix.patch", FIRST), world) == Problem(
        "the patch `fix.patch` cannot be read: no such file or directory"
    )


@pytest.mark.tool("git")
def test_on_a_source(world: World) -> None:
    base = Path(world.base)
    place(TREE, world.base)
    for name, data in (("first.patch", FIRST), ("second.patch", SECOND)):
        (base / name).write_bytes(data)
    line = source("dir", ".", ignore="*.patch")
    code = resolve(line, world)
    found = [
        patches.resolve(patch(name, data), world)
        for name, data in (("first.patch", FIRST), ("second.patch", SECOND))
    ]
    made = [each for each in found if isinstance(each, ResolvedPatch)]
    assert isinstance(code, Resolved), code

    assert patches.unfit(made, code, line, world) is None
    told = patches.unfit(made[::-1], code, line, world)
    assert told is not None
    assert told[0] == 0
    assert "patch does not apply" in told[1].message
    gone = replace(made[0], sha256=f"sha256:{'0' * 64}")
    told = patches.unfit([*made, gone], code, line, world)
    assert told == (2, Problem("the patch `first.patch` is not in the store"))


@pytest.mark.tool("git")
@pytest.mark.parametrize(
    ("made", "failing"),
    [
        ((), None),
        ((FIRST,), None),
        ((FIRST, SECOND), None),
        ((MOVES,), None),
        ((FIRST.replace(b"\n", b"\r\n"),), 0),
        ((SECOND,), 0),
        ((FIRST, FIRST), 1),
        ((FIRST.replace(b"main.c", b"main.f"),), 0),
        ((b"no patch\n",), 0),
        ((OUT,), 0),
        ((BY_LINK,), 0),
    ],
)
def test_whether_they_apply(made: tuple[bytes, ...], failing: int | None) -> None:
    found = patches.failing(TREE, made)

    assert (None if found is None else found[0]) == failing
    if found is not None:
        assert found[1].message.startswith("git says: error: ")
