"""Signatures of ssh as files: what is in them, and the one way to write them.

https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig: numbers have four bytes,
texts their length before them. A change anywhere in such a file makes it another signature or none,
so blanks and line ends count here too.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

from envc.facts.problem import Problem

_BEGIN = "-----BEGIN SSH SIGNATURE-----\n"
_END = "-----END SSH SIGNATURE-----\n"
_WIDTH = 70
_MAGIC = b"SSHSIG"
_VERSION = 1
LARGEST = 1 << 16
"""No signature is larger: keys of RSA with 16384 bits make one of 6 KiB."""


@dataclass(frozen=True, slots=True)
class Signature:
    blob: bytes
    key: bytes
    """The public key, as ssh sends it."""
    namespace: str
    """What may be signed with it: a signature for one purpose serves no other."""

    @property
    def armoured(self) -> str:
        said = base64.b64encode(self.blob).decode()
        lines = (said[start : start + _WIDTH] for start in range(0, len(said), _WIDTH))
        return _BEGIN + "".join(f"{line}\n" for line in lines) + _END

    @property
    def fingerprint(self) -> str:
        digest = base64.b64encode(hashlib.sha256(self.key).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"

    @property
    def public_key(self) -> str:
        """As it stands in `authorized_keys` and in lists of signers: `ssh-ed25519 AAAA…`."""
        kind, _ = _text(self.key)
        return f"{kind.decode('ascii', 'replace')} {base64.b64encode(self.key).decode()}"


def read(armoured: str) -> Signature | Problem:
    """Only as ssh-keygen writes it."""
    if not (armoured.startswith(_BEGIN) and armoured.endswith(_END)):
        return _none()
    try:
        blob = base64.b64decode("".join(armoured.splitlines()[1:-1]), validate=True)
    except (binascii.Error, ValueError):
        return _none()
    found = of_blob(blob)
    if isinstance(found, Signature) and found.armoured != armoured:
        return _none()
    return found


def of_blob(blob: bytes) -> Signature | Problem:
    """magic version key namespace …; what follows is ssh-keygen's to judge."""
    if not blob.startswith(_MAGIC):
        return _none()
    try:
        version, rest = int.from_bytes(blob[6:10], "big"), blob[10:]
        key, rest = _text(rest)
        namespace, rest = _text(rest)
        _text(key)
        said = namespace.decode()
    except ValueError:
        return _none()
    return Signature(blob, key, said) if version == _VERSION else _none()


def _text(data: bytes) -> tuple[bytes, bytes]:
    """A text with its length before it, and what follows."""
    end = 4 + int.from_bytes(data[:4], "big")
    if len(data) < max(4, end):
        raise ValueError("the signature ends too early")
    return data[4:end], data[end:]


def _none() -> Problem:
    return Problem("this is no signature as `ssh-keygen` writes it", "sign again with `envc sign`")
