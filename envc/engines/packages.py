"""The packages of a plan, as a mirror of Debian has them, out of the store.

An engine fetches by itself, in the middle of its build. So it gets what envc has fetched already,
needs no network, and no mirror's address gets into what it makes.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

from envc.facts.problem import Problem
from envc.plan.model import Plan
from envc.store.content import chunks, open_plain
from envc.store.objects import Store

Packages = Mapping[str, str]
"""By their paths in the archive: `pool/main/z/zlib/zlib1g_1.3_amd64.deb`; where each lies here."""
_HOST = "127.0.0.1"
_FIRST, _COUNT = 20_000, 10_000
"""Ports that systems do not hand out by themselves."""


def packages(plan: Plan, store: Store) -> Packages | Problem:
    """What they hold is not looked at: whoever installs them does that."""
    found = {}
    for root in filter(None, (plan.build, plan.run)):
        for deb in root.debs:
            path = store.find(f"sha256:{deb.sha256}")
            if path is None:
                return Problem(f"`{deb.name}` is not in the store", "`envc fetch` brings it")
            found[deb.path] = path
    return found


def lay_out(packages: Packages, folder: str) -> None:
    """As files below a folder, to be shown to a builder, and not to be written to."""
    for name, path in packages.items():
        place = os.path.join(folder, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with suppress(FileExistsError):  # the same package of both roots
            try:
                os.link(path, place)
            except OSError:  # the store is on another disk
                shutil.copyfile(path, place)


@contextmanager
def served(packages: Packages) -> Iterator[str]:
    """The address of a mirror, until the block ends; only this machine can ask it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = packages.get(unquote(self.path).lstrip("/"))
            if path is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            with open_plain(path, follow=False) as file:
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Length", str(os.fstat(file.fileno()).st_size))
                self.end_headers()
                for chunk in chunks(file):
                    self.wfile.write(chunk)

        def log_message(self, *_: object) -> None:
            """The builder's own log says what it fetched."""

    with _server(_port(packages), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{_HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _port(packages: Packages) -> int:
    """The same for the same packages: the address is an argument of the build, and engines do not
    use again what they built with another argument."""
    digest = sha256("\n".join(sorted(packages)).encode()).digest()
    return _FIRST + int.from_bytes(digest[:4]) % _COUNT


def _server(port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((_HOST, port), handler)
    except OSError:  # somebody else has it
        return ThreadingHTTPServer((_HOST, 0), handler)
