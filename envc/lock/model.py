"""What a lock holds, as values."""

from dataclasses import dataclass

VERSION = 1
"""Readers of version N refuse N + 1."""


@dataclass(frozen=True, slots=True, order=True)
class LockedTarget:
    """The options that one compiler gets for one target of one app, in one language."""

    app: str
    target: str
    compiler: str
    version: str
    language: str
    flags: tuple[str, ...]
    codegen: tuple[str, ...]
    link: tuple[str, ...]
    pins: tuple[str, ...]
    """Variables set where it runs, as `NAME=value`."""
    stands_in: str = ""
    """The older target whose options these are, where the compiler does not know this one."""

    @property
    def key(self) -> tuple[str, ...]:
        return (self.app, self.target, self.compiler, self.version, self.language)

    def __str__(self) -> str:
        return f"{self.app} on {self.target} with {self.compiler} {self.version} ({self.language})"


@dataclass(frozen=True, slots=True)
class Lock:
    archspec: str
    archspec_digest: str
    """Of archspec's data and of envc's corrections to it."""
    targets: tuple[LockedTarget, ...]
