"""Signatures of ssh as files, against those that a real ssh-keygen writes."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.evidence import keygen, sshsig
from envc.evidence.sshsig import Signature
from envc.facts.problem import Problem
from tests.evidence.conftest import CALM

pytestmark = pytest.mark.tool("ssh-keygen")


def made(keys: Path, name: str = "ana", namespace: str = "envc-lock") -> Signature:
    found = keygen.sign(b"words", namespace, str(keys / name))
    assert isinstance(found, Signature), found
    return found


@pytest.mark.parametrize("name", ["ana", "bo"])
def test_what_is_read_is_what_ssh_keygen_wrote(keys: Path, name: str) -> None:
    found = made(keys, name, "envc-größe")
    public = (keys / f"{name}.pub").read_text().rsplit(" ", 1)[0]

    assert sshsig.read(found.armoured) == found
    assert found.namespace == "envc-größe"
    assert found.public_key == public


def test_the_same_words_and_key_give_the_same_signature(keys: Path) -> None:
    assert made(keys) == made(keys)


def test_a_change_anywhere_makes_it_another_signature_or_none(keys: Path) -> None:
    whole = made(keys).armoured
    for place, letter in enumerate(whole):
        for other in ("A", "\n", " ", "=", "é"):
            if other != letter:
                found = sshsig.read(whole[:place] + other + whole[place + 1 :])
                assert isinstance(found, Problem) or found.blob != made_blob(whole), place


def made_blob(armoured: str) -> bytes:
    return base64.b64decode("".join(armoured.splitlines()[1:-1]))


def test_another_layout_is_none(keys: Path) -> None:
    whole = made(keys).armoured
    for other in (whole.strip(), whole.replace("\n", "\r\n"), whole + whole, f" {whole}"):
        assert isinstance(sshsig.read(other), Problem)


def test_the_end_of_it_is_missing(keys: Path) -> None:
    blob = made(keys).blob
    for end in range(blob.index(b"envc-lock") + len(b"envc-lock")):
        assert isinstance(sshsig.of_blob(blob[:end]), Problem), end


@CALM
@given(st.binary(max_size=200))
def test_anything_is_a_signature_or_a_problem(data: bytes) -> None:
    for blob in (data, b"SSHSIG" + data, b"SSHSIG\0\0\0\1" + data):
        found = sshsig.of_blob(blob)
        assert isinstance(found, Problem) or sshsig.read(found.armoured) == found


@CALM
@given(st.text(max_size=100))
def test_any_text_is_a_signature_or_a_problem(text: str) -> None:
    assert isinstance(sshsig.read(text), Problem)
