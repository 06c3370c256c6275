"""A hash is the right length, in small letters and of a strong kind."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.hashes import Digest, Swhid, commit, digest, swhid
from envc.facts.problem import Problem

HEX = "0123456789abcdef"
H40, H64, H128 = (HEX * 8)[:40], HEX * 4, HEX * 8
COMMIT = "94a9ed024d3859793618152ea559a168bbcbb5e2"


def test_reads_digests() -> None:
    assert digest(f"sha256:{H64}") == Digest("sha256", H64)
    assert str(digest(f"sha512:{H128}")) == f"sha512:{H128}"


@pytest.mark.parametrize(
    ("text", "message", "meant"),
    [
        (f"sha256:{H64[1:]}", "the sha256 has 63 digits, not 64", None),
        ("sha256:a", "the sha256 has 1 digit, not 64", None),
        (f"sha256:{H64.upper()}", "the sha256 has capital letters", f"sha256:{H64}"),
        (f"sha256:{H64[1:]}g", "the sha256 has a `g`, which is not a hexadecimal digit", None),
        (f"sha256:{H64[1:]}é", "the sha256 has a `é`, which is not a hexadecimal digit", None),
        ("sha256:<64>", "`<64>` is not a sha256: 64 hexadecimal digits", None),
        (f"md5:{H40[:32]}", "`md5` can be forged", None),
        (f"SHA-1:{H40}", "`sha1` can be forged", None),
        (f"SHA-256:{H64}", "`SHA-256` is not a kind of hash here", f"sha256:{H64}"),
        (f"sha265:{H64}", "`sha265` is not a kind of hash here", f"sha256:{H64}"),
        (f"blake3:{H64}", "`blake3` is not a kind of hash here", None),
        (H64, "this hash does not say its kind", f"sha256:{H64}"),
        (H40, f"`{H40}` is not a hash", None),
        ("sha256-xyz", "`sha256-xyz` is not a hash", None),
        ("", "`` is not a hash", None),
    ],
)
def test_refuses_digests(text: str, message: str, meant: str | None) -> None:
    read = digest(text)
    assert isinstance(read, Problem)
    assert (read.message, read.suggestion) == (message, meant)


@given(st.binary())
def test_understands_base64(content: bytes) -> None:
    made = hashlib.sha256(content)
    read = digest("sha256-" + base64.b64encode(made.digest()).decode())
    assert isinstance(read, Problem)
    assert read.suggestion == f"sha256:{made.hexdigest()}"


@pytest.mark.parametrize(
    ("text", "message", "meant"),
    [
        ("94a9ed0", "`94a9ed0` is 7 of the 40 digits of a commit", None),
        (COMMIT.upper(), "the commit has capital letters", COMMIT),
        (COMMIT + "0", "the commit has 41 digits, not 40", None),
        ("main", "`main` is not a commit: 40 hexadecimal digits", None),
    ],
)
def test_refuses_commits(text: str, message: str, meant: str | None) -> None:
    read = commit(text)
    assert isinstance(read, Problem)
    assert (read.message, read.suggestion) == (message, meant)


def test_reads_commits() -> None:
    assert commit(COMMIT) == COMMIT


CORE = f"swh:1:cnt:{COMMIT}"


@pytest.mark.parametrize(
    "text",
    [
        CORE,
        f"{CORE};origin=https://example.org/x;lines=9-15",
        f"{CORE};visit=swh:1:snp:{COMMIT};anchor=swh:1:rev:{COMMIT};path=/a%3B/b;bytes=1",
    ],
)
def test_swhids_come_back(text: str) -> None:
    read = swhid(text)
    assert isinstance(read, Swhid)
    assert str(read) == text
    assert read.core == CORE


@pytest.mark.parametrize(
    ("text", "message", "meant"),
    [
        ("swh:1:dir:abc", "the SWHID has 3 digits, not 40", None),
        (CORE[:10] + COMMIT.upper(), "the SWHID has capital letters", CORE),
        (
            f"{CORE[:10]}{COMMIT.upper()};lines=1",
            "the SWHID has capital letters",
            f"{CORE};lines=1",
        ),
        ("swh:2:dir:a", "`swh:2:dir:a` has version 2 of SWHIDs, which does not exist", None),
        (f"swh:1:dri:{COMMIT}", "`dri` is not a kind of object that SWHIDs name", None),
        (f"https://archive.softwareheritage.org/{CORE}/", "this is a web page about a SWHID", CORE),
        (f"{CORE};orign=x", "`orign` is not a qualifier of SWHIDs", None),
        (f"{CORE};path=/a;path=/b", "the SWHID has two qualifiers `path`", None),
        (f"{CORE};path=", "the SWHID's qualifier `path` is empty", None),
        (f"{CORE};lines=a", "`a` does not count lines", None),
        (f"{CORE};visit=swh:1:rev:{COMMIT}", "`visit` names a `rev`, not a `snp`", None),
        (
            f"{CORE};anchor=swh:1:rev:0",
            "the SWHID has 1 digit, not 40, in the qualifier `anchor`",
            None,
        ),
        ("swh", "`swh` is not a SWHID", None),
    ],
)
def test_refuses_swhids(text: str, message: str, meant: str | None) -> None:
    read = swhid(text)
    assert isinstance(read, Problem)
    assert (read.message, read.suggestion) == (message, meant)


@given(st.text("swh:1dircnt;=abF0-256 ", max_size=20), st.sampled_from(["", H40, H64, "sha256:"]))
def test_no_text_fails(text: str, more: str) -> None:
    for reader in (digest, commit, swhid):
        read = reader(text + more)
        if isinstance(read, Problem) and read.suggestion is not None:
            assert not isinstance(reader(read.suggestion), Problem)
