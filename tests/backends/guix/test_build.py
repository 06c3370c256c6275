"""A package of ours, built by the real Guix, twice; and an image of it that runs."""

import subprocess

import pytest

from tests.backends.guix.compiled import Compiled
from tests.backends.guix.conftest import SHARE, Lab

pytestmark = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.slow,
    pytest.mark.xdist_group("guix-host"),
]

HOSTED = '(use-modules (host) (guix profiles))\n(define app (hosted (load "package.scm")))\n'


@pytest.fixture(scope="module")
def folder(written: Lab, made: tuple[Compiled, ...]) -> str:
    """The package as it was written, but among Debian's compilers."""
    each = next(one for one in made if one.name == "roots")
    written.put(f"{each.folder}/hosted.scm", f"{HOSTED}app\n")
    written.put(f"{each.folder}/profile.scm", f"{HOSTED}(packages->manifest (list app))\n")
    return f"{SHARE}/{each.folder}"


def guix(lab: Lab, *words: str) -> str:
    return lab.say("guile", "--no-auto-compile", f"{SHARE}/guix-host.scm", *words).strip()


@pytest.fixture(scope="module")
def built(written: Lab, folder: str) -> str:
    """Its own test ran in it, or there would be nothing."""
    return guix(written, "build", "-f", f"{folder}/hosted.scm")


def test_it_runs_and_its_variables_are_set(written: Lab, built: str) -> None:
    """The words of sh in the variable are words."""
    said = written.say(f"{built}/bin/roots", "3")
    assert said == f'sum 4.146264, steps 3, home {built}/share $HOME `id` "q"\n'


def test_it_is_compiled_for_the_target(written: Lab, built: str) -> None:
    """The source refuses to be compiled for less; the linker wrote down what it was told."""
    told = written.say("readelf", "-n", f"{built}/bin/.roots-real")
    assert "x86-64-v2" in told


def test_a_second_build_is_the_same(written: Lab, folder: str, built: str) -> None:
    assert guix(written, "build", "--check", "-f", f"{folder}/hosted.scm") == built


def test_a_test_that_fails_fails_the_build(written: Lab, folder: str) -> None:
    said = written.read(f"{folder}/package.scm").replace('"sum 22.468278"', '"sum 23"')
    written.put(f"{folder.removeprefix(SHARE + '/')}/wrong.scm", said)
    hosted = '(use-modules (host))\n(hosted (load "wrong.scm"))\n'
    path = written.put(f"{folder.removeprefix(SHARE + '/')}/hosted-wrong.scm", hosted)
    words = ("guile", "--no-auto-compile", f"{SHARE}/guix-host.scm", "build", "-f", path)
    done = written.start(*words)
    assert done.returncode != 0
    assert "the output should hold:" in done.stderr


def test_guix_itself_can_tune_it_further(written: Lab, folder: str, built: str) -> None:
    """Its option comes after ours; the script of ours and that of Guix do not call each other."""
    tuned = guix(written, "build", "--tune=x86-64-v3", "-f", f"{folder}/hosted.scm")
    assert tuned != built
    said = written.say(f"{tuned}/bin/roots", "0")
    assert said.startswith("sum 0.000000, steps 3")


def test_an_image_holds_it_and_runs(written: Lab, folder: str, built: str) -> None:
    options = ("-S", "/bin=bin", "--entry-point=bin/roots", "-m", f"{folder}/profile.scm")
    image = guix(written, "pack", "-f", "squashfs", *options)
    opened = f"{SHARE}/opened"
    written.say("rm", "-rf", opened)
    written.say("unsquashfs", "-quiet", "-no-progress", "-dest", opened, image)
    # As Apptainer starts it. The host shows it what its compilers were linked with.
    started = (
        'cd "$1$2"; mkdir usr; ln -s usr/lib usr/lib64 .; mount --bind "$1/usr" usr\n'
        "chroot . /.singularity.d/actions/run 3; chroot . /bin/roots 3"
    )
    own = ["unshare", "--mount", "--propagation", "private", "sh", "-euc", started, "-"]
    done = subprocess.run(
        [*own, str(written.root), opened], capture_output=True, text=True, check=False
    )
    assert done.stdout == 2 * f'sum 4.146264, steps 3, home {built}/share $HOME `id` "q"\n', done
