"""What a `source` line means, to the byte."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from envc.sources.nar import nix_base32

if TYPE_CHECKING:
    from envc.store.fetch import Wanted

_HERITAGE = "https://archive.softwareheritage.org/api/1/vault/flat/{swhid}/raw/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One file in the store, and the names by which others know what it holds."""

    kind: str
    name: str
    file: str
    """What the file is called where it is used, such as `heat2d-1.4.0.tar.gz`."""
    urls: tuple[str, ...]
    """Where it comes from: of a `dir`, its path from the spec."""
    sha256: str
    size: int
    swhid: str
    """Of the folder that is unpacked from it."""
    nar: str
    """Guix's hash of that folder; of a `git` source, as git checks it out."""
    commit: str = ""
    version: str = ""
    """Of a `git` source, its tag."""
    modules: tuple[str, ...] = ()
    """Its submodules, each with its commit behind it."""

    @property
    def is_remade(self) -> bool:
        """Whether no place hands out the file, since envc packs it itself."""
        return self.kind in ("git", "dir")

    @property
    def guix_hash(self) -> str:
        """For `(base32 …)` of an origin: of the file where it is fetched, else of the folder."""
        digest = self.nar if self.is_remade else self.sha256
        return nix_base32(bytes.fromhex(digest.removeprefix("sha256:")))

    @property
    def heritage(self) -> str:
        """Where Software Heritage hands out the folder, if it has it and was asked to pack it."""
        return _HERITAGE.format(swhid=self.swhid)


def wanted(resolved: Resolved) -> "Wanted":
    """For `fetch`; a file that envc packs itself has no place to be fetched from."""
    from envc.store.fetch import Wanted  # threads and the web, which `lock --check` does without

    urls = () if resolved.is_remade else resolved.urls
    return Wanted(resolved.file, resolved.sha256, resolved.size, urls)
