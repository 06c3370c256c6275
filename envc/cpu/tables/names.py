"""A target's names in other systems, derived from the order wherever it decides them."""

import re
from typing import NamedTuple

from envc.cpu import lattice

_ARCHITECTURES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "ppc64le": "ppc64le",
    "ppc64": "ppc64",
    "riscv64": "riscv64",
    "x86": "386",
    "arm": "arm",
}
_GUIX_SYSTEMS = {
    "x86_64": "x86_64-linux",
    "aarch64": "aarch64-linux",
    "ppc64le": "powerpc64le-linux",
    "riscv64": "riscv64-linux",
    "ppc": "powerpc-linux",
    "x86": "i686-linux",
    "arm": "armhf-linux",
}
_DEBIAN_ARCHITECTURES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "ppc64le": "ppc64el",
    "riscv64": "riscv64",
    "s390x": "s390x",
    "x86": "i386",
    "arm": "armhf",
}


class Platform(NamedTuple):
    """An OCI platform. A vendor's processor has none of its own, only its generic level's."""

    architecture: str
    variant: str | None

    def __str__(self) -> str:
        return "/".join(part for part in ("linux", *self) if part)


def oci(target: str) -> Platform | None:
    """None where OCI has no name for the family (sparc, 32-bit Power)."""
    architecture = _ARCHITECTURES.get(lattice.family(target))
    return Platform(architecture, _variant(target)) if architecture else None


def guix_system(target: str) -> str | None:
    return _GUIX_SYSTEMS.get(lattice.family(target))


def debian_architecture(target: str) -> str | None:
    return _DEBIAN_ARCHITECTURES.get(lattice.family(target))


def psabi(target: str) -> str | None:
    """The level of the x86-64 psABI that the target reaches, spelt `x86-64-v3`."""
    if lattice.family(target) != "x86_64":
        return None
    return lattice.generic(target).replace("_", "-")


def hwcaps(target: str) -> str | None:
    """The folder below `glibc-hwcaps` that ld.so prefers on it; None means the plain folder."""
    if lattice.family(target) == "x86_64":
        return isa_note(target)
    power = _power(target)
    return f"power{power}" if power in (9, 10) else None


def isa_note(target: str) -> str | None:
    """What `-Wl,-z,` takes so that ld.so refuses an older CPU with a sentence.

    The baseline needs none, and GNU ld up to 2.47 aborts where it is asked for one.
    """
    level = psabi(target)
    return level if level != "x86-64" else None


def _variant(target: str) -> str | None:
    generic = lattice.generic(target)
    match lattice.family(target):
        case "x86_64":
            return generic.removeprefix("x86_64_") if generic != "x86_64" else None
        case "aarch64":
            return _arm_version(generic)
        case "ppc64le":
            power = _power(target)
            return f"power{power}" if power else None
        case "arm":
            return "v7"
        case _:
            return None


def _arm_version(generic: str) -> str:
    # armv8.2a is v8.2; the base is v8 and armv9.0a is v9, as OCI writes them
    read = re.fullmatch(r"armv(\d+)\.(\d+)a", generic)
    if read is None:
        return "v8"
    return f"v{read[1]}" if read[2] == "0" else f"v{read[1]}.{read[2]}"


def _power(target: str) -> int:
    this = lattice.target(target)
    return this.generation if this.family == "ppc64le" else 0
