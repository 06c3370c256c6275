"""The exit codes of envc: a contract."""

from typing import Final

FINE: Final = 0
DIAGNOSTICS: Final = 1
"""Something is wrong with the input, and was said."""
USAGE: Final = 2
LOCK_STALE: Final = 3
INPUT_CHANGED: Final = 4
TOOL_FAILED: Final = 5
NOT_REPRODUCIBLE: Final = 6
BUG: Final = 70
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
"""Whoever read the output stopped reading; what the shell reports of any program then."""
