"""`envc sign`, as people type it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from envc import exits
from envc.evidence import challenge, signatures, write
from envc.evidence.signatures import Signed, Subject
from envc.evidence.statements import Run
from envc.lock.text import write as written
from tests.evidence.conftest import Allowed
from tests.evidence.layouts import layout
from tests.evidence.worlds import LOCK, OUTPUTS, PLAN

pytestmark = pytest.mark.tool("ssh-keygen")


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "envc.lock"
    path.write_text(written(LOCK), "utf-8")
    return path


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """A folder as `envc build` leaves it."""
    folder = tmp_path / "out" / "x86_64_v3"
    folder.mkdir(parents=True)
    layout(folder / "image")
    (folder / "heat.sif").write_bytes(b"squashed")
    write.beside(str(folder), PLAN, LOCK, OUTPUTS, Run("envc", "0.1.0"))
    return folder


def sign(keys: Path, *paths: Path, code: int = exits.FINE, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "envc", "sign", *map(str, paths), "--key", str(keys / "ana")],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert not done.stdout
    return done.stderr


def who(subject: object, signers: str) -> str:
    assert isinstance(subject, Subject), subject
    found = signatures.check(subject, signers)
    assert isinstance(found, Signed), found
    return found.who


def test_a_lock(lock: Path, keys: Path, allowed: Allowed) -> None:
    said = sign(keys, lock)

    assert f"{lock}.sig: SHA256:" in said
    assert "does not have this key yet" in said
    assert (keys / "ana.pub").read_text().split()[1] in said
    assert who(signatures.lock(str(lock)), allowed("ana")) == "ana"


def test_a_spec_means_its_lock(lock: Path, keys: Path) -> None:
    sign(keys, lock.parent / "heat.envc")
    assert Path(f"{lock}.sig").exists()


def test_a_key_that_is_known_is_not_introduced(lock: Path, keys: Path, allowed: Allowed) -> None:
    assert "does not have this key" not in sign(keys, lock, ENVC_SIGNERS=allowed("ana"))
    allowed("ana", name="envc.signers")
    assert "does not have this key" not in sign(keys, lock)


def test_all_that_a_build_left(image: Path, keys: Path, allowed: Allowed) -> None:
    before = {each.name for each in image.iterdir()}
    sign(keys, image)
    signers = allowed("ana")

    assert {each.name for each in image.iterdir()} - before == {
        "image.sig", "heat.sif.sig", "provenance.intoto.jsonl", "reproduced.intoto.jsonl",
    }  # fmt: skip
    for name in ("image", "heat.sif"):
        assert who(signatures.image(str(image / name)), signers) == "ana"
    for name in ("provenance", "reproduced"):
        sealed = (image / f"{name}.intoto.jsonl").read_text()
        found = challenge.read(sealed, name, signers)
        assert isinstance(found, tuple), found
        assert {each.signer for each in found} == {"ana"}
        assert len(found) == len(OUTPUTS)


def test_signing_again_changes_nothing(image: Path, keys: Path) -> None:
    sign(keys, image)
    before = {each.name: each.stat().st_ino for each in image.iterdir()}
    sign(keys, image)
    assert {each.name: each.stat().st_ino for each in image.iterdir()} == before


def test_the_digest_of_an_image_is_all_that_is_signed(image: Path, keys: Path) -> None:
    sign(keys, image / "image")
    digest = layout(image.parent / "again")
    words = ["-Y", "check-novalidate", "-n", "envc-image", "-s", str(image / "image.sig")]
    done = subprocess.run(["ssh-keygen", *words], input=f"{digest}\n".encode(), check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("envc.lock", "lock-version = 1\n", "edited"),
        ("envc.lock", "<<<<<<< ours\n", "merge"),
        ("none.lock", None, "cannot be read"),
        ("image.txt", "", "nothing that is signed"),
        ("a.json", "{}", "something else than statements"),
        ("a.jsonl", "", "something else than statements"),
        ("folder", None, "nothing that is signed"),
    ],
)
def test_what_is_not_signed(
    tmp_path: Path, keys: Path, name: str, text: str | None, said: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    elif name == "folder":
        path.mkdir()
    assert said in sign(keys, path, code=exits.DIAGNOSTICS)
    assert not [each for each in tmp_path.iterdir() if each.suffix == ".sig"]


def test_a_damaged_image_and_nothing_else_is_signed_either(
    image: Path, lock: Path, keys: Path
) -> None:
    blob = next((image / "image" / "blobs" / "sha256").iterdir())
    blob.write_bytes(b"damaged")

    assert "is damaged in" in sign(keys, lock, image, code=exits.DIAGNOSTICS)
    assert not Path(f"{lock}.sig").exists()


def test_without_ssh_keygen(lock: Path, keys: Path, tmp_path: Path) -> None:
    said = sign(keys, lock, code=exits.TOOL_FAILED, PATH=str(tmp_path))
    assert "apt-get install openssh-client" in said


def test_a_key_has_to_be_named(lock: Path) -> None:
    words = [sys.executable, "-m", "envc", "sign", str(lock)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, "--key is missing" in done.stderr) == (exits.USAGE, True)
