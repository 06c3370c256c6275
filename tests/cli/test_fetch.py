"""`envc fetch`: all that a lock needs, or why not."""

import json
import os
import pty
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import ENVC, Ran, Run, environment
from tests.cli.test_imports import imported
from tests.store.conftest import Request, Server, serving
from tests.store.locks import (
    ARCHIVE,
    NO_NETWORK,
    OBJECTS,
    OF_ARM,
    digest,
    path,
    write_lock,
    write_mirror,
)


@pytest.fixture
def fetch(envc: Run, tmp_path: Path) -> Run:
    """With a lock, a store of its own, and nobody to ask."""
    write_lock(tmp_path)

    def run(*words: str, **environ: str) -> Ran:
        return envc("fetch", *words, ENVC_STORE=str(tmp_path / "store"), **NO_NETWORK, **environ)

    return run


def stored(tmp_path: Path) -> dict[str, bytes]:
    objects = (tmp_path / "store" / "sha256").glob("*/*")
    return {f"sha256:{each.name}": each.read_bytes() for each in objects}


def test_all_comes_once(fetch: Run, tmp_path: Path) -> None:
    mirror = write_mirror(tmp_path)
    ran = fetch(ENVC_DEBIAN_MIRROR=mirror)
    assert ran == Ran(0, "", "envc fetch: 3 objects: 0 were there, 3 came (10.3 KiB)\n")
    assert stored(tmp_path) == {digest(name): data for name, data in OBJECTS.items()}
    again = fetch("envc.lock")
    assert again == Ran(0, "", "envc fetch: 3 objects: 3 were there, none came\n")
    assert fetch("--offline", "--quiet") == Ran(0, "", "")


def test_one_target_needs_less(fetch: Run, tmp_path: Path) -> None:
    ran = fetch("-t", "neoverse_v2", ENVC_DEBIAN_MIRROR=write_mirror(tmp_path))
    assert ran == Ran(0, "", "envc fetch: 1 object: 0 were there, 1 came (4 bytes)\n")
    assert list(stored(tmp_path)) == [digest(OF_ARM)]
    unknown = fetch("-t", "zen9")
    assert (unknown.code, unknown.out) == (2, "")
    assert unknown.err == (
        "envc fetch: `envc.lock` has nothing for `zen9`\n"
        "  help: it has `neoverse_v2` and `x86_64_v3`\n"
    )


SPEC = """\
envc 1

app heat@1.0 {
  source   dir "code"
  needs    guix/hello
  targets  x86_64_v3
}
"""


def test_a_lock_is_fetched_while_it_says_what_its_spec_says(
    envc: Run, fetch: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "sub"
    (folder / "code").mkdir(parents=True)
    (folder / "code" / "heat.c").write_text("int main(void) { return 0; }\n")
    spec = folder / "heat.envc"
    spec.write_text(SPEC)
    store = str(tmp_path / "store")
    assert envc("lock", "--offline", "sub/heat.envc", ENVC_STORE=store).code == 0
    fine = Ran(0, "", "envc fetch: 1 object: 1 was there, none came\n")
    assert fetch("sub/heat.envc") == fetch("sub/envc.lock") == fine
    shutil.rmtree(store)
    gone = fetch("sub/envc.lock")
    assert gone.code == 4
    assert "the dir source of heat@1.0 is not in the store, and no place is known" in gone.err
    assert fetch("sub/heat.envc").err == "envc fetch: 1 object: 0 were there, 1 came (10.0 KiB)\n"
    assert fetch("sub/envc.lock") == fine
    spec.write_text(SPEC.replace("guix/hello", "guix/hello, guix/sed"))
    stale = fetch("sub/heat.envc")
    assert stale.code == 3
    assert stale.err.startswith("envc fetch: `sub/envc.lock` is stale: heat@1.0 asks for")
    assert stale.err.endswith("help: bring it up to date with `envc lock sub/heat.envc`\n")
    assert fetch("sub/envc.lock") == fine
    spec.write_text("envc 1\n\nap heat {}\n")
    assert fetch("sub/heat.envc") == Ran(
        1,
        "",
        "envc fetch: `sub/heat.envc` has mistakes\n  help: see `envc check sub/heat.envc`\n",
    )


def test_without_a_lock_there_is_nothing_to_fetch(fetch: Run, tmp_path: Path) -> None:
    os.unlink(tmp_path / "envc.lock")
    assert fetch() == Ran(
        3,
        "",
        "envc fetch: there is no lock `envc.lock`\n  help: write it with `envc lock`\n",
    )


def test_what_is_no_lock_is_refused(fetch: Run, tmp_path: Path) -> None:
    (tmp_path / "envc.lock").write_text("lock-version = 99\n")
    ran = fetch()
    assert ran.code == 3
    assert ran.err.startswith("envc fetch: `envc.lock`: this lock has version 99")


def test_what_is_missing_is_told_with_each_place(fetch: Run, tmp_path: Path) -> None:
    write_lock(tmp_path, ARCHIVE)
    mirror = write_mirror(tmp_path, {"libheat1": b"cold\n" * 100, OF_ARM: OBJECTS[OF_ARM]})
    ran = fetch("--json", ENVC_DEBIAN_MIRROR=mirror)
    assert ran.code == 4
    document = json.loads(ran.out)
    assert [each["name"] for each in document["came"]] == ["libarm3 1.0-1 (arm64)"]
    heat, wave = document["missing"]
    assert heat["digest"] == digest("libheat1")
    assert f"{mirror}/{path('libheat1')} sent other bytes: sha256:" in heat["why"]
    snapshot = "https://snapshot.debian.org/archive/debian/20260101T000000Z"
    assert f"{snapshot}/{path('libwave2')} is behind a proxy that fails" in wave["why"]
    assert f"{mirror}/{path('libwave2')} cannot be read: no such file or directory" in wave["why"]
    assert f"envc fetch: {heat['why']}\n" in ran.err
    assert "help: name a mirror that has it with `ENVC_MIRROR`" in ran.err


def test_what_a_mirror_has_no_more_is_only_missed_when_choosing_again(
    fetch: Run, tmp_path: Path
) -> None:
    write_lock(tmp_path, ARCHIVE)
    ran = fetch("--json", ENVC_DEBIAN_MIRROR=write_mirror(tmp_path))
    assert ran.code == 0
    document = json.loads(ran.out)
    assert len(document["came"]) == len(OBJECTS)
    (lacking,) = document["lacking_to_lock_again"]
    said = "`envc lock` can choose anew from debian/trixie only with a network: the release of trix"
    assert lacking.startswith(said)
    assert f"envc fetch: {said}" in ran.err


def test_offline_says_what_is_missing(fetch: Run, tmp_path: Path) -> None:
    ran = fetch("--offline", ENVC_DEBIAN_MIRROR=write_mirror(tmp_path))
    assert ran.code == 4
    assert ran.err.count("is not in the store, and no place was asked") == 3
    assert ran.err.endswith("envc fetch: 3 objects: 0 were there, none came, 3 missing\n")
    assert not (tmp_path / "store").exists()


def test_damage_is_found_and_mended(fetch: Run, tmp_path: Path) -> None:
    mirror = write_mirror(tmp_path)
    assert fetch(ENVC_DEBIAN_MIRROR=mirror).code == 0
    damaged = tmp_path / "store" / "sha256" / digest(OF_ARM)[7:9] / digest(OF_ARM)[7:]
    damaged.chmod(0o600)
    damaged.write_bytes(b"ARM\n")
    assert fetch().code == 0
    ran = fetch("--verify", "--json", ENVC_DEBIAN_MIRROR=mirror)
    assert ran.code == 0
    assert f"envc fetch: libarm3 1.0-1 (arm64): {digest(OF_ARM)} is damaged in the store" in ran.err
    document = json.loads(ran.out)
    assert [each["digest"] for each in document["damaged"]] == [digest(OF_ARM)]
    assert document["came"] == document["damaged"]
    assert damaged.read_bytes() == OBJECTS[OF_ARM]


def test_a_wrong_variable_is_told(fetch: Run) -> None:
    ran = fetch(ENVC_MIRROR="mirror")
    assert ran.code == 2
    assert ran.err.startswith("envc fetch: `ENVC_MIRROR` holds `mirror`, which is neither")


def test_a_store_that_others_may_write_is_refused(fetch: Run, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store").chmod(0o777)
    ran = fetch(ENVC_DEBIAN_MIRROR=write_mirror(tmp_path))
    assert ran.code == 4
    assert ran.err.count("may be written by other users") == 1
    assert list((tmp_path / "store").iterdir()) == []


def test_nothing_slow_is_imported_where_all_is_there(
    fetch: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fetch(ENVC_DEBIAN_MIRROR=write_mirror(tmp_path)).code == 0
    monkeypatch.setenv("ENVC_STORE", str(tmp_path / "store"))
    code, modules = imported("fetch", cwd=tmp_path)
    assert code == 0
    assert not modules & {"urllib3", "ssl", "rich", "networkx", "lark", "urllib.request"}


# ---- terminals -----------------------------------------------------------------------------------


def serve_all(server: Server) -> None:
    for name, data in OBJECTS.items():
        server.serve(f"/{path(name)}", data)


def variables(tmp_path: Path, server: Server) -> dict[str, str]:
    return environment(
        ENVC_STORE=str(tmp_path / "store"),
        ENVC_DEBIAN_MIRROR=server.base,
        TERM="xterm",
        COLUMNS="200",
        **NO_NETWORK,
    )


def on_terminal(words: tuple[str, ...], cwd: Path, env: dict[str, str]) -> tuple[str, str]:
    """What a terminal is sent, and what another program would read."""
    here, there = pty.openpty()
    done = subprocess.Popen([*ENVC, *words], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=there)
    os.close(there)
    seen = b""
    with suppress(OSError):  # how a terminal says that nobody writes any more
        while data := os.read(here, 1 << 16):
            seen += data
    os.close(here)
    out, _ = done.communicate(timeout=60)
    return seen.decode(), out.decode()


def test_a_terminal_shows_what_comes(tmp_path: Path) -> None:
    write_lock(tmp_path)
    with serving() as server:
        serve_all(server)
        seen, out = on_terminal(("fetch", "--json"), tmp_path, variables(tmp_path, server))
    assert "all together" in seen
    assert len(json.loads(out)["came"]) == len(OBJECTS)


def test_a_quiet_terminal_shows_nothing(tmp_path: Path) -> None:
    write_lock(tmp_path)
    with serving() as server:
        serve_all(server)
        words = ("fetch", "--quiet")
        assert on_terminal(words, tmp_path, variables(tmp_path, server)) == ("", "")


def test_an_interrupt_waits_for_no_server(tmp_path: Path) -> None:
    def silent(request: Request) -> None:
        request.send(200, b"heat", Content_Length="500")
        request.wfile.flush()
        time.sleep(2)
        request.close_connection = True

    write_lock(tmp_path)
    partial = tmp_path / "store" / "partial" / digest("libheat1").removeprefix("sha256:")
    with serving() as server:
        server.serve(f"/{path('libheat1')}", silent)
        env = variables(tmp_path, server)
        with subprocess.Popen([*ENVC, "fetch"], cwd=tmp_path, env=env) as fetching:
            limit = time.monotonic() + 20
            while not (partial.exists() and partial.stat().st_size) and time.monotonic() < limit:
                time.sleep(0.01)
            interrupted = time.monotonic()
            fetching.send_signal(signal.SIGINT)
            assert fetching.wait(timeout=20) == 130
            assert time.monotonic() - interrupted < 1
    assert partial.read_bytes() == b"heat"
