"""A registry on this machine, images to put into it, and servers that misbehave on purpose."""

import gzip
import hashlib
import io
import json
import socket
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from envc.registry.documents import OCI_INDEX, OCI_MANIFEST
from envc.store.objects import Store
from envc.store.web import Patience
from tests.conftest import Tool

QUICK = Patience(pause=0.0, silence=10.0)
NOBODY: dict[str, str] = {}
"""The environment of somebody without logins."""

LOGIN = "envc:secret"
HTPASSWD = "envc:$2y$05$rxI9CdR9RVfaa9bW2GPQHuhfiPNGVqcZcc2F8JO2O2pH8/NZDgLAW\n"


def digest_of(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


class Layout(NamedTuple):
    """A folder that holds an image for two platforms, and an attestation beside them."""

    folder: Path
    top: bytes
    """The image's index: what its name means."""
    manifests: dict[str, str]
    layers: dict[str, bytes]

    def blob(self, digest: str) -> bytes:
        return (self.folder / "blobs" / "sha256" / digest.removeprefix("sha256:")).read_bytes()


def make_layout(folder: Path, size: int = 3_000_000) -> Layout:
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)

    def put(data: bytes, media_type: str) -> dict[str, Any]:
        (blobs / digest_of(data).removeprefix("sha256:")).write_bytes(data)
        return {"mediaType": media_type, "digest": digest_of(data), "size": len(data)}

    entries, layers = [], {}
    for architecture in ("amd64", "arm64"):
        layer, diff = _layer(architecture, size)
        layers[f"linux/{architecture}"] = layer
        config = {
            "architecture": architecture,
            "os": "linux",
            "rootfs": {"type": "layers", "diff_ids": [diff]},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": OCI_MANIFEST,
            "config": put(encoded(config), "application/vnd.oci.image.config.v1+json"),
            "layers": [put(layer, "application/vnd.oci.image.layer.v1.tar+gzip")],
        }
        variant = {"variant": "v8"} if architecture == "arm64" else {}
        platform = {"architecture": architecture, "os": "linux", **variant}
        entries.append({**put(encoded(manifest), OCI_MANIFEST), "platform": platform})
    manifests = {f"linux/{each['platform']['architecture']}": each["digest"] for each in entries}
    entries.append(_attestation(put, entries[0]["digest"]))
    index = encoded({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": entries})
    top = {"schemaVersion": 2, "manifests": [put(index, OCI_INDEX)]}
    (folder / "index.json").write_bytes(encoded(top))
    (folder / "oci-layout").write_bytes(b'{"imageLayoutVersion":"1.0.0"}')
    return Layout(folder, index, manifests, layers)


def encoded(document: object) -> bytes:
    return json.dumps(document).encode()


def _layer(name: str, size: int) -> tuple[bytes, str]:
    """A file that does not pack well, so that the layer comes in more than one piece."""
    noise = b"".join(
        hashlib.sha256(f"{name} {number}".encode()).digest() for number in range(size // 32)
    )
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        entry = tarfile.TarInfo("noise")
        entry.size = len(noise)
        tar.addfile(entry, io.BytesIO(noise))
    packed = gzip.compress(plain.getvalue(), compresslevel=1, mtime=0)
    return packed, digest_of(plain.getvalue())


def _attestation(put: Callable[[bytes, str], dict[str, Any]], of: str) -> dict[str, Any]:
    """As BuildKit puts one beside each image: a manifest for no platform."""
    statement = put(b"{}", "application/vnd.in-toto+json")
    config = put(b'{"os":"unknown"}', "application/vnd.oci.image.config.v1+json")
    manifest = {"schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": config}
    entry = put(encoded({**manifest, "layers": [statement]}), OCI_MANIFEST)
    notes = {
        "vnd.docker.reference.type": "attestation-manifest",
        "vnd.docker.reference.digest": of,
    }
    platform = {"architecture": "unknown", "os": "unknown"}
    return {**entry, "platform": platform, "annotations": notes}


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return make_layout(tmp_path_factory.mktemp("image") / "layout")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path / "store"))


# ---- the real one --------------------------------------------------------------------------------

_CONFIG = """\
version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: {folder}/data}}, delete: {{enabled: true}}}}
http: {{addr: "127.0.0.1:{port}"}}
"""
_AUTH = "auth: {{htpasswd: {{realm: envc, path: {folder}/htpasswd}}}}\n"


@pytest.fixture(scope="session")
def registry(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it listens; it lets everybody in."""
    with_folder = tmp_path_factory.mktemp("registry")
    yield from _serve(tool("docker-registry"), with_folder, _CONFIG)


@pytest.fixture(scope="session")
def closed_registry(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One that asks for a name and a password."""
    folder = tmp_path_factory.mktemp("closed")
    (folder / "htpasswd").write_text(HTPASSWD)
    yield from _serve(tool("docker-registry"), folder, _CONFIG + _AUTH)


def _serve(program: str, folder: Path, config: str) -> Iterator[str]:
    port = _free_port()
    (folder / "config.yml").write_text(config.format(folder=folder, port=port))
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            [program, "serve", str(folder / "config.yml")],
            env={"OTEL_TRACES_EXPORTER": "none"},
            stdout=log,
            stderr=log,
        ) as running,
    ):
        try:
            _wait_for(port, running)
            yield f"127.0.0.1:{port}"
        finally:
            running.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert running.poll() is None
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the registry does not listen")


@pytest.fixture(scope="session")
def pushed(registry: str, image: Layout, tool: Tool) -> str:
    """The name of the image in the registry, put there by skopeo."""
    copy(tool, image.folder, f"{registry}/hpc/base:1")
    return f"{registry}/hpc/base:1"


def copy(tool: Tool, folder: Path, name: str, *words: str) -> None:
    subprocess.run(
        [
            *(tool("skopeo"), "--insecure-policy", "copy", "-q", "--all", "--preserve-digests"),
            *("--dest-tls-verify=false", *words, f"oci:{folder}", f"docker://{name}"),
        ],
        check=True,
    )


# ---- ones that misbehave -------------------------------------------------------------------------


HANGS_UP = 0
"""A status: nothing comes back at all."""


class Answer(NamedTuple):
    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    broken_after: int | None = None
    """So many bytes of the body come, and then the connection ends."""


class Asked(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that has heard enough hangs up: that is no news."""


class Fake:
    """A server whose answers are a function of what it was asked."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.asked: list[Asked] = []

        def handle(handler: BaseHTTPRequestHandler) -> None:
            body = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
            asked = Asked(handler.command, handler.path, dict(handler.headers.items()), body)
            self.asked.append(asked)
            _reply(handler, answer(asked))

        kept = {"protocol_version": "HTTP/1.1", "log_message": lambda *_: None}
        methods = {f"do_{name}": handle for name in ("GET", "HEAD", "POST", "PATCH", "PUT")}
        handler = type("Handler", (BaseHTTPRequestHandler,), {**kept, **methods})
        self._server = _Server(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.host = f"127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _reply(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    if answer.status == HANGS_UP:
        handler.close_connection = True
        return
    handler.send_response(answer.status)
    for name, value in answer.headers:
        handler.send_header(name, value)
    if not any(name == "Content-Length" for name, _ in answer.headers):
        handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    if handler.command == "HEAD":
        return
    if answer.broken_after is None:
        handler.wfile.write(answer.body)
        return
    handler.wfile.write(answer.body[: answer.broken_after])
    handler.wfile.flush()
    handler.close_connection = True


Start = Callable[[Callable[[Asked], Answer]], Fake]


@pytest.fixture
def fake() -> Iterator[Start]:
    running: list[Fake] = []

    def start(answer: Callable[[Asked], Answer]) -> Fake:
        running.append(Fake(answer))
        return running[-1]

    yield start
    for each in running:
        each.stop()


def serving(image: Layout) -> Callable[[Asked], Answer]:
    """Answers as a registry does that holds the image under any name and tag."""

    def answer(asked: Asked) -> Answer:
        *_, kind, version = asked.path.split("/")
        if kind not in ("manifests", "blobs"):
            return Answer(404)
        data = image.blob(version) if version.startswith("sha256:") else image.top
        media_type = json.loads(data)["mediaType"] if kind == "manifests" else ""
        headers = (("Content-Type", media_type),) if media_type else ()
        start = asked.headers.get("Range", "").removeprefix("bytes=").rstrip("-")
        if not start:
            return Answer(body=data, headers=headers)
        part = ("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        return Answer(206, data[int(start) :], (part,))

    return answer
