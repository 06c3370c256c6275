"""What is asked of Guix's index here; `envc.guix.index` answers."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class GuixPackage(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def outputs(self) -> tuple[str, ...]: ...
    @property
    def synopsis(self) -> str: ...


class Guix(Protocol):
    def names(self) -> Iterable[str]: ...
    def named(self, name: str, /) -> Sequence[GuixPackage]:
        """The newest first."""
        ...
