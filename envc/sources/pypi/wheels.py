"""Which wheels a Python can use: told what it is, never asking the one that runs envc."""

from functools import cache
from typing import NamedTuple

from packaging.tags import Tag, compatible_tags, cpython_tags

_OLDEST = {"x86_64": 5, "i686": 5}
"""The minor version of the first glibc that wheels for a machine were made for; 2.17 elsewhere."""
_OLD_NAMES = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}


class Interpreter(NamedTuple):
    """CPython on Linux."""

    version: str
    """`3.12.7`."""
    machine: str = "x86_64"
    glibc: tuple[int, int] = (2, 17)

    @property
    def release(self) -> tuple[int, int]:
        major, minor, *_ = self.version.split(".")
        return int(major), int(minor)

    def markers(self) -> dict[str, str]:
        """What a requirement may ask of it, as in `numpy; python_version < "3.12"`."""
        return {
            "implementation_name": "cpython",
            "implementation_version": self.version,
            "os_name": "posix",
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": "Linux",
            "platform_version": "",
            "python_full_version": self.version,
            "python_version": "{}.{}".format(*self.release),
            "sys_platform": "linux",
        }

    def __str__(self) -> str:
        major, minor = self.glibc
        return f"Python {self.version} on {self.machine} with glibc {major}.{minor}"


@cache
def ranks(python: Interpreter) -> dict[Tag, int]:
    """The tags of the wheels that it can use, the best first."""
    name = "cp{}{}".format(*python.release)
    own = cpython_tags(python.release, abis=[name], platforms=_platforms(python))
    pure = compatible_tags(python.release, interpreter=name, platforms=_platforms(python))
    return {tag: rank for rank, tag in enumerate(dict.fromkeys((*own, *pure)))}


def _platforms(python: Interpreter) -> list[str]:
    """PEP 600: the newest glibc first."""
    found: list[str] = []
    newest = python.glibc[1]
    for minor in range(newest, _OLDEST.get(python.machine, 17) - 1, -1):
        found.append(f"manylinux_2_{minor}_{python.machine}")
        if minor in _OLD_NAMES:
            found.append(f"{_OLD_NAMES[minor]}_{python.machine}")
    return [*found, f"linux_{python.machine}"]
