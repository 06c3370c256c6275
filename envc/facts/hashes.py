"""Names that are made from the content they name: digests, commits, SWHIDs."""

import re

from envc.facts.problem import Problem
from envc.facts.words import close, listed, one_of
from envc.values import dataclass

DIGITS = {"sha256": 64, "sha512": 128}
_WEAK = ("md5", "sha1")
_COMMIT = 40
_OBJECTS = ("cnt", "dir", "rev", "rel", "snp")
_SWH_SITE = "https://archive.softwareheritage.org/"


@dataclass(frozen=True, slots=True)
class Digest:
    """`sha256:…`."""

    kind: str
    digits: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.digits}"


@dataclass(frozen=True, slots=True)
class Swhid:
    """https://swhid.org/specification"""

    kind: str
    digits: str
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def core(self) -> str:
        return f"swh:1:{self.kind}:{self.digits}"

    def __str__(self) -> str:
        return ";".join([self.core, *(f"{key}={value}" for key, value in self.qualifiers)])


def digest(text: str) -> Digest | Problem:
    """digest = ("sha256:" hex{64}) | ("sha512:" hex{128})"""
    if re.match("sha(256|512)-", text):
        return _integrity(text)
    kind, colon, digits = text.partition(":")
    if not colon:
        return _bare(text)
    plain = kind.lower().replace("-", "").replace("_", "")
    if plain in _WEAK:
        return Problem(f"`{plain}` can be forged", f"hash the file again with {listed(DIGITS)}")
    if kind not in DIGITS:
        return _unknown_kind(kind, plain, digits)
    if problem := _hex(kind, digits, DIGITS[kind], prefix=f"{kind}:"):
        return problem
    return Digest(kind, digits)


def commit(text: str) -> str | Problem:
    """commit = hex{40}"""
    if re.fullmatch("[0-9a-fA-F]{4,39}", text):
        message = f"`{text}` is {len(text)} of the {_COMMIT} digits of a commit"
        return Problem(message, f"write what `git rev-parse {text}` prints")
    return _hex("commit", text, _COMMIT) or text


def swhid(text: str) -> Swhid | Problem:
    """
    swhid     = "swh:1:" ("cnt" | "dir" | "rev" | "rel" | "snp") ":" hex{40} (";" qualifier)*
    qualifier = ("origin" | "visit" | "anchor" | "path" | "lines" | "bytes") "=" value
    """
    if text.startswith(_SWH_SITE):
        meant = text.removeprefix(_SWH_SITE).rstrip("/")
        right = isinstance(swhid(meant), Swhid)
        return Problem("this is a web page about a SWHID", "", meant if right else None)
    core, *rest = text.split(";")
    read = _core(core)
    if isinstance(read, Problem):
        if read.suggestion is None or not rest:
            return read
        whole = ";".join([read.suggestion, *rest])
        right = isinstance(swhid(whole), Swhid)
        return Problem(read.message, read.help, whole if right else None)
    seen: list[tuple[str, str]] = []
    for part in rest:
        key, _, value = part.partition("=")
        if problem := _qualifier(key, value, [name for name, _ in seen]):
            return problem
        seen.append((key, value))
    return Swhid(read.kind, read.digits, tuple(seen))


def _core(text: str) -> Swhid | Problem:
    parts = text.split(":")
    if len(parts) != 4 or parts[0] != "swh":
        return Problem(f"`{text}` is not a SWHID", "write `swh:1:dir:` and 40 digits")
    _, schema, kind, digits = parts
    if schema != "1":
        return Problem(f"`{text}` has version {schema} of SWHIDs, which does not exist")
    if kind not in _OBJECTS:
        advice = f"write {listed(close(kind, _OBJECTS) or _OBJECTS)}"
        return Problem(f"`{kind}` is not a kind of object that SWHIDs name", advice)
    return _hex("SWHID", digits, _COMMIT, prefix=f"swh:1:{kind}:") or Swhid(kind, digits)


def _qualifier(key: str, value: str, seen: list[str]) -> Problem | None:
    anchors = {"visit": ("snp",), "anchor": ("dir", "rev", "rel", "snp")}
    known = ("origin", "visit", "anchor", "path", "lines", "bytes")
    if key not in known:
        meant = close(key, known)
        advice = f"write {listed(meant)}" if meant else ""
        return Problem(f"`{key}` is not a qualifier of SWHIDs", advice)
    if key in seen:
        return Problem(f"the SWHID has two qualifiers `{key}`")
    if not value:
        return Problem(f"the SWHID's qualifier `{key}` is empty")
    if key in {"lines", "bytes"} and not re.fullmatch("[0-9]+(?:-[0-9]+)?", value):
        return Problem(f"`{value}` does not count {key}", f"write `{key}=10` or `{key}=10-20`")
    if key in anchors:
        inner = _core(value)
        if isinstance(inner, Problem):
            return Problem(f"{inner.message}, in the qualifier `{key}`", inner.help)
        if inner.kind not in anchors[key]:
            return Problem(f"`{key}` names a `{inner.kind}`, not a {listed(anchors[key])}")
    return None


def _hex(what: str, digits: str, length: int, prefix: str = "") -> Problem | None:
    if odd := re.search("[^0-9a-fA-F]", digits):
        if len(digits) == length:
            return Problem(f"the {what} has a `{odd[0]}`, which is not a hexadecimal digit")
        return Problem(f"`{digits}` is not a {what}: {length} hexadecimal digits")
    if len(digits) != length:
        count = f"{len(digits)} digit{'' if len(digits) == 1 else 's'}"
        return Problem(f"the {what} has {count}, not {length}", "copy the whole of it")
    if digits != digits.lower():
        meant = prefix + digits.lower()
        return Problem(f"the {what} has capital letters", "write it in small letters", meant)
    return None


def _unknown_kind(kind: str, plain: str, digits: str) -> Problem:
    meant = [plain] if plain in DIGITS else close(kind, DIGITS)
    only = one_of(meant)
    whole = f"{only}:{digits.lower()}"
    right = only is not None and isinstance(digest(whole), Digest)
    advice = f"write {listed(meant or DIGITS)}"
    return Problem(f"`{kind}` is not a kind of hash here", advice, whole if right else None)


def _bare(text: str) -> Problem:
    """The length of a digest without its kind gives the kind away."""
    kinds = [kind for kind, length in DIGITS.items() if length == len(text)]
    if re.fullmatch("[0-9a-fA-F]+", text) and kinds:
        meant = f"{kinds[0]}:{text.lower()}"
        return Problem("this hash does not say its kind", f"write `{kinds[0]}:` before it", meant)
    return Problem(f"`{text}` is not a hash", "write `sha256:` and 64 hexadecimal digits")


def _integrity(text: str) -> Problem:
    """`sha256-` and base64, as browsers, npm and Nix write it."""
    from binascii import Error, a2b_base64

    kind, _, encoded = text.partition("-")
    try:
        meant = f"{kind}:{a2b_base64(encoded, strict_mode=True).hex()}"
    except (Error, ValueError):
        meant = ""
    right = meant if isinstance(digest(meant), Digest) else None
    message = "this hash is written in base64" if right else f"`{text}` is not a hash"
    return Problem(message, f"write `{kind}:` and {DIGITS[kind]} hexadecimal digits", right)
