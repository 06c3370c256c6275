"""A site on this machine that has the sources which hpccm's building blocks fetch.

Their own sites may be out of reach. The bytes are those of Debian's source packages, as apt names
and checks them, packed again under the name that upstream gives them.
"""

import bz2
import gzip
import hashlib
import re
import shutil
import tarfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from tests.own_apt import KEYRING, apt_of, mirror

PORT = 8742
SITE = f"http://127.0.0.1:{PORT}"  # it stands in the recipe, so it is the same each time
PACKAGES = {
    "openmpi": "openmpi-4.1.4.tar.bz2",
    "hdf5": "hdf5-1.10.8.tar.bz2",
    "fftw3": "fftw-3.3.10.tar.gz",
}
_ADDRESS = re.compile(r"^'(\S+)' (\S+?)_\S+\.orig\.tar\.\w+ \d+ SHA256:(\w+)$", re.MULTILINE)


class _Address(NamedTuple):
    url: str
    package: str
    sha256: str


def fetch(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    apt = apt_of(folder / "apt", f"deb-src [signed-by={KEYRING}] {mirror()} bookworm main")
    told = apt.said("apt-get", "source", "--download-only", "--print-uris", *PACKAGES).stdout
    for address in map(_Address._make, _ADDRESS.findall(told)):
        with urllib.request.urlopen(address.url) as answer:  # noqa: S310 - apt's own mirror
            data = answer.read()
        if hashlib.sha256(data).hexdigest() != address.sha256:
            raise SystemExit(f"{address.url} is not what Debian has signed")
        fetched = folder / "fetched"
        fetched.write_bytes(data)
        _pack_again(fetched, folder / PACKAGES[address.package])


def _pack_again(fetched: Path, archive: Path) -> None:
    """The folder in it is called as the archive is."""
    name = archive.name.partition(".tar.")[0]
    pack = bz2.open if archive.suffix == ".bz2" else gzip.open
    with (
        tarfile.open(fetched) as read,
        pack(archive, "wb") as packed,
        tarfile.open(fileobj=packed, mode="w") as written,
    ):
        for member in read:
            file = read.extractfile(member) if member.isreg() else None
            member.name = "/".join((name, *member.name.split("/")[1:]))
            written.addfile(member, file)
    fetched.unlink()


class _Site(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        """Each site has folders of its own; the names of files are enough."""
        return super().translate_path(f"/{path.rpartition('/')[2]}")

    def log_message(self, *_words: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", PORT), partial(_Site, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
