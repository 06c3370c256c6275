"""What CPU a base image needs, whatever is built into it.

A distribution compiled for x86-64-v3 does not start on an older node, and no flag of ours helps.
Images that are not listed need only their family's baseline, as far as envc knows.
"""

import re
from typing import NamedTuple


class Floor(NamedTuple):
    """`name` and `tag` are matched from their start, the most demanding releases first."""

    name: str
    tag: str
    targets: tuple[str, ...]


_EL9 = ("x86_64_v2", "power9le")
_EL10 = ("x86_64_v3", "power9le")
_EL_NAMES = r"almalinux|rockylinux|rockylinux/rockylinux|rocky|oraclelinux|centos/centos|centos"

FLOORS: tuple[Floor, ...] = (
    # AlmaLinux 10 is also published for v2, under its own architecture.
    Floor(r"amd64_v2/almalinux|almalinux", r"10\S*x86_64_v2", ("x86_64_v2", "power9le")),
    Floor(_EL_NAMES, r"(stream)?10\b", _EL10),
    Floor(_EL_NAMES, r"(stream)?9\b", _EL9),
    Floor(r"(ubi10|rhel10)(/\S+)?", r"", _EL10),
    Floor(r"(ubi9|rhel9)(/\S+)?", r"", _EL9),
    Floor(r"nvidia/(cuda|hpc-sdk|nvhpc)", r"\S*-(ubi|rockylinux)10", _EL10),
    Floor(r"nvidia/(cuda|hpc-sdk|nvhpc)", r"\S*-(ubi|rockylinux)9", _EL9),
    Floor(r"(opensuse/)?leap", r"16\b", ("x86_64_v2",)),
    Floor(r"suse/sles|bci/bci-\S+", r"16\b", ("x86_64_v2",)),
    Floor(r"ubuntu", r"2[2-9]\.|jammy|noble|resolute", ("power9le",)),
)


def floor(image: str, family: str) -> str | None:
    """The target that an image's own programs need, None where any CPU of the family will do."""
    from envc.cpu import lattice  # an image that is not listed asks nothing of it

    name, tag = _parts(image)
    for each in FLOORS:
        if re.fullmatch(each.name, name) and re.match(each.tag, tag):
            return next((t for t in each.targets if lattice.family(t) == family), None)
    return None


def _parts(image: str) -> tuple[str, str]:
    """`host:5000/library/almalinux:10@sha256:…` is (`almalinux`, `10`)."""
    path = image.split("@", 1)[0]
    head, _, rest = path.partition("/")
    if rest and ("." in head or ":" in head or head == "localhost"):
        path = rest
    name, _, tag = path.removeprefix("library/").partition(":")
    return name.lower(), tag.lower()
