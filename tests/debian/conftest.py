"""Small archives that tests make, and a store of their own to read them with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from envc.debian import keyring
from envc.debian.archive import Archive
from envc.debian.keyring import Keyring
from envc.debian.snapshot import Snapshot
from envc.store.objects import Store
from envc.store.places import Places
from tests.debian.archive_maker import MadeArchive

Reader = Callable[..., Archive]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    """Reads what `make_archive` made, and believes its key."""

    def read(made: MadeArchive, *bases: str, **more: Any) -> Archive:
        keys = keyring.read(str(made.keyring))
        assert isinstance(keys, Keyring)
        places = Places((), (("debian", bases or (made.url,)),))
        return Archive(Store(str(tmp_path / "store")), places, keyring=keys, **more)

    return read


def got(found: object) -> Snapshot:
    assert isinstance(found, Snapshot), found
    return found
