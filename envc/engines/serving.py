"""Gives an engine the packages that the store has, as a mirror of Debian would.

An engine fetches by itself, in the middle of its build. So it gets what envc has fetched and
checked already, and needs no network. Only this machine can ask, and only for what the plan names.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote

from envc.plan.model import Plan
from envc.store.content import chunks, open_plain
from envc.store.objects import Store

_HOST = "127.0.0.1"
_FIRST, _COUNT = 20_000, 10_000
"""Of the ports, those that are left to programs and that no system hands out by itself."""


@contextmanager
def serving(plan: Plan, store: Store) -> Iterator[str]:
    """The address of the mirror, until the block ends."""
    files = _files(plan)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            digest = files.get(unquote(self.path))
            path = store.find(digest) if digest else None
            if path is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            with open_plain(path, follow=False) as file:
                self.send_response(HTTPStatus.OK)
                self.send_header("Content-Length", str(os.fstat(file.fileno()).st_size))
                self.end_headers()
                for chunk in chunks(file):
                    self.wfile.write(chunk)

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - as it is called

    with _server(_port(files), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{_HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def _files(plan: Plan) -> dict[str, str]:
    roots = (root for root in (plan.build, plan.run) if root)
    return {f"/{deb.path}": f"sha256:{deb.sha256}" for root in roots for deb in root.debs}


def _port(files: Mapping[str, str]) -> int:
    """The same for the same packages: the address is an argument of the build, and engines do not
    use again what they built with another argument."""
    digest = sha256("\n".join(files.values()).encode()).digest()
    return _FIRST + int.from_bytes(digest[:4]) % _COUNT


def _server(port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    try:
        return ThreadingHTTPServer((_HOST, port), handler)
    except OSError:  # somebody else has it
        return ThreadingHTTPServer((_HOST, 0), handler)
