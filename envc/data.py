"""Where the grammar and the library of specs live: the same in a checkout and in a wheel."""

import os

_HERE = os.path.dirname(os.path.abspath(__file__))
_PACKAGED = os.path.join(_HERE, "_data")
# importlib.resources would cost 32 ms at every start; a path beside this file costs nothing.
ROOT = _PACKAGED if os.path.isdir(_PACKAGED) else os.path.dirname(_HERE)


def path(*parts: str) -> str:
    return os.path.join(ROOT, *parts)


def read(*parts: str) -> str:
    with open(path(*parts), encoding="utf-8") as file:
        return file.read()
