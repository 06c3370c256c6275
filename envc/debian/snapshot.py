"""A release of an archive, and the indexes it vouches for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from envc.debian import packages, table
from envc.debian.index import SECTIONS, Index
from envc.debian.release import Release
from envc.debian.table import Table
from envc.debian.unpacking import ENDINGS, unpacked
from envc.facts.problem import Problem
from envc.facts.words import listed as named
from envc.store.fetch import Wanted, fetch

if TYPE_CHECKING:
    from envc.debian.archive import Archive

MAIN = ("main",)


@dataclass(frozen=True, slots=True)
class Snapshot:
    archive: "Archive" = field(repr=False)
    suite: str
    release: Release = field(repr=False)
    digest: str
    """`sha256:…` of the very bytes that were signed."""
    keys: tuple[str, ...]
    """Fingerprints of the certificates whose signatures hold, sorted."""

    @property
    def snapshot(self) -> str:
        """`YYYYMMDDTHHMMSSZ`: under which name the snapshot service has its packages."""
        return self.release.snapshot

    def index(self, architecture: str, components: Sequence[str] = MAIN) -> Index | Problem:
        """From what was kept of it, from the store, or from the archive."""
        paths = self._paths(architecture, components)
        if isinstance(paths, Problem):
            return paths
        tables: list[Table] = []
        for path in paths:
            found = self._table(path, architecture)
            if isinstance(found, Problem):
                return found
            tables.append(found)
        return Index(self.suite, architecture, tables)

    def wanted(
        self, architecture: str, components: Sequence[str] = MAIN
    ) -> tuple[Wanted, ...] | Problem:
        """What `index` reads, to be fetched beforehand."""
        paths = self._paths(architecture, components)
        if isinstance(paths, Problem):
            return paths
        files = self.release.files
        smallest = (next(path + end for end in ENDINGS if path + end in files) for path in paths)
        return tuple(self._wanted(path) for path in smallest)

    def _paths(self, architecture: str, components: Sequence[str]) -> list[str] | Problem:
        """Of the files `Packages`, as the release lists them."""
        if architecture not in self.release.architectures:
            has = named(self.release.architectures, "and") if self.release.architectures else "none"
            return Problem(f"{self.suite} has no packages for `{architecture}`", f"it has {has}")
        found: list[str] = []
        for component in components:
            path = f"{component}/binary-{architecture}/Packages"
            if component not in self.release.components or path not in self.release.files:
                has = named(self.release.components, "and")
                return Problem(f"{self.suite} has no component `{component}`", f"it has {has}")
            found.append(path)
            apart = f"{component}/binary-all/Packages"
            if self.release.all_apart and apart in self.release.files:
                found.append(apart)
        return found

    def _table(self, path: str, architecture: str) -> Table | Problem:
        store = self.archive.store
        key = f"debian-{architecture}-{self.release.files[path].sha256}"
        if kept := table.kept(store.folder, key, SECTIONS):
            return kept
        made = self._made(path, architecture, key)
        if isinstance(made, Problem):
            return made
        try:
            table.keep(store.folder, key, made.data)
        except OSError as error:  # it is slower without, no more
            reason = error.strerror or error
            self.archive.show.tells(f"{self._called(path)} is read anew each time: {reason}")
        return made.table

    def _made(self, path: str, architecture: str, key: str) -> table.Made | Problem:
        data = self._packages(path)
        if isinstance(data, Problem):
            return data
        made = packages.tabled(data, architecture, key)
        return self._about(path, made) if isinstance(made, Problem) else made

    def _packages(self, path: str) -> bytearray | Problem:
        """The file `Packages`, however the archive packs it."""
        first: Problem | None = None
        for ending in ENDINGS:
            if path + ending not in self.release.files:
                continue
            missing = self._brought(path + ending)
            if missing is None:
                return self._unpacked(path, ending)
            first = first or missing
        return first or self._about(path, Problem("is packed in a way that envc does not read"))

    def _brought(self, path: str) -> Problem | None:
        archive = self.archive
        wanted = [self._wanted(path)]
        missing = fetch(archive.store, wanted, offline=archive.offline, show=archive.show)
        return missing[0] if missing else None

    def _unpacked(self, path: str, ending: str) -> bytearray | Problem:
        listed, packed = self.release.files[path], self.release.files[path + ending]
        place = self.archive.store.verified(f"sha256:{packed.sha256}", packed.size)
        if isinstance(place, Problem):
            return place
        with self.archive.show.row(self._called(path), listed.size) as row:
            data = unpacked(place, ending, listed, row)
        return self._about(path, data) if isinstance(data, Problem) else data

    def _wanted(self, path: str) -> Wanted:
        listed, places = self.release.files[path], self.archive.places
        folder, _, _ = path.rpartition("/")
        names = [f"{folder}/by-hash/SHA256/{listed.sha256}"] if self.release.acquire_by_hash else []
        bases = places.bases(self.archive.origin, self.snapshot)
        urls = [f"{base}/dists/{self.suite}/{name}" for base in bases for name in (*names, path)]
        digest = f"sha256:{listed.sha256}"
        return Wanted(self._called(path), digest, listed.size, places.urls(digest, tuple(urls)))

    def _about(self, path: str, problem: Problem) -> Problem:
        return Problem(f"{self._called(path)} {problem.message}", problem.help)

    def _called(self, path: str) -> str:
        return f"the index `{path}` of {self.suite}"
