"""Variables of an image, as far as programs of Guix have to be told them."""

from envc.plan.model import Variables

_SETTLED = frozenset({"PATH", "HOME", "LC_ALL"})
"""What `guix shell` and the programs' own store paths answer for."""


def told(variables: Variables) -> Variables:
    return tuple((name, value) for name, value in variables if name not in _SETTLED)
