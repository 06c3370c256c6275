"""Awkward values in a definition, read and run by Apptainer itself."""

import json
from pathlib import Path

import pytest

from envc.plan import runs
from envc.plan.model import OfJob, Run
from envc.quoting import definition
from tests.backends.apptainer.conftest import SOMEBODY, Apptainer
from tests.compile.plans import PLACE

pytestmark = pytest.mark.xdist_group("images")

AWKWARD = (
    "", " ", "  two  ", "a'b", 'a"b', "\\", "a\\", "\\n", "$HOME", "${HOME}", "$(touch /hit)",
    "`id`", "#", "-leading", "*", "é — 日本", "a=b c=d", "\t", "&& id", "%s", "%post", "{{ a }}",
    "{{{a}}}", "two\nlines", "\n%post\ntouch /hit", "x\nBootstrap: docker\nFrom: debian",
    "a\r\nb\r", "'\n'", "~", "!", "\x1b[0m",
)  # fmt: skip
PAIRS = [(f"V{number}", value) for number, value in enumerate(AWKWARD)]
SHOW = "printf '%s\\0' " + " ".join(f'"${name}"' for name, _ in PAIRS)
BASE = """
mkdir -p base/bin base/lib64 base/lib/x86_64-linux-gnu
cp -L /bin/sed base/bin/
cp -L /bin/dash base/bin/sh
cp -L /lib64/ld-linux-x86-64.so.2 base/lib64/
cd /lib/x86_64-linux-gnu
cp -L libc.so.6 libacl.so.1 libselinux.so.1 libpcre2-8.so.0 /work/base/lib/x86_64-linux-gnu/
"""
"""An image that has a shell and `sed`."""
APP = Run("show", (("%s\\0",), *((each, OfJob("index"), each) for each in AWKWARD)), PLACE)
LABELS = {f"org.example.l{n}": v for n, v in enumerate(AWKWARD) if definition.sayable("a", v)}


def text() -> str:
    environment = "\n".join(f"export {definition.assignment(*pair)}" for pair in PAIRS)
    script = definition.script(
        "for each in '%post\n{{ a }}' '\r\nBootstrap: x'; do\n"
        "    printf '%s\\0' \"$each\" >> /kept\ndone\n"
    )
    labels = "\n".join(definition.label(*each) for each in LABELS.items())
    words = " ".join(map(definition.word, AWKWARD))
    return f"""\
Bootstrap: localimage
From: base

%post
set +x
{script}
%environment
{environment}

%runscript
[ "$#" -gt 0 ] || set -- {words}
printf '%s\\0' "$@"

%apprun show
    printf {runs.started(APP, definition.word)} "$@"

%labels
{labels}

%help
help: {definition.prose("%post {{ a }}")}
"""


@pytest.fixture(scope="module")
def image(apptainer: Apptainer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("awkward")
    folder.chmod(0o777)
    done = apptainer.start(folder, ("sh", "-euc", BASE))
    assert done.returncode == 0, done.stderr.decode()
    (folder / "awkward.def").write_text(text())
    return apptainer.build(folder, "awkward.def", user=SOMEBODY)


def held(apptainer: Apptainer, image: Path, verb: str, *words: str) -> list[str]:
    """What is printed, by words that come behind the image, or that say where it stands."""
    rest = words if image.name in words else (image.name, *words)
    said = apptainer.say(image.parent, verb, "--userns", "--cleanenv", *rest)
    return said.split("\0")[:-1]


def test_variables_hold_their_values(apptainer: Apptainer, image: Path) -> None:
    assert held(apptainer, image, "exec", "sh", "-c", SHOW) == list(AWKWARD)


def test_words_reach_the_program(apptainer: Apptainer, image: Path) -> None:
    assert held(apptainer, image, "run") == list(AWKWARD)
    assert held(apptainer, image, "run", *AWKWARD) == list(AWKWARD)


@pytest.mark.parametrize("index", ["7", "a 'b' \"; * && touch /hit #"])
def test_words_reach_the_program_of_an_app(apptainer: Apptainer, image: Path, index: str) -> None:
    words = ("run", "--app", "show", "--env", f"ENVC_INDEX={index}")
    found = held(apptainer, image, *words, image.name, *AWKWARD)
    assert found == [*(f"{each}{index}{each}" for each in AWKWARD), *AWKWARD]


def test_an_app_says_what_its_job_has_not_said(apptainer: Apptainer, image: Path) -> None:
    done = apptainer.run(image.parent, "run", "--userns", "--cleanenv", "--app", "show", image.name)
    assert done.returncode == 2
    assert b"ENVC_INDEX: is set by the job" in done.stderr


def test_labels_and_help_are_kept(apptainer: Apptainer, image: Path) -> None:
    said = json.loads(apptainer.say(image.parent, "inspect", "--json", image.name))
    labels = said["data"]["attributes"]["labels"]
    assert {name: labels[name] for name in LABELS} == LABELS
    assert apptainer.say(image.parent, "run-help", image.name).strip() == "help: %post { { a }}"


def test_scripts_do_what_they_say_and_nothing_else(apptainer: Apptainer, image: Path) -> None:
    tree = apptainer.unpacked(image)
    assert (tree / "kept").read_bytes() == b"%post\n{{ a }}\0\r\nBootstrap: x\0"
    assert not (tree / "hit").exists()
