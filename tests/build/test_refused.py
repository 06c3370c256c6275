"""Machines that do not allow what a build needs: each says which setting would."""

import subprocess
from pathlib import Path

import pytest

from envc.build import refused
from envc.build.entering import Streams, call
from envc.build.refused import refused as sentence
from envc.build.room import Call, Identities, Range, Refusal, Room, Stage
from tests.build.conftest import Person

pytestmark = [pytest.mark.xdist_group("builder"), pytest.mark.tool("newuidmap")]

ENTER = """
import os
from envc.build import users
from envc.build.entering import call
from envc.build.room import Call, Room
found = users.identities()
if isinstance(found, tuple) and not hasattr(found, "message"):
    found = call(Room(), Call(os.getpid), found)
print(found if isinstance(found, int) else f"{found.message} | {found.help}")
"""


def test_a_user_is_root_of_a_room(person: Person) -> None:
    assert person.python(ENTER).stdout == "2\n"


def test_a_user_without_numbers(person: Person) -> None:
    done = person.python(ENTER, before=["unshare", "-m", "sh", "-c", NO_NUMBERS, "sh"])
    assert done.stdout == (
        "`envc-builder` has no numbers in `/etc/subuid`, and a root needs 65,535 | as root, "
        "`usermod --add-subuids 100000-165535 --add-subgids 100000-165535 envc-builder` gives it "
        "some, which no other user may have\n"
    )


NO_NUMBERS = 'mount --bind /dev/null /etc/subuid; exec "$@"'


def test_a_machine_without_namespaces(person: Person, tmp_path: Path) -> None:
    """As where an administrator set the limit to 0."""
    every = (Range(0, 0, 65_536),)
    script = 'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"'
    environ = (f"{name}={value}" for name, value in person.environ.items())
    words = ["env", *environ, "sh", "-c", script, "sh", *person.words(ENTER)]
    path = tmp_path / "said"
    with path.open("wb") as said:
        call(
            Room(), Call(subprocess.call, (words,)), Identities(every, every), Streams(stdout=said)
        )
    assert path.read_text() == (
        "this user may not make namespaces, in which a build is kept apart: the kernel's limit is "
        "reached | as root, `sysctl -w user.max_user_namespaces=15000` raises it, or build as "
        "root\n"
    )


def test_newuidmap_is_missing(person: Person) -> None:
    done = person.python(ENTER, variables={"PATH": "/nonexistent"})
    assert done.stdout.startswith(
        "`newuidmap` is missing, which lets a user have the files of many"
    )
    assert "`apt install uidmap`" in done.stdout


def test_newuidmap_has_no_rights(person: Person, tmp_path: Path) -> None:
    """A copy has not the rights of the original."""
    for name in ("newuidmap", "newgidmap"):
        (person.folder / name).write_bytes(Path(f"/usr/bin/{name}").read_bytes())
        (person.folder / name).chmod(0o755)
    done = person.python(ENTER, variables={"PATH": f"{person.folder}:/usr/bin:/bin"})
    assert done.stdout.startswith("`newuidmap` and `newgidmap` could not give this user")


@pytest.mark.parametrize(
    ("setting", "refusal", "help_"),
    [
        ("_CLONE", Refusal(Stage.USERS, 1, ""), "kernel.unprivileged_userns_clone=1"),
        ("_APPARMOR", Refusal(Stage.USERS, 13, ""), "apparmor_restrict_unprivileged_userns=0"),
        ("", Refusal(Stage.USERS, 1, ""), "seccomp=unconfined"),
        ("", Refusal(Stage.USERS, 22, ""), "CONFIG_USER_NS"),
        ("", Refusal(Stage.MOUNTS, 1, "/a/proc"), "systempaths=unconfined"),
        ("", Refusal(Stage.START, 8, "/bin/sh"), "qemu-user-static"),
    ],
)
def test_each_refusal_names_what_helps(
    setting: str, refusal: Refusal, help_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_CLONE", "0"), ("_APPARMOR", "1")):
        path = tmp_path / name
        if name == setting:
            path.write_text(value)
        monkeypatch.setattr(refused, name, str(path))
    assert help_ in sentence(refusal).help
