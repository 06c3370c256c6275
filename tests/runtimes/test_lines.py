"""The lines of all runtimes, started with programs in their places that show what they get."""

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from envc.jobs import words
from envc.jobs.backend import backend
from envc.jobs.model import Amount, Environment, Per, Words
from envc.runtimes.model import Use, Variable, Word, runtime
from envc.vocabulary import RUNTIMES
from tests.engines.fakes import program
from tests.jobs.samples import at, command, job, said

CONTAINERS = tuple(name for name in (*RUNTIMES, "embedded") if name != "none")
each_runtime = pytest.mark.parametrize("name", CONTAINERS)
IMAGE = "the image"
PROGRAMS = {"charliecloud": "ch-run"}
HARD = 'it\'s "so" $HOME `touch bad` $(touch bad)\nline é 温 \\ *'
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
FAKE = """\
printf '%s\\0' "$@" >"$OUT/given"
while [ "${1##*:}" != "$IMAGE" ]; do [ "$#" -gt 0 ] || exit 90; shift; done
shift
[ "${1-}" != -- ] || shift
env -0 >"$OUT/had"
exec "$@"
"""
"""Stands for a runtime: starts what follows the image."""
SHOW = 'printf \'%s\\0\' "$SAY" "$ENVC_INDEX" "${SECRET-nothing}" "$@" >"$OUT/shown"\nexit 7'


def use(folder: Path, *program: str, **changes: object) -> Use:
    found = Use(
        image=(IMAGE,),
        program=tuple((each,) for each in (str(folder / "show"), *program)),
        entry=str(folder / "entry"),
        binds=((Variable("PWD"),), (str(folder / "data, more"),)),
        workdir=(Variable("PWD"),),
        environment=Environment.CLEAN,
        passed=("ENVC_INDEX",),
        prefixes=(),
        gpu="",
        variables=(("SAY", "hello"), ("PATH", os.environ["PATH"]), ("OUT", str(folder))),
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def run(name: str, folder: Path, asked: Use, **variables: str) -> int:
    """The line under sh, as a script has it."""
    program(folder, "show", SHOW)
    program(folder, "entry", 'exec "$@"')
    tools = folder / "tools"
    program(tools, PROGRAMS.get(name, name), FAKE)
    text = f"{words.DEFINED}{words.lines((runtime(name).line(asked),))}\n"
    done = subprocess.run(
        ["sh", "-c", text],
        cwd=folder,
        env={
            "PATH": f"{tools}:{os.environ['PATH']}",
            "OUT": str(folder),
            "IMAGE": IMAGE,
            "ENVC_INDEX": "5",
            **variables,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode


def read(path: Path) -> Words:
    return tuple(path.read_bytes().decode(errors="surrogateescape").split("\0")[:-1])


FAKED = tuple(name for name in CONTAINERS if name not in ("guix", "embedded"))
each_fake = pytest.mark.parametrize("name", FAKED)
SHOWS_ALL = ("charliecloud", "udocker", "shifter", "sarus")
"""Runtimes that hand on what they see of variables, unless the line takes care of it."""


@each_fake
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@example(given_words=[HARD, "", "-n", "A=b", "--"], value=HARD)
@given(given_words=st.lists(TEXTS, max_size=4), value=TEXTS)
def test_words_and_variables_arrive_as_they_are(
    name: str, given_words: list[str], value: str
) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        asked = use(folder, *given_words)
        said_too = replace(asked, variables=(*asked.variables, ("SAY", value)))
        assert run(name, folder, said_too, SAY=value) == 7
        assert read(folder / "shown")[:2] == (value, "5")
        assert read(folder / "shown")[3:] == tuple(given_words)
        assert not (folder / "bad").exists()


@pytest.mark.parametrize("name", SHOWS_ALL)
def test_a_clean_environment_is_made_where_the_runtime_makes_none(
    name: str, tmp_path: Path
) -> None:
    assert run(name, tmp_path, use(tmp_path), SECRET="told", SAY="other") == 7
    assert read(tmp_path / "shown") == ("hello", "5", "nothing")


@pytest.mark.parametrize("name", SHOWS_ALL)
def test_variables_of_a_launcher_are_kept(name: str, tmp_path: Path) -> None:
    asked = use(tmp_path, prefixes=("SEC", "PMIX_"))
    assert run(name, tmp_path, asked, SECRET=HARD, OTHER="lost", SAY="other") == 7
    assert read(tmp_path / "shown") == ("hello", "5", HARD)


@pytest.mark.parametrize("name", SHOWS_ALL)
def test_variables_that_are_no_text_are_left_out_too(name: str, tmp_path: Path) -> None:
    """Grid Engine has one on its other nodes, with a byte 255 between its words."""
    asked = use(tmp_path, prefixes=("PMIX_",))
    binary = os.fsdecode(b"a\xffb\xff;")
    assert run(name, tmp_path, asked, SECRET=binary, PMIX_RANK=binary, LC_ALL="C.UTF-8") == 7
    assert read(tmp_path / "shown") == ("hello", "5", "nothing")


@pytest.mark.parametrize("name", SHOWS_ALL)
def test_all_variables_are_kept_where_that_is_asked_for(name: str, tmp_path: Path) -> None:
    asked = use(tmp_path, environment=Environment.INHERIT)
    assert run(name, tmp_path, asked, SECRET="told", SAY="other") == 7
    assert read(tmp_path / "shown") == ("hello", "5", "told")


@pytest.mark.parametrize("name", ["docker", "podman"])
def test_docker_is_told_which_variables_it_is_to_hand_on(name: str, tmp_path: Path) -> None:
    clean = use(tmp_path, prefixes=("PMIX_",))
    assert run(name, tmp_path, clean, PMIX_RANK="1", SECRET="told") == 7
    handed = {each for each in read(tmp_path / "given") if each.startswith("--env=")}
    assert handed == {"--env=ENVC_INDEX", "--env=PMIX_RANK"}
    inherit = use(tmp_path, environment=Environment.INHERIT)
    assert run(name, tmp_path, inherit, SECRET="told", SAY="other") == 7
    handed = {each for each in read(tmp_path / "given") if each.startswith("--env=")}
    assert {"--env=SECRET", "--env=ENVC_INDEX"} <= handed
    assert not handed & {"--env=SAY", "--env=PATH", "--env=PWD"}


@pytest.mark.parametrize(
    ("name", "prefix"), [("apptainer", "APPTAINER"), ("singularity", "SINGULARITY")]
)
def test_apptainer_is_told_by_names(name: str, prefix: str, tmp_path: Path) -> None:
    assert run(name, tmp_path, use(tmp_path, prefixes=("PMIX_",)), PMIX_RANK=HARD, SAY="x") == 7
    had = dict(each.split("=", 1) for each in read(tmp_path / "had"))
    assert had[f"{prefix}ENV_PMIX_RANK"] == HARD


@each_fake
def test_the_user_is_whoever_starts_it(name: str, tmp_path: Path) -> None:
    run(name, tmp_path, use(tmp_path))
    given = read(tmp_path / "given")
    told = [each for each in given if each.startswith("--user")]
    own = [f"--user={os.getuid()}:{os.getgid()}"]
    assert [each for each in told if not each.startswith("--userns")] == (
        own if name in ("docker", "podman", "udocker") else []
    )


# ---- GPUs ----------------------------------------------------------------------------------------

GPUS = {
    ("apptainer", "nvidia"): ["--nv"],
    ("apptainer", "amd"): ["--rocm"],
    ("singularity", "nvidia"): ["--nv"],
    ("singularity", "amd"): ["--rocm"],
    ("podman", "nvidia"): ["--device=nvidia.com/gpu=all"],
    ("podman", "amd"): ["--device=/dev/kfd", "--device=/dev/dri"],
    ("docker", "nvidia"): ["--gpus=all"],
    ("docker", "amd"): ["--device=/dev/kfd", "--device=/dev/dri"],
    ("shifter", "nvidia"): ["--module=gpu"],
}
REFUSED = {("charliecloud", "nvidia"), ("udocker", "nvidia"), ("shifter", "amd")}
"""What cannot be said; the rest is there without a word."""


def texts(line: tuple[Word, ...]) -> list[str]:
    return ["".join(p if isinstance(p, str) else f"${p.name}" for p in word) for word in line]


@each_runtime
@pytest.mark.parametrize(("kind", "maker"), [("a100", "nvidia"), ("mi250x", "amd")])
def test_gpus(name: str, kind: str, maker: str, tmp_path: Path) -> None:
    asked = job(runtime=name, gpus=said(Amount(1, Per.NODE)), gpu=said(kind))
    refusals = runtime(name).refusals(asked)
    assert bool(refusals) == ((name, maker) in REFUSED)
    if refusals:
        assert refusals[0].rule.code == "E0601"
        assert refusals[0].labels[0].span == asked.gpu.place.span  # type: ignore[union-attr]
        assert refusals[0].help
        return
    without = texts(runtime(name).line(use(tmp_path)))
    with_them = texts(runtime(name).line(use(tmp_path, gpu=maker)))
    assert [each for each in with_them if each not in without] == GPUS.get((name, maker), [])


# ---- images --------------------------------------------------------------------------------------


@each_runtime
def test_an_image_that_is_not_there_is_fetched_or_named(name: str, tmp_path: Path) -> None:
    """Never one of a registry that nobody named."""
    program(tmp_path / "tools", PROGRAMS.get(name, name), 'echo "$@" >>"$OUT/said"; exit 1')
    program(tmp_path / "tools", "shifterimg", 'echo "$@" >>"$OUT/said"; exit 1')
    found = at("local", job(runtime=name, command=command("heat")))
    (tmp_path / "job.sh").write_text(backend("local").files(found)[0].text)
    done = subprocess.run(
        ["sh", "job.sh"],
        cwd=tmp_path,
        env={
            "PATH": f"{tmp_path}/tools:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "OUT": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 66
    assert "is not on this node" in done.stderr
    assert done.stdout == ""
    log = tmp_path / "said"
    assert "pull" not in (log.read_text() if log.exists() else "")


@pytest.mark.parametrize(
    ("name", "pulled"),
    [
        ("docker", "docker pull --quiet r.example/heat:1"),
        ("podman", "podman pull --quiet r.example/heat:1"),
        ("udocker", "udocker pull r.example/heat:1"),
        ("sarus", "sarus pull r.example/heat:1"),
        ("shifter", "shifterimg pull docker:r.example/heat:1"),
    ],
)
def test_from_a_registry_that_is_named(name: str, pulled: str, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    for each in (name, "shifterimg"):
        program(tools, each, 'echo "${0##*/} $@" >>"$OUT/said"; echo noise')
    environ = {"PATH": f"{tools}:{os.environ['PATH']}", "OUT": str(tmp_path)}
    (line,) = runtime(name).missing(("r.example/heat:1",))
    done = subprocess.run(
        ["sh", "-c", words.words(line)], env=environ, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "said").read_text() == f"{pulled}\n"


# ---- Guix ----------------------------------------------------------------------------------------


def test_guix_makes_what_is_not_there(tmp_path: Path) -> None:
    asked = use(tmp_path, "a b", prefixes=("PMIX_",), image=("/i",))
    line = texts(runtime("guix").line(asked))
    assert line[:5] == ["guix", "time-machine", "--channels=/i/channels.scm", "--", "shell"]
    assert "--preserve=^(ENVC_INDEX$|PMIX_)" in line
    assert "--manifest=/i/manifest.scm" in line
    assert line[-2:] == [f"{tmp_path}/show", "a b"]
    assert not any(each.startswith("PATH=") for each in line)


@pytest.mark.parametrize("name", ["docker", "podman"])
def test_only_at_a_terminal_a_container_has_one(name: str, tmp_path: Path) -> None:
    options = {("--interactive",), ("--tty",)}
    for there in (True, False):
        found = {*runtime(name).line(use(tmp_path, terminal=there))}
        assert found & options == (options if there else set())
