"""A server on this machine that answers in the form of somebody else's, while a test runs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Asked(NamedTuple):
    method: str
    path: str
    about: dict[str, str]
    """What stands behind the `?`."""
    body: bytes


Answers = Callable[[Asked], tuple[int, object]]
"""A status, and a text or what JSON can say."""


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Its address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            where = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = Asked(self.command, where.path, dict(parse_qsl(where.query)), body)
            status, said = answers(asked)
            text = said if isinstance(said, str) else json.dumps(said)
            self.send_response(status)
            self.send_header("Content-Type", "text/plain" if said is text else "application/json")
            if status != 204:
                self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            if status != 204:
                self.wfile.write(text.encode())

        do_GET = do_POST = do_DELETE = answer  # noqa: N815 - as Python asks for them

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
