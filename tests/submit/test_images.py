"""Images are at the site and are those of the lock before a job is handed in."""

import subprocess
from pathlib import Path

import pytest

from envc.check import Checked, check_path
from envc.library import standard
from envc.lock.model import Lock
from envc.plan.image import CLOSURE
from envc.plan.make import plans
from envc.resolve.fresh import fresh
from envc.submit import images
from tests.submit.conftest import Desk

pytestmark = pytest.mark.xdist_group("submit")
WORDS = ("submit", "probe.envc", "slow", "--site")
NAME = "registry.example.org/physics/probe:1.0-x86_64"
OTHER = "sha256:" + "0" * 64
# A SIF as far as anybody looks at it here.
IMAGE = '...{{"org.envc.app": "probe", "{label}": "{closure}"}}...{rest}'
PULLS = """\
[ "$1" = pull ] || exit 0
echo "$3" >"$(dirname "$0")/heard"
[ -e "$(dirname "$0")/pulled" ] || { echo FATAL: no such image >&2; exit 255; }
cp "$(dirname "$0")/pulled" "$2"
"""


@pytest.fixture(scope="session")
def closure(locked: Path) -> str:
    """Of the lock."""
    spec = str(locked / "probe.envc")
    checked = check_path(spec)
    assert isinstance(checked, Checked)
    lock = fresh(spec, checked)
    assert isinstance(lock, Lock)
    made = plans(checked, lock, standard()).plans
    return next(each.closure for each in made if each.origin.startswith("debian"))


def image(closure: str, rest: str = "") -> str:
    return IMAGE.format(label=CLOSURE, closure=closure, rest=rest)


def at_site(desk: Desk) -> Path:
    path = desk.home / ".envc" / "images" / "probe-1.0-x86_64.sif"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def build(desk: Desk, text: str) -> None:
    built = desk.folder / "envc-out" / "probe" / "x86_64" / "probe.sif"
    built.parent.mkdir(parents=True, exist_ok=True)
    built.write_text(text)


def test_an_image_of_the_lock_is_left_as_it_is(desk: Desk, closure: str) -> None:
    at_site(desk).write_text(image(closure, "there"))
    build(desk, image(closure, "here"))
    done = desk.envc(*WORDS, "boxed")
    assert (done.returncode, done.stderr) == (0, "")
    assert at_site(desk).read_text().endswith("there")


def test_an_image_of_another_lock_is_refused(desk: Desk) -> None:
    at_site(desk).write_text(image(OTHER))
    build(desk, image(OTHER))  # from before the spec was locked anew
    done = desk.envc(*WORDS, "boxed")
    assert done.returncode == 1
    assert done.stderr == (
        "envc submit: boxed has `.envc/images/probe-1.0-x86_64.sif`, made from another lock\n"
        "  help: `envc build -t x86_64` makes what this lock says, and `envc submit` brings it\n"
    )
    assert not (desk.home / ".envc" / "jobs").exists()


def test_an_image_of_another_lock_is_replaced(desk: Desk, closure: str) -> None:
    at_site(desk).write_text(image(OTHER))
    build(desk, image(closure, "new"))
    done = desk.envc(*WORDS, "boxed")
    assert done.returncode == 0, done.stderr
    assert "bringing envc-out/probe/x86_64/probe.sif to" in done.stderr
    assert at_site(desk).read_text().endswith("new")


def test_an_image_that_says_nothing_is_taken(desk: Desk) -> None:
    at_site(desk).write_text("somebody's own image")
    assert desk.envc(*WORDS, "boxed").returncode == 0


def test_an_image_of_a_registry_is_fetched(desk: Desk, closure: str) -> None:
    desk.plays("apptainer", PULLS)
    done = desk.envc(*WORDS, "shared")
    assert done.returncode == 5
    assert f"this machine did not fetch `{NAME}`: FATAL: no such image" in done.stderr
    (desk.programs / "pulled").write_text(image(OTHER))
    done = desk.envc(*WORDS, "shared")
    assert done.returncode == 5
    assert "was made from another lock" in done.stderr
    assert "--push` puts that of this lock there" in done.stderr
    (desk.programs / "pulled").write_text(image(closure))
    done = desk.envc(*WORDS, "shared")
    assert done.returncode == 0, done.stderr
    assert at_site(desk).read_text() == image(closure)
    assert (desk.programs / "heard").read_text() == f"docker://{NAME}\n"


def test_an_image_that_does_not_arrive_whole_is_none(tmp_path: Path) -> None:
    """As where the connection breaks on the way."""
    words = ["sh", "-c", images._TAKE, "take", str(tmp_path), "probe.sif", "12"]
    done = subprocess.run(words, input=b"half of it", capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"it did not arrive whole\n")
    assert not list(tmp_path.iterdir())
