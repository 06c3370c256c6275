"""Logins that other tools left: read where they keep them, sent to their host, told to nobody."""

import base64
import binascii
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from envc.facts.problem import Problem
from envc.registry.reference import HUB, Reference

_LARGEST = 1 << 20
_HUB_KEYS = ("https://index.docker.io/v1/", "index.docker.io")


@dataclass(frozen=True, slots=True)
class Login:
    """Never shown: its text is that of the file it came from."""

    user: str = field(repr=False)
    password: str = field(repr=False)
    file: str

    @property
    def header(self) -> str:
        words = f"{self.user}:{self.password}".encode()
        return f"Basic {base64.b64encode(words).decode()}"


def files(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Where logins lie, in the order in which they are asked: podman's places, then docker's."""
    if chosen := environ.get("REGISTRY_AUTH_FILE"):
        return (chosen,)
    found = []
    if folder := environ.get("XDG_RUNTIME_DIR"):
        found.append(os.path.join(folder, "containers", "auth.json"))
    home = environ.get("HOME", "")
    if home:
        found.append(os.path.join(home, ".config", "containers", "auth.json"))
    if docker := environ.get("DOCKER_CONFIG") or (home and os.path.join(home, ".docker")):
        found.append(os.path.join(docker, "config.json"))
    return tuple(found)


def login(reference: Reference, environ: Mapping[str, str]) -> Login | Problem | None:
    """The login for an image; None where nobody left one."""
    for file in files(environ):
        entries = _entries(file)
        if isinstance(entries, Problem):
            return entries
        for key in _keys(reference):
            if key in entries:
                return _login(entries[key], key, file)
    return None


def _keys(reference: Reference) -> Iterator[str]:
    """The longest first: a login may be for a part of a registry."""
    path = reference.name
    while path:
        yield path
        path = path.rpartition("/")[0]
    host = reference.host
    yield from (f"https://{host}", f"https://{host}/v1/", f"https://{host}/v2/")
    if host == HUB:
        yield from _HUB_KEYS


def _entries(file: str) -> dict[str, Any] | Problem:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        return _unread(file, (error.strerror or "").lower())
    with open(descriptor, "rb") as opened:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _unread(file, "it is not a plain file")
        data = opened.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        return _unread(file, "it is too large to be a file of logins")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return _unread(file, "it is not JSON")
    auths = found.get("auths") if isinstance(found, dict) else None
    return auths if isinstance(auths, dict) else {}


def _login(entry: object, key: str, file: str) -> Login | Problem | None:
    encoded = entry.get("auth") if isinstance(entry, dict) else None
    if not encoded:  # the password lies with a helper program
        return None
    try:
        words = base64.b64decode(encoded, validate=True).decode()
    except (TypeError, ValueError, binascii.Error):
        words = ""
    user, colon, password = words.partition(":")
    if not colon or not user or any(ord(letter) < 32 for letter in words):
        return Problem(f"the login for `{key}` in `{file}` cannot be read", "log in again")
    return Login(user, password, file)


def _unread(file: str, why: str) -> Problem:
    return Problem(
        f"the logins in `{file}` cannot be read: {why}",
        "mend the file, or name another one with `REGISTRY_AUTH_FILE`",
    )
