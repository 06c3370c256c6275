"""The exit codes of envc: a contract."""

FINE = 0
DIAGNOSTICS = 1
"""Something is wrong with the input, and was said."""
USAGE = 2
LOCK_STALE = 3
INPUT_CHANGED = 4
TOOL_FAILED = 5
NOT_REPRODUCIBLE = 6
BUG = 70
INTERRUPTED = 130
PIPE_CLOSED = 141
"""Whoever read the output stopped reading; what the shell reports of any program then."""
