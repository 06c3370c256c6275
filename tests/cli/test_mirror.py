"""`envc mirror`: out to a folder, over to a machine without a network, and in again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from envc.store import content
from tests.cli.conftest import Ran, Run, environment
from tests.store.conftest import serving
from tests.store.locks import NO_NETWORK, OBJECTS, OF_ARM, digest, write_lock, write_mirror

COUNT = len(OBJECTS)


@pytest.fixture
def run(envc: Run, tmp_path: Path) -> Run:
    """With a lock, and all that it needs in a store."""
    write_lock(tmp_path)

    def run(*words: str, store: str = "store", **environ: str) -> Ran:
        return envc(*words, ENVC_STORE=str(tmp_path / store), **NO_NETWORK, **environ)

    assert run("fetch", ENVC_DEBIAN_MIRROR=write_mirror(tmp_path)).code == 0
    return run


def place(folder: Path, name: str) -> Path:
    digits = digest(name).removeprefix("sha256:")
    return folder / "sha256" / digits[:2] / digits


def test_a_mirror_is_a_store_that_sha256sum_checks(run: Run, tmp_path: Path) -> None:
    ran = run("mirror", "export", "disk")
    assert ran == Ran(
        0,
        "",
        "envc mirror: 3 objects, 10.3 KiB to copy to disk\n"
        "envc mirror: `sha256sum -c SHA256SUMS` in disk checks it\n",
    )
    for name, data in OBJECTS.items():
        assert place(tmp_path / "disk", name).read_bytes() == data
    words = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    done = subprocess.run(words, cwd=tmp_path / "disk", capture_output=True, text=True, check=True)
    assert done.stdout.count(": OK\n") == COUNT


def test_an_export_goes_on_where_it_stopped(run: Run, tmp_path: Path) -> None:
    assert run("mirror", "export", "disk", "-t", "neoverse_v2").code == 0
    place(tmp_path / "disk", "libarm3").chmod(0o600)
    place(tmp_path / "disk", "libarm3").write_bytes(b"half")
    (tmp_path / "disk" / "sha256" / "00").mkdir()
    ran = run("mirror", "export", "disk", "envc.lock")
    assert ran.err.startswith("envc mirror: 3 objects, 10.3 KiB to copy to disk\n")
    ran = run("mirror", "export", "disk")
    assert ran.err.startswith(
        "envc mirror: 0 objects, 0 bytes to copy to disk, 3 others there already\n"
    )
    assert run("mirror", "verify", "disk") == Ran(
        0, "", "envc mirror: 3 objects in disk whole, 0 damaged\n"
    )
    assert (tmp_path / "disk" / "SHA256SUMS").read_text().count("\n") == COUNT


def test_an_export_says_what_the_store_lacks(run: Run, tmp_path: Path) -> None:
    place(tmp_path / "store", OF_ARM).unlink()
    ran = run("mirror", "export", "disk")
    assert ran.code == 4
    assert "libarm3 1.0-1 (arm64) is not in the store" in ran.err
    assert not (tmp_path / "disk").exists()


def test_an_export_takes_nothing_damaged_along(run: Run, tmp_path: Path) -> None:
    place(tmp_path / "store", OF_ARM).chmod(0o600)
    place(tmp_path / "store", OF_ARM).write_bytes(b"ARM\n")
    ran = run("mirror", "export", "disk")
    assert ran.code == 4
    assert f"{digest(OF_ARM)} is damaged in the store" in ran.err
    assert (tmp_path / "disk" / "SHA256SUMS").read_text().count("\n") == COUNT - 1
    assert run("fetch", ENVC_DEBIAN_MIRROR=f"file://{tmp_path}/debian").code == 0
    assert run("mirror", "export", "disk").code == 0


def test_an_import_says_what_came_and_what_was_no_object(run: Run, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    assert run("mirror", "export", "disk").code == 0
    place(disk, "libheat1").chmod(0o600)
    place(disk, "libheat1").write_bytes(b"cold")
    (disk / "notes.txt").write_text("hello")
    (disk / "sha256" / "zz").write_text("hello")
    (disk / "folder").symlink_to("/etc")
    place(disk, "libwave2").rename(disk / "moved")
    place(disk, "libwave2").symlink_to(disk / "moved")
    ran = run("mirror", "import", "disk", store="other")
    assert ran.code == 4
    wave = place(Path(), "libwave2")
    cold, heat = content.of_bytes(b"cold").digest, digest("libheat1")
    assert ran.err.splitlines() == [
        *(
            f"envc mirror: {each} is no object, and stays behind"
            for each in sorted(["folder", "moved", "notes.txt", str(wave), "sha256/zz"])
        ),
        f"envc mirror: `{place(Path('disk'), 'libheat1')}` holds {cold} where {heat} is expected",
        "envc mirror: 1 object came, 0 were there",
    ]
    assert run("mirror", "verify", "disk").code == 4
    assert run("fetch", "--offline", "-t", "neoverse_v2", store="other").code == 0
    assert list((tmp_path / "other" / "partial").iterdir()) == []


def test_a_damaged_store_is_told(run: Run, tmp_path: Path) -> None:
    assert run("mirror", "verify").err.endswith(
        "3 objects in STORE whole, 0 damaged\n".replace("STORE", f"{tmp_path}/store")
    )
    place(tmp_path / "store", OF_ARM).chmod(0o600)
    place(tmp_path / "store", OF_ARM).write_bytes(b"ARM\n")
    ran = run("mirror", "verify")
    assert ran.code == 4
    assert "`envc fetch` brings it anew" in ran.err


@pytest.mark.parametrize("words", [("import", "nowhere"), ("verify", "nowhere"), (), ("out",)])
def test_wrong_usage_is_told(run: Run, words: tuple[str, ...]) -> None:
    assert run("mirror", *words).code == 2


# ---- without a network ---------------------------------------------------------------------------


def alone(tmp_path: Path, *words: str, **environ: str) -> Ran:
    """In a network of its own, where not even this machine answers."""
    unshare = ["unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",))]
    done = subprocess.run(
        [*unshare, sys.executable, "-m", "envc", *words],
        cwd=tmp_path,
        env=environment(ENVC_STORE=str(tmp_path / "other"), **environ),
        capture_output=True,
        text=True,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.tool("unshare")
def test_what_was_imported_needs_no_network(run: Run, tmp_path: Path) -> None:
    assert run("mirror", "export", "disk").code == 0
    refused = alone(tmp_path, "fetch", ENVC_DEBIAN_MIRROR="http://debian.example.org")
    assert refused.code == 4
    assert "1.0-1_arm64.deb has a name that is not known" in refused.err
    came = alone(tmp_path, "mirror", "import", "disk")
    assert came == Ran(0, "", "envc mirror: 3 objects came, 0 were there\n")
    assert alone(tmp_path, "fetch") == Ran(
        0, "", "envc fetch: 3 objects: 3 were there, none came\n"
    )


@pytest.mark.tool("unshare")
def test_a_carried_mirror_needs_no_network(run: Run, tmp_path: Path) -> None:
    assert run("mirror", "export", "disk").code == 0
    ran = alone(tmp_path, "fetch", ENVC_MIRROR=str(tmp_path / "disk"))
    assert ran == Ran(0, "", "envc fetch: 3 objects: 0 were there, 3 came (10.3 KiB)\n")


def test_any_web_server_serves_a_mirror(run: Run, tmp_path: Path) -> None:
    assert run("mirror", "export", "disk").code == 0
    with serving() as server:
        for each in (tmp_path / "disk").glob("sha256/*/*"):
            server.serve(f"/{each.relative_to(tmp_path / 'disk')}", each.read_bytes())
        ran = run("fetch", store="other", ENVC_MIRROR=server.base)
    assert ran == Ran(0, "", "envc fetch: 3 objects: 0 were there, 3 came (10.3 KiB)\n")
