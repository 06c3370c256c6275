"""`source tar`, from places that are good, bad and changing."""

import gzip
import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256, sha512
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import NamedTuple

import pytest

from envc.facts.problem import Problem
from envc.sources.asking import World
from envc.sources.nar import nix_base32
from envc.sources.opened import opened
from envc.sources.resolve import resolve, restore, stale
from envc.sources.resolved import Resolved, wanted
from envc.sources.swhid import directory_id
from envc.sources.tree import Folder
from envc.spec import SourceCode
from envc.store.fetch import Wanted
from envc.store.objects import Store
from tests.sources.trees import PLACE


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Says nothing."""


class Site(NamedTuple):
    folder: Path
    url: str


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A web server that hands out what is in a folder."""
    folder = tmp_path / "site"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield Site(folder, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    thread.join()


def archive(text: bytes = b"Heat.\n") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as written:
        for name in ("heat2d-1.4.0/README", "heat2d-1.4.0/src/main.c"):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            written.addfile(info, io.BytesIO(text))
    return gzip.compress(file.getvalue(), mtime=0)


DATA = archive()
DIGEST = f"sha256:{sha256(DATA).hexdigest()}"
NAME = "heat2d-1.4.0.tar.gz"


def line(*urls: str, hashes: tuple[str, ...] = (DIGEST,), **more: str) -> SourceCode:
    where, *mirrors = urls
    attributes = (*(("mirror", each) for each in mirrors), *more.items())
    return SourceCode("tar", where, "", attributes, hashes, PLACE)


def taken(found: Resolved | Problem) -> Resolved:
    assert isinstance(found, Resolved), found
    return found


def refused(found: Resolved | Problem) -> Problem:
    assert isinstance(found, Problem), found
    return found


def test_an_archive(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    url = f"{site.url}/{NAME}"

    found = taken(resolve(line(url), world))

    assert (found.file, found.name, found.urls) == (NAME, "heat2d-1.4.0", (url,))
    assert (found.sha256, found.size) == (DIGEST, len(DATA))
    assert found.guix_hash == nix_base32(sha256(DATA).digest())
    assert found.heritage.endswith(f"/{found.swhid}/raw/")
    assert wanted(found) == Wanted(NAME, DIGEST, len(DATA), (url,))


def test_the_first_place_that_has_the_right_bytes(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    (site.folder / "other.tar.gz").write_bytes(archive(b"Other.\n"))
    (site.folder / "short.tar.gz").write_bytes(DATA[:-9])
    urls = [f"{site.url}/{name}" for name in ("none", "other.tar.gz", "short.tar.gz", NAME)]

    found = taken(resolve(line(*urls), world))

    assert found.sha256 == DIGEST
    assert found.urls == tuple(urls)


def test_bytes_that_changed_behind_the_url(world: World, site: Site, tmp_path: Path) -> None:
    (site.folder / NAME).write_bytes(DATA)
    source = line(f"{site.url}/{NAME}")
    locked = taken(resolve(source, world))
    (site.folder / NAME).write_bytes(archive(b"Meat.\n"))
    (tmp_path / "new").mkdir(mode=0o700)
    elsewhere = replace(world, store=Store(str(tmp_path / "new")))

    told = restore(locked, source, elsewhere)

    assert told is not None
    assert told.message.startswith(f"{NAME} could not be fetched: {source.where} ")
    assert elsewhere.store.find(DIGEST) is None
    assert restore(locked, source, world) is None  # the first store still has them


def test_a_hash_is_needed_only_once(world: World, site: Site) -> None:
    """From then on, what came is locked."""
    (site.folder / NAME).write_bytes(DATA)
    source = line(f"{site.url}/{NAME}", hashes=())

    locked = taken(resolve(source, world))

    assert locked.sha256 == DIGEST
    (site.folder / NAME).write_bytes(archive(b"Other.\n"))
    assert resolve(source, world, locked=locked) == locked


def test_sha512(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    right, wrong = f"sha512:{sha512(DATA).hexdigest()}", f"sha512:{'0' * 128}"
    url = f"{site.url}/{NAME}"

    assert taken(resolve(line(url, hashes=(right,)), world)).sha256 == DIGEST
    told = refused(resolve(line(url, hashes=(wrong,)), world))
    assert told.message == f"{NAME} has {right}, and the spec says {wrong}"


def test_the_swhid_of_its_folder(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    url = f"{site.url}/{NAME}"
    right = taken(resolve(line(url), world)).swhid
    wrong = f"swh:1:dir:{'0' * 40}"

    assert taken(resolve(line(url, hashes=(DIGEST, right)), world)).swhid == right
    told = refused(resolve(line(url, hashes=(DIGEST, wrong)), world))
    assert told.message == f"{NAME}: its folder is {right}, and the spec says {wrong}"


def test_strip_and_folder(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    url = f"{site.url}/{NAME}"
    plain = taken(resolve(line(url), world))

    assert taken(resolve(line(url, strip="1", folder="src"), world)) == plain
    assert taken(resolve(line(url, strip="0"), world)).swhid != plain.swhid
    told = refused(resolve(line(url, folder="scr"), world))
    assert told == Problem(f"{NAME}: the source has no folder `scr`", "did you mean `src`?")


@pytest.mark.parametrize("strip", [None, "0", "1"])
def test_it_is_read_back(world: World, site: Site, strip: str | None) -> None:
    (site.folder / NAME).write_bytes(DATA)
    url = f"{site.url}/{NAME}"
    source = line(url) if strip is None else line(url, strip=strip)
    found = taken(resolve(source, world))

    with TemporaryFile() as spool:
        folder = opened(found, source, world.store, spool)

        assert isinstance(folder, Folder)
        assert directory_id(folder) == found.swhid


def test_what_is_no_archive(world: World, site: Site) -> None:
    page = b"<html>moved</html>"
    (site.folder / NAME).write_bytes(page)
    hashes = (f"sha256:{sha256(page).hexdigest()}",)

    told = refused(resolve(line(f"{site.url}/{NAME}", hashes=hashes), world))

    assert told.message.startswith(f"{NAME}: this is not an archive")


def test_offline(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    url = f"{site.url}/{NAME}"
    offline = replace(world, offline=True)

    told = refused(resolve(line(url), offline))
    assert told.message.startswith(f"{NAME} is not in the store")
    assert "is not locked yet" in refused(resolve(line(url, hashes=()), offline)).message
    locked = taken(resolve(line(url), world))
    assert taken(resolve(line(url), offline)) == locked


def test_a_damaged_object_is_fetched_again(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    source = line(f"{site.url}/{NAME}")
    path = world.store.find(taken(resolve(source, world)).sha256)
    assert path is not None
    Path(path).chmod(0o644)
    Path(path).write_bytes(b"damaged")

    assert "is damaged in the store" in refused(resolve(source, world)).message
    assert taken(resolve(source, world)).sha256 == DIGEST


def test_what_the_lock_still_serves(world: World, site: Site) -> None:
    (site.folder / NAME).write_bytes(DATA)
    url = f"{site.url}/{NAME}"
    locked = taken(resolve(line(url), world))

    assert stale(locked, line(url), world) is None
    assert stale(locked, line(url, hashes=(f"sha256:{'0' * 64}",)), world) is not None
    assert stale(locked, line(f"{url}?new"), world) is not None
