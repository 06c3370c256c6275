"""A text in the cleartext signature framework of RFC 9580, section 7, read to the letter.

    -----BEGIN PGP SIGNED MESSAGE-----
    Hash: SHA512

    the text; a line that begins with a dash gets `- ` before it
    -----BEGIN PGP SIGNATURE-----

    base64
    -----END PGP SIGNATURE-----

Nothing may stand before or behind it. What programs forgive here has been a way to smuggle in text
that nobody signed, so nothing is forgiven.
"""

import re
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.facts.words import listed

_BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----"
_SIGNATURE = "-----BEGIN PGP SIGNATURE-----"
_END = "-----END PGP SIGNATURE-----"
_HASH = re.compile(r"Hash: [A-Z0-9, -]+")
_CONTROL = re.compile(r"[^\n\t\x20-\x7e\x80-\U0010ffff]")
_AGAIN = "take it from another mirror: name one with `ENVC_DEBIAN_MIRROR`"


class ClearSigned(NamedTuple):
    text: str
    """Only what is signed: without dashes before dashes, spaces before line ends, and the last
    line end, none of which a signature covers."""
    signatures: bytes
    """One armoured block, of any number of signatures."""


def read(data: bytes) -> ClearSigned | Problem:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return Problem(f"byte {error.start + 1} is not UTF-8", _AGAIN)
    if odd := _CONTROL.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        return Problem(f"line {line} holds the control character U+{ord(odd[0]):04X}", _AGAIN)
    if not text.startswith(f"{_BEGIN}\n"):
        return _not_signed(text)
    head, blank, rest = text.partition("\n\n")
    if not blank or not all(_HASH.fullmatch(line) for line in head.split("\n")[1:]):
        return Problem("what stands before the signed text is not only `Hash:`", _AGAIN)
    body, begins, block = rest.partition(f"\n{_SIGNATURE}\n")
    if not begins or _END not in block:
        return Problem("it is cut short: its signature does not end", _AGAIN)
    return _read_parts(body, block)


def _read_parts(body: str, block: str) -> ClearSigned | Problem:
    inside, _, behind = block.partition(f"{_END}\n" if block.endswith("\n") else _END)
    if behind:
        return Problem("something stands behind its signature", _AGAIN)
    if "-----" in inside or not inside.endswith("\n"):
        return Problem("its signature is not one block", _AGAIN)
    lines = [_signed(line) for line in body.split("\n")]
    signed = [line for line in lines if line is not None]
    if len(signed) < len(lines):
        where = lines.index(None) + 1
        return Problem(f"line {where} of its text begins with a dash that is not escaped", _AGAIN)
    return ClearSigned("\n".join(signed), f"{_SIGNATURE}\n{inside}{_END}\n".encode())


def _signed(line: str) -> str | None:
    line = line.rstrip(" \t")
    if not line.startswith("-"):
        return line
    return line[2:] if line.startswith("- ") else None


def _not_signed(text: str) -> Problem:
    if not text:
        return Problem("it is empty", _AGAIN)
    if _BEGIN in text:
        return Problem("something stands before the signed text", _AGAIN)
    first = text.partition("\n")[0][:60]
    return Problem(f"it is not signed: it begins with {listed([first])}", _AGAIN)
