"""A lock in any order and layout, as TOML: one side of a merge, one to be mended, one to refuse.

What `envc.lock.text` wrote is read there, without the standard library's reader of TOML.
"""

import tomllib

from envc.facts.problem import Problem
from envc.lock.model import VERSION, Lock
from envc.lock.text import lock_of

_AGAIN = "write it again with `envc lock`"


class NewerLock(Problem):
    """A lock that is right, only not for this envc."""


def parse(text: str) -> Lock | Problem:
    """What a text says."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        return _no_toml(text, problem)
    version = found.get("lock-version")
    if not isinstance(version, int):
        return Problem("this file does not say which version of a lock it is", _AGAIN)
    if version > VERSION:
        return NewerLock(
            f"this lock has version {version}, and this envc reads up to {VERSION}",
            "use the envc that wrote it, or a newer one",
        )
    return lock_of(found) or edited()


def edited() -> Problem:
    return Problem("this lock is not as envc writes it: it was edited or merged", _AGAIN)


def _no_toml(text: str, problem: tomllib.TOMLDecodeError) -> Problem:
    if any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in text.splitlines()):
        return Problem("this lock holds both sides of a merge", _AGAIN)
    return Problem(f"this is not a lock: {problem}", _AGAIN)
