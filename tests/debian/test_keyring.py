"""Debian's keys are those of Debian's own package, and a user's are read as they are exported."""

from pathlib import Path

import pytest
from pysequoia import Tsk

from envc.debian import keyring
from envc.debian.keyring import Keyring
from envc.facts.problem import Problem
from tests.conftest import missing

KEYS = Path(keyring.__file__).parent / "keys"
INSTALLED = Path("/etc/apt/trusted.gpg.d")
"""Where debian-archive-keyring puts the same files."""
ONE, TWO = (Tsk.generate(f"{name}@example.org").extract_certificate() for name in ("one", "two"))


def test_the_keys_are_those_of_debians_package() -> None:
    ours = sorted(path.name for path in KEYS.iterdir())
    known = sorted(
        path.name
        for release in ("bookworm", "trixie", "forky", "duke")
        for path in INSTALLED.glob(f"debian-archive-{release}-*")
    )
    if not known:
        missing("debian-archive-keyring is not here")
    assert set(known) <= set(ours)
    for name in known:
        assert (KEYS / name).read_bytes() == (INSTALLED / name).read_bytes()


def test_the_keys_are_the_ones_we_know() -> None:
    """As GnuPG shows those of debian-archive-keyring 2025.1."""
    assert sorted(each.fingerprint.upper() for each in keyring.debian().certificates) == [
        "04B54C3CDCA79751B16BC6B5225629DF75B188BD",
        "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
        "41587F7DB8C774BCCF131416762F67A0B2C39DE4",
        "4D64FEC119C2029067D6E791F8D2585B8783D481",
        "5E04A1E3223A19A20706E20F9904613D4CCE68C6",
        "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
    ]


def test_who_owns_a_key_below_a_certificate() -> None:
    owner = "Debian Archive Automatic Signing Key (12/bookworm) <ftpmaster@debian.org>"
    assert keyring.debian().owner("4cb50190207b4758a3f73a796ed0e7b82643e131") == owner
    assert keyring.debian().owner("6ed0e7b82643e131") == owner
    assert keyring.debian().owner("00" * 20) is None
    assert keyring.debian().owner("") is None


@pytest.mark.parametrize(
    "data",
    [bytes(ONE) + bytes(TWO), f"{ONE}{TWO}".encode(), f"one:\n{ONE}\ntwo:\n{TWO}".encode()],
    ids=["binary", "armoured", "with words between"],
)
def test_a_keyring_of_several_keys_is_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "keys").write_bytes(data)
    found = keyring.read(str(tmp_path / "keys"))
    assert isinstance(found, Keyring)
    assert [each.fingerprint for each in found.certificates] == [ONE.fingerprint, TWO.fingerprint]


@pytest.mark.parametrize(
    "data",
    [b"", b"no key", b"\x99\x01", str(ONE).encode()[:300]],
    ids=["nothing", "words", "two bytes", "half a key"],  # a key is another one in each process
)
def test_what_holds_no_key_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "keys"
    path.write_bytes(data)
    assert keyring.read(str(path)) == Problem(
        f"`{path}` holds no public key of OpenPGP",
        f"write one with `gpg --export --armor FINGERPRINT > {path}`",
    )


def test_a_keyring_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    assert keyring.read(str(path)) == Problem(
        f"the keyring `{path}` cannot be read: no such file or directory"
    )
