"""Images into a real registry, over connections that break."""

import http.client
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.registry import layout
from envc.registry.client import Image, Pulled, fetch_image, resolve
from envc.registry.push import Pushed, push
from envc.registry.reference import Reference
from envc.store.objects import Store
from tests.registry.conftest import (
    HANGS_UP,
    NOBODY,
    QUICK,
    Answer,
    Asked,
    Layout,
    Start,
    digest_of,
    make_layout,
)
from tests.registry.test_pull import logins

pytestmark = [
    pytest.mark.tool("docker-registry"),
    pytest.mark.tool("skopeo"),
    pytest.mark.xdist_group("registry"),
]
PIECE = 400_000


def pushed(folder: Path, host: str, name: str, **environ: str) -> Pushed | Problem:
    reference = Reference(host, name, "1")
    return push(str(folder), reference, environ=environ, patience=QUICK, piece=PIECE)


def digest_by_skopeo(name: str) -> str:
    words = ["skopeo", "inspect", "--raw", "--tls-verify=false", f"docker://{name}"]
    return digest_of(subprocess.run(words, capture_output=True, check=True).stdout)


def through(registry: str, breaks: Callable[[Asked], bool]) -> Callable[[Asked], Answer]:
    """Hands on what is asked, but for what breaks: that never arrives."""

    def answer(asked: Asked) -> Answer:
        if breaks(asked):
            return Answer(HANGS_UP)
        there = http.client.HTTPConnection(registry)
        there.request(asked.method, asked.path, asked.body, asked.headers)
        response = there.getresponse()
        body = response.read()
        there.close()
        kept = ("Location", "Range", "Content-Type", "Docker-Content-Digest", "Content-Length")
        headers = tuple((key, value) for key, value in response.getheaders() if key in kept)
        return Answer(response.status, body, headers)

    return answer


def test_what_is_pushed_is_what_others_pull(registry: str, image: Layout) -> None:
    found = pushed(image.folder, registry, "push/whole")
    assert isinstance(found, Pushed), found
    assert found.digest == digest_of(image.top) == digest_by_skopeo(f"{registry}/push/whole:1")
    words = ["skopeo", "copy", "-q", "--all", "--src-tls-verify=false", "--insecure-policy"]
    out = f"oci:{image.folder.parent}/back"
    subprocess.run([*words, f"docker://{registry}/push/whole:1", out], check=True)


def test_a_pulled_image_goes_on_to_another_name(
    pushed_image: Image, registry: str, store: Store, tmp_path: Path
) -> None:
    pulled = fetch_image(pushed_image, "linux/arm64", store, environ=NOBODY, patience=QUICK)
    assert isinstance(pulled, Pulled)
    assert layout.write(pulled, store, str(tmp_path / "out")) is None
    found = pushed(tmp_path / "out", registry, "push/one")
    assert isinstance(found, Pushed)
    assert found.digest == pulled.manifest.digest == digest_by_skopeo(f"{registry}/push/one:1")


@pytest.fixture
def pushed_image(registry: str, image: Layout) -> Image:
    assert isinstance(pushed(image.folder, registry, "push/start"), Pushed)
    found = resolve(Reference(registry, "push/start", "1"), environ=NOBODY, patience=QUICK)
    assert isinstance(found, Image)
    return found


def test_what_is_there_is_not_sent_again(registry: str, image: Layout, fake: Start) -> None:
    server = fake(through(registry, lambda _: False))
    assert isinstance(pushed(image.folder, server.host, "push/twice"), Pushed)
    assert any(each.method == "PATCH" for each in server.asked)
    server.asked.clear()
    assert isinstance(pushed(image.folder, server.host, "push/twice"), Pushed)
    assert {each.method for each in server.asked} == {"HEAD", "PUT"}


def test_an_upload_goes_on_where_it_broke(registry: str, tmp_path: Path, fake: Start) -> None:
    image = make_layout(tmp_path / "layout", size=3_100_000)
    seen: list[str] = []
    broken: list[str] = []

    def breaks(asked: Asked) -> bool:
        """Every second piece, the first time that it is sent."""
        piece = digest_of(asked.body)
        if asked.method != "PATCH" or piece in seen:
            return False
        seen.append(piece)
        broken.extend([piece] * (len(seen) % 2 == 0))
        return len(seen) % 2 == 0

    server = fake(through(registry, breaks))
    found = pushed(image.folder, server.host, "push/broken")
    assert isinstance(found, Pushed), found
    assert found.digest == digest_by_skopeo(f"{registry}/push/broken:1")
    sent = [digest_of(each.body) for each in server.asked if each.method == "PATCH"]
    assert len(broken) > 5
    assert sorted(sent) == sorted((*seen, *broken))


def test_a_connection_that_only_breaks_ends(registry: str, tmp_path: Path, fake: Start) -> None:
    image = make_layout(tmp_path / "layout", size=500_000)
    server = fake(through(registry, lambda asked: asked.method == "PATCH"))
    found = pushed(image.folder, server.host, "push/never")
    assert found == Problem(f"{server.host} broke the connection")
    missing = resolve(Reference(registry, "push/never", "1"), environ=NOBODY, patience=QUICK)
    assert isinstance(missing, Problem)


def test_a_login_is_needed_where_one_is(
    closed_registry: str, image: Layout, tmp_path: Path
) -> None:
    refused = pushed(image.folder, closed_registry, "push/closed")
    assert isinstance(refused, Problem)
    assert "without a login" in refused.message
    environ = logins(tmp_path, closed_registry)
    assert isinstance(pushed(image.folder, closed_registry, "push/closed", **environ), Pushed)


def test_a_damaged_layout_is_not_pushed(registry: str, image: Layout, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(image.folder, folder)
    layer = digest_of(image.layers["linux/amd64"]).removeprefix("sha256:")
    (folder / "blobs" / "sha256" / layer).write_bytes(b"other")
    found = pushed(folder, registry, "push/damaged")
    assert isinstance(found, Problem)
    assert "holds other bytes than" in found.message
    nothing = pushed(tmp_path / "none", registry, "push/none")
    assert isinstance(nothing, Problem)
    assert "cannot be read as an image layout" in nothing.message
