"""The image that another tool's file starts from: what of it envc can say."""

import re
from collections.abc import Mapping

from envc.importing import ranges
from envc.importing.found import Found
from envc.importing.packages import Asked, want

_RELEASES = ("bookworm", "trixie", "12", "13")
_UPSTREAM: Mapping[str, str] = {
    "gcc": "gcc",
    "python": "python",
    "nvidia/cuda": "cuda",
    "r-base": "r",
    "rocker/r-ver": "r",
    "julia": "julia",
    "rust": "rust",
    "golang": "go",
    "openjdk": "openjdk",
    "cmake": "cmake",
}
"""Images that are there for one package, and the library's name of it."""


def carry(found: Found, image: str, line: int, *, is_final: bool) -> None:
    """Debian's releases stay the base; of other images it is told what they brought along."""
    name, tag = _parts(image)
    if name == "scratch" or not name:
        return
    if name in ("debian", "debian/snapshot"):
        if tag.startswith(_RELEASES) or not tag or tag in ("stable", "latest"):
            if is_final:
                found.fact("base", image, line)
        else:
            found.note(line, f"`{image}` is no release of Debian that envc has: no `base` is set")
    elif package := _UPSTREAM.get(name):
        number = re.match(r"[0-9]+(?:\.[0-9]+)*", tag)
        versions = ranges.series(number[0]) if number is not None else ""
        want(found, Asked(package, line, versions, written=image), "")
        found.note(line, f"`{package}` stands for the base `{image}`")
    else:
        found.note(line, f"the base `{image}` is not Debian's: what it holds is not carried")


def _parts(image: str) -> tuple[str, str]:
    path = image.partition("@")[0]
    head, _, rest = path.partition("/")
    if rest and ("." in head or ":" in head or head == "localhost"):
        path = rest
    name, _, tag = path.removeprefix("library/").partition(":")
    return name.lower(), tag.lower()


LABELS: Mapping[str, str] = {
    "org.opencontainers.image.description": "summary",
    "org.opencontainers.image.licenses": "license",
    "org.opencontainers.image.url": "homepage",
    "org.opencontainers.image.authors": "maintainer",
    "description": "summary",
    "license": "license",
    "licence": "license",
    "homepage": "homepage",
    "url": "homepage",
    "author": "maintainer",
    "maintainer": "maintainer",
}


def label(found: Found, key: str, value: str, line: int) -> None:
    """Facts that the language has; the name and version of the app among them."""
    lower = key.lower()
    if not value.strip():
        return
    if lower in ("org.opencontainers.image.title", "name", "title"):
        found.name = value
    elif lower in ("org.opencontainers.image.version", "version"):
        found.version = value.removeprefix("v")
    elif fact := LABELS.get(lower):
        found.fact(fact, _one_line(value), line)
    else:
        found.note(line, f"the label `{key[:80]}` has no counterpart: left out")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
