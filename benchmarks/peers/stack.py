"""The same stack, said to each tool, and the folders with recipes that they make of it."""

import os
import re
import shlex
import shutil
import sys
import tarfile
from pathlib import Path

from benchmarks.compile import computed, facts, facts_of_envc, said
from benchmarks.peers.model import Tool
from benchmarks.peers.sources import SITE
from tests.debian_suites import STORE
from tests.own_apt import mirror

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "heat2d"
DOCKERFILE, DEFINITION = "Dockerfile", "heat2d.def"
TOOLS = ("envc", "hpccm", "neurodocker")


def write(tool: str, folder: Path, programs: Path) -> Tool:
    """A Dockerfile and a definition, in a folder with all that they copy."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {"envc": _envc, "hpccm": _hpccm, "neurodocker": _neurodocker}[tool](folder, programs)


def of_distribution(folder: Path, programs: Path) -> None:
    """The Dockerfile of hpccm where it is not told which distribution its base is."""
    folder.mkdir(parents=True, exist_ok=True)
    words = (programs / "hpccm", "--recipe", HERE / "distribution.hpccm")
    (folder / DOCKERFILE).write_text(said(words, folder))


def _envc(folder: Path, _programs: Path) -> Tool:
    os.environ.setdefault("ENVC_DEBIAN_MIRROR", mirror())
    os.environ.setdefault("ENVC_STORE", str(STORE))
    project = folder / "project"
    _copy_the_app(project)
    spec = Path(shutil.copy(HERE / "heat2d.envc", project))
    envc = (sys.executable, "-m", "envc")
    said((*envc, "lock", spec), project)
    leaf = project / "envc-out" / "heat2d" / "x86_64_v3"

    def work() -> None:
        shutil.rmtree(project / "envc-out", ignore_errors=True)
        said((*envc, "compile", spec), project)

    seconds = computed(work)
    shutil.copytree(leaf, folder, dirs_exist_ok=True)
    text = (folder / DOCKERFILE).read_text()
    version = said((*envc, "--version"), project).split()[-1]
    return Tool("envc", version, seconds, text.count("\n"), dict(facts_of_envc(folder)))


def _hpccm(folder: Path, programs: Path) -> Tool:
    _copy_the_app(folder / "heat2d")
    with tarfile.open(folder / "heat2d.tar.gz", "w:gz") as archive:
        archive.add(folder / "heat2d", "heat2d")
    recipe = ("--recipe", str(HERE / "heat2d.hpccm"), "--userarg", f"sources={SITE}")
    words = (str(programs / "hpccm"), *recipe, "--cpu-target", "x86_64_v3", "--format")
    formats = {DOCKERFILE: ("docker",), DEFINITION: ("singularity", "--singularity-version=3.7")}
    return _peer("hpccm", folder, programs, {name: (*words, *formats[name]) for name in formats})


def _neurodocker(folder: Path, programs: Path) -> Tool:
    _copy_the_app(folder / "heat2d")
    rest = shlex.split((HERE / "heat2d.neurodocker").read_text(), comments=True)
    begin = (str(programs / "neurodocker"), "generate")
    formats = {DOCKERFILE: "docker", DEFINITION: "singularity"}
    commands = {name: (*begin, formats[name], *rest) for name in formats}
    return _peer("neurodocker", folder, programs, commands)


def _peer(name: str, folder: Path, programs: Path, commands: dict[str, tuple[str, ...]]) -> Tool:
    for path, words in commands.items():
        (folder / path).write_text(said(words, folder))
    seconds = computed(lambda: [said(each, folder) for each in commands.values()])
    text = (folder / DOCKERFILE).read_text()
    listed = said((programs / "pip", "list", "--format=freeze"), folder)
    (version,) = re.findall(rf"^{name}==(.*)$", listed, re.MULTILINE)
    return Tool(name, version, seconds, text.count("\n"), dict(facts(text)))


def _copy_the_app(folder: Path) -> None:
    shutil.copytree(EXAMPLE / "src", folder / "src")
    shutil.copy(EXAMPLE / "CMakeLists.txt", folder)
