"""Signatures beside what they are for: `envc.lock.sig`, `image.sig`, `heat2d.sif.sig`.

A lock is signed as it is, byte for byte. Of an image one line is signed, its digest: whoever has
the digest needs no image to ask who stands for it. Both are plain signatures of ssh, which
`ssh-keygen -Y verify` reads without envc.
"""

import os
from collections.abc import Mapping
from typing import NamedTuple

from envc.evidence import keygen, sshsig, whole
from envc.evidence.sshsig import Signature
from envc.facts.problem import Problem
from envc.store.content import chunks, open_plain

LOCK = "envc-lock"
IMAGE = "envc-image"
"""What a key may be used for: a list of signers allows a key each purpose by its name."""
SIGNERS = "envc.signers"
"""Beside a spec and its lock, in the form of git's `gpg.ssh.allowedSignersFile`."""
VARIABLE = "ENVC_SIGNERS"


class Subject(NamedTuple):
    """What a signature is for."""

    path: str
    namespace: str
    message: bytes

    @property
    def signature(self) -> str:
        """Where its signature lies."""
        return f"{self.path.rstrip(os.sep)}.sig"


class Signed(NamedTuple):
    path: str
    who: str
    """As the list of signers calls them."""
    fingerprint: str
    signers: str
    """The list that says so."""


def lock(path: str) -> Subject | Problem:
    text = read(path)
    return text if isinstance(text, Problem) else Subject(path, LOCK, text)


def image(path: str) -> Subject | Problem:
    """An OCI image layout, or a file that is an image, after all of it was read."""
    digest = whole.layout(path) if os.path.isdir(path) else whole.file(path)
    return digest if isinstance(digest, Problem) else of_digest(path, digest)


def of_digest(path: str, digest: str) -> Subject:
    """For whoever knows the digest of what lies there already."""
    return Subject(path, IMAGE, f"{digest}\n".encode())


def sign(subject: Subject, key: str) -> Signature | Problem:
    """Writes it beside."""
    from envc.writing import write

    made = keygen.sign(subject.message, subject.namespace, key)
    if isinstance(made, Signature):
        write(subject.signature, made.armoured)
    return made


def check(subject: Subject, signers: str) -> Signed | Problem | None:
    """Who of the list stands for it; None where there is no signature beside.

    A signature that is there and is not by somebody of the list is a problem: nobody has to be
    told that a thing is signed, and everybody when it is signed by a stranger.
    """
    armoured = read(subject.signature, sshsig.LARGEST)
    if isinstance(armoured, Problem):
        return armoured if os.path.lexists(subject.signature) else None
    found = sshsig.read(armoured.decode("utf-8", "replace"))
    if isinstance(found, Problem):
        return Problem(f"`{subject.signature}`: {found.message}", found.help)
    return check_of(found, subject, signers)


def check_of(signature: Signature, subject: Subject, signers: str) -> Signed | Problem:
    if signature.namespace != subject.namespace:
        return Problem(
            f"`{subject.path}` has a signature for `{signature.namespace}`, which does not serve "
            f"as one for `{subject.namespace}`",
            "sign it with `envc sign`",
        )
    if problem := keygen.fits(subject.message, signature, subject.namespace):
        return Problem(f"`{subject.path}`: {problem.message}", problem.help)
    if not os.path.isfile(signers):
        return Problem(
            f"`{subject.path}` is signed by {signature.fingerprint}, and nothing says whose key "
            f"that is: there is no `{signers}`",
            f"write a line of it, or name another list with `{VARIABLE}`: {line_for(signature)}",
        )
    who = keygen.signer(subject.message, signature, subject.namespace, signers)
    if who is None:
        return Problem(
            f"`{subject.path}` is signed by {signature.fingerprint}, which nobody in `{signers}` "
            "has",
            f"if you know whose key it is, add the line: {line_for(signature)}",
        )
    if isinstance(who, Problem):
        return Problem(f"`{subject.path}`: {who.message}", who.help)
    return Signed(subject.path, who, signature.fingerprint, signers)


def signers(beside: str, environ: Mapping[str, str], named: str = "") -> str:
    """The list that counts: the one named, the user's own, or the one beside the spec."""
    own = named or environ.get(VARIABLE, "")
    return own or os.path.join(os.path.dirname(beside.rstrip(os.sep)), SIGNERS)


def line_for(signature: Signature) -> str:
    """For a list of signers."""
    return f'NAME namespaces="{LOCK},{IMAGE}" {signature.public_key}'


def read(path: str, most: int | None = None) -> bytes | Problem:
    """Its beginning, where it is larger."""
    try:
        with open_plain(path) as file:
            return file.read(most) if most is not None else b"".join(chunks(file))
    except OSError as error:
        return Problem(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}")
