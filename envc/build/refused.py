"""Sentences for what a machine does not allow, with the setting that would."""

import errno
import os

from envc.build.room import Refusal, Stage
from envc.facts.problem import Problem

_CLONE = "/proc/sys/kernel/unprivileged_userns_clone"
_APPARMOR = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
_ROOT = "or build as root"


def refused(refusal: Refusal) -> Problem:
    """Of all stages but the task's own."""
    match refusal.stage:
        case Stage.USERS if refusal.path == "newuidmap":
            return Problem(
                "`newuidmap` and `newgidmap` could not give this user the numbers that "
                "`/etc/subuid` and `/etc/subgid` have for it",
                "they need the rights with which their package comes: `apt install --reinstall "
                "uidmap` or `dnf reinstall shadow-utils-subid`",
            )
        case Stage.USERS | Stage.NAMESPACES:
            return _namespaces(refusal)
        case Stage.MOUNTS:
            return _mounts(refusal)
        case _:
            return _start(refusal)


def _namespaces(refusal: Refusal) -> Problem:
    what = "this user may not make namespaces, in which a build is kept apart"
    if refusal.number == errno.ENOSPC:
        return Problem(
            f"{what}: the kernel's limit is reached",
            f"as root, `sysctl -w user.max_user_namespaces=15000` raises it, {_ROOT}",
        )
    if _setting(_CLONE) == "0":
        return Problem(what, f"as root, `sysctl -w kernel.unprivileged_userns_clone=1`, {_ROOT}")
    if _setting(_APPARMOR) == "1":
        return _apparmor(what)
    if refusal.number == errno.EINVAL:
        return Problem(
            f"{what}: the kernel has none", f"boot a kernel with `CONFIG_USER_NS`, {_ROOT}"
        )
    return Problem(
        f"{what}: {os.strerror(refusal.number).lower()}",
        "if this is a container, start it with `--security-opt seccomp=unconfined`; "
        "an engine may be allowed what envc is not: see `envc doctor`",
    )


def _mounts(refusal: Refusal) -> Problem:
    if refusal.number in (errno.EPERM, errno.EACCES):
        if _setting(_APPARMOR) == "1" and os.geteuid():
            return _apparmor("this user may not mount anything, even in a namespace of its own")
        if refusal.path.endswith("/proc"):
            return Problem(
                "a new `/proc` may not be mounted here, since parts of this machine's are hidden",
                "start the container with `--security-opt systempaths=unconfined`",
            )
    reason = os.strerror(refusal.number).lower()
    return Problem(f"`{refusal.path}` cannot be mounted for a build: {reason}")


def _apparmor(what: str) -> Problem:
    setting = "kernel.apparmor_restrict_unprivileged_userns"
    return Problem(
        f"{what}: `{setting}` is 1", f"as root, `sysctl -w {setting}=0` allows it, {_ROOT}"
    )


def _start(refusal: Refusal) -> Problem:
    if refusal.number == errno.ENOEXEC:
        machine = os.uname().machine
        return Problem(
            f"programs of the target do not run on this machine, which is {machine}",
            "install `qemu-user-static` and `binfmt-support`, or build on a machine of that kind",
        )
    name = f"`{refusal.path}`" if refusal.path else "a program"
    return Problem(f"{name} cannot be started: {os.strerror(refusal.number).lower()}")


def _setting(path: str) -> str:
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return ""
