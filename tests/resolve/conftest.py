"""The store, and the index that pip is set to, are those of the tests of sources."""

from tests.sources.conftest import pip, real_index, world

__all__ = ["pip", "real_index", "world"]
