"""Which numbers of users and groups this user may give to the files of a root."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterable, Iterator

from envc.build.room import Identities, Range
from envc.facts.problem import Problem

NEEDED = 65_535
"""Beside root: those that Debian's packages and Debian's `nobody` have."""

_SYS_ADMIN = 21
_HELP = (
    "as root, `usermod --add-subuids 100000-165535 --add-subgids 100000-165535 {user}` gives it "
    "some, which no other user may have"
)


def identities() -> Identities | Problem | None:
    """None where this process is root, and may do all that a room needs."""
    if os.geteuid() == 0:
        if _may(_SYS_ADMIN):
            return None
        every = (Range(0, 0, NEEDED + 1),)
        return Identities(every, every)
    user = _name()
    found = []
    for kind, own in (("uid", os.geteuid()), ("gid", os.getegid())):
        if shutil.which(f"new{kind}map") is None:
            return Problem(
                f"`new{kind}map` is missing, which lets a user have the files of many",
                "install it: `apt install uidmap` or `dnf install shadow-utils-subid`",
            )
        ranges = tuple(_ranges(kind, user))
        count = sum(each.length for each in ranges)
        if count < NEEDED:
            has = f"{count:,} numbers" if count else "no numbers"
            message = f"`{user}` has {has} in `/etc/sub{kind}`, and a root needs {NEEDED:,}"
            return Problem(message, _HELP.format(user=user))
        found.append((Range(0, own, 1), *ranges))
    return Identities(*found)


def _name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


def _may(capability: int) -> bool:
    with open("/proc/self/status") as file:
        held = next((line.split()[1] for line in file if line.startswith("CapEff:")), "0")
    return bool(int(held, 16) >> capability & 1)


def _ranges(kind: str, user: str) -> Iterator[Range]:
    """From 1 on, no more than are needed."""
    inside = 1
    for start, count in (*_written(kind, user), *_known(kind, user)):
        taken = min(count, NEEDED + 1 - inside)
        if taken > 0:
            yield Range(inside, start, taken)
            inside += taken


def _written(kind: str, user: str) -> Iterator[tuple[int, int]]:
    """`name:first:count`, the name or the number of the user."""
    try:
        with open(f"/etc/sub{kind}", encoding="utf-8", errors="replace") as file:
            for line in file:
                words = line.strip().split(":")
                if words[0] in (user, str(os.geteuid())):
                    yield from _numbers(words[1:])
    except OSError:
        return


def _known(kind: str, user: str) -> Iterator[tuple[int, int]]:
    """Where a directory service has them: `0: name first count`."""
    if any(_written(kind, user)) or shutil.which("getsubids") is None:
        return
    words = ["getsubids", *(["-g"] if kind == "gid" else []), user]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout  # noqa: S603
    for line in said.splitlines():
        yield from _numbers(line.split()[2:])


def _numbers(words: Iterable[str]) -> Iterator[tuple[int, int]]:
    found = list(words)
    if len(found) == 2 and all(each.isdecimal() for each in found):
        yield int(found[0]), int(found[1])
