"""Who stands for a lock or an image: by real keys, and by lists of who may sign what."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from envc.evidence import keygen, signatures
from envc.evidence.signatures import IMAGE, LOCK, Signed, Subject
from envc.evidence.sshsig import Signature
from envc.facts.problem import Problem
from envc.store.content import of_bytes
from tests.evidence.conftest import Allowed

pytestmark = pytest.mark.tool("ssh-keygen")
WORDS = b"# Written by envc\nlock-version = 1\n"
BOTH = f'namespaces="{LOCK},{IMAGE}"'


@pytest.fixture
def lock(tmp_path: Path, keys: Path) -> Path:
    """Signed by Ana."""
    path = tmp_path / "envc.lock"
    path.write_bytes(WORDS)
    sign(path, keys)
    return path


def subject(path: Path) -> Subject:
    found = signatures.lock(str(path))
    assert isinstance(found, Subject), found
    return found


def sign(path: Path, keys: Path, name: str = "ana") -> Signature:
    made = signatures.sign(subject(path), str(keys / name))
    assert isinstance(made, Signature), made
    return made


def refused(path: Path, signers: str) -> str:
    found = signatures.check(subject(path), signers)
    assert isinstance(found, Problem), found
    return found.message


# ---- good ----------------------------------------------------------------------------------------


def test_who_signed_a_lock(lock: Path, allowed: Allowed) -> None:
    signers = allowed("ana@example.org", options=BOTH)
    found = signatures.check(subject(lock), signers)

    assert isinstance(found, Signed)
    assert (found.who, found.path, found.signers) == ("ana@example.org", str(lock), signers)
    assert found.fingerprint.startswith("SHA256:")


def test_ssh_keygen_verifies_it_without_envc(lock: Path, allowed: Allowed) -> None:
    words = ("-I", "ana", "-n", LOCK, "-f", allowed("ana"), "-s", f"{lock}.sig")
    done = subprocess.run(["ssh-keygen", "-Y", "verify", *words], input=WORDS, check=False)
    assert done.returncode == 0


def test_nothing_is_said_of_what_nobody_signed(tmp_path: Path, allowed: Allowed) -> None:
    path = tmp_path / "envc.lock"
    path.write_bytes(WORDS)
    assert signatures.check(subject(path), allowed("ana")) is None


@pytest.mark.parametrize(
    "name", ["größe@universität.example", "Ана", "温度", "e\u0301va", "*@example.org", "-n", "a,b"]
)
def test_names_of_the_world(lock: Path, allowed: Allowed, name: str) -> None:
    found = signatures.check(subject(lock), allowed(name))
    assert isinstance(found, Signed), found
    assert found.who == name.partition(",")[0]


def test_comments_and_empty_lines_of_a_list(lock: Path, allowed: Allowed) -> None:
    path = Path(allowed("ana"))
    path.write_text(f"# who may sign\n\n{path.read_text()}")
    assert isinstance(signatures.check(subject(lock), str(path)), Signed)


def test_a_key_may_have_several_names_and_purposes(
    tmp_path: Path, lock: Path, allowed: Allowed
) -> None:
    lines = (allowed("images", options=f'namespaces="{IMAGE}"', name="1"), allowed("all", name="2"))
    both = tmp_path / "both"
    both.write_text("".join(Path(each).read_text() for each in lines))

    found = signatures.check(subject(lock), str(both))
    assert isinstance(found, Problem)
    assert "images" in found.message


def test_an_image_is_signed_by_its_digest(tmp_path: Path, keys: Path, allowed: Allowed) -> None:
    path = tmp_path / "heat.sif"
    path.write_bytes(b"squashed")
    found = signatures.image(str(path))
    assert isinstance(found, Subject)
    assert isinstance(signatures.sign(found, str(keys / "ana")), Signature)

    known = signatures.of_digest(str(path), of_bytes(b"squashed").digest)
    assert isinstance(signatures.check(known, allowed("ana", options=BOTH)), Signed)


# ---- not good ------------------------------------------------------------------------------------


def test_one_byte_of_the_lock(lock: Path, allowed: Allowed) -> None:
    signers = allowed("ana")
    for place in range(len(WORDS)):
        changed = bytearray(WORDS)
        changed[place] ^= 1
        lock.write_bytes(changed)
        assert "was changed since" in refused(lock, signers), place


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_one_byte_of_the_signature(lock: Path, allowed: Allowed, data: st.DataObject) -> None:
    path, signers = Path(f"{lock}.sig"), allowed("ana")
    whole = path.read_bytes()
    changed = bytearray(whole)
    place = data.draw(st.integers(0, len(whole) - 1))
    changed[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
    path.write_bytes(changed)
    try:
        assert refused(lock, signers)
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("digest", ["sha256:" + "b" * 63 + "a", "sha512:" + "b" * 64, ""])
def test_another_digest(tmp_path: Path, keys: Path, allowed: Allowed, digest: str) -> None:
    signed = signatures.of_digest(str(tmp_path / "image"), "sha256:" + "b" * 64)
    assert isinstance(signatures.sign(signed, str(keys / "ana")), Signature)

    assert isinstance(signatures.check(signed, allowed("ana")), Signed)
    found = signatures.check(signatures.of_digest(signed.path, digest), allowed("ana"))
    assert isinstance(found, Problem)


def test_a_strangers_key(lock: Path, keys: Path, allowed: Allowed) -> None:
    sign(lock, keys, "bo")
    found = signatures.check(subject(lock), allowed("ana"))

    assert isinstance(found, Problem)
    assert "which nobody in" in found.message
    assert (keys / "bo.pub").read_text().split()[1] in found.help


def test_a_key_for_another_purpose(lock: Path, allowed: Allowed) -> None:
    signers = allowed("ana", options=f'namespaces="{IMAGE}"')
    assert "is not permitted for use in signature namespace" in refused(lock, signers)


def test_a_signature_for_another_purpose(lock: Path, keys: Path, allowed: Allowed) -> None:
    other = keygen.sign(WORDS, IMAGE, str(keys / "ana"))
    assert isinstance(other, Signature)
    Path(f"{lock}.sig").write_text(other.armoured)

    assert "does not serve" in refused(lock, allowed("ana", options=BOTH))


def test_a_key_that_is_no_longer_good(lock: Path, allowed: Allowed) -> None:
    day = (datetime.now(UTC) - timedelta(days=2)).strftime("%Y%m%d")
    assert "expired" in refused(lock, allowed("ana", options=f'valid-before="{day}"'))


def test_no_list(lock: Path, tmp_path: Path) -> None:
    assert "there is no" in refused(lock, str(tmp_path / "nothing"))


def test_an_empty_or_broken_list(lock: Path, tmp_path: Path) -> None:
    path = tmp_path / "signers"
    for text in ("", "nonsense\n", "ana ssh-ed25519 AAAA\n"):
        path.write_text(text)
        assert str(path) in refused(lock, str(path))


def test_no_signature_but_something_else(lock: Path, allowed: Allowed) -> None:
    for data in (
        b"",
        b"\xff\xfe",
        b"-----BEGIN SSH SIGNATURE-----\n" * 10_000,
        b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
    ):
        Path(f"{lock}.sig").write_bytes(data)
        assert "no signature as" in refused(lock, allowed("ana"))


def test_a_signature_that_cannot_be_read_is_not_none(lock: Path, allowed: Allowed) -> None:
    path = Path(f"{lock}.sig")
    path.unlink()
    path.symlink_to("nowhere")
    assert "cannot be read" in refused(lock, allowed("ana"))


# ---- ssh-keygen ----------------------------------------------------------------------------------


def test_no_ssh_keygen(lock: Path, allowed: Allowed, monkeypatch: pytest.MonkeyPatch) -> None:
    signers = allowed("ana")
    monkeypatch.setenv("PATH", os.devnull)
    found = signatures.check(subject(lock), signers)

    assert isinstance(found, Problem)
    assert "`ssh-keygen` is not here" in found.message
    assert "`apt-get install openssh-client`" in found.help


def test_an_old_ssh_keygen(
    lock: Path, tmp_path: Path, allowed: Allowed, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "ssh-keygen"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\necho \"unknown option -- Y\" >&2\necho 'usage: ssh-keygen [-q]' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    signers = allowed("ana")
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    found = signatures.check(subject(lock), signers)

    assert isinstance(found, Problem)
    assert "too old" in found.message
    assert "8.2" in found.help


def test_keys_that_do_not_sign(lock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ASKPASS", "false")  # nobody is there to be asked
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    encrypted = tmp_path / "locked"
    words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret words", "-f", str(encrypted)]
    subprocess.run(words, check=True)
    odd = tmp_path / "odd"
    odd.write_text("no key\n")
    odd.chmod(0o600)
    for path, said in ((odd, "does not sign"), (encrypted, "does not sign"), (tmp_path, "no file")):
        found = signatures.sign(subject(lock), str(path))
        assert isinstance(found, Problem)
        assert said in found.message


def test_whose_list_counts(tmp_path: Path) -> None:
    path = str(tmp_path / "heat.envc")
    assert signatures.signers(path, {}) == str(tmp_path / "envc.signers")
    assert signatures.signers(path, {"ENVC_SIGNERS": "/my/list"}) == "/my/list"
    assert signatures.signers(path, {"ENVC_SIGNERS": "/my/list"}, "/named") == "/named"
    assert signatures.signers("envc.lock", {}) == "envc.signers"
