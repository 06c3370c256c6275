"""Reads a `Packages` file, tens of thousands of stanzas, into a table."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from envc.debian import control, table, versions
from envc.debian.index import Deb, line
from envc.debian.mentions import mentions
from envc.debian.table import Made
from envc.facts.problem import Problem

_NAME = re.compile("[A-Za-z0-9][A-Za-z0-9+.~_-]*")
_PATH = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}(?:/|$))[!-~]+")
_SIZE = re.compile("[0-9]{1,15}")
_SHA256 = re.compile("[0-9a-f]{64}")
_SOURCE = re.compile(r"(\S+)(?: \((\S+)\))?")
_FORM = {
    "Package": _NAME,
    "Filename": _PATH,
    "Size": _SIZE,
    "SHA256": _SHA256,
}
_NEEDED = ("Package", "Version", "Architecture", "Filename", "Size", "SHA256")
_ELSEWHERE = "tell the archive's keepers: it signed this index as it is"


class Described(NamedTuple):
    deb: Deb
    description: str


def tabled(data: bytes | bytearray, architecture: str, key: str) -> Made | Problem:
    """The table of an index, under the key it will be asked for."""
    sections = _Sections()
    met: dict[str, int] = {}
    for stanza in _stanzas(data):
        read = described(stanza, met)
        if isinstance(read, Problem):
            return read
        if read.deb.architecture not in (architecture, "all"):
            return _refused(read.deb.name, f"is for {read.deb.architecture}")
        if problem := sections.add(*read):
            return problem
    return table.made(key, sections.sorted())


def described(stanza: str, met: dict[str, int]) -> Described | Problem:
    """`met` numbers the names of the stanzas so far, and of this one."""
    fields = control.fields(stanza)
    if isinstance(fields, Problem):
        return Problem(f"is not readable: {fields.message}", _ELSEWHERE)
    name = fields.get("Package", "")
    if problem := _missing(name, fields):
        return problem
    for field, value in fields.items():
        if "\n" in value or "\t" in value:
            fields[field] = control.folded(value)
    for each in mentions(fields):
        met.setdefault(each, len(met))
    return Described(_deb(name, fields, met[name]), fields.get("Description", ""))


def _missing(name: str, fields: control.Fields) -> Problem | None:
    for field in _NEEDED:
        value = fields.get(field, "")
        form = _FORM.get(field)
        if not value:
            return _refused(name, f"has no field `{field}`")
        if form is not None and not form.fullmatch(value):
            return _refused(name, f"says `{field}: {value[:60]}`, which cannot be")
    if not versions.is_version(fields["Version"]):
        return _refused(name, f"has the version `{fields['Version'][:60]}`, which is none")
    return None


def _deb(name: str, fields: control.Fields, mention: int) -> Deb:
    said = fields.get
    source = _SOURCE.fullmatch(said("Source", name))
    return Deb(
        name=name,
        version=fields["Version"],
        architecture=fields["Architecture"],
        source=source[1] if source else name,
        source_version=(source and source[2]) or fields["Version"],
        path=fields["Filename"],
        size=int(fields["Size"]),
        sha256=fields["SHA256"],
        pre_depends=said("Pre-Depends", ""),
        depends=said("Depends", ""),
        conflicts=said("Conflicts", ""),
        breaks=said("Breaks", ""),
        provides=said("Provides", ""),
        replaces=said("Replaces", ""),
        essential=said("Essential") == "yes",
        important="yes" in (said("Important"), said("Protected")),
        priority=said("Priority", ""),
        multi_arch=said("Multi-Arch", ""),
        section=said("Section", ""),
        mention=mention,
    )


class _Sections:
    def __init__(self) -> None:
        self._hashes: dict[tuple[str, str, str], str] = {}
        self._packages: dict[str, list[str]] = {}
        self._providers: dict[str, dict[str, None]] = {}
        self._sources: dict[str, set[str]] = {}
        self._essential: set[str] = set()

    def add(self, deb: Deb, description: str) -> Problem | None:
        known = self._hashes.get((deb.name, deb.version, deb.architecture))
        if known == deb.sha256:
            return None
        if known is not None:
            return _refused(deb.name, f"is listed twice as {deb.version}, with other contents")
        self._hashes[deb.name, deb.version, deb.architecture] = deb.sha256
        self._packages.setdefault(deb.name, []).append(line(deb, description))
        self._sources.setdefault(deb.source, set()).add(deb.name)
        for name in deb.provided() if deb.provides else ():
            self._providers.setdefault(name, {})[deb.name] = None
        if deb.essential:
            self._essential.add(deb.name)
        return None

    def sorted(self) -> list[list[str]]:
        """In the order of `SECTIONS`."""
        return [
            [each for _, lines in sorted(self._packages.items()) for each in lines],
            [f"{name}\t{' '.join(names)}" for name, names in sorted(self._providers.items())],
            [f"{name}\t{' '.join(sorted(names))}" for name, names in sorted(self._sources.items())],
            [f"{name}\t" for name in sorted(self._essential)],
        ]


def _stanzas(data: bytes | bytearray) -> Iterator[str]:
    """One at a time. Old descriptions are not always UTF-8, and nothing is read from them."""
    start = 0
    while start < len(data):
        end = data.find(b"\n\n", start)
        end = len(data) if end < 0 else end
        if stanza := data[start:end].strip(b"\n"):
            yield stanza.decode(errors="replace")
        start = end + 2


def _refused(name: str, why: str) -> Problem:
    return Problem(f"is not used: its package `{name}` {why}", _ELSEWHERE)
