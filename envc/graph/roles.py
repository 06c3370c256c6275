"""What a component is for: the role that a need says, and what that makes it for the whole app."""

from collections.abc import Iterable, Mapping

from envc.spec import Want
from envc.vocabulary import ROLES

DEFAULT = "link"
"""Where nothing is said: there while it is built, and what it leaves for the run in the image.

That holds for libraries and for compilers, whose run-time libraries the result needs.
"""

Needed = tuple[str, str, tuple[str, ...]]
"""Who needs, what is needed, and for which roles."""


def of(want: Want) -> tuple[str, ...]:
    return _tidy(want.roles or (DEFAULT,))


def composed(needs: Iterable[Needed], root: str = "") -> dict[str, tuple[str, ...]]:
    """For each component below the root, what the root needs it for along all paths."""
    below: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for parent, child, roles in needs:
        below.setdefault(parent, []).append((child, roles))
    found: dict[str, frozenset[str]] = {}
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        for child, roles in below.get(parent, ()):
            before = found.get(child)
            new = frozenset(roles) if parent == root else _through(found[parent], roles)
            together = new | (before or frozenset())
            if together != before:
                found[child] = together
                waiting.append(child)
    return {name: _tidy(roles) for name, roles in found.items()}


def _through(parent: frozenset[str], roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_THROUGH[upper][lower] for upper in parent for lower in roles)


_THROUGH: Mapping[str, Mapping[str, str]] = {
    # What only builds has to work on the machine that builds, and leaves nothing.
    "build": {"build": "build", "link": "build", "run": "build", "test": "test"},
    "link": {"build": "build", "link": "link", "run": "run", "test": "test"},
    "run": {"build": "build", "link": "run", "run": "run", "test": "test"},
    "test": {"build": "test", "link": "test", "run": "test", "test": "test"},
}
"""By what the app needs a component for, and what that needs another for."""


def _tidy(roles: Iterable[str]) -> tuple[str, ...]:
    """In the order of the vocabulary; what is linked is there for building in any case."""
    said = set(roles)
    return tuple(
        role for role in ROLES if role in said and not (role == "build" and "link" in said)
    )
