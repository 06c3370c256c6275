"""Roots made of locked packages alone: by the real dpkg, of Debian's real packages."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from envc.debian.index import Deb
from envc.debian.relations import Atom
from envc.debian.solve import Solution, Wanted, solve
from envc.lock.model import LockedDeb
from envc.plan import roots
from envc.plan.model import Root, Write
from envc.plan.shell import script
from tests.conftest import missing
from tests.debian_suites import index
from tests.own_apt import mirror
from tests.plan.worlds import app

EPOCH = 1700000000
SMALL = "netbase"
"""Beside what every Debian has."""

own_namespace = pytest.mark.xdist_group("roots")


def locked(suite: str) -> Root:
    found = solve([index(suite, "amd64")], [Wanted((Atom(SMALL),), None)], essential=True)
    assert isinstance(found, Solution)
    return Root(tuple(_deb(deb, suite, found.edges[deb.name]) for deb in found.packages))


def _deb(deb: Deb, suite: str, depends: tuple[str, ...]) -> LockedDeb:
    return LockedDeb(
        f"debian/{suite}", deb.name, deb.architecture, deb.version, deb.source, deb.path,
        deb.size, deb.sha256, depends,
    )  # fmt: skip


def call(folder: Path, *words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environ = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(EPOCH), **variables}
    return subprocess.run(
        ["sh", "roots.sh", *words],
        cwd=folder, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session", params=["trixie", "bookworm"])
def kitchen(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Where the script, a list and its packages lie."""
    if os.geteuid() or not shutil.which("dpkg-deb") or not Path("/usr/lib/apt/apt-helper").exists():
        missing("a root of Debian's packages is made by root, on a Debian")
    folder = tmp_path_factory.mktemp("it's roots")
    (folder / roots.SCRIPT).write_text(roots.script())
    (folder / "list").write_text(roots.packages(locked(request.param)))
    done = call(folder, "fetch", "debs", "list", MIRRORS=f"http://localhost:9/no {mirror()}")
    assert done.returncode == 0, done.stderr
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def root(kitchen: Path) -> Path:
    done = call(kitchen, "make", "list", "debs", "root")
    assert done.returncode == 0, done.stdout + done.stderr
    return kitchen / "root"


def canonical(root: Path) -> str:
    """Of names, modes, owners, times, links and contents."""
    told = hashlib.sha256()
    for path in sorted([root, *root.rglob("*")]):
        state = path.lstat()
        facts = (state.st_mode, state.st_uid, state.st_gid, int(state.st_mtime))
        told.update(f"{path.relative_to(root)} {facts}\n".encode())
        if path.is_symlink():
            told.update(os.readlink(path).encode())
        elif path.is_file():
            told.update(path.read_bytes())
    return told.hexdigest()


@own_namespace
@pytest.mark.slow
@pytest.mark.parametrize("kitchen", ["trixie"], indirect=True)
def test_a_second_root_is_the_same_to_the_bit(kitchen: Path, root: Path) -> None:
    elsewhere = kitchen / "elsewhere"
    elsewhere.mkdir()
    words = "umask 077; exec sh ../roots.sh make ../list ../debs again"
    environ = {
        "PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(EPOCH), "TZ": "Asia/Tokyo",
        "LANG": "fr_FR.UTF-8", "HOME": "/nonexistent", "USER": "somebody",
    }  # fmt: skip
    subprocess.run(["sh", "-c", words], cwd=elsewhere, env=environ, check=True, capture_output=True)
    assert canonical(elsewhere / "again") == canonical(root)


@own_namespace
@pytest.mark.slow
def test_nothing_of_the_moment_or_the_machine_is_left(root: Path) -> None:
    every = [root, *root.rglob("*")]
    assert {int(path.lstat().st_mtime) for path in every} == {EPOCH}
    assert [path for path in every if not path.is_symlink() and path.stat().st_mode & 0o6000] == []
    for name in ("dev", "proc", "run", "sys", "tmp", "var/tmp"):
        assert os.listdir(root / name) == []
    names = {str(path.relative_to(root)) for path in every}
    gone = {
        "etc/machine-id", "etc/hostname", "etc/resolv.conf", "etc/passwd-", "etc/shadow-",
        "var/lib/dpkg/status-old", "var/cache/ldconfig", "usr/sbin/policy-rc.d", "packages",
        "usr/share/man", "var/log/dpkg.log",
    }  # fmt: skip
    assert names & gone == set()
    assert "usr/share/doc/netbase/copyright" in names
    assert os.readlink(root / "bin") == "usr/bin"


@own_namespace
@pytest.mark.slow
def test_every_package_is_configured_and_the_user_is_there(root: Path) -> None:
    def said(*words: str) -> str:
        done = ["chroot", "--userspec=1000:1000", str(root), *words]
        return subprocess.run(done, capture_output=True, text=True, check=True).stdout

    states = said("dpkg-query", "-W", "-f=${db:Status-Status}\\n").split()
    assert set(states) == {"installed"}
    assert said("id") == "uid=1000(envc) gid=1000(envc) groups=1000(envc)\n"
    assert said("sh", "-c", "cd ~envc && ls -ld .").split()[2] == "envc"


@own_namespace
@pytest.mark.slow
def test_another_file_under_a_locked_name_is_fetched_anew_or_refused(kitchen: Path) -> None:
    debs = kitchen / "debs"
    name = next(each for each in sorted(os.listdir(debs)) if each.startswith("netbase"))
    right = (debs / name).read_bytes()
    (debs / name).write_bytes(b"another")
    again = call(kitchen, "fetch", "debs", "list", MIRRORS="http://localhost:9/no")
    assert again.returncode == 1
    assert "nowhere to be had" in again.stderr
    again = call(kitchen, "fetch", "debs", "list", MIRRORS=mirror())
    assert (again.returncode, (debs / name).read_bytes()) == (0, right)


# ---- over somebody's image ----------------------------------------------------------------------


@own_namespace
@pytest.mark.slow
def test_over_another_root_it_is_the_root_of_all_packages(kitchen: Path, root: Path) -> None:
    """What is there in the same version is left, another version is replaced."""
    suite = _suite(root)
    base = kitchen / "base"
    subprocess.run(["cp", "-a", root, base], check=True)
    status = base / "var" / "lib" / "dpkg" / "status"
    status.write_text(
        re.sub(r"(Package: netbase\n(?:.+\n)*?Version: )\S+", r"\g<1>1.0", status.read_text())
    )
    (base / "usr" / "share" / "doc" / "netbase" / "copyright").unlink()
    (base / ".singularity.d").mkdir()
    (base / "dev" / "shm").mkdir()
    done = call(kitchen, "over", "list", "debs", "base", suite)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Setting up netbase" in done.stdout
    assert done.stdout.count("Setting up") == 1
    assert canonical(base) == canonical(root)
    shutil.rmtree(base)


@own_namespace
@pytest.mark.slow
def test_over_what_is_no_debian_of_that_release_it_says_so(kitchen: Path, root: Path) -> None:
    def said(folder: str, suite: str) -> str:
        done = call(kitchen, "over", "list", "debs", folder, suite)
        assert done.returncode == 1
        return done.stderr

    suite = _suite(root)
    assert f"the base image is debian {suite}, and the packages are of debian sid" in said(
        "root", "sid"
    )
    (kitchen / "empty").mkdir(exist_ok=True)
    assert "the base image has no dpkg" in said("empty", suite)


def _suite(root: Path) -> str:
    text = (root / "etc" / "os-release").read_text()
    return text.partition("VERSION_CODENAME=")[2].split()[0]


# ---- without a Debian ----------------------------------------------------------------------------


@pytest.mark.tool("shellcheck")
def test_the_script_is_sound_sh(tmp_path: Path) -> None:
    path = tmp_path / roots.SCRIPT
    path.write_text(roots.script())
    done = subprocess.run(["shellcheck", str(path)], capture_output=True, text=True, check=False)
    assert done.stdout == ""


def test_a_list_is_in_groups() -> None:
    (plan,) = app("build make").planned().plans
    assert plan.build is not None
    first, second = roots.packages(plan.build).split("\n\n")
    assert [line.split()[2] for line in first.splitlines()] == [
        "pool/main/libc6_1.0-1_amd64.deb",
        "pool/main/dpkg_1.0-1_amd64.deb",
    ]
    assert len(second.splitlines()) == len(plan.build.debs) - 2


def entry_of(folder: Path, target: str) -> Path:
    """As in an image, in a folder."""
    (plan,) = app(f"targets {target}\nbuild make").planned().plans
    texts = {step.path: step for step in roots.entry(plan) if isinstance(step, Write)}
    own = {path: f"{folder}{path}" for path in texts}
    steps = [
        replace(step, path=own[path], text=step.text.replace(roots.GUARD, own.get(roots.GUARD, "")))
        for path, step in texts.items()
    ]
    subprocess.run(["sh", "-c", script(steps)], check=True)
    return Path(own[roots.ENTRY])


@pytest.mark.parametrize("words", [("a b", "$(id)", "", "-n", "it's"), ()])
def test_the_entry_starts_what_it_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    cpu = tmp_path / "cpu"
    cpu.write_text("flags\t: lm fpu cx8 cmov fxsr mmx sse sse2\n")
    entry = entry_of(tmp_path, "x86_64")
    done = subprocess.run(
        [entry, "sh", "-c", 'printf "%s\\0" "$@"; exit 7', "sh", *words],
        env={"ENVC_CPUINFO": str(cpu), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (7, "")
    assert done.stdout == "".join(f"{each}\0" for each in words or [""])


def test_the_entry_refuses_a_cpu_that_lacks_the_target(tmp_path: Path) -> None:
    cpu = tmp_path / "cpu"
    cpu.write_text("flags\t: lm fpu cx8 cmov fxsr mmx sse sse2\n")
    entry = entry_of(tmp_path, "x86_64_v3")
    environ = {"ENVC_CPUINFO": str(cpu), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [entry, "echo", "on"], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "this CPU does not show" in done.stderr
    forced = {**environ, "ENVC_TARGET": "x86_64_v3"}
    done = subprocess.run(
        [entry, "echo", "on"], env=forced, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "on\n")
