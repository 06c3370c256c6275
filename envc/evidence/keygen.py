"""Runs ssh-keygen, which everybody has who uses git or ssh: it signs, and knows who may sign what.

Keys may be encrypted or live in an agent or a token; envc never reads one.
"""

import os
import re
import shutil
import subprocess
import tempfile

from envc.evidence import sshsig
from envc.evidence.sshsig import Signature
from envc.facts.problem import Problem

OLDEST = "8.2"
"""Of OpenSSH, that knows who signed."""
_IDLE = re.compile("Signing data on|Could not verify|No principal|.*: missing key$")
"""What it says whatever the reason; the last, of each empty line in a list."""


def sign(message: bytes, namespace: str, key: str) -> Signature | Problem:
    """`key` is the path of a private key, or of a public one whose other half an agent has."""
    if not os.path.isfile(key):
        return Problem(f"`{key}` is no file with a key", "make one: `ssh-keygen -t ed25519`")
    done = _run("sign", "-n", namespace, "-f", key, message=message)
    if isinstance(done, Problem):
        return done
    if done.returncode:
        return Problem(f"`{key}` does not sign{_said(done)}")
    return sshsig.read(done.stdout.decode("utf-8", "replace"))


def fits(message: bytes, signature: Signature, namespace: str) -> Problem | None:
    """Whether it is a signature of this at all, by whatever key."""
    done = _with(signature, "check-novalidate", "-n", namespace, message=message)
    if isinstance(done, Problem):
        return done
    return Problem(_WRONG.format(signature.fingerprint)) if done.returncode else None


_WRONG = "this is not what the key {} signed: it or its signature was changed since"


def signer(
    message: bytes, signature: Signature, namespace: str, signers: str
) -> str | Problem | None:
    """Who of the list signed it; None where nobody of it has the key."""
    found = _with(signature, "find-principals", "-f", signers)
    if isinstance(found, Problem):
        return found
    said = ""
    for name in found.stdout.decode("utf-8", "replace").splitlines():
        words = ("verify", "-f", signers, "-I", name, "-n", namespace)
        done = _with(signature, *words, message=message)
        if isinstance(done, Problem):
            return done
        if done.returncode == 0:
            return name
        said = f"`{signers}` does not let {name} sign this{_said(done)}"
    if not said and found.returncode and (reason := _said(found)):
        said = f"nobody of `{signers}` may have signed this{reason}"
    return Problem(said) if said else None


def _with(
    signature: Signature, *words: str, message: bytes = b""
) -> "subprocess.CompletedProcess[bytes] | Problem":
    with tempfile.NamedTemporaryFile(suffix=".sig") as file:
        file.write(signature.armoured.encode())
        file.flush()
        return _run(*words, "-s", file.name, message=message)


def _run(*words: str, message: bytes) -> "subprocess.CompletedProcess[bytes] | Problem":
    program = shutil.which("ssh-keygen")
    if program is None:
        from envc.engines.install import how

        advice = f"install it: {how('ssh-keygen')}"
        return Problem("`ssh-keygen` is not here, which signs and verifies", advice)
    done = subprocess.run(  # noqa: S603 - words, no shell
        (program, "-Y", *words),
        input=message,
        env={**os.environ, "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    if done.returncode and b"option" in done.stderr and b"usage:" in done.stderr:
        advice = f"use the one of OpenSSH {OLDEST} or later"
        return Problem(f"`{program}` does not sign or verify files: it is too old", advice)
    return done


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    """Its own words for why, the last that are any."""
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    telling = [line for line in lines if line and not _IDLE.match(line)]
    return f": {telling[-1]}" if telling else ""
