"""What holds for all runtimes, of real ones: a program is started as if there were none."""

import os
import signal
import time
from pathlib import Path

import pytest

from envc.jobs.model import Environment, Job
from tests.images.conftest import VARIABLES
from tests.jobs.samples import command, job, said
from tests.runtimes.conftest import GREETING, Here

pytestmark = [
    pytest.mark.tool("busybox"),
    pytest.mark.xdist_group("images"),
]
HARD = 'it\'s "so" $HOME `touch bad` $(touch bad)\nline é 温 \\ *'


def sh(text: str, *words: str) -> Job:
    """A shell of the image, and its arguments."""
    return job(command=command("sh", "-c", text, "sh", *words), variables=VARIABLES)


def test_words_folder_user_and_code(here: Here, place: Path) -> None:
    program = 'printf "%s\\0" "$PWD" "$(id -u):$(id -g)" "$@" >seen; exit 7'
    code, err = here.run(sh(program, HARD, "", "-n", "A=b", "--", "{index}"), place)
    assert code == 7, err
    *seen, last = (place / "seen").read_text().split("\0")
    assert last == ""
    user = f"{os.getuid()}:{os.getgid()}"
    assert seen == [str(place), user, HARD, "", "-n", "A=b", "--", "0"]
    assert [each.name for each in place.iterdir()] == ["seen"]


def test_of_variables_only_those_of_the_image_and_of_the_job(here: Here, place: Path) -> None:
    program = 'echo "$GREETING|$ENVC_INDEX|$ENVC_TARGET|${SECRET-nothing}|$PATH"'
    said_of_image = dict(VARIABLES)
    found = here.say(sh(program), place, SECRET="told", GREETING="other")
    assert found == f"{GREETING}|0|x86_64|nothing|{said_of_image['PATH']}\n"


def test_those_of_whoever_starts_it_where_that_is_asked_for(here: Here, place: Path) -> None:
    asked = sh('echo "$GREETING|$ENVC_INDEX|$SECRET"')
    inherit = job(command=asked.command, variables=VARIABLES, environment=said(Environment.INHERIT))
    found = here.say(inherit, place, SECRET=HARD, GREETING="other")
    assert found == f"{GREETING}|0|{HARD}\n"


def test_folders_have_the_names_that_they_have_outside(here: Here, place: Path) -> None:
    data = place.parent / "data, more"
    data.mkdir()
    (data / "in").write_text("42\n")
    words = command("sh", "-c", 'cat "$1"; cat "$1" >"$2"', "sh", f"{data}/in", f"{data}/out")
    found = job(
        command=words,
        variables=VARIABLES,
        inputs=(said(f"{data}/in"),),
        outputs=(said(f"{data}/out"),),
    )
    assert here.say(found, place) == "42\n"
    assert (data / "out").read_text() == "42\n"


def test_a_signal_reaches_the_program(here: Here, place: Path) -> None:
    program = 'trap "echo heard >heard; exit 3" TERM; touch ready; while :; do sleep 0.1; done'
    process = here.start(sh(program), place)
    end = time.monotonic() + 60
    while not (place / "ready").exists():
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < end
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 3
    assert (place / "heard").exists()


def test_a_program_that_is_not_there(here: Here, place: Path) -> None:
    code, err = here.run(job(command=command("frobnicate"), variables=VARIABLES), place)
    assert code == 127
    assert "frobnicate" in err
