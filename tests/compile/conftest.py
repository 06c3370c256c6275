from pathlib import Path

import pytest

from envc.store.objects import Store
from tests.compile.plans import CHANGE, CODE


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """With the inputs of the plans."""
    found = Store(str(tmp_path / "store"))
    for data in (CODE, CHANGE):
        found.add(data)
    return found
