"""Runs git as if nobody had ever set it up: what a repository gives is the same for everyone."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from envc.facts.problem import Problem
from envc.store.urls import shown

PROTOCOLS = ("https", "http", "ssh", "file")
_PASSED = (
    *("PATH", "SSH_AUTH_SOCK", "GIT_SSL_CAINFO"),
    *("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"),
)
_OPTIONS = (
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.autocrlf=false",
    "core.fsmonitor=false",
    "core.symlinks=true",
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "http.followRedirects=initial",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "protocol.version=2",
)


def refusal(url: str) -> Problem | None:
    """Why git is not asked for this: some of its addresses start programs."""
    scheme, colon, rest = url.partition("://")
    if not colon or scheme not in PROTOCOLS or rest.startswith("-"):
        advice = f"write {', '.join(f'`{each}://`' for each in PROTOCOLS[:-1])} and a host"
        return Problem(
            f"`{shown(url)}` is not an address that envc takes a repository from", advice
        )
    return None


def tag_refusal(tag: str) -> Problem | None:
    """By the rules of `git check-ref-format`."""
    odd = r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|^[-./]|[./]$|\.lock(/|$)"
    if not tag or re.search(odd, tag):
        return Problem(f"`{tag}` cannot be the name of a tag")
    return None


@dataclass(frozen=True, slots=True)
class Git:
    """A bare repository that lasts as long as its folder."""

    program: str
    folder: str

    def run(self, *words: str, cwd: str = "", **more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603 - words, no shell
            self.words(*words),
            env={**self.environ(), **more},
            cwd=cwd or self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )

    def words(self, *words: str) -> list[str]:
        options = [word for option in _OPTIONS for word in ("-c", option)]
        return [self.program, *options, *words]

    def environ(self) -> dict[str, str]:
        return _environ(os.environ, self.folder)


def new(folder: str) -> Git | Problem:
    program = shutil.which("git")
    if program is None:
        advice = "install it: `apt-get install git`, or `guix install git`"
        return Problem("git is not here, and this source is a git repository", advice)
    git = Git(program, folder)
    done = git.run("init", "--quiet", "--bare", "--template=", ".")
    return said(done) if done.returncode else git


def said(done: subprocess.CompletedProcess[bytes]) -> Problem:
    """What git complains of, in its own words."""
    lines = done.stderr.decode("utf-8", "replace").splitlines()
    telling = [line for line in lines if line.startswith(("fatal:", "error:", "remote:"))]
    return Problem(f"git says: {'; '.join(telling or lines[-1:])}")


def _environ(environ: Mapping[str, str], folder: str) -> dict[str, str]:
    return {
        **{name: environ[name] for name in _PASSED if name in environ},
        "HOME": folder,  # ssh looks for its keys in the home of the user, whatever this says
        "LC_ALL": "C",
        "GIT_DIR": folder,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ALLOW_PROTOCOL": ":".join(PROTOCOLS),
        "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=30",
    }
