"""The names of images, as people write them and in the one form that says everything."""

import re
from dataclasses import dataclass

from envc.facts import hashes
from envc.facts.problem import Problem

HUB = "docker.io"
"""Where a name that says no registry is looked up, as every engine does."""
HUB_ALIASES = frozenset({"index.docker.io", "registry-1.docker.io", "www.docker.io"})
OFFICIAL = "library"
"""The folder of a name on the hub that has none."""
LATEST = "latest"

_LONGEST = 255
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9a-fA-F:]+\])(?::[0-9]{{1,5}})?")
_PART = re.compile(r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """`host/repository:tag@digest`; one of the last two is always there."""

    host: str
    repository: str
    tag: str = ""
    digest: str = ""

    @property
    def version(self) -> str:
        """What to ask a registry for: where both are given, the digest decides."""
        return self.digest or self.tag

    @property
    def name(self) -> str:
        return f"{self.host}/{self.repository}"

    def __str__(self) -> str:
        tag = f":{self.tag}" if self.tag else ""
        digest = f"@{self.digest}" if self.digest else ""
        return f"{self.name}{tag}{digest}"


def read(text: str) -> Reference | Problem:
    """
    reference = (host "/")? part ("/" part)* (":" tag)? ("@" "sha256:" hex{64})?

    The first part is a host where it has a dot, a colon or a capital letter, or is `localhost`.
    """
    if problem := _foreign(text):
        return problem
    named, at, digest = text.partition("@")
    if at and (refused := _digest(digest)):
        return refused
    host, path = _host(named)
    repository, colon, tag = path.partition(":")
    if not _HOST.fullmatch(host):
        return Problem(f"`{host}` is not a host that `{text}` could come from")
    if colon and not _TAG.fullmatch(tag):
        return _bad_tag(tag, text)
    if host == HUB and "/" not in repository:
        repository = f"{OFFICIAL}/{repository}"
    if problem := _bad_repository(repository, text):
        return problem
    if len(f"{host}/{repository}") > _LONGEST:
        return Problem(f"the image's name has more than {_LONGEST} letters")
    return Reference(host, repository, tag or ("" if at else LATEST), digest)


def _foreign(text: str) -> Problem | None:
    transport, mark, rest = text.partition("://")
    if mark:
        return Problem(
            f"`{text}` begins as a web address, and images are named without `{transport}://`",
            f"write `{rest}`" if rest else "",
            rest if rest and isinstance(read(rest), Reference) else None,
        )
    if text != text.strip() or not text:
        meant = text.strip()
        message = "an image's name has blanks around it" if meant else "the image has no name"
        right = meant if meant and isinstance(read(meant), Reference) else None
        return Problem(message, "name it like `debian:12`", right)
    return None


def _host(named: str) -> tuple[str, str]:
    first, slash, rest = named.partition("/")
    if not slash or not (set(first) & set(".:[") or first == "localhost" or first.lower() != first):
        return HUB, named
    host = first.lower()
    return (HUB if host in HUB_ALIASES else host), rest


def _digest(digest: str) -> Problem | None:
    read_digest = hashes.digest(digest)
    if isinstance(read_digest, Problem):
        return Problem(f"{read_digest.message}, behind the `@` of an image", read_digest.help)
    if read_digest.kind != "sha256":
        return Problem(f"images are named by sha256 here, not by {read_digest.kind}")
    return None


def _bad_tag(tag: str, text: str) -> Problem:
    if not tag:
        return Problem(f"`{text}` ends with a colon, and no tag follows", "write it, or no colon")
    return Problem(
        f"`{tag}` is not a tag",
        "write up to 128 letters, digits, `_`, `.` and `-`, and neither `.` nor `-` first",
    )


def _bad_repository(repository: str, text: str) -> Problem | None:
    bad = [part for part in repository.split("/") if not _PART.fullmatch(part)]
    if not bad:
        return None
    written = repository.removeprefix(f"{OFFICIAL}/")
    small = text.replace(written, written.lower(), 1)
    if small != text and isinstance(read(small), Reference):
        return Problem(f"`{bad[0]}` has capital letters, which images have not", "", small)
    return Problem(
        f"`{bad[0]}` cannot be part of an image's name"
        if bad[0]
        else f"`{text}` has an empty part",
        "parts are small letters and digits, with single `.`, `_` or `-` between them",
    )
