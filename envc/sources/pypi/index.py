"""What an index lists for a project: PEP 503, in HTML, or PEP 691, in JSON.

Where no index is, there may be a folder of files, as pip's `--find-links` takes it.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from envc.facts.problem import Problem
from envc.sources.pypi.names import normalised
from envc.store.download import download
from envc.store.urls import shown

PUBLIC = "https://pypi.org/simple"
VARIABLE = "ENVC_PYPI_INDEX"
_LARGEST = 256 << 20
_SHA256 = re.compile("[0-9a-f]{64}")


class Listed(NamedTuple):
    """A file that an index has."""

    name: str
    url: str
    sha256: str = ""
    """`sha256:…`; empty where the index does not say it."""
    size: int | None = None
    yanked: bool = False
    """Taken back by its authors: for nobody who did not ask for just this version."""
    python: str = ""
    """The versions of Python that it is for, in the words of PEP 440."""
    metadata: str = ""
    """`sha256:…` of the wheel's METADATA, where the index hands that out alone (PEP 658)."""


def indexes(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The first one that has a project answers for it, so that none can slip in a newer one."""
    words = environ.get(VARIABLE, "").split() or environ.get("PIP_INDEX_URL", "").split()
    return tuple(words) or (PUBLIC,)


def listing(project: str, index: Sequence[str]) -> tuple[Listed, ...] | Problem:
    answers: list[Problem] = []
    for url in index:
        found = _asked(url, normalised(project))
        if not isinstance(found, Problem):
            return found
        answers.append(found)
    said = "; ".join(each.message for each in answers)
    return Problem(
        f"`{project}` could not be looked up: {said}", "is this how its index spells it?"
    )


def read(data: bytes, url: str) -> tuple[Listed, ...] | Problem:
    """A page of an index; `url` is what the addresses in it go from."""
    try:
        text = data.decode("utf-8")
        listed = _json(text, url) if text.lstrip().startswith("{") else _html(text, url)
        return tuple(listed)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Problem(f"`{shown(url)}` is not a page of a package index")


def _asked(index: str, project: str) -> tuple[Listed, ...] | Problem:
    page = f"{index.rstrip('/')}/{quote(project)}/"
    if index.startswith("file:"):
        folder = unquote(urlsplit(index).path)
        if not os.path.isdir(os.path.join(folder, project)):
            return _folder(index, folder, project)
        page += "index.html"
    found = download([page], limit=_LARGEST)
    return found if isinstance(found, Problem) else read(found.data, page)


def _folder(index: str, folder: str, project: str) -> tuple[Listed, ...] | Problem:
    """The files of the project that lie in a folder."""
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        return Problem(f"`{index}` cannot be read: {(error.strerror or '').lower()}")
    own = [name for name in names if normalised(name).startswith(f"{project}-")]
    if not own:
        return Problem(f"`{index}` has no {project}")
    return tuple(Listed(name, f"{index.rstrip('/')}/{quote(name)}") for name in own)


def _json(text: str, url: str) -> Iterator[Listed]:
    for file in json.loads(text)["files"]:
        size = file.get("size")
        yield Listed(
            name=_name(file["filename"]),
            url=_address(url, file["url"]),
            sha256=_digest(file["hashes"].get("sha256", "")),
            size=size if type(size) is int and size >= 0 else None,
            yanked=file.get("yanked", False) is not False,
            python=file.get("requires-python") or "",
            metadata=_json_metadata(file),
        )


def _html(text: str, url: str) -> Iterator[Listed]:
    page = _Page()
    page.feed(text)
    page.close()
    if not page.is_html:
        raise ValueError("no HTML")
    base = urljoin(url, page.base)
    for facts in page.anchors:
        address, fragment = urldefrag(_address(base, facts["href"]))
        kind, _, digits = fragment.partition("=")
        yield Listed(
            name=_name(unquote(urlsplit(address).path).rpartition("/")[2]),
            url=address,
            sha256=_digest(digits) if kind == "sha256" else "",
            yanked="data-yanked" in facts,
            python=facts.get("data-requires-python", ""),
            metadata=_html_metadata(facts),
        )


def _json_metadata(file: Mapping[str, Any]) -> str:
    said = file.get("core-metadata", file.get("dist-info-metadata"))
    return _digest(said.get("sha256", "")) if isinstance(said, dict) else ""


def _html_metadata(facts: Mapping[str, str]) -> str:
    said = facts.get("data-core-metadata", facts.get("data-dist-info-metadata", ""))
    kind, _, digits = said.partition("=")
    return _digest(digits) if kind == "sha256" else ""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[dict[str, str]] = []
        self.base = ""
        self.is_html = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.is_html = True
        if tag == "base":
            self.base = facts.get("href", "")
        elif tag == "a" and "href" in facts:
            self.anchors.append(facts)


def _address(base: str, href: str) -> str:
    """A page from the web cannot name a file of this machine."""
    found = urljoin(base, href)
    allowed = ("https", "http", "file") if base.startswith("file:") else ("https", "http")
    if urlsplit(found).scheme not in allowed:
        raise ValueError(found)
    return found


def _name(text: str) -> str:
    if "/" in text or text.startswith(".") or not text.isprintable():
        raise ValueError(text)
    return text


def _digest(digits: str) -> str:
    return f"sha256:{digits}" if _SHA256.fullmatch(digits) else ""
