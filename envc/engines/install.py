"""How something that is missing is installed on this machine."""

from collections.abc import Mapping
from typing import NamedTuple

OS_RELEASE = ("/etc/os-release", "/usr/lib/os-release")
_FAMILIES = {
    "debian": "apt",
    "ubuntu": "apt",
    "fedora": "dnf",
    "rhel": "dnf",
    "centos": "dnf",
    "suse": "zypper",
    "sles": "zypper",
    "opensuse": "zypper",
    "opensuse-leap": "zypper",
    "opensuse-tumbleweed": "zypper",
    "arch": "pacman",
}
"""By what os-release calls a distribution, or what it says that one is like."""
_COMMANDS = {
    "apt": "apt-get install",
    "dnf": "dnf install",
    "zypper": "zypper install",
    "pacman": "pacman -S",
}


class Package(NamedTuple):
    """What brings a program; an empty name where a family does not have it."""

    apt: str
    dnf: str
    zypper: str
    pacman: str
    otherwise: str = ""
    """Where it is to be had by other means."""


def _same(name: str, otherwise: str = "") -> Package:
    return Package(name, name, name, name, otherwise)


_APPTAINER = "see https://apptainer.org/docs/admin/latest/installation.html"
_GUIX = "see https://guix.gnu.org/en/download/"
_DOCKER = "see https://docs.docker.com/engine/install/"
_PIP = "`pip install {}` brings it"
_SITE = "whoever runs this machine brings it"
PACKAGES: Mapping[str, Package] = {
    "docker": Package(
        "docker.io docker-buildx", "", "docker docker-buildx", "docker docker-buildx", _DOCKER
    ),
    "docker-buildx": Package("docker-buildx", "", "docker-buildx", "docker-buildx", _DOCKER),
    "podman": _same("podman"),
    "buildah": _same("buildah"),
    # Debian's present release has neither Apptainer nor Guix.
    "apptainer": Package("", "apptainer", "apptainer", "apptainer", _APPTAINER),
    "singularity": Package(
        "", "singularity-ce", "", "", "see https://docs.sylabs.io/guides/latest/admin-guide/"
    ),
    "charliecloud": Package(
        "charliecloud",
        "charliecloud charliecloud-builder",
        "charliecloud",
        "",
        "see https://charliecloud.io",
    ),
    "guix": Package("", "", "", "", _GUIX),
    "udocker": Package("", "", "", "", _PIP.format("udocker")),
    "shifter": Package("", "", "", "", _SITE),
    "sarus": Package("", "", "", "", _SITE),
    "git": _same("git"),
    "newuidmap": Package("uidmap", "shadow-utils", "shadow", "shadow"),
    "qemu": Package("qemu-user", "qemu-user", "qemu-linux-user", "qemu-user"),
    "diffoscope": Package(
        "diffoscope", "diffoscope", "diffoscope", "diffoscope", _PIP.format("diffoscope")
    ),
    "squashfs": Package("squashfs-tools", "squashfs-tools", "squashfs", "squashfs-tools"),
    "ssh-keygen": Package("openssh-client", "openssh", "openssh", "openssh"),
}


def how(name: str, family: str | None = None) -> str:
    """A sentence: `` `apt-get install podman` brings it ``. The family is this machine's own."""
    package = PACKAGES[name]
    family = family or here()
    known: Mapping[str, str] = package._asdict()
    if family and known[family]:
        return f"`{_COMMANDS[family]} {known[family]}` brings it"
    return package.otherwise or f"the package that has `{name}` brings it"


def here() -> str | None:
    """The family of this machine's distribution."""
    for path in OS_RELEASE:
        try:
            with open(path, encoding="utf-8") as file:
                return of(file.read())
        except OSError:
            continue
    return None


def of(text: str) -> str | None:
    """The family that an os-release names: by the distribution itself, or by those it is like."""
    said = dict(line.partition("=")[::2] for line in text.splitlines())
    words = f"{said.get('ID', '')} {said.get('ID_LIKE', '')}".replace('"', "").replace("'", "")
    return next((_FAMILIES[word] for word in words.split() if word in _FAMILIES), None)
