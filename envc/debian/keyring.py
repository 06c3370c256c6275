"""Whose signatures count: Debian's own keys, which come with envc, or those of the user's archive.

The host's keyrings are never read, so that a release is believed on every host or on none. The keys
are files of Debian's package debian-archive-keyring, as they are in it. One is never taken away:
locks that it signed are to be read in ten years.
"""

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from envc.facts.problem import Problem
from envc.store import content

if TYPE_CHECKING:
    from pysequoia import Cert

VARIABLE = "ENVC_DEBIAN_KEYRING"
"""Names a file of keys by which a user's own archive is signed."""
_KEYS = os.path.join(os.path.dirname(__file__), "keys")
_ARMOUR = b"-----BEGIN PGP PUBLIC KEY BLOCK-----"
_LIMIT = 1 << 24


class Keyring(NamedTuple):
    certificates: tuple["Cert", ...]

    def owner(self, issuer: str) -> str | None:
        """Who made a signature, by the fingerprint or the id of the key that made it."""
        if not issuer:
            return None
        return next((name for key, name in self._keys() if key.endswith(issuer)), None)

    def expiry(self, fingerprint: str) -> int | None:
        """When a certificate stops counting, in seconds of UTC; None where it never does."""
        ends = [
            each.expiration for each in self.certificates if each.fingerprint.upper() == fingerprint
        ]
        known = [int(end.timestamp()) for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None

    def _keys(self) -> list[tuple[str, str]]:
        """Each key, those below a certificate's first one too, and whose it is."""
        from pysequoia.packet import PacketPile

        return [
            (packet.fingerprint, str(each.user_ids[0]) if each.user_ids else each.fingerprint)
            for each in self.certificates
            for packet in PacketPile.from_bytes(bytes(each))
            if packet.fingerprint
        ]


@cache
def debian() -> Keyring:
    """Of bookworm, trixie and what their keys sign: forky, sid, updates, security updates."""
    found: list[Cert] = []
    for name in sorted(os.listdir(_KEYS)):
        with open(os.path.join(_KEYS, name), "rb") as file:
            found += _certificates(file.read())
    return Keyring(tuple(found))


def trusted(environ: Mapping[str, str]) -> Keyring | Problem:
    """Debian's own keys, and those of a user's own archive beside them."""
    own = environ.get(VARIABLE)
    if not own:
        return debian()
    found = read(own)
    if isinstance(found, Problem):
        return found
    return Keyring((*debian().certificates, *found.certificates))


def read(path: str) -> Keyring | Problem:
    """The keys of an archive of one's own, as `gpg --export` writes them, with `--armor` or not."""
    try:
        with content.open_plain(path) as file:
            data = file.read(_LIMIT)
        found = _certificates(data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Problem(f"the keyring `{path}` cannot be read: {reason}")
    except RuntimeError:  # what pysequoia raises
        found = []
    if not found:
        return Problem(
            f"`{path}` holds no public key of OpenPGP",
            f"write one with `gpg --export --armor FINGERPRINT > {path}`",
        )
    return Keyring(tuple(found))


def _certificates(data: bytes) -> list["Cert"]:
    from pysequoia import Cert

    # Files of several armoured keys are common, and Sequoia reads the first of them.
    _, *blocks = data.split(_ARMOUR)
    parts = [_ARMOUR + block for block in blocks] or [data]
    return [found for part in parts for found in Cert.split_bytes(part)]
