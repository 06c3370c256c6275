"""What git calls to merge a lock: `envc lock --merge %O %A %B`.

git gives three files, and takes the second one as the outcome; any end but 0 is a conflict.
"""

import sys

from envc import exits, writing
from envc.facts.problem import Problem
from envc.lock.merge import merge

_MOST = 10


def run(base: str, ours: str, theirs: str) -> int:
    """Merges three files into the second; says on standard error what clashes."""
    found = merge(_text(base), _text(ours), _text(theirs))
    if isinstance(found, Problem):
        _say(found.message, found.help)
        return exits.DIAGNOSTICS
    if found.text != _text(ours):
        writing.replace(ours, found.text)
    if not found.clashes:
        return exits.FINE
    for clash in found.clashes[:_MOST]:
        _say(clash)
    if len(found.clashes) > _MOST:
        _say(f"and {len(found.clashes) - _MOST} more like these")
    _say("this lock is not merged", "merge the spec, then write the lock again with `envc lock`")
    return exits.DIAGNOSTICS


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()


def _say(message: str, help_: str = "") -> None:
    print(f"envc lock: {message}", file=sys.stderr)  # noqa: T201
    if help_:
        print(f"  {help_}", file=sys.stderr)  # noqa: T201
