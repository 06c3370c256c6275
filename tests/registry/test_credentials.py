"""Logins are found where podman and docker leave them, and are shown to nobody."""

import base64
import json
import os
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.registry.credentials import Login, files, login
from envc.registry.reference import HUB, Reference

ENCODED = base64.b64encode(b"somebody:pass:word").decode()
IMAGE = Reference("reg.example.org", "team/app", "1")


def left(folder: Path, document: object) -> dict[str, str]:
    file = folder / "auth.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return {"REGISTRY_AUTH_FILE": str(file)}


def auths(*keys: str) -> dict[str, object]:
    return {"auths": {key: {"auth": ENCODED} for key in keys}}


@pytest.mark.parametrize(
    "key", ["reg.example.org", "reg.example.org/team", "reg.example.org/team/app",
            "https://reg.example.org", "https://reg.example.org/v2/"],
)  # fmt: skip
def test_a_login_is_found_by_host_or_folder(key: str, tmp_path: Path) -> None:
    found = login(IMAGE, left(tmp_path, auths(key)))
    assert isinstance(found, Login)
    assert (found.user, found.password) == ("somebody", "pass:word")
    assert found.header == f"Basic {ENCODED}"


@pytest.mark.parametrize("key", ["example.org", "reg.example.org/other", "reg.example.org:5000"])
def test_a_login_for_another_place_is_not_taken(key: str, tmp_path: Path) -> None:
    assert login(IMAGE, left(tmp_path, auths(key))) is None


def test_the_longest_name_wins(tmp_path: Path) -> None:
    other = base64.b64encode(b"team:x").decode()
    document = {"auths": {IMAGE.host: {"auth": ENCODED}, f"{IMAGE.host}/team": {"auth": other}}}
    found = login(IMAGE, left(tmp_path, document))
    assert isinstance(found, Login)
    assert found.user == "team"


def test_the_hub_has_a_name_of_its_own(tmp_path: Path) -> None:
    environ = left(tmp_path, auths("https://index.docker.io/v1/"))
    assert isinstance(login(Reference(HUB, "library/debian", "12"), environ), Login)


def test_podmans_places_come_before_dockers(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": "/run/user/1"}
    assert [os.path.relpath(file, tmp_path) for file in files(environ)][1:] == [
        ".config/containers/auth.json",
        ".docker/config.json",
    ]
    assert files(environ)[0] == "/run/user/1/containers/auth.json"
    assert files({**environ, "REGISTRY_AUTH_FILE": "/x"}) == ("/x",)
    assert files({"DOCKER_CONFIG": "/d"}) == ("/d/config.json",)
    assert files({}) == ()
    (tmp_path / ".docker").mkdir()
    (tmp_path / ".docker" / "config.json").write_text(json.dumps(auths(IMAGE.host)))
    assert isinstance(login(IMAGE, environ), Login)


def test_a_login_is_not_shown(tmp_path: Path) -> None:
    found = login(IMAGE, left(tmp_path, auths(IMAGE.host)))
    assert "somebody" not in repr(found)
    assert "word" not in f"{found}"


@pytest.mark.parametrize(
    "document",
    [
        "not json",
        "[" * 100_000,
        " " * 2_000_000,
        {"auths": {IMAGE.host: {"auth": "???"}}},
        {"auths": {IMAGE.host: {"auth": base64.b64encode(b"no colon").decode()}}},
        {"auths": {IMAGE.host: {"auth": base64.b64encode(b"a:b\r\nX-Evil: 1").decode()}}},
        {"auths": {IMAGE.host: {"auth": 7}}},
    ],
    ids=["text", "depth", "size", "base64", "no colon", "a line more", "a number"],
)
def test_a_file_that_cannot_be_read_is_told(document: object, tmp_path: Path) -> None:
    found = login(IMAGE, left(tmp_path, document))
    assert isinstance(found, Problem)
    assert "auth.json" in found.message


@pytest.mark.parametrize("document", [{}, [], {"auths": []}, {"credsStore": "desktop"},
                                      {"auths": {IMAGE.host: {}}}])  # fmt: skip
def test_files_without_a_login(document: object, tmp_path: Path) -> None:
    assert login(IMAGE, left(tmp_path, document)) is None


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = login(IMAGE, {"REGISTRY_AUTH_FILE": str(tmp_path / "pipe")})
    assert isinstance(found, Problem)
    assert "not a plain file" in found.message
