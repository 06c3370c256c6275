"""One spec, two formats: the image of the Dockerfile and that of the definition hold the same.

What may differ is written here, and in docs/containers.md for people.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.backends.apptainer.conftest import Sif
from tests.backends.conftest import Image

pytestmark = [
    pytest.mark.tool("buildah"),
    pytest.mark.xdist_group("images"),
    pytest.mark.slow,
]

OF_APPTAINER = (
    ".singularity.d",
    ".exec",
    ".run",
    ".shell",
    ".test",
    "environment",
    "singularity",
    "scif",
)
"""Its own files, at the top of each of its images."""
MOUNTED = ("etc/hosts", "etc/resolv.conf", "etc/hostname", "run/.containerenv")
"""Written by whatever starts an image; until then they are empty, or missing."""
VARIABLES = (
    "APPTAINER_", "SINGULARITY_", "SCIF_", "HOME", "LD_LIBRARY_PATH", "PROMPT_COMMAND", "PS1",
    "PWD", "USER_PATH", "LANG", "TERM", "SHLVL", "OLDPWD", "_", "container", "HOSTNAME",
)  # fmt: skip
"""Set by what starts an image, for whoever does."""
AWKWARD = (
    "", " ", "a b", "*", "it's", '"', "two\nlines", "$HOME", "$(id)", "-leading", "--", "\\", "é",
)  # fmt: skip
SHOW = ("sh", "-c", "for word; do printf '%s\\0' \"$word\"; done", "show")


class Entry(NamedTuple):
    kind: str
    mode: int
    owner: tuple[int, int]
    holds: str
    """Of a file, its digest; of a link, where it leads."""
    first: str
    """The first of all names of the same file."""


def listing(tree: Path) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    names: dict[tuple[int, int], str] = {}
    for folder, folders, files in os.walk(tree):
        folders.sort()
        for name in sorted((*folders, *files)):
            path = Path(folder, name)
            shown = str(path.relative_to(tree))
            if shown.partition("/")[0] in OF_APPTAINER or shown in MOUNTED:
                continue
            said = path.lstat()
            first = shown
            if stat.S_ISREG(said.st_mode):
                first = names.setdefault((said.st_dev, said.st_ino), shown)
            owner = (said.st_uid, said.st_gid)
            kind = stat.filemode(said.st_mode)[0]
            found[shown] = Entry(kind, stat.S_IMODE(said.st_mode), owner, _holds(path), first)
    return found


def _holds(path: Path) -> str:
    if path.is_symlink():
        return str(path.readlink())
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""


def differences(one: Path, other: Path) -> dict[str, tuple[Entry | None, Entry | None]]:
    here, there = listing(one), listing(other)
    names = sorted(here.keys() | there.keys())
    return {
        name: (here.get(name), there.get(name))
        for name in names
        if here.get(name) != there.get(name)
    }


def variables(shown: str) -> set[str]:
    """But for those that are there for whoever starts an image."""
    return {line for line in shown.splitlines() if not line.startswith(VARIABLES)}


def test_the_files_are_the_same(docker_image: Image, apptainer_image: Sif) -> None:
    assert differences(docker_image.tree, apptainer_image.tree) == {}
    assert len(listing(docker_image.tree)) > 1000


def test_the_variables_are_the_same(docker_image: Image, apptainer_image: Sif) -> None:
    said = variables(apptainer_image.run("env").stdout.decode())
    assert said == variables(docker_image.run("env").stdout)
    assert said == variables("\n".join(docker_image.config["Env"]))


def test_words_and_answers_are_the_same(docker_image: Image, apptainer_image: Sif) -> None:
    docker, apptainer = docker_image.run(*SHOW, *AWKWARD), apptainer_image.run(*SHOW, *AWKWARD)
    assert apptainer.stdout.decode() == docker.stdout
    assert docker.stdout.split("\0")[:-1] == list(AWKWARD)
    for words in (("sh", "-c", "exit 7"), ("sh", "-c", "kill -9 $$")):
        assert docker_image.run(*words).returncode == apptainer_image.run(*words).returncode
    command = f"set -- {' '.join(docker_image.config['Cmd'])}\n"
    assert command in (apptainer_image.tree / ".singularity.d" / "runscript").read_text()


def test_a_cpu_that_will_not_do_is_refused_the_same_way(
    docker_image: Image, apptainer_image: Sif
) -> None:
    words = ("env", "ENVC_CPUINFO=/dev/null", "/opt/envc/entry", "true")
    docker, apptainer = docker_image.start(*words), apptainer_image.start("exec", *words)
    assert docker.returncode == apptainer.returncode == 3
    assert docker.stderr.splitlines()[0] in apptainer.stderr.decode()


def test_the_user_and_the_folder_are_those_of_each_engine(
    docker_image: Image, apptainer_image: Sif
) -> None:
    assert docker_image.run("id", "-u").stdout == "1000\n"
    assert docker_image.run("pwd").stdout == "/home/envc\n"
    assert apptainer_image.run("id", "-u").stdout == b"0\n"
    assert apptainer_image.run("pwd").stdout == b"/work\n"


# ---- the comparison itself -----------------------------------------------------------------------

PLANTED: dict[str, Callable[[Path], object]] = {
    "a byte": lambda tree: (tree / "envc/fits").write_bytes(b"other"),
    "a mode": lambda tree: (tree / "envc/fits").chmod(0o700),
    "an owner": lambda tree: os.chown(tree / "envc/fits", 1, 1),
    "a file more": lambda tree: (tree / "envc/more").touch(),
    "a file less": lambda tree: (tree / "envc/fits").unlink(),
    "a folder": lambda tree: (tree / "empty").mkdir(),
    "a link": lambda tree: (tree / "link").symlink_to("elsewhere"),
    "a second name": lambda tree: os.replace(
        shutil.copy2(tree / "twin", tree / "new"), tree / "twin"
    ),
}


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_difference_is_found(what: str, apptainer_image: Sif, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for tree in (one, other):
        shutil.copytree(apptainer_image.tree / "opt", tree)
        os.link(tree / "envc/entry", tree / "twin")
    assert differences(one, other) == {}
    PLANTED[what](other)
    assert differences(one, other)
