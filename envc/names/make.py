"""Makes the tables of Debian's names from Debian's own indexes.

    python -m envc.names.make FOLDER RELEASE/ARCHITECTURE=FILE...

Each FILE is the text of one `Packages` index; the releases come in the order in which they are
told. The order of entries in the files does not matter.
`ENVC_REWRITE=1 pytest tests/names/test_make.py` does it from this machine's own mirror.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from envc.facts.debian_versions import upstream
from envc.names.blocks import Record, packed
from envc.names.debian import ARCHITECTURES, HELD, KINDS, Kind

Index = tuple[str, str, str]
"""A release, an architecture, and the text of its index."""
_FIELD = re.compile("^(Package|Source|Version|Section|Description|Provides): (.*)", re.MULTILINE)
_ASIDE = re.compile(
    r"-(docs?|dbg|dbgsym|examples|l10n|locales|manual|prof|source|tests?|testsuite|test-results)$"
)
_NOBODY_WRITES = re.compile(r"(librust|libghc|libcoq|node|lua5[.\d]*)-|.*\+(?!\+)")
"""Virtual names by the ten thousand that programs write into each other's dependencies."""
_MARKS = {architectures: mark for mark, architectures in HELD.items()}


@dataclass(slots=True)
class _Binary:
    versions: dict[str, str] = field(default_factory=dict)
    architectures: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    section: str = ""
    summary: str = ""


@dataclass(slots=True)
class _Gathered:
    sources: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """The version of each source in each release."""
    binaries: dict[tuple[str, str], _Binary] = field(default_factory=lambda: defaultdict(_Binary))
    """By source and name."""
    provided: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def tables(releases: Iterable[str], indexes: Iterable[Index]) -> tuple[bytes, bytes]:
    """The tables of sources and of binaries."""
    named = tuple(releases)
    gathered = _Gathered()
    for release, architecture, text in sorted(indexes):
        for entry in entries(text):
            _gather(gathered, release, architecture, entry)
    sources = packed(named, _sources(named, gathered))
    return sources, packed(named, _binaries(gathered))


def entries(text: str) -> Iterator[Mapping[str, str]]:
    """The fields that the tables need of each package of an index."""
    found: dict[str, str] = {}
    for key, value in _FIELD.findall(text):
        if key == "Package" and found:
            yield found
            found = {}
        found[key] = value
    if found:
        yield found


def kind(name: str, section: str) -> Kind:
    area = section.rpartition("/")[2]
    if area in {"doc", "debug", "oldlibs"} or _ASIDE.search(name):
        return "aside"
    if name.endswith("-dev") or area == "libdevel":
        return "development"
    return "library" if area == "libs" else "other"


def _gather(gathered: _Gathered, release: str, architecture: str, entry: Mapping[str, str]) -> None:
    name, version = entry["Package"], entry["Version"]
    source, _, built = entry.get("Source", name).partition(" ")
    binary = gathered.binaries[source, name]
    binary.versions[release] = _newer(upstream(version), binary.versions.get(release))
    of_source, before = upstream(built.strip("()") or version), gathered.sources[source]
    before[release] = _newer(of_source, before.get(release))
    binary.architectures[release].add(architecture)
    binary.section = entry.get("Section", "")
    binary.summary = entry.get("Description", "").replace("\t", " ")
    for provided in entry.get("Provides", "").split(","):
        if each := provided.split("(")[0].strip():
            gathered.provided[each].add(name)


def _newer(version: str, other: str | None) -> str:
    """Of the few packages that a release holds in two versions, apt takes the newer."""
    if other is None or version == other:
        return version
    return max(version, other, key=lambda each: (_sortable(each), each))


def _sortable(version: str) -> tuple[tuple[int, str], ...]:
    return tuple((len(part), part) for part in re.findall(r"[0-9]+|[a-z]+", version))


def _sources(releases: tuple[str, ...], gathered: _Gathered) -> Iterator[Record]:
    rows = defaultdict(list)
    for (source, name), binary in sorted(gathered.binaries.items()):
        versions = [binary.versions.get(release, "") for release in releases]
        usual = [gathered.sources[source].get(release, "") for release in releases]
        differs = any(own not in ("", other) for own, other in zip(versions, usual, strict=True))
        marks = "".join(_mark(binary.architectures.get(release, set())) for release in releases)
        place = str(KINDS.index(kind(name, binary.section)))
        own = " ".join(versions) if differs else ""
        rows[source].append((name, marks, place, own, binary.summary))
    for source, by_release in gathered.sources.items():
        usual = [by_release.get(release, "") for release in releases]
        yield Record(source, tuple(usual), tuple(rows[source]))


def _mark(architectures: Iterable[str]) -> str:
    return _MARKS[tuple(each for each in ARCHITECTURES if each in architectures)]


def _binaries(gathered: _Gathered) -> Iterator[Record]:
    sources = defaultdict(list)
    for source, name in gathered.binaries:
        sources[name].append(source)
    for name, built in sources.items():
        yield Record(name, () if built == [name] else tuple(built))
    for name, providers in gathered.provided.items():
        if name not in sources and not _NOBODY_WRITES.match(name):
            yield Record(name, (), (tuple(sorted(providers)[:_MOST_PROVIDERS]),))


_MOST_PROVIDERS = 12
"""Of a hundred mail servers a message names a few."""


def main(arguments: list[str]) -> int:
    folder, *given = arguments
    indexes: list[Index] = []
    for each in given:
        what, _, path = each.partition("=")
        release, _, architecture = what.partition("/")
        with open(path, encoding="utf-8") as file:
            indexes.append((release, architecture, file.read()))
    releases = dict.fromkeys(release for release, *_ in indexes)
    for name, table in zip(("sources", "binaries"), tables(releases, indexes), strict=True):
        with open(f"{folder}/debian-{name}", "wb") as file:
            file.write(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
