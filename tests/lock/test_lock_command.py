"""`envc lock`: the same bytes everywhere, and stale only where the spec says another thing."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest

from envc.cpu import lattice
from envc.lock.model import Lock, LockedTarget
from envc.lock.text import read
from tests.lock.toy import BOOKWORM, TRIXIE, WAVES, Toy

TOOLCHAIN = "toolchain gnu {\n  c, cxx, fortran  gcc@13.3\n}"
TARGETS = "targets tier = zen5, x86_64_v3, neoverse_v2"
APP = (
    'app heat2d@1.4.0 {\n  source   dir "."\n  using    gnu\n  needs    waves\n'
    "  targets  tier\n  emit     dockerfile, slurm\n}"
)
OTHER = (
    'app tides {\n  source           dir "."\n  reproducibility  numeric\n'
    "  needs            gcc@13\n  targets          haswell, x86_64_v2\n  emit  apptainer\n}"
)
ALL = (TARGETS, TOOLCHAIN, WAVES, APP, OTHER)


def held(text: str) -> Lock:
    lock = read(text)
    assert isinstance(lock, Lock)
    return lock


def targets(lock: Lock) -> dict[tuple[str, str, str], LockedTarget]:
    return {(each.app, each.target, each.language): each for each in lock.targets}


# ---- what it holds -------------------------------------------------------------------------------


def test_it_holds_every_target_with_its_options(toy: Toy) -> None:
    lock = held(toy.locked(ALL))
    assert (lock.archspec, lock.archspec_digest) == (lattice.data_version(), lattice.data_digest())
    found = targets(lock)
    v3 = found["heat2d@1.4.0", "x86_64_v3", "c"]
    assert (v3.origin, v3.version) == ("debian/trixie", "13.3.0")
    assert v3.flags == ("-march=x86-64-v3", "-mtune=generic")
    assert v3.codegen == ("-fno-math-errno",)
    assert v3.link == ("-Wl,-z,x86-64-v3",)
    assert found["heat2d@1.4.0", "zen5", "fortran"].stands_in == "zen4"
    assert "OPENBLAS_CORETYPE=Nehalem" in found["tides", "haswell", "c"].pins


def test_it_holds_every_package_with_its_bytes(toy: Toy) -> None:
    lock = held(toy.locked(ALL))
    environments = {(each.app, each.architecture): each for each in lock.environments}
    amd64 = environments["heat2d@1.4.0", "amd64"]
    assert amd64.targets == ("x86_64_v3", "zen5")
    assert environments["heat2d@1.4.0", "arm64"].targets == ("neoverse_v2",)
    assert {"libwaves-dev", "libwaves3", "libtide1", "gcc-13", "base-files"} <= {*amd64.build}
    assert {"libwaves3", "libtide1", "libgfortran5", "base-files"} <= {*amd64.run}
    assert not {"libwaves-dev", "gcc-13"} & {*amd64.run}
    debs = {(each.name, each.architecture): each for each in lock.debs}
    waves = debs["libwaves3", "amd64"]
    assert (waves.version, waves.depends) == ("1:3.1+dfsg-2", ("libc6", "libtide1"))
    assert waves.sha256 != debs["libwaves3", "arm64"].sha256
    assert (toy.trixie.folder / waves.path).stat().st_size == waves.size


def test_it_holds_where_all_comes_from_and_who_signed_it(toy: Toy) -> None:
    lock = held(toy.locked(ALL))
    assert [each.name for each in lock.archives] == ["debian/trixie"]
    assert lock.archives[0].keys == (toy.trixie.fingerprint,)
    assert str(toy.trixie.folder) not in toy.lock.read_text()  # a mirror is no fact of the lock


def test_it_holds_sources_and_what_was_taken_in(toy: Toy) -> None:
    lock = held(toy.locked(ALL))
    assert [(each.of, each.kind) for each in lock.sources] == [
        ("heat2d@1.4.0", "dir"),
        ("tides", "dir"),
    ]
    names = [each.name for each in lock.modules]
    assert names == ["envc:packages/gcc.envc", "package waves"]


# ---- the same bytes ------------------------------------------------------------------------------


def test_order_hash_seed_locale_and_clock_do_not_show(toy: Toy) -> None:
    first = toy.locked(ALL)
    for number, items in enumerate(list(permutations(ALL))[17::40]):
        toy.lock.unlink()
        variables = {"PYTHONHASHSEED": str(number), "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        assert toy.locked(items, **variables) == first


def test_two_at_once_write_one_whole_lock(toy: Toy) -> None:
    toy.write(ALL)
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _: toy.envc("lock", str(toy.spec)), range(2)))
    assert [each.returncode for each in done] == [0, 0]
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0
    assert sorted(each.name for each in toy.folder.iterdir()) == [
        "envc.lock",
        "heat.envc",
        "main.c",
    ]


# ---- fresh and stale -----------------------------------------------------------------------------


def test_lock_and_then_check_agree_and_need_no_mirror(toy: Toy) -> None:
    first = toy.locked(ALL)
    nowhere = {"ENVC_DEBIAN_MIRROR": "file:///nonexistent"}
    done = toy.envc("lock", "--check", str(toy.spec), **nowhere)
    assert (done.returncode, done.stderr.endswith("says what the spec says\n")) == (0, True)
    assert toy.envc("lock", str(toy.spec), **nowhere).returncode == 0
    assert toy.lock.read_text() == first


STALE = {
    "a need": (
        ("needs    waves", "needs    waves, debian/libgomp1"),
        "heat2d@1.4.0 asks for `debian/libgomp1`, which is not in the lock",
    ),
    "a range": (
        ("gcc@13.3", "gcc@13"),
        "heat2d@1.4.0 asks for `gcc@13`, and it has `gcc@13.3`",
    ),
    "a target": (
        ("neoverse_v2", "neoverse_v1"),
        "heat2d@1.4.0 for neoverse_v1 is not in the lock",
    ),
    "an output": (
        ("emit     dockerfile, slurm", "emit     dockerfile, guix, slurm"),
        "heat2d@1.4.0 is to be made from guix, too, and is not locked for that",
    ),
    "another output": (
        ("emit  apptainer", "emit  guix"),
        "tides is no longer made from debian",
    ),
    "what is taken in": (
        ("libwaves3    for run", "libwaves3    for run\n    libtide1     for run"),
        "`package waves` says something else than when it was locked",
    ),
    "options": (
        ("reproducibility  numeric", "reproducibility  build"),
        "tides on haswell with gcc 13.3.0 (c) gets other options",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), STALE.values(), ids=STALE)
def test_another_word_makes_it_stale_and_is_named(
    toy: Toy, change: tuple[str, str], sentence: str
) -> None:
    before = toy.locked(ALL)
    toy.spec.write_text(toy.spec.read_text().replace(*change))
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "error[E0401]" in done.stderr) == (3, True)
    assert sentence in done.stderr
    assert toy.lock.read_text() == before


def test_comments_and_layout_never_make_it_stale(toy: Toy) -> None:
    toy.locked(ALL)
    toy.spec.write_text("# a comment\n" + toy.spec.read_text().replace("  ", "      "))
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0


def test_a_folder_that_changed_makes_it_stale(toy: Toy) -> None:
    toy.locked(ALL)
    (toy.folder / "main.c").write_text("int main(void) { return 1; }\n")
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "source of heat2d@1.4.0 is not what it was" in done.stderr) == (
        3,
        True,
    )
    assert toy.envc("lock", str(toy.spec)).returncode == 0
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0


def test_an_edited_lock_is_refused_and_mended(toy: Toy) -> None:
    first = toy.locked(ALL)
    toy.lock.write_text(first.replace("-march=x86-64-v3", "-march=native"))
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "gets other options" in done.stderr) == (3, True)
    toy.lock.write_text(first.replace(" = ", "  =  ", 1))
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "error[E0402]" in done.stderr) == (3, True)
    assert toy.envc("lock", str(toy.spec)).returncode == 0
    assert toy.lock.read_text() == first
    toy.lock.write_bytes(b"\xff\x00")
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "error[E0402]" in done.stderr) == (3, True)


def test_a_lock_with_a_package_gone_is_told(toy: Toy) -> None:
    first = toy.locked(ALL)
    start = first.index("[[deb]]")
    toy.lock.write_text(first[:start] + first[first.index("[[deb]]", start + 1) :])
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "base-files, which is not in the lock" in done.stderr) == (3, True)


def test_no_lock_is_said_so(toy: Toy) -> None:
    toy.write(ALL)
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "error[E0404]" in done.stderr) == (3, True)


# ---- what stays and what moves -------------------------------------------------------------------

NEWER = {"libtide1": "1.1-1", "libwaves3": "1:3.2-1", "libwaves-dev": "1:3.2-1"}


def moved() -> list[dict[str, str]]:
    later = [dict(each) for each in TRIXIE]
    for each in later:
        each["Version"] = NEWER.get(each["Package"], each["Version"])
        each["Depends"] = each.get("Depends", "").replace("1:3.1+dfsg-2", "1:3.2-1")
    return later


def versions(text: str) -> dict[str, str]:
    return {each.name: each.version for each in held(text).debs}


def test_what_was_chosen_stays_when_the_archive_moves(toy: Toy) -> None:
    before = versions(toy.locked(ALL))
    toy.moves(moved())
    later = APP.replace("needs    waves", "needs    waves, debian/libgomp1")
    assert versions(toy.locked((TARGETS, TOOLCHAIN, WAVES, later, OTHER))) == before


def test_an_upgrade_moves_what_it_must_and_nothing_else(toy: Toy) -> None:
    before = versions(toy.locked(ALL))
    toy.moves(moved())
    done = toy.envc("lock", "--upgrade", "libtide1", str(toy.spec))
    assert done.returncode == 0, done.stderr
    assert versions(toy.lock.read_text()) == {**before, "libtide1": "1.1-1"}
    archives = [each.name for each in held(toy.lock.read_text()).archives]
    assert len(archives) == 2
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0


def test_an_origin_moves_as_a_whole(toy: Toy) -> None:
    before = versions(toy.locked(ALL))
    toy.moves(moved())
    done = toy.envc("lock", "--upgrade-origin", "debian/trixie", str(toy.spec))
    assert done.returncode == 0, done.stderr
    assert versions(toy.lock.read_text()) == {**before, **NEWER}
    assert len(held(toy.lock.read_text()).archives) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--upgrade", "libtide"), "the lock holds no `libtide`; did you mean `libtide1`?"),
        (("--upgrade-origin", "debian/trixi"), "did you mean `debian/trixie`?"),
    ],
)
def test_an_upgrade_of_nothing_is_a_typo(toy: Toy, words: tuple[str, str], said: str) -> None:
    before = toy.locked(ALL)
    done = toy.envc("lock", *words, str(toy.spec))
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert toy.lock.read_text() == before


def test_an_archive_that_moved_past_what_is_asked_for_is_told(toy: Toy) -> None:
    toy.moves(moved(), days=0)
    toy.write([WAVES, app("gcc@13.3\n    waves@3.1")])
    done = toy.envc("lock", str(toy.spec))
    assert (done.returncode, "`waves` is 3.2 in debian/trixie by now" in done.stderr) == (1, True)
    toy.write([WAVES, app("gcc@13.3\n    waves@3")])
    assert toy.envc("lock", str(toy.spec)).returncode == 0
    assert "waves@3.2" in toy.lock.read_text()


# ---- releases, and none that has it all ----------------------------------------------------------


def app(needs: str, more: str = "") -> str:
    return (
        f'app heat2d {{\n  source dir "."\n  needs {{\n    {needs}\n  }}\n  targets x86_64_v3\n'
        f"  emit dockerfile\n{more}}}"
    )


def test_an_older_release_is_taken_where_only_it_has_all(toy: Toy) -> None:
    toy.write([app("gcc@12.2")])
    done = toy.envc("lock", str(toy.spec))
    assert done.returncode == 0, done.stderr
    assert "heat2d is locked for debian/bookworm, not debian/trixie" in done.stderr
    assert {each.name for each in held(toy.lock.read_text()).debs} >= {"gcc-12", "libstdc++6"}
    assert {each["Package"] for each in BOOKWORM} >= {*versions(toy.lock.read_text())}


@pytest.mark.parametrize(
    ("needs", "sentences"),
    [
        (
            "gcc@15",
            ("error[E0405]: `gcc@15` is not in trixie, which has", "is not in bookworm, which has"),
        ),
        (
            "gcc@12.2\n    waves",
            ("error[E0405]: neither trixie nor bookworm has all", "`waves` is not in bookworm"),
        ),
        ("guix/gsl", ("error[E0405]: `guix/gsl` is a package of Guix alone",)),
    ],
)
def test_it_says_why_no_release_will_do(toy: Toy, needs: str, sentences: tuple[str, ...]) -> None:
    toy.write([WAVES, app(needs)])
    done = toy.envc("lock", str(toy.spec))
    assert done.returncode == 1
    assert [each for each in sentences if each not in done.stderr] == []
    assert not toy.lock.exists()


def test_packages_that_refuse_each_other_are_told_with_their_lines(toy: Toy) -> None:
    clash = [*TRIXIE, {"Package": "hello", "Version": "1", "Conflicts": "libtide1"}]
    toy.moves(clash, days=0)
    toy.write([WAVES, app("gcc@13.3\n    waves\n    debian/hello")])
    done = toy.envc("lock", str(toy.spec))
    assert (done.returncode, "error[E0406]" in done.stderr) == (1, True), done.stderr
    assert "debian/hello" in done.stderr
    assert "waves\n" in done.stderr


# ---- a bad world ---------------------------------------------------------------------------------


def test_a_release_signed_by_nobody_known_is_refused(toy: Toy) -> None:
    before = toy.locked(ALL)
    toy.spec.write_text(
        toy.spec.read_text().replace("needs    waves", "needs    waves, debian/hello")
    )
    done = toy.envc(
        "lock", "--upgrade-origin", "debian/trixie", str(toy.spec), ENVC_DEBIAN_KEYRING=""
    )
    assert (done.returncode, "error[E0407]" in done.stderr) == (4, True), done.stderr
    assert toy.lock.read_text() == before


def test_a_spec_with_mistakes_leaves_the_old_lock(toy: Toy) -> None:
    before = toy.locked(ALL)
    toy.spec.write_text(toy.spec.read_text().replace("gcc@13.3", "gcc@99"))
    assert toy.envc("lock", str(toy.spec)).returncode == 1
    assert toy.lock.read_text() == before


@pytest.mark.parametrize("name", ["ARCHSPEC_CPU_DIR", "ARCHSPEC_EXTENSION_CPU_DIR"])
def test_variables_that_replace_the_data_are_refused(toy: Toy, name: str) -> None:
    toy.write(ALL)
    done = toy.envc("lock", str(toy.spec), **{name: "/nonexistent"})
    assert (done.returncode, "error[E0258]" in done.stderr) == (1, True)
    assert not toy.lock.exists()


def test_standard_input_has_no_place_beside_it(toy: Toy) -> None:
    assert toy.envc("lock", "-").returncode == 2


FULL = """
mount -t tmpfs -o size=300k,mode=700 tmpfs "$ENVC_STORE"
cat /dev/zero > "$ENVC_STORE/filler" 2>/dev/null
exec "$@"
"""


@pytest.mark.tool("unshare")
def test_a_full_disk_leaves_the_old_lock(toy: Toy) -> None:
    before = toy.locked(ALL)
    (toy.folder.parent / "small").mkdir()
    variables = {**toy.variables(), "ENVC_STORE": str(toy.folder.parent / "small")}
    words = ["unshare", "-rm", "sh", "-c", FULL, "sh", sys.executable, "-m", "envc"]
    done = subprocess.run(
        [*words, "lock", "--upgrade-origin", "debian/trixie", str(toy.spec)],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 4, done.stderr
    assert "is full" in done.stderr
    assert toy.lock.read_text() == before
