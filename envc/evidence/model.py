"""What an image is made from, as values: one for each thing, and how they hang together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from envc.plan.model import Plan, Words

Licences = Mapping[str, str]
"""Of packages that are in the image, by their names: what the image itself says of them."""
NO_LICENCES: Licences = MappingProxyType({})


class Kind(StrEnum):
    APP = "app"
    BASE = "base"
    """The image that it starts from, whose own contents nobody listed."""
    BUILT = "built"
    """From its source, for the app."""
    SOURCE = "source"
    PATCH = "patch"
    WHEEL = "wheel"
    DEB = "deb"
    ITEM = "item"
    """Of Guix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    ref: str
    """Its name in the list, which no other has."""
    kind: Kind
    name: str
    version: str = ""
    shipped: bool = False
    """Whether it is in the image."""
    purl: str = ""
    sha256: str = ""
    urls: Words = ()
    licence: str = ""
    homepage: str = ""
    swhid: str = ""
    commit: str = ""
    made_from: str = ""
    """Debian's source package: `hdf5=1.14.5+repack-3`."""
    path: str = ""
    """In the store of Guix."""
    needs: Words = ()
    """References of others in the list."""


def image_of(plan: Plan) -> str:
    """The reference of the image itself."""
    return f"image:{plan.app}/{plan.target}"


def tops(found: tuple[Material, ...]) -> Words:
    """What an image's own line has to name, so that all that is in it is reached from there."""
    shipped = {each.ref: each for each in found if each.shipped}
    needed = {name for each in shipped.values() for name in each.needs if name != each.ref}
    named: list[str] = []
    reached: set[str] = set()
    # Rings that nothing else needs come last: one of a ring brings the others.
    for ref in (*(ref for ref in shipped if ref not in needed), *shipped):
        if ref not in reached:
            named.append(ref)
            waiting = [ref]
            while waiting:
                each = waiting.pop()
                if each in shipped and each not in reached:
                    reached.add(each)
                    waiting += shipped[each].needs
    return tuple(named)
