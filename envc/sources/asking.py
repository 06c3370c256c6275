"""What resolving a source may use of the world."""

from dataclasses import dataclass

from envc.spec import SourceCode
from envc.store.objects import Store
from envc.store.progress import Show


@dataclass(frozen=True, slots=True)
class World:
    """The folder of a spec, the store and the network."""

    base: str
    """The folder of the spec, from which the paths in it go."""
    store: Store
    offline: bool
    show: Show


def attributes(source: SourceCode, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in source.attributes if key == name)


def attribute(source: SourceCode, name: str) -> str:
    return next(iter(attributes(source, name)), "")


def places(source: SourceCode) -> tuple[str, ...]:
    return (source.where, *attributes(source, "mirror"))


def stated(source: SourceCode, prefix: str) -> str:
    """The hash of this kind that the spec gives, without what stands behind a SWHID."""
    found = (each.partition(";")[0] for each in source.hashes if each.startswith(prefix))
    return next(found, "")
