import re

import pytest

from envc.engines import install, known, runtimes

DEBIAN = 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n'
UBUNTU = "ID=ubuntu\nID_LIKE=debian\n"
ROCKY = 'NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\n'
LEAP = 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n'
MANJARO = "ID=manjaro\nID_LIKE='arch'\n"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        (DEBIAN, "apt"),
        (UBUNTU, "apt"),
        (ROCKY, "dnf"),
        (LEAP, "zypper"),
        (MANJARO, "pacman"),
        ("ID=nixos\n", None),
        ("", None),
        ("no such line\n=\n", None),
    ],
)
def test_a_family_is_told_by_os_release(text: str, family: str | None) -> None:
    assert install.of(text) == family


def test_the_command_is_that_of_the_family() -> None:
    assert install.how("podman", "apt") == "`apt-get install podman` brings it"
    assert install.how("newuidmap", "dnf") == "`dnf install shadow-utils` brings it"
    assert install.how("squashfs", "zypper") == "`zypper install squashfs` brings it"
    assert install.how("qemu", "pacman") == "`pacman -S qemu-user` brings it"


def test_where_a_family_has_none_the_place_is_named() -> None:
    assert install.how("apptainer", "apt").startswith("see https://apptainer.org/")
    assert install.how("udocker", "dnf") == "`pip install udocker` brings it"


@pytest.mark.parametrize("name", sorted({*known.NAMES, *runtimes.NAMES, *install.PACKAGES}))
@pytest.mark.parametrize("family", ["apt", "dnf", "zypper", "pacman", "unknown"])
def test_something_is_said_for_everything_everywhere(name: str, family: str) -> None:
    if family == "unknown":
        said = install.how(name, "") if install.here() is None else install.how(name)
    else:
        said = install.how(name, family)
    assert re.search(r"brings it$|^see https://", said)
