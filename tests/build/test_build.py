"""Layers, really built: the same for everybody, and made again only where something changed."""

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from dataclasses import replace
from pathlib import Path

import pytest

from envc.build.bench import Bench, bench
from envc.build.inputs import Missing, shelf
from envc.build.make import build, build_by
from envc.build.model import Built, Conditions, Failed
from envc.build.tools import Tools
from envc.plan.model import Plan, Root
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.build import small
from tests.build.conftest import BUILD, USER, Heard, Person, kept_plan, store_of

pytestmark = pytest.mark.xdist_group("builder")


@pytest.fixture
def changed(spec: Path, tmp_path: Path) -> Plan:
    """The same with another line in the app's source, which nobody has built."""
    shutil.copytree(spec.parent, tmp_path / "moon")
    source = tmp_path / "moon/moon/moon.c"
    source.write_text(source.read_text() + f"int of_{os.getpid()}_{time.time_ns()};\n")
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    return small.plan(tmp_path / "moon/moon.envc")


def digests(found: object) -> list[str]:
    assert isinstance(found, Built), found
    return [each.sha256 for each in found.layers]


def members(built: Built, layer: int) -> dict[str, tarfile.TarInfo]:
    path = small.KEPT.find(f"sha256:{built.layers[layer].sha256}")
    assert path is not None
    with tarfile.open(path) as tar:
        return {each.name: each for each in tar}


# ---- what is in them -----------------------------------------------------------------------------


def test_a_layer_of_packages_and_one_of_what_was_built(built: Built, plan: Plan) -> None:
    own = members(built, 1)
    assert list(own) == [
        "opt/envc", "opt/envc/entry", "opt/envc/fits", "opt/moon", "opt/moon/bin",
        "opt/moon/bin/moon", "opt/moon/include", "opt/moon/include/tide.h", "opt/moon/lib",
        "opt/moon/lib/libtide.a",
    ]  # fmt: skip
    run = members(built, 0)
    assert {"usr/bin/dash", "var/lib/dpkg/status", "home/envc"} <= set(run)
    assert not any(name.startswith(("dev/", "proc/", "tmp/", "packages")) for name in run)
    assert "usr/bin/gcc-14" not in run
    for each in (*own.values(), *run.values()):
        assert (each.mtime, each.uname, each.gname) == (plan.epoch, "", "")
        assert not each.mode & 0o6000
    assert [each.about for each in built.layers] == [
        "what it needs where it runs", "what was built, and what starts it",
    ]  # fmt: skip


def test_nothing_of_the_machine_is_in_them(built: Built, spec: Path) -> None:
    for layer in built.layers:
        data = Path(str(small.KEPT.find(f"sha256:{layer.sha256}"))).read_bytes()
        for word in (str(spec.parent), small.KEPT.folder, os.uname().release, "scratch/"):
            assert word.encode() not in data


def test_what_was_said_is_kept(built: Built) -> None:
    log = Path(built.log).read_text()
    assert log.index("+ make") < log.index("+ install moon /opt/moon/bin")
    assert len(built.compiled) == 2
    assert all(line.startswith("/usr/bin/gcc-") for line in built.compiled)


@pytest.mark.slow
def test_the_root_is_that_of_a_dockerfile(built: Built, plan: Plan, tmp_path: Path) -> None:
    """As its first stages make it: by the programs of this machine."""
    from envc.images import canonical, folder
    from envc.images.tree import Folder
    from envc.plan import roots

    assert plan.run is not None
    with bench(small.KEPT, Silent()) as there:
        assert isinstance(there, Bench)
        packages = shelf(there, plan.run)
        assert not isinstance(packages, Missing)
        (tmp_path / "list").write_text(roots.packages(plan.run))
        (tmp_path / "roots.sh").write_text(roots.script())
        environ = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": str(plan.epoch)}
        words = ["sh", "roots.sh", "make", "list", packages.folder, "root"]
        subprocess.run(words, cwd=tmp_path, env=environ, check=True, capture_output=True)
    top = folder.read(str(tmp_path / "root"))
    assert isinstance(top, Folder)
    with (tmp_path / "tar").open("wb") as out:
        content = canonical.write(top, out, plan.epoch)
    assert content.digest == f"sha256:{built.layers[0].sha256}"


# ---- the same for everybody ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def theirs(plan: Plan, person: Person) -> tuple[Store, "subprocess.CompletedProcess[str]"]:
    """The store of a user who is not root, and what was said when the plan was built in it."""
    folder = Path("/home") / USER
    made = store_of(plan, folder)
    subprocess.run(["chown", "-R", f"{USER}:", made.folder], check=True)
    return made, person.python(BUILD, kept_plan(plan, folder), made.folder)


@pytest.mark.slow
@pytest.mark.tool("newuidmap")
def test_a_user_builds_the_same_as_root(
    built: Built, theirs: tuple[Store, "subprocess.CompletedProcess[str]"]
) -> None:
    _, done = theirs
    assert done.stderr == ""
    assert json.loads(done.stdout) == digests(built)


@pytest.mark.slow
def test_conditions_change_nothing(built: Built, plan: Plan, heard: Heard) -> None:
    other = Conditions(
        clock=1_900_000_000,
        host="elsewhere",
        processors=1,
        umask=0o077,
        personality=0x0040000 | 0x0020000,
        user="alice",
        variables=(("TZ", "Asia/Tokyo"), ("LC_ALL", "C")),
        prefix="/somewhere/else",
        reversed_files=True,
        fresh=True,
    )
    found = build(plan, small.KEPT, conditions=other, show=heard)
    assert digests(found) == digests(built)
    assert heard.works == ["building tide", "building moon"]


SEEN = r"""
$(shell { date +%Y; hostname; nproc; umask; id -un; echo $$USER $$TZ; pwd; uname -r; \
  env | grep -c ^SOURCE_DATE; } >&2)
moon: moon.c
	$(CC) -o $@ moon.c -ltide
"""


def test_conditions_are_seen_by_steps(spec: Path, tmp_path: Path) -> None:
    shutil.copytree(spec.parent, tmp_path / "moon")
    (tmp_path / "moon/moon/Makefile").write_text(SEEN)
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    other = Conditions(
        clock=2_000_000_000,
        host="elsewhere",
        processors=1,
        personality=0x0020000,
        user="alice",
        variables=(("TZ", "Asia/Tokyo"),),
        without=("SOURCE_DATE_EPOCH",),
        prefix="/somewhere",
    )
    plan = small.plan(tmp_path / "moon/moon.envc")
    found = build(plan, small.KEPT, conditions=other, show=Silent())
    assert isinstance(found, Built), found
    lines = Path(found.log).read_text().splitlines()
    start = lines.index("2033")
    assert lines[start : start + 6] == [
        "2033", "elsewhere", "1", "0022", "alice", "alice Asia/Tokyo",
    ]  # fmt: skip
    assert lines[start + 6] == "/somewhere/src/moon"
    assert lines[start + 7].startswith("2.6.")
    assert lines[start + 8] == "0"


@pytest.mark.slow
def test_without_overlays_all_is_built_in_one_place(built: Built, plan: Plan) -> None:
    with bench(small.KEPT, Silent()) as there:
        assert isinstance(there, Bench)
        assert there.overlays
        plain = replace(there, overlays=False)
        found = build_by(Tools(plain, plan), plan, Conditions(fresh=True))
        assert digests(found) == digests(built)


# ---- what was built before -----------------------------------------------------------------------


def test_nothing_is_done_twice(built: Built, plan: Plan, heard: Heard) -> None:
    assert digests(build(plan, small.KEPT, show=heard)) == digests(built)
    assert (heard.works, heard.sentences) == ([], [])


def test_a_change_of_the_app_builds_the_app(built: Built, changed: Plan, heard: Heard) -> None:
    found = build(changed, small.KEPT, show=heard)
    assert heard.works == ["building moon"]
    assert digests(found)[0] == digests(built)[0]
    assert isinstance(found, Built)
    assert len(found.compiled) == 2


def test_a_flipped_byte_is_found_told_and_made_again(changed: Plan, heard: Heard) -> None:
    first = build(changed, small.KEPT, show=Silent())
    assert isinstance(first, Built)
    path = Path(str(small.KEPT.find(f"sha256:{first.layers[1].sha256}")))
    data = bytearray(path.read_bytes())
    data[700] ^= 1
    path.unlink()  # other stores of the tests have the same file
    path.write_bytes(data)
    assert digests(build(changed, small.KEPT, show=heard)) == digests(first)
    (told,) = heard.sentences
    assert told.startswith(f"sha256:{first.layers[1].sha256} is damaged in the store")
    assert told.endswith("; it is made again")


def test_a_flipped_byte_in_a_tree_is_found(built: Built, changed: Plan, heard: Heard) -> None:
    """Of the part below the app's."""
    found = [
        each for each in Path(small.KEPT.folder, "trees").iterdir()
        if (each / "opt/moon/lib/libtide.a").exists()
    ]  # fmt: skip
    for each in found:
        with (each / "opt/moon/include/tide.h").open("a") as file:
            file.write("int never(void);\n")
    assert isinstance(build(changed, small.KEPT, show=heard), Built)
    (told,) = heard.sentences
    assert told in {f"`{each}` is damaged; it is made again" for each in found}
    assert heard.works == ["building tide", "building moon"]


def test_a_flipped_package_is_brought_again_or_missed(
    plan: Plan, heard: Heard, tmp_path: Path
) -> None:
    assert plan.run is not None
    deb = min(plan.run.debs, key=lambda each: each.size)
    whole = Path(str(small.KEPT.find(f"sha256:{deb.sha256}"))).read_bytes()
    store = Store(str(tmp_path / "store"))
    store.add(whole)
    path = Path(str(store.find(f"sha256:{deb.sha256}")))
    path.chmod(0o600)
    path.write_bytes(whole[:-1] + b"?")

    def bring(wanted: object) -> dict[str, object]:
        assert wanted == (f"sha256:{deb.sha256}",)
        store.add(whole)
        return {}

    with bench(store, heard, bring) as there:  # type: ignore[arg-type]  # a stricter answer
        assert isinstance(there, Bench)
        found = shelf(there, Root((deb,)))
        assert not isinstance(found, Missing)
        assert Path(found.folder, found.names[0]).read_bytes() == whole
        path.unlink()
        lacking = shelf(replace(there, bring=lambda _: {}), Root((deb,)))
    assert isinstance(lacking, Missing)
    assert lacking.message == f"{deb.path.rpartition('/')[2]} is not in the store"
    assert len(heard.sentences) == 1
    assert "is damaged in the store" in heard.sentences[0]


# ---- what goes wrong -----------------------------------------------------------------------------


def test_a_step_that_fails_is_told_with_its_line(changed: Plan, spec: Path, tmp_path: Path) -> None:
    (tmp_path / "moon/moon/moon.c").write_text("int main(void) { return tides; }\n")
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    failed = build(small.plan(tmp_path / "moon/moon.envc"), small.KEPT, show=Silent())
    assert isinstance(failed, Failed)
    assert (failed.part, failed.step[0], failed.code) == ("moon", "make", 2)
    assert "undeclared (first use in this function)" in failed.log_end
    line = small.SPEC.splitlines().index("  build    make {") + 1
    assert str(failed.place).endswith(f"moon.envc:{line}:12")
    assert Path(failed.scratch, "upper/src/moon/moon.c").exists()
    with bench(small.KEPT, Silent()):  # the next build sweeps
        assert not Path(failed.scratch).exists()


def test_a_step_has_no_network(changed: Plan, tmp_path: Path) -> None:
    (tmp_path / "moon/moon/Makefile").write_text(
        "moon: moon.c\n\tbash -c 'exec 3<>/dev/tcp/192.0.2.1/80'\n"
    )
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    failed = build(small.plan(tmp_path / "moon/moon.envc"), small.KEPT, show=Silent())
    assert isinstance(failed, Failed)
    assert "Network is unreachable" in failed.log_end


ASIDE = BUILD.replace("found = build", "print('there', flush=True)\nfound = build")


def started(plan: Plan, folder: Path, store: Store = small.KEPT) -> "subprocess.Popen[str]":
    found = subprocess.Popen(
        [sys.executable, "-c", ASIDE, kept_plan(plan, folder), store.folder],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert found.stdout is not None
    assert found.stdout.readline() == "there\n"
    return found


def scratch(store: Store = small.KEPT) -> list[str]:
    """Folders that no build works in, left by builds that are over."""
    top = Path(store.folder, "scratch")
    return [each.name for each in top.iterdir() if not _is_used(each)]


def _is_used(folder: Path) -> bool:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def test_two_builds_at_once(built: Built, changed: Plan, tmp_path: Path) -> None:
    both = [started(changed, tmp_path) for _ in range(2)]
    said = [each.communicate() for each in both]
    assert [errors for _, errors in said] == ["", ""]
    assert said[0] == said[1]
    assert len(json.loads(said[0][0])) == 2


@pytest.mark.parametrize("seconds", [0.3, 1.0])
def test_whenever_it_is_killed_the_next_build_is_good(
    built: Built, changed: Plan, tmp_path: Path, seconds: float
) -> None:
    before = set(scratch())
    killed = started(changed, tmp_path)
    time.sleep(seconds)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    found = build(changed, small.KEPT, show=Silent())
    assert digests(found)[0] == digests(built)[0]
    assert set(scratch()) <= before


@pytest.mark.slow
def test_a_root_that_was_killed_is_not_there(plan: Plan, tmp_path: Path) -> None:
    store = store_of(plan, tmp_path)
    killed = started(plan, tmp_path, store)
    end = time.monotonic() + 60
    while not any(each.name.startswith("root-") for each in tmp_path.glob("store/scratch/*/*")):
        assert time.monotonic() < end
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert len(scratch(store)) == 1
    with bench(store, Silent()) as there:
        assert isinstance(there, Bench)
        assert not scratch(store)
    made = [each for each in os.listdir(tmp_path / "store/built") if len(each) == 64]
    assert sorted(os.listdir(tmp_path / "store/trees")) == sorted(made)  # the tools alone


# ---- what nobody uses any more -------------------------------------------------------------------

CLEAN = """
import sys, time
from envc.cleaning.clean import clean, everything
from envc.store.objects import Store
store = Store(sys.argv[1])
gone = clean(store, time.time() - float(sys.argv[2]))
print(sorted({str(each.entry.kind) for each in gone}), len(everything(store)))
"""
"""Removes what was not used for so many seconds."""
HOUR, NOTHING = "3600", "0"


@pytest.mark.slow
@pytest.mark.tool("newuidmap")
def test_what_a_build_has_found_stays_while_it_works(
    theirs: tuple[Store, "subprocess.CompletedProcess[str]"],
    built: Built,
    changed: Plan,
    person: Person,
) -> None:
    """Though all that was built before is old when it begins."""
    store, _ = theirs
    _give(store, changed)
    notes = [each for each in Path(store.folder, "built").iterdir() if len(each.name) == 64]
    for each in notes:
        os.utime(each, (0, 0))
    words = person.words(BUILD, kept_plan(changed, Path("/home") / USER), store.folder)
    builder = subprocess.Popen(
        words, env=person.environ, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    scratch_ = Path(store.folder, "scratch")
    while not list(scratch_.glob("*/part-*/there/build.sh")) and builder.poll() is None:
        time.sleep(0.02)
    os.killpg(builder.pid, signal.SIGSTOP)
    cleaned = person.python(CLEAN, store.folder, HOUR)
    os.killpg(builder.pid, signal.SIGCONT)
    said, errors = builder.communicate()
    assert errors == ""
    assert json.loads(said)[0] == digests(built)[0]
    assert cleaned.stderr == ""
    assert cleaned.stdout.startswith("['records']")  # of the app as it was before


def _give(store: Store, plan: Plan) -> None:
    """The source of the app, as the user's own."""
    source = plan.recipes[-1].source
    assert source is not None
    there = str(small.KEPT.find(f"sha256:{source.sha256}"))
    folder = Path(store.folder, "sha256", source.sha256[:2])
    own = ("install", "-o", USER, "-g", USER)
    subprocess.run([*own, "-m", "700", "-d", folder], check=True)
    subprocess.run([*own, "-m", "444", there, folder], check=True)


@pytest.mark.slow
@pytest.mark.tool("newuidmap")
def test_a_user_is_rid_of_files_that_belong_to_others_of_a_room(
    theirs: tuple[Store, "subprocess.CompletedProcess[str]"], person: Person
) -> None:
    store, _ = theirs
    owners = {each.stat().st_gid for each in Path(store.folder, "trees").glob("*/var/*")}
    assert len(owners) > 1
    done = person.python(CLEAN, store.folder, NOTHING)
    assert (done.stderr, done.stdout) == ("", "['objects', 'records', 'trees'] 0\n")
    assert list(Path(store.folder, "trees").iterdir()) == []
    assert list(Path(store.folder, "scratch").iterdir()) == []


FULL = """
mount -t tmpfs -o size=$1 tmpfs "$2"
mkdir -m 700 "$2/store"
cp -a "$3/sha256" "$2/store"
shift 3
exec "$@"
"""


@pytest.mark.slow
@pytest.mark.parametrize("more", [20, 200])
def test_a_full_disk_is_told(plan: Plan, tmp_path: Path, more: int) -> None:
    packages, disk = store_of(plan, tmp_path), tmp_path / "disk"
    disk.mkdir()
    held = sum(each.stat().st_size for each in Path(packages.folder).rglob("*"))
    size = f"{held // 1_000_000 + more}m"
    words = [sys.executable, "-c", BUILD, kept_plan(plan, tmp_path), f"{disk}/store"]
    mounted = ["unshare", "-m", "sh", "-euc", FULL, "sh", size, str(disk), packages.folder]
    done = subprocess.run([*mounted, *words], capture_output=True, text=True, check=False)
    assert f"the disk of `{disk}/store" in done.stdout, done.stdout + done.stderr
    assert "make room on it" in done.stdout


@pytest.mark.parametrize(
    "rule",
    [
        "$(CC) -o $@ moon.c -ltide; ln -sf {secret} /envc/compiled",
        "ln -sf {secret} /envc/step; false",
    ],
)
def test_a_step_shows_envc_no_file_of_the_machine(changed: Plan, tmp_path: Path, rule: str) -> None:
    """By leaving links in the place of what envc reads outside the room."""
    secret = tmp_path / "secret"
    secret.write_text("hunter2\n")
    makefile = tmp_path / "moon/moon/Makefile"
    makefile.write_text(f"moon: moon.c\n\t{rule.format(secret=secret)}\n")
    small.envc("lock", str(tmp_path / "moon/moon.envc"))
    found = build(small.plan(tmp_path / "moon/moon.envc"), small.KEPT, show=Silent())
    assert not isinstance(found, Built | Failed)
    assert "hunter2" not in found.message
