"""Statements with a signature around them: https://github.com/secure-systems-lab/dsse

What is signed is the statement's bytes and their kind together, and nothing has to be read before
the signature is known to be good.
"""

import base64
import binascii
from collections.abc import Mapping
from typing import NamedTuple

from envc.evidence import signatures, sshsig, text
from envc.evidence.sshsig import Signature
from envc.facts.problem import Problem

KIND = "application/vnd.in-toto+json"


class Opened(NamedTuple):
    statement: bytes
    who: str
    """As the list of signers calls them."""


def sealed(statement: bytes, signature: Signature) -> str:
    """In one line; the signature is of the statement as `encoded` gives it."""
    signed = {
        "keyid": signature.fingerprint,
        "sig": base64.b64encode(signature.blob).decode(),
    }
    return text.line(
        {
            "payloadType": KIND,
            "payload": base64.b64encode(statement).decode(),
            "signatures": [signed],
        }
    )


def opened(envelope: Mapping[str, object], about: str, signers: str) -> Opened | Problem:
    """By the first of its signatures that somebody of the list made; `about` is what it is called.

    One that is not good is told where none is: who adds a signature does not spoil the others.
    """
    statement = _bytes(envelope.get("payload"))
    listed = envelope.get("signatures")
    if statement is None or envelope.get("payloadType") != KIND or not isinstance(listed, list):
        return Problem(f"{about} is no signed statement of in-toto")
    subject = signatures.Subject(about, signatures.IMAGE, encoded(statement))
    told = Problem(f"{about} has no signature")
    for each in listed:
        blob = _bytes(each.get("sig")) if isinstance(each, dict) else None
        made = sshsig.of_blob(blob) if blob is not None else told
        if isinstance(made, Signature):
            checked = signatures.check_of(made, subject, signers)
            if isinstance(checked, signatures.Signed):
                return Opened(statement, checked.who)
            told = checked
    return told


def encoded(statement: bytes) -> bytes:
    """What is signed: no other pair of kind and statement gives the same bytes."""
    return b"DSSEv1 %d %s %d %s" % (len(KIND), KIND.encode(), len(statement), statement)


def statement(envelope: Mapping[str, object]) -> bytes | None:
    """What an envelope holds, whoever sealed it."""
    return _bytes(envelope.get("payload"))


def _bytes(said: object) -> bytes | None:
    """Of base64 in its one right form."""
    if not isinstance(said, str):
        return None
    try:
        found = base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if base64.b64encode(found).decode() == said else None
