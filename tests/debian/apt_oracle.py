"""Indexes as apt and `solve` both read them."""

from collections.abc import Collection, Mapping, Sequence

from envc.debian import packages
from envc.debian.index import Index
from envc.debian.table import Made


def index_of(text: bytes | str, suite: str, architecture: str) -> Index:
    data = text.encode() if isinstance(text, str) else text
    made = packages.tabled(data, architecture, "test")
    assert isinstance(made, Made), made
    return Index(suite, architecture, [made.table])


Stanza = Mapping[str, str]


def toy(stanzas: Sequence[Stanza], suite: str = "toy", architecture: str = "amd64") -> Index:
    """An index of packages of which only what matters is told."""
    return index_of(packages_text(stanzas, architecture), suite, architecture)


def packages_text(stanzas: Collection[Stanza], architecture: str = "amd64") -> str:
    """What apt reads as `Packages`."""
    return "\n".join(
        "".join(f"{field}: {value}\n" for field, value in _whole(stanza, architecture).items())
        for stanza in stanzas
    )


def _whole(stanza: Stanza, architecture: str) -> Stanza:
    return {
        "Version": "1",
        "Architecture": architecture,
        "Maintainer": "nobody",
        "Filename": f"pool/{stanza['Package']}.deb",
        "Size": "1",
        "SHA256": "0" * 64,
        "Description": "a toy",
    } | dict(stanza)
