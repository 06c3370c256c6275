"""A release is believed only where a trusted key signed the very text that is read."""

import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pysequoia import Tsk

from envc.debian import keyring
from envc.debian.keyring import Keyring
from envc.debian.signature import Signed, verify
from envc.facts.problem import Problem
from tests.conftest import Tool
from tests.debian.archive_maker import signed, usual_key

Gpg = Callable[..., bytes]

TEXT = "Codename: toy\nDescription: - what\n- dashes\n-----BEGIN do\nFrom here\n"
KEY = usual_key()
STRANGER = Tsk.generate("Somebody else <else@example.org>")
OURS = Keyring((KEY.extract_certificate(),))
SIGNED = signed(TEXT, KEY)
FINGERPRINT = KEY.extract_certificate().fingerprint.upper()
MIRROR = "take it from another mirror: name one with `ENVC_DEBIAN_MIRROR`"


def changed(old: str, new: str) -> bytes:
    before = SIGNED.decode()
    assert old in before
    return before.replace(old, new, 1).encode()


def told(data: bytes, keys: Keyring = OURS) -> str:
    found = verify(data, keys)
    assert isinstance(found, Problem)
    return found.message


def test_what_is_signed_is_read() -> None:
    assert verify(SIGNED, OURS) == Signed(TEXT, (FINGERPRINT,))


def test_spaces_that_no_signature_covers_are_not_read() -> None:
    assert verify(changed("toy\n", "toy \t\n"), OURS) == Signed(TEXT, (FINGERPRINT,))


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Z")), max_size=40))
def test_whatever_is_signed_is_read_but_for_spaces_at_line_ends(text: str) -> None:
    found = verify(signed(text, KEY), OURS)
    assert isinstance(found, Signed)
    assert found.text == "\n".join(line.rstrip(" \t") for line in text.split("\n"))


@given(st.integers(0, len(SIGNED) - 1), st.binary(min_size=1, max_size=1))
def test_no_changed_byte_changes_what_is_believed(place: int, byte: bytes) -> None:
    found = verify(SIGNED[:place] + byte + SIGNED[place + 1 :], OURS)
    assert isinstance(found, Problem) or found == Signed(TEXT, (FINGERPRINT,))


@given(st.integers(0, len(SIGNED) - 2))
def test_what_is_cut_short_is_not_believed(place: int) -> None:
    assert isinstance(verify(SIGNED[:place], OURS), Problem)


NOT_TO_THE_LETTER = {
    "nothing": (b"", "it is empty"),
    "a page of a proxy": (b"<html>\nlog in", "it is not signed: it begins with `<html>`"),
    "a bare release": (TEXT.encode(), "it is not signed: it begins with `Codename: toy`"),
    "before": (b"Codename: evil\n" + SIGNED, "something stands before the signed text"),
    "behind": (SIGNED + b"Codename: evil\n", "something stands behind its signature"),
    "a line end behind": (SIGNED + b"\n", "something stands behind its signature"),
    "twice": (SIGNED + SIGNED, "something stands behind its signature"),
    "cut": (SIGNED[:-40], "it is cut short: its signature does not end"),
    "in the head": (
        changed("Hash: SHA512\n", "Hash: SHA512\nCodename: evil\n"),
        "what stands before the signed text is not only `Hash:`",
    ),
    "a dash": (
        changed("- - dashes", "-dashes"),
        "line 3 of its text begins with a dash that is not escaped",
    ),
    "CRLF": (SIGNED.replace(b"\n", b"\r\n"), "line 1 holds the control character U+000D"),
    "a line end of old Macs": (
        changed("toy\nDesc", "toy\rDesc"),
        "line 4 holds the control character U+000D",
    ),
    "Latin-1": (changed("toy", "caf\u00e9").decode().encode("latin-1"), "byte 63 is not UTF-8"),
    "two blocks": (
        changed(
            "-----END", "-----END PGP SIGNATURE-----\n-----BEGIN PGP SIGNATURE-----\n\n-----END"
        ),
        "something stands behind its signature",
    ),
    "a block in the block": (
        changed("\n\nw", "\n\n-----BEGIN PGP SIGNATURE-----\n\nw"),
        "its signature is not one block",
    ),
}


@pytest.mark.parametrize(
    ("data", "message"), NOT_TO_THE_LETTER.values(), ids=list(NOT_TO_THE_LETTER)
)
def test_what_is_not_signed_to_the_letter_is_refused(data: bytes, message: str) -> None:
    assert verify(data, OURS) == Problem(message, MIRROR)


def test_another_text_is_told_with_the_key_it_claims() -> None:
    assert told(changed("Codename: toy", "Codename: evil")) == (
        "its text is not what `Archive of envc's tests <tests@example.org>` signed,"
        " or its key was no longer valid"
    )


def test_a_stranger_is_named() -> None:
    found = verify(signed(TEXT, STRANGER), OURS)
    assert isinstance(found, Problem)
    assert found.message.startswith("it is signed by `")
    assert found.message.endswith("`, which envc does not trust")
    assert "name the keyring" in found.help


def test_a_damaged_signature_is_told() -> None:
    inside = SIGNED.decode().partition("SIGNATURE-----\n\n")[2]
    assert told(changed(inside[:20], "A" * 20)) == "its signature is damaged"


@pytest.fixture(scope="module")
def gpg(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gpg]:
    """GnuPG with a keyring of its own, as most archives are signed."""
    home = tmp_path_factory.mktemp("gpg")
    home.chmod(0o700)
    words = [tool("gpg"), "--homedir", str(home), "--batch", "--quiet", "--passphrase", ""]

    def run(*args: str, data: bytes = b"") -> bytes:
        said = subprocess.run([*words, *args], input=data, capture_output=True, check=True)
        return said.stdout

    yield run
    subprocess.run(
        [tool("gpgconf", "gpg"), "--homedir", str(home), "--kill", "gpg-agent"], check=True
    )


@pytest.mark.tool("gpg")
def test_what_gnupg_signed_is_read(gpg: Gpg, tmp_path: Path) -> None:
    gpg("--quick-gen-key", "one", "rsa3072", "sign", "never")
    gpg("--quick-gen-key", "two", "ed25519", "sign", "never")
    keys = []
    for name in ("one", "two"):
        (tmp_path / name).write_bytes(gpg("--export", "--armor", name))
        keys.append(keyring.read(str(tmp_path / name)))
    first, second = keys
    assert isinstance(first, Keyring)
    assert isinstance(second, Keyring)
    data = gpg("--clear-sign", "-u", "one", "-u", "two", data=TEXT.encode())
    names = [each.certificates[0].fingerprint.upper() for each in (first, second)]
    for ring, counted in ((first, names[:1]), (second, names[1:])):
        assert verify(data, ring) == Signed(TEXT.rstrip("\n"), tuple(counted))
    both = Keyring(first.certificates + second.certificates)
    assert verify(data, both) == Signed(TEXT.rstrip("\n"), tuple(sorted(names)))
    assert isinstance(verify(data, OURS), Problem)


@pytest.mark.tool("gpg")
def test_a_key_counts_as_it_was_when_it_signed(gpg: Gpg, tmp_path: Path) -> None:
    then = partial(gpg, "--faked-system-time", "20200101T000000!")
    then("--quick-gen-key", "old", "ed25519", "sign", "1y")
    (tmp_path / "old").write_bytes(gpg("--export", "old"))
    keys = keyring.read(str(tmp_path / "old"))
    assert isinstance(keys, Keyring)
    fingerprint = keys.certificates[0].fingerprint.upper()
    assert keys.expiry(fingerprint) == 1577836800 + 365 * 24 * 3600
    in_time = then("--clear-sign", "-u", "old", data=TEXT.encode())
    assert verify(in_time, keys) == Signed(TEXT.rstrip("\n"), (fingerprint,))


@pytest.mark.tool("gpg")
def test_a_weak_hash_does_not_count(gpg: Gpg, tmp_path: Path) -> None:
    gpg("--quick-gen-key", "weak", "rsa3072", "sign", "never")
    (tmp_path / "weak").write_bytes(gpg("--export", "weak"))
    keys = keyring.read(str(tmp_path / "weak"))
    assert isinstance(keys, Keyring)
    weak = ("--digest-algo", "SHA1", "--allow-weak-digest-algos")
    assert isinstance(verify(gpg("--clear-sign", "-u", "weak", data=b"A: 1\n"), keys), Signed)
    assert isinstance(
        verify(gpg(*weak, "--clear-sign", "-u", "weak", data=b"A: 1\n"), keys), Problem
    )
