"""`envc compile`: a tree of recipes from a locked spec, the same wherever it is written."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import permutations
from pathlib import Path
from threading import Thread

import archspec  # type: ignore[import-untyped]
import packaging
import pytest

import envc
import envc_backends
from tests.cli.test_imports import SLOW
from tests.lock.toy import TRIXIE, WAVES, Toy, make_toy

ROOT = Path(__file__).parents[2]
TOOLCHAIN = "toolchain gnu {\n  c, cxx, fortran  gcc@13.3\n}"
TARGETS = "targets tier = x86_64_v2, x86_64_v3, x86_64_v4, neoverse_v2"
APP = """app heat2d@1.4.0 {
  summary  "Heat in a plate"
  license  MIT
  source   dir "."
  using    gnu
  needs    waves
  targets  tier
  build shell {
    run "gcc -o heat2d heat2d.c"
    install "heat2d"
  }
  run demo {
    command "heat2d --size 4096"
  }
  emit     dockerfile, apptainer
}"""
ALL = (TARGETS, TOOLCHAIN, WAVES, APP)
TIER = ("neoverse_v2", "x86_64_v2", "x86_64_v3", "x86_64_v4")


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Toy:
    """Locked once; each test has a copy."""
    found = make_toy(tmp_path_factory.mktemp("world"))
    (found.folder / "heat2d.c").write_text("int main(void) { return 0; }\n")
    found.locked(ALL)
    return found


@pytest.fixture
def toy(locked: Toy, tmp_path: Path) -> Toy:
    shutil.copytree(locked.folder, tmp_path / "spec")
    shutil.copytree(locked.folder.parent / "store", tmp_path / "store")
    return Toy(tmp_path / "spec", locked.trixie)


def compiled(toy: Toy, *words: str, code: int = 0, **variables: str) -> str:
    done = toy.envc("compile", str(toy.spec), *words, **variables)
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout or done.stderr


def everything(out: Path) -> dict[str, bytes]:
    found = sorted(each for each in out.rglob("*") if each.is_file())
    return {str(each.relative_to(out)): each.read_bytes() for each in found}


# ---- what is written -----------------------------------------------------------------------------


def test_a_folder_for_each_target_with_all_that_is_emitted(toy: Toy) -> None:
    said = compiled(toy)
    assert said.startswith(f"{toy.folder}/envc-out: 4 folders: ")
    out = toy.folder / "envc-out"
    assert sorted(each.name for each in (out / "heat2d").iterdir()) == [
        *TIER[:1],
        "tags.json",
        *TIER[1:],
    ]
    for target in TIER:
        files = {each.name for each in (out / "heat2d" / target).iterdir()}
        assert {"Dockerfile", "README.md", "inputs", ".envc-compiled"} <= files
        assert any(name.endswith(".def") for name in files)
        assert "channels.scm" not in files
    assert compiled(toy).endswith("4 folders: nothing changed\n")


def test_what_is_not_said_is_all_that_the_lock_has(toy: Toy) -> None:
    toy.locked([*ALL[:3], APP.replace("  emit     dockerfile, apptainer\n", "")])
    compiled(toy)
    files = {each.name for each in (toy.folder / "envc-out/heat2d/x86_64_v3").iterdir()}
    assert "Dockerfile" in files


def test_formats_and_targets_are_narrowed(toy: Toy) -> None:
    compiled(toy, "-b", "dockerfile", "-t", "x86_64_v3", "-t", "x86_64_v4")
    out = toy.folder / "envc-out" / "heat2d"
    assert sorted(each.name for each in out.iterdir()) == ["tags.json", "x86_64_v3", "x86_64_v4"]
    assert not list(out.rglob("*.def"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("-b", "dockerfil"), "unknown backend `dockerfil`\n  help: did you mean `dockerfile`?\n"),
        (
            ("-b", "slurm"),
            "have nothing for `slurm`\n  help: here are `apptainer` and `dockerfile`\n",
        ),
        (("-b", "guix"), "the spec and its lock have nothing for `guix`\n"),
        (("-t", "x86_64_v5"), "unknown target `x86_64_v5`\n  help: did you mean"),
        (("--tools", "debian slim"), "envc compile: "),
        (("-o",), "needs a value"),
    ],
)
def test_wrong_words_are_told(toy: Toy, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in compiled(toy, *words, code=2)
    assert not (toy.folder / "envc-out").exists()


def test_another_folder_and_another_image_of_tools(toy: Toy, tmp_path: Path) -> None:
    compiled(toy, "-o", str(tmp_path / "there"), "--tools", "example.org/debian:sid")
    assert not (toy.folder / "envc-out").exists()
    dockerfile = (tmp_path / "there/heat2d/x86_64_v3/Dockerfile").read_text()
    assert "FROM example.org/debian:sid AS " in dockerfile


def test_a_document_says_what_was_done(toy: Toy) -> None:
    document = json.loads(compiled(toy, "--json", "-t", "x86_64_v3"))
    assert (document["schema"], document["written"]) == (1, True)
    (folder,) = document["folders"]
    assert folder["folder"] == "heat2d/x86_64_v3"
    assert "Dockerfile" in folder["files"]
    assert {each["change"] for each in document["changes"]} == {"new"}


# ---- comparing -----------------------------------------------------------------------------------


def test_check_compares_and_writes_nothing(toy: Toy) -> None:
    out = toy.folder / "envc-out"
    said = compiled(toy, "--check", code=1)
    assert f"+ {out}/heat2d/x86_64_v3/Dockerfile\n" in said
    assert not out.exists()
    compiled(toy)
    assert compiled(toy, "--check") == f"{out} is what the spec says\n"
    dockerfile = out / "heat2d/x86_64_v3/Dockerfile"
    dockerfile.write_text("FROM scratch\n")
    before = everything(out)
    assert compiled(toy, "--check", code=1) == f"! {dockerfile}\n"
    said = compiled(toy, "--check", "--json", "-t", "x86_64_v4", code=1)
    changes = {(each["change"], each["path"]) for each in json.loads(said)["changes"]}
    assert ("gone", "heat2d/x86_64_v2/Dockerfile") in changes
    assert everything(out) == before


def test_a_file_in_the_way_is_told(toy: Toy, tmp_path: Path) -> None:
    path = tmp_path / "out" / "README.md"
    path.parent.mkdir()
    path.write_text("mine\n")
    said = compiled(toy, "-o", str(path.parent), code=1)
    assert f"envc compile: `{path}` was not written by envc, or was changed since\n" in said
    assert everything(path.parent) == {"README.md": b"mine\n"}


# ---- what has to be there ------------------------------------------------------------------------


def test_what_was_compiled_is_no_part_of_the_source(toy: Toy) -> None:
    compiled(toy)
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0


def test_a_stale_or_missing_lock_is_told(toy: Toy) -> None:
    toy.spec.write_text(toy.spec.read_text().replace("x86_64_v2, ", ""))
    assert "error[E0401]" in compiled(toy, code=3)
    toy.lock.unlink()
    assert "error[E0404]" in compiled(toy, code=3)
    assert not (toy.folder / "envc-out").exists()


PATCH = """--- a/heat2d.c
+++ b/heat2d.c
@@ -1 +1 @@
-int main(void) { return 0; }
+int main(void) { return 1; }
"""


PATCHED = """app heat2d@1.4.0 {{
  source dir "."
  patch "warm.patch" sha256:{digest}
  needs gcc@13.3
  targets x86_64_v3
  build shell {{
    run "gcc -o heat2d heat2d.c"
    install "heat2d"
  }}
  emit guix
}}"""


def test_what_stands_beside_the_spec_need_not_be_in_the_store(toy: Toy, tmp_path: Path) -> None:
    (toy.folder / "warm.patch").write_text(PATCH)
    digest = sha256(PATCH.encode()).hexdigest()
    toy.locked([PATCHED.format(digest=digest)])
    compiled(toy, ENVC_STORE=str(tmp_path / "empty"))
    inputs = toy.folder / "envc-out" / "heat2d" / "x86_64_v3" / "inputs"
    assert sorted(each.name for each in inputs.iterdir()) == ["source.tar", "warm.patch"]


def test_a_source_that_is_not_in_the_store_is_told(toy: Toy, tmp_path: Path) -> None:
    archive = tmp_path / "web" / "heat2d.tar.gz"
    archive.parent.mkdir()
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(toy.folder / "heat2d.c", "heat2d-1.4.0/heat2d.c")
    handler = partial(SimpleHTTPRequestHandler, directory=str(archive.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/{archive.name}"
        digest = sha256(archive.read_bytes()).hexdigest()
        toy.locked([*ALL[:3], APP.replace('dir "."', f'tar "{url}" sha256:{digest}')])
        said = compiled(toy, code=4, ENVC_STORE=str(tmp_path / "empty"))
        assert f"help: `envc fetch {toy.spec}` brings it\n" in said
        assert not (toy.folder / "envc-out").exists()
        assert toy.envc("fetch", str(toy.spec)).returncode == 0
        compiled(toy)
        server.shutdown()


def test_mistakes_in_the_spec_are_told(toy: Toy) -> None:
    toy.spec.write_text("envc 1\n\napp heat {\n")
    assert "error[" in compiled(toy, code=1)
    assert compiled(toy, "-q", code=1).count("error[") == 1
    assert toy.envc("compile", "-").returncode == 2


def test_refusals_are_told_with_their_lines(toy: Toy) -> None:
    broken = APP.replace("gcc -o heat2d heat2d.c", "gcc -DN={index} heat2d.c")
    toy.locked([*ALL[:3], broken])
    said = compiled(toy, code=1)
    assert "error[E0501]" in said
    assert 'run "gcc -DN={index} heat2d.c"' in said
    assert not (toy.folder / "envc-out").exists()


def test_inputs_get_names_that_need_no_quotes(tmp_path: Path) -> None:
    toy = make_toy(tmp_path)
    (toy.folder / "heat2d.c").write_text("int main(void) { return 0; }\n")
    change = "--- a/heat2d.c\n+++ b/heat2d.c\n@@ -1 +1,2 @@\n int main(void) { return 0; }\n+/**/\n"
    patch = toy.folder / "it's (hot) é.patch"
    patch.write_text(change)
    line = f'  patch    "{patch.name}" sha256:{sha256(change.encode()).hexdigest()}\n'
    needs = "  needs {\n    waves\n    debian/patch for build\n  }\n"
    named = APP.replace("  needs    waves\n", line + needs)
    toy.moves([*TRIXIE, {"Package": "patch", "Version": "2.8-1", "Depends": "libc6"}], days=0)
    toy.locked([*ALL[:3], named])
    compiled(toy, "-t", "x86_64_v3")
    inputs = toy.folder / "envc-out/heat2d/x86_64_v3/inputs"
    assert sorted(each.name for each in inputs.iterdir()) == ["it-s--hot---.patch", "source.tar"]


def test_a_spec_without_an_app_leaves_all_as_it_is(toy: Toy) -> None:
    compiled(toy)
    toy.locked(ALL[:1])
    before = everything(toy.folder / "envc-out")
    assert "has no app" in compiled(toy, code=1)
    assert everything(toy.folder / "envc-out") == before


# ---- the same everywhere -------------------------------------------------------------------------

WORLDS = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "de_DE.UTF-8", "USER": "somebody"},
)


def test_no_hash_seed_locale_time_zone_umask_or_folder_shows(toy: Toy, tmp_path: Path) -> None:
    compiled(toy)
    first = everything(toy.folder / "envc-out")
    shutil.rmtree(toy.folder / "envc-out")
    for number, variables in enumerate(WORLDS):
        out = tmp_path / f"out-{number}"
        done = subprocess.run(
            [sys.executable, "-m", "envc", "compile", "heat.envc", "-o", str(out)],
            cwd=toy.folder,
            env={**os.environ, **toy.variables(), **variables},
            umask=0o077,
            check=False,
        )
        assert done.returncode == 0
        assert everything(out) == first


def test_the_order_of_declarations_does_not_show(toy: Toy) -> None:
    compiled(toy)
    out = toy.folder / "envc-out"
    first = everything(out)
    for items in list(permutations(ALL))[5::9]:
        toy.write(items)
        compiled(toy)
        assert everything(out) == first


# ---- jobs ----------------------------------------------------------------------------------------

SITE = """site lab {
  scheduler  slurm { account required }
  partition  big { target x86_64_v4  cores 64 }
}"""
EMITTED = APP.replace("emit     dockerfile, apptainer", "emit     dockerfile, slurm, local")
CHARGED = EMITTED.replace('command "heat2d', 'account csan\n    command "heat2d')


def test_a_folder_of_jobs_for_each_scheduler(toy: Toy) -> None:
    toy.locked([*ALL[:3], EMITTED])
    compiled(toy)
    out = toy.folder / "envc-out"
    found = {str(each.relative_to(out)) for each in out.rglob("*.s*") if each.is_file()}
    assert {"heat2d/jobs/slurm/demo.slurm", "heat2d/jobs/local/demo.sh"} <= found
    assert "(heat2d/jobs/slurm/README.md) | demo |" in (out / "README.md").read_text()
    script = (out / "heat2d/jobs/slurm/demo.slurm").read_text()
    assert script.startswith("#!/bin/sh\n#SBATCH --job-name=heat2d-demo\n")
    for target in TIER:
        assert f"{target}) image=heat2d-1.4.0-{target}.sif ;;" in script
    lines = toy.spec.read_text().splitlines()
    number = next(number for number, line in enumerate(lines, 1) if 'command "heat' in line)
    assert f"heat.envc:{number}\n" in script


def test_jobs_for_a_site(toy: Toy) -> None:
    toy.locked([*ALL[:3], CHARGED, SITE])
    compiled(toy, "--site", "lab", "-b", "slurm")
    out = toy.folder / "envc-out"
    assert sorted(each.name for each in (out / "heat2d").iterdir()) == ["jobs"]
    script = (out / "heat2d/jobs/lab/demo.slurm").read_text()
    assert "#SBATCH --partition=big\n" in script
    assert "#SBATCH --account=csan\n" in script
    assert "image=heat2d-1.4.0-x86_64_v4.sif" in script
    assert "x86_64_v2" not in script


def test_a_site_of_the_library_is_read_when_it_is_named(toy: Toy) -> None:
    toy.locked([*ALL[:3], CHARGED])
    compiled(toy, "--site", "adastra")
    script = (toy.folder / "envc-out/heat2d/jobs/adastra/demo.slurm").read_text()
    assert "#SBATCH --constraint=GENOA\n" in script


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--site", "adastro"), 2, "there is no site `adastro`\n  help: did you mean `adastra`?"),
        (("--site", "lab"), 1, "error[E0603]: run `demo` says no `account`"),
        (("-b", "oar"), 2, "have nothing for `oar`"),
    ],
)
def test_wrong_places_are_told(toy: Toy, words: tuple[str, ...], code: int, sentence: str) -> None:
    toy.locked([*ALL[:3], EMITTED, SITE])
    assert sentence in compiled(toy, *words, code=code)
    assert not (toy.folder / "envc-out").exists()


def pythons() -> Iterator[str]:
    """Others than the one that runs this: of the system, or of pyenv."""
    own = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for name in {"python3.11", "python3.12", "python3.13"} - {own}:
        found = [shutil.which(name), *_of_pyenv(name)]
        yield from (each for each in found[-1:] if each and "/shims/" not in each)


def _of_pyenv(name: str) -> list[str]:
    if shutil.which("pyenv") is None:
        return []
    words = ["pyenv", "root"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    root = Path(done.stdout.strip()) / "versions"
    return [str(each) for each in sorted(root.glob(f"{name.removeprefix('python')}*/bin/{name}"))]


@pytest.mark.parametrize("python", sorted(pythons()))
def test_no_version_of_python_shows(toy: Toy, python: str, tmp_path: Path) -> None:
    """The packages of this Python are pure where compiling needs them."""
    compiled(toy)
    modules = (archspec, envc, envc_backends, packaging)
    path = os.pathsep.join(str(Path(each.__path__[0]).parent) for each in modules)
    done = subprocess.run(
        [python, "-m", "envc", "compile", str(toy.spec), "-o", str(tmp_path / "out")],
        env={**os.environ, **toy.variables(), "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert everything(tmp_path / "out") == everything(toy.folder / "envc-out")


# ---- quick ---------------------------------------------------------------------------------------

PROBE = """
import json, resource, sys
before = set(sys.modules)
from envc.cli import main
code = main(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([code, sorted(set(sys.modules) - before), used.ru_utime + used.ru_stime]))
"""


BATCH = "slurm, pbspro, torque, sge, lsf, htcondor, oar, flux, dirac, local"


@pytest.mark.parametrize("emits", ["dockerfile, apptainer", f"dockerfile, apptainer, {BATCH}"])
def test_all_formats_of_four_targets_are_quick_and_import_little(toy: Toy, emits: str) -> None:
    toy.locked([*ALL[:3], APP.replace("dockerfile, apptainer", emits)])
    env = {**os.environ, **toy.variables()}
    words = [sys.executable, "-c", PROBE, "compile", "--quiet", str(toy.spec)]
    seconds = []
    for _ in range(3):
        shutil.rmtree(toy.folder / "envc-out", ignore_errors=True)
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
        code, modules, used = json.loads(done.stdout.splitlines()[-1])
        assert code == 0
        # Checking a spec reads the data of archspec and packaging's list of licences.
        slow = (SLOW - {"archspec", "packaging"}) | {"envc.store.web", "pysequoia"}
        assert not set(modules) & slow
        seconds.append(used)
    assert min(seconds) < 0.5


def test_guix_alone(toy: Toy) -> None:
    guix = APP.replace("needs    waves", "needs    guix/zlib, gcc").replace("  using    gnu\n", "")
    toy.locked(
        [TARGETS.replace(", neoverse_v2", ""), guix.replace("dockerfile, apptainer", "guix")]
    )
    document = json.loads(compiled(toy, "--json"))
    assert all("manifest.scm" in each["files"] for each in document["folders"])


# ---- the example of the manual, with real packages -----------------------------------------------


@pytest.mark.slow
def test_the_example_is_compiled_for_all_formats(tmp_path: Path) -> None:
    from tests.debian_suites import STORE
    from tests.own_apt import mirror

    folder = tmp_path / "heat2d"
    shutil.copytree(ROOT / "examples" / "heat2d", folder)
    env = {**os.environ, "ENVC_STORE": str(STORE), "ENVC_DEBIAN_MIRROR": mirror()}

    def envc(*words: str) -> None:
        words = (sys.executable, "-m", "envc", *words, str(folder / "heat2d.envc"))
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    envc("lock")
    envc("compile")
    envc("compile", "--check")
    lock = (folder / "envc.lock").read_text()
    for target in ("x86_64_v2", "x86_64_v3", "x86_64_v4"):
        leaf = folder / "envc-out" / "heat2d" / target
        march = f"-march={target.replace('_', '-')}"
        recipes = ("Dockerfile", "heat2d.def", "manifest.scm", "package.scm", "channels.scm")
        assert all((leaf / name).stat().st_size for name in recipes)
        assert march in (leaf / "package.scm").read_text()
        assert any(march in each.read_text() for each in leaf.glob("steps/*.sh"))
        packages = (leaf / "packages-run.txt").read_text().split()
        hashes = [word for word in packages if len(word) == 64]
        assert len(hashes) > 50
        assert all(f'"{each}"' in lock for each in hashes)
