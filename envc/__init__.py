"""envc: a compiler for reproducible scientific software environments."""

__version__ = "0.1.0"
