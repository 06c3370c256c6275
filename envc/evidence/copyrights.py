"""Licences of Debian's packages, where they say them so that a program can read it.

https://www.debian.org/doc/packaging-manuals/copyright-format/1.0: each stanza with `Files` has one
line for its licence, by short names that are nearly those of SPDX. What a package declares is all
of these together. A name that SPDX lacks becomes a `LicenseRef`; its words are in the package.
"""

import posixpath
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping

from envc.debian.control import fields, stanzas
from envc.evidence.licences import expression
from envc.facts.problem import Problem

_FORMAT = re.compile(r"Format:\s*https?://\S*copyright-format/1\.0", re.IGNORECASE)
_DOC = "usr/share/doc/"
_LARGEST = 4 << 20
"""No text on copyright is larger."""
_HOPS = 8
_OTHERWISE = {
    "expat": "MIT",
    "mit": "MIT",
    "artistic": "Artistic-1.0-Perl",
    "python": "PSF-2.0",
    "psf": "PSF-2.0",
    "boost-1.0": "BSL-1.0",
    "apache-2": "Apache-2.0",
    "bsd-2": "BSD-2-Clause",
    "bsd-3": "BSD-3-Clause",
    "cc0": "CC0-1.0",
    "sil-1.1": "OFL-1.1",
}
"""Where Debian's short name is another than that of SPDX."""
_GNU = re.compile(r"([al]?gpl|gfdl)(-niv)?-(\d)(?:\.(\d)(?:\.0)?)?(\+|-only|-or-later)?")


def of_image(layer: str, packages: Iterable[str]) -> dict[str, str]:
    """Of those packages whose licences are known, from the tar of what is in an image."""
    texts: dict[str, str] = {}
    links: dict[str, str] = {}
    with tarfile.open(layer, "r:") as tar:
        for member in tar:
            name = posixpath.normpath(member.name)
            if not name.startswith(_DOC):
                continue
            if member.islnk():
                links[name] = posixpath.normpath(member.linkname)
            elif member.issym():
                target = posixpath.join("/", posixpath.dirname(name), member.linkname)
                links[name] = posixpath.normpath(target).lstrip("/")
            elif name.endswith("/copyright") and member.isreg() and member.size <= _LARGEST:
                file = tar.extractfile(member)
                texts[name] = file.read().decode("utf-8", "replace") if file is not None else ""
    known = {
        package: declared(texts.get(_followed(f"{_DOC}{package}/copyright", links), ""))
        for package in packages
    }
    return {package: said for package, said in sorted(known.items()) if said}


def _followed(path: str, links: Mapping[str, str]) -> str:
    """Through links of the file or of its folder, which lead to another package's."""
    for _ in range(_HOPS):
        folder, name = posixpath.split(path)
        if path in links:
            path = links[path]
        elif folder in links:
            path = f"{links[folder]}/{name}"
    return path


def declared(text: str) -> str:
    """An expression of SPDX, or nothing."""
    if not _FORMAT.match(text):
        return ""
    found = {each for said in _licences(text) for each in _spdx(said)}
    if not found or "" in found:
        return ""
    several = len(found) > 1
    return " AND ".join(
        f"({each})" if several and " OR " in each else each for each in sorted(found)
    )


def _licences(text: str) -> Iterator[str]:
    """The short names of each stanza that is about files; an unreadable one has none."""
    for stanza in stanzas(text):
        found = fields(stanza)
        if isinstance(found, Problem):
            yield ""
        elif "Files" in found:
            yield found.get("License", "").split("\n")[0].strip()


def _spdx(said: str) -> Iterator[str]:
    """All that hold at once: `GPL-2+ and Expat` are two, `GPL-2+ or Expat` is one.

    Where both words or a comma stand, what belongs together is for people to say: nothing is known.
    """
    words = re.split(r"\s+(and|or)\s+", said)
    names = [_name(each) for each in words[::2]]
    joints = set(words[1::2])
    if "" in names or "," in said or len(joints) > 1:
        yield ""
    elif joints == {"or"}:
        yield " OR ".join(dict.fromkeys(names))
    else:
        yield from names


def _name(said: str) -> str:
    name = said.lower()
    if name in _OTHERWISE:
        return _OTHERWISE[name]
    if found := _GNU.fullmatch(name):
        niv = "-no-invariants" if found[2] else ""
        later = "or-later" if found[5] in ("+", "-or-later") else "only"
        made = expression(f"{found[1].upper()}-{found[3]}.{found[4] or 0}{niv}-{later}")
        if made:
            return made
    return _listed(said) or _own(said)


def _listed(said: str) -> str:
    """A name of SPDX's own list, in whatever case: Debian's are mostly these."""
    from packaging.licenses._spdx import LICENSES

    found = LICENSES.get(said.lower())
    return "" if found is None or found["deprecated"] else found["id"]


def _own(said: str) -> str:
    name = re.sub("[^A-Za-z0-9.]+", "-", said).strip("-")
    return f"LicenseRef-{name}" if name else ""
