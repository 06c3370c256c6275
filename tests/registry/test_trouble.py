"""Registries that break, lie, are busy or send elsewhere: a sentence or the image comes of each."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from envc.facts.problem import Problem
from envc.registry.client import Image, Pulled, fetch_image, resolve
from envc.registry.documents import DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST
from envc.registry.reference import Reference
from envc.registry.session import Session
from envc.registry.trouble import RegistryError
from envc.store.objects import Store
from envc.store.web import Web
from tests.registry.conftest import (
    NOBODY,
    QUICK,
    Answer,
    Asked,
    Layout,
    Start,
    digest_of,
    encoded,
    serving,
)

Served = Callable[[Asked], Answer]


def reference(host: str, digest: str = "") -> Reference:
    return Reference(host, "hpc/base", "1", digest)


def resolved(host: str, digest: str = "", **environ: str) -> Image | Problem:
    return resolve(reference(host, digest), environ=environ, patience=QUICK)


def fetched(host: str, store: Store, **environ: str) -> Pulled | Problem:
    image = resolved(host, **environ)
    assert isinstance(image, Image), image
    return fetch_image(image, "linux/amd64", store, environ=environ, patience=QUICK)


def is_layer(asked: Asked, image: Layout) -> bool:
    return asked.path.endswith(digest_of(image.layers["linux/amd64"]))


# ---- connections that break ----------------------------------------------------------------------


def test_a_layer_goes_on_where_it_broke(fake: Start, image: Layout, store: Store) -> None:
    good = serving(image)

    def breaking(asked: Asked) -> Answer:
        answer = good(asked)
        return answer._replace(broken_after=700_000) if is_layer(asked, image) else answer

    server = fake(breaking)
    assert isinstance(fetched(server.host, store), Pulled)
    starts = [each.headers.get("Range") for each in server.asked if is_layer(each, image)]
    assert starts == [None, *(f"bytes={count}-" for count in range(700_000, 3_000_000, 700_000))]


def test_a_run_goes_on_where_another_was_killed(fake: Start, image: Layout, store: Store) -> None:
    good, broken = serving(image), True

    def breaking(asked: Asked) -> Answer:
        answer = good(asked)
        if not is_layer(asked, image) or not broken:
            return answer
        return answer._replace(broken_after=0 if "Range" in asked.headers else 500_000)

    server = fake(breaking)
    ended = fetched(server.host, store)
    assert isinstance(ended, Problem)
    assert "broke the connection" in ended.message
    broken = False
    server.asked.clear()
    assert isinstance(fetched(server.host, store), Pulled)
    starts = [each.headers.get("Range") for each in server.asked if is_layer(each, image)]
    assert starts == ["bytes=500000-"]


def test_a_server_without_ranges_starts_again(fake: Start, image: Layout, store: Store) -> None:
    good, layers = serving(image), 0

    def whole(asked: Asked) -> Answer:
        nonlocal layers
        if not is_layer(asked, image):
            return good(asked)
        layers += 1
        plain = asked._replace(headers={})
        return good(plain)._replace(broken_after=100_000 if layers == 1 else None)

    assert isinstance(fetched(fake(whole).host, store), Pulled)
    assert layers == 2


# ---- wrong bytes ---------------------------------------------------------------------------------


def changed(
    image: Layout, wanted: Callable[[Asked], bool], body: Callable[[bytes], bytes]
) -> Served:
    good = serving(image)

    def answer(asked: Asked) -> Answer:
        found = good(asked)
        return found._replace(body=body(found.body)) if wanted(asked) else found

    return answer


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "sends sha256:"),
        (lambda data: data + b"x", "sends more than the"),
        (lambda data: data[:-1], "ends after"),
    ],
    ids=["one bit", "longer", "shorter"],
)
def test_a_changed_layer_is_refused_and_not_kept(
    body: Callable[[bytes], bytes], said: str, fake: Start, image: Layout, store: Store
) -> None:
    server = fake(changed(image, lambda asked: is_layer(asked, image), body))
    found = fetched(server.host, store)
    assert isinstance(found, Problem)
    assert said in found.message
    assert store.find(digest_of(image.layers["linux/amd64"])) is None


def test_a_changed_manifest_is_refused(fake: Start, image: Layout, store: Store) -> None:
    digest = image.manifests["linux/amd64"]
    server = fake(
        changed(image, lambda asked: asked.path.endswith(digest), lambda data: data + b" ")
    )
    found = fetched(server.host, store)
    assert isinstance(found, Problem)
    assert f"as {digest}" in found.message
    by_digest = resolved(server.host, digest)
    assert isinstance(by_digest, Problem)
    assert f"as {digest}" in by_digest.message


def test_a_header_that_names_other_bytes_is_refused(fake: Start, image: Layout) -> None:
    header = (("Docker-Content-Digest", digest_of(b"other")),)
    good = serving(image)
    found = resolved(fake(lambda asked: good(asked)._replace(headers=header)).host)
    assert isinstance(found, Problem)
    assert f"by the name {digest_of(b'other')}" in found.message


CONFIG = {
    "mediaType": "application/vnd.oci.image.config.v1+json",
    "digest": digest_of(b"{}"),
    "size": 2,
}
WHOLE: dict[str, Any] = {
    "schemaVersion": 2,
    "mediaType": OCI_MANIFEST,
    "config": CONFIG,
    "layers": [],
}
DOCUMENTS: dict[str, tuple[object, str]] = {
    "schema 1": ({"schemaVersion": 1, "fsLayers": []}, "before 2016"),
    "an index and a manifest": ({**WHOLE, "manifests": []}, "at once"),
    "an artifact": (
        {**WHOLE, "config": {**CONFIG, "mediaType": "application/vnd.oci.empty.v1+json"}},
        "no image of a file system",
    ),
    "another type inside": ({**WHOLE, "mediaType": DOCKER_MANIFEST}, "that calls itself"),
    "a list": ([], "no object"),
    "a layer elsewhere": (
        {**WHOLE, "layers": [{**CONFIG, "urls": ["https://example.org/layer"]}]},
        "on another server",
    ),
    "a size below nothing": ({**WHOLE, "config": {**CONFIG, "size": -1}}, "-1 bytes"),
    "a path for a digest": (
        {**WHOLE, "config": {**CONFIG, "digest": "sha256:../../etc/passwd"}},
        "not a sha256",
    ),
    "an empty index": ({"mediaType": OCI_INDEX, "manifests": []}, "calls a document"),
    "no platform": (WHOLE, "does not say its platform"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_that_are_no_image(name: str, fake: Start) -> None:
    document, said = DOCUMENTS[name]
    headers = (("Content-Type", OCI_MANIFEST),)

    def answer(asked: Asked) -> Answer:
        blob = "/blobs/" in asked.path
        return Answer(body=b"{}") if blob else Answer(body=encoded(document), headers=headers)

    found = resolved(fake(answer).host)
    assert isinstance(found, Problem)
    assert said in found.message


@pytest.mark.parametrize("body", [b"<html>", b"[" * 100_000, b"\xff", b" " * 5_000_000])
def test_answers_that_are_no_document(body: bytes, fake: Start) -> None:
    found = resolved(fake(lambda _: Answer(body=body)).host)
    assert isinstance(found, Problem)


# ---- a registry that is busy ---------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 503])
def test_it_is_asked_again_and_not_for_ever(status: int, fake: Start, image: Layout) -> None:
    good = serving(image)
    server = fake(lambda asked: Answer(status) if len(server.asked) < 3 else good(asked))
    assert isinstance(resolved(server.host), Image)
    down = fake(lambda _: Answer(status))
    found = resolved(down.host)
    assert found == Problem(f"{down.host} answers with status {status}")
    assert len(down.asked) == QUICK.tries


def test_it_may_ask_to_wait_but_not_for_hours(fake: Start) -> None:
    waited: list[float] = []
    seconds = "7"

    def busy(_: Asked) -> Answer:
        return Answer(429, headers=(("Retry-After", seconds),))

    server = fake(busy)
    with Session(reference(server.host), NOBODY, Web(QUICK), wait=waited.append) as session:
        with pytest.raises(RegistryError):
            session.ask("GET", "manifests/1")
        assert waited == [7.0] * (QUICK.tries - 1)
        seconds = "3600"
        server.asked.clear()
        with pytest.raises(RegistryError) as told:
            session.ask("GET", "manifests/1")
    assert "to wait 3600 seconds" in told.value.problem.message
    assert len(server.asked) == 1


# ---- elsewhere -----------------------------------------------------------------------------------


def login(folder: Path, host: str) -> dict[str, str]:
    file = folder / "auth.json"
    auth = base64.b64encode(b"somebody:secret").decode()
    file.write_text(json.dumps({"auths": {host: {"auth": auth}}}))
    return {"REGISTRY_AUTH_FILE": str(file)}


def test_a_login_does_not_follow_a_redirect_to_another_host(
    fake: Start, image: Layout, store: Store, tmp_path: Path
) -> None:
    good = serving(image)
    elsewhere = fake(good)

    def redirecting(asked: Asked) -> Answer:
        if "Authorization" not in asked.headers:
            return Answer(401, headers=(("WWW-Authenticate", 'Basic realm="here"'),))
        if "/blobs/" in asked.path:
            place = f"http://{elsewhere.host}{asked.path}"
            return Answer(307, headers=(("Location", place),))
        return good(asked)

    server = fake(redirecting)
    assert isinstance(fetched(server.host, store, **login(tmp_path, server.host)), Pulled)
    assert elsewhere.asked
    assert all("Authorization" not in each.headers for each in elsewhere.asked)


def test_a_host_that_a_redirect_leads_to_asks_for_no_login(
    fake: Start, image: Layout, store: Store, tmp_path: Path
) -> None:
    good = serving(image)

    def greedy(asked: Asked) -> Answer:
        realm = f'Bearer realm="http://{asked.headers["Host"]}/token"'
        return Answer(401, headers=(("WWW-Authenticate", realm),))

    elsewhere = fake(greedy)

    def redirecting(asked: Asked) -> Answer:
        if not is_layer(asked, image):
            return good(asked)
        return Answer(307, headers=(("Location", f"http://{elsewhere.host}{asked.path}"),))

    server = fake(redirecting)
    found = fetched(server.host, store, **login(tmp_path, server.host))
    assert isinstance(found, Problem)
    assert [each.path for each in elsewhere.asked] == [
        f"/v2/hpc/base/blobs/{digest_of(image.layers['linux/amd64'])}"
    ]
    assert "Authorization" not in elsewhere.asked[0].headers


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("http://192.0.2.1/blob", "sends to http://192.0.2.1, where envc does not follow"),
        ("file:///etc/passwd", "where envc does not follow"),
        ("/v2/hpc/base/manifests/1", "from one place to the next without end"),
    ],
)
def test_redirects_that_are_not_followed(place: str, said: str, fake: Start) -> None:
    found = resolved(fake(lambda _: Answer(302, headers=(("Location", place),))).host)
    assert isinstance(found, Problem)
    assert said in found.message


# ---- tokens --------------------------------------------------------------------------------------


def with_tokens(image: Layout, realm: Callable[[Asked], str], token: bytes) -> Served:
    good = serving(image)

    def answer(asked: Asked) -> Answer:
        if asked.path.startswith("/token"):
            return Answer(body=token)
        if asked.headers.get("Authorization") == "Bearer abc":
            return good(asked)
        facts = f'realm="{realm(asked)}",service="here",scope="repository:x:*"'
        return Answer(401, headers=(("WWW-Authenticate", f"Bearer {facts}"),))

    return answer


@pytest.mark.parametrize("token", [b'{"token": "abc"}', b'{"access_token": "abc"}'])
def test_a_token_is_asked_for_what_is_needed(
    token: bytes, fake: Start, image: Layout, store: Store, tmp_path: Path
) -> None:
    server = fake(with_tokens(image, lambda asked: f"http://{asked.headers['Host']}/token", token))
    assert isinstance(fetched(server.host, store, **login(tmp_path, server.host)), Pulled)
    asked = [each for each in server.asked if each.path.startswith("/token")]
    scope = "scope=repository%3Ahpc%2Fbase%3Apull"
    assert {each.path for each in asked} == {f"/token?service=here&{scope}"}
    assert asked[0].headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (b"{}", "gives a token that is none"),
        (b'{"token": "a\\r\\nHost: x"}', "gives a token that is none"),
        (b"<html>", "gives a token that is none"),
        (b'{"token": "wrong"}', "hands"),
    ],
)
def test_tokens_that_are_none(token: bytes, said: str, fake: Start, image: Layout) -> None:
    server = fake(with_tokens(image, lambda asked: f"http://{asked.headers['Host']}/token", token))
    found = resolved(server.host)
    assert isinstance(found, Problem)
    assert said in found.message


def test_a_password_is_sent_to_no_server_of_tokens_in_the_clear(
    fake: Start, image: Layout, tmp_path: Path
) -> None:
    server = fake(with_tokens(image, lambda _: "http://192.0.2.1/token", b""))
    found = resolved(server.host, **login(tmp_path, server.host))
    assert isinstance(found, Problem)
    assert "which is not https" in found.message
