"""A web server that a test may make behave badly, and places to fetch from it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import SSLContext

import pytest

from envc.store import content
from envc.store.fetch import Wanted
from envc.store.objects import Store
from envc.store.web import Patience

QUICK = Patience(tries=3, pause=0.01, connect=2, silence=0.5, redirects=4)

Handler = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; what answers it is the server's handler for its path."""

    server: "Server"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self)
        handler = self.server.handlers.get(self.path, not_found)
        with suppress(BrokenPipeError, ConnectionResetError):
            handler(self)

    @property
    def start(self) -> int:
        """Where the asked part begins."""
        said = self.headers.get("Range", "bytes=0-")
        return int(said.removeprefix("bytes=").removesuffix("-"))

    def send(self, status: int, data: bytes = b"", **headers: str) -> None:
        """`Content_Length="9"` lies about the length."""
        self.send_response(status)
        told = {"Content-Length": str(len(data))}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        self.server.sent += len(data)

    def send_part(self, data: bytes, **headers: str) -> None:
        """As a good server does: the part that is asked for."""
        if not self.start:
            self.send(200, data, **headers)
        elif self.start >= len(data):
            self.send(416, Content_Range=f"bytes */{len(data)}")
        else:
            part = f"bytes {self.start}-{len(data) - 1}/{len(data)}"
            self.send(206, data[self.start :], Content_Range=part, **headers)

    def hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Says nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, secure: SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.scheme = "http" if secure is None else "https"
        if secure is not None:
            self.socket = secure.wrap_socket(
                self.socket, server_side=True, do_handshake_on_connect=False
            )
        self.handlers: dict[str, Handler] = {}
        self.asked: list[Request] = []
        self.sent = 0

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def serve(self, path: str, handler: Handler | bytes) -> str:
        """The URL where it answers from now on."""
        self.handlers[path] = handler if callable(handler) else plainly(handler)
        return self.base + path

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections that a test breaks are no news."""


def not_found(request: Request) -> None:
    request.send(404, b"nothing here")


def plainly(data: bytes) -> Handler:
    return lambda request: request.send_part(data)


def in_turn(*handlers: Handler) -> Handler:
    """The first answers the first request, and so on; the last answers all that follow."""
    rest = list(handlers)

    def handler(request: Request) -> None:
        now = rest.pop(0) if len(rest) > 1 else rest[0]
        now(request)

    return handler


def breaks_after(count: int, data: bytes, **headers: str) -> Handler:
    """Sends so much of what is asked for, and hangs up."""

    def handler(request: Request) -> None:
        start = request.start
        told = {"Content_Length": str(len(data) - start), **headers}
        if start:
            told["Content_Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        request.send(206 if start else 200, data[start : start + count], **told)
        request.hang_up()

    return handler


def status(code: int, **headers: str) -> Handler:
    return lambda request: request.send(code, b"no", **headers)


def wanted(data: bytes, *urls: str, name: str = "heat 1.0", size: int | None = -1) -> Wanted:
    known = content.of_bytes(data)
    return Wanted(name, known.digest, known.size if size == -1 else size, urls)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


@contextmanager
def serving(secure: SSLContext | None = None) -> Iterator[Server]:
    started = Server(secure)
    thread = threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield started
    finally:
        started.shutdown()
        thread.join()
        started.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as started:
        yield started


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
