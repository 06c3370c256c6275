"""Wheels of a real index, as a lock holds them."""

import zipfile
from dataclasses import replace

from envc.lock.model import LockedWheel
from envc.resolve.indexed import Asked, locked
from envc.resolve.wheels import Place
from envc.sources.asking import World
from envc.sources.pypi.closure import Root
from envc.sources.pypi.index import PUBLIC
from envc.sources.pypi.places import FILES
from envc.sources.pypi.wheels import Interpreter

PLACE = Place("debian/trixie", "arm64")
ASKED = Asked(
    (Root("Jinja2", "3.1:"),), Interpreter("3.13.5", "aarch64", (2, 41)), PLACE, frozenset(), ()
)


def test_a_real_index(world: World, real_index: tuple[str, ...]) -> None:
    found = locked(ASKED, world, real_index)
    assert isinstance(found, tuple)
    jinja, markup = found
    assert isinstance(jinja, LockedWheel)
    assert (jinja.name, jinja.architecture, jinja.depends) == ("jinja2", "all", ("markupsafe",))
    assert (markup.name, markup.architecture, markup.depends) == ("markupsafe", "arm64", ())
    assert "cp313-manylinux" in markup.file
    for each in found:
        path = world.store.verified(f"sha256:{each.sha256}", each.size)
        assert isinstance(path, str)
        assert zipfile.is_zipfile(path)
        # PyPI's own files are called as the world finds them, whichever mirror they came from.
        assert real_index != (PUBLIC,) or each.urls[0].startswith(f"{FILES}/packages/")

    again = ASKED._replace(before=found)
    assert locked(again, replace(world, offline=True), ()) == found
