"""Who signed a release.

Sequoia (by pysequoia) judges: it is kept well, has a policy on weak hashes, and says the same on
every host, where gpgv may be missing and reads the host's configuration. A key counts as it was
when the signature was made, so that a release stays signed after its key expired.
"""

from typing import TYPE_CHECKING, NamedTuple

from envc.debian import clearsigned
from envc.debian.keyring import Keyring
from envc.facts.problem import Problem
from envc.facts.words import listed

if TYPE_CHECKING:
    from pysequoia import Sig

_MOST = 32
"""Signatures of one release; Debian's have three."""
_DAMAGED = Problem(
    "its signature is damaged",
    "take it from another mirror: name one with `ENVC_DEBIAN_MIRROR`",
)


class Signed(NamedTuple):
    text: str
    fingerprints: tuple[str, ...]
    """Of the certificates whose signatures hold, sorted; others are not told."""


def verify(in_release: bytes, keyring: Keyring) -> Signed | Problem:
    """The text that at least one key of the keyring signed."""
    found = clearsigned.read(in_release)
    if isinstance(found, Problem):
        return found
    signatures = _signatures(found.signatures)
    if isinstance(signatures, Problem):
        return signatures
    # A text is signed with the line ends of the internet.
    data = found.text.replace("\n", "\r\n").encode()
    good = {name for each in signatures for name in _signers(data, each, keyring)}
    if not good:
        return _refused(signatures, keyring)
    return Signed(found.text, tuple(sorted(good)))


def _signatures(block: bytes) -> list["Sig"] | Problem:
    from pysequoia import Sig
    from pysequoia.packet import PacketPile

    try:
        packets = list(PacketPile.from_bytes(block))
        found = [Sig.from_bytes(bytes(packet)) for packet in packets[: _MOST + 1]]
    except (RuntimeError, ValueError):
        return _DAMAGED
    if not found:
        return _DAMAGED
    if len(found) > _MOST:
        return Problem(f"it has more than {_MOST} signatures")
    return found


def _signers(data: bytes, signature: "Sig", keyring: Keyring) -> list[str]:
    from pysequoia import verify as judged

    try:
        said = judged(data, lambda _ids: list(keyring.certificates), signature=signature)
    except (RuntimeError, ValueError):  # Sequoia does not say in a way that programs read
        return []
    return [each.certificate.upper() for each in said.valid_sigs]


def _refused(signatures: list["Sig"], keyring: Keyring) -> Problem:
    issuers = sorted({each.issuer_fingerprint or each.issuer_key_id or "" for each in signatures})
    owners = [owner for issuer in issuers if (owner := keyring.owner(issuer))]
    if owners:
        return Problem(
            f"its text is not what {listed(owners, 'and')} signed, or its key was no longer valid",
            "take it from another mirror: name one with `ENVC_DEBIAN_MIRROR`; where this machine's"
            " clock is wrong, set it",
        )
    keys = listed([issuer.upper() or "a key without a name" for issuer in issuers], "and")
    return Problem(
        f"it is signed by {keys}, which envc does not trust",
        "name the keyring of an archive of your own; new keys of Debian come with a newer envc",
    )
