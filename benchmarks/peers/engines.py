"""buildah and Apptainer, each told to build a recipe, and what is in the image that they made.

Both start from images that are made here of Debian's packages, under the names that the recipes
use: no registry is asked. All recipes are built by the same words, the clock at the same moment.
"""

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.peers.model import Built
from benchmarks.peers.stack import DEFINITION
from envc.facts.problem import Problem
from envc.images import folder as reading
from envc.images import listing
from tests.backends.apptainer.conftest import FAST, PACKAGES, Apptainer, settled
from tests.backends.conftest import Buildah, Image
from tests.debian_suites import STORE
from tests.own_apt import mirror

BASES = ("debian:12", "debian:bookworm-slim")
"""The same release; here they are the same image."""
ARCHIVE = "debian.tar"
EPOCH = 1_700_000_000
LIMIT = 3 * 60 * 60
TEST = ("heat2d", "--selftest")
PASSED = "L2 error < 1e-9"
_CHROOTS = STORE.with_name("envc-chroots")
_DEBIAN_CHROOT = Path(__file__).parents[2] / "tests" / "tools" / "debian-chroot"
_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_KEPT_OF_THE_TRACE = r'execve\("[^"]*/(cc1|cc1plus|f951|tar)"'


@contextmanager
def own_buildah(folder: Path, trace: Path | None = None) -> Iterator[Buildah]:
    """With a store of its own, that is thrown away: builds at once would take each other's layers.

    It is ended after a while; all that its builds start is written to `trace`.
    """
    _throw_away(folder)  # of a run that was ended
    folder.mkdir(parents=True)
    words = ["timeout", str(LIMIT)]
    if trace:
        trace.unlink(missing_ok=True)
        kept = f"|grep -E {shlex.quote(_KEPT_OF_THE_TRACE)} >>{shlex.quote(str(trace))}"
        watch = ("-f", "-qq", "--seccomp-bpf", "-v", "-s", "8192", "-e", "trace=execve")
        words += ["strace", *watch, "-e", "signal=none", "-o", kept]
    program = folder / "buildah"
    program.write_text(f'#!/bin/sh\nexec {shlex.join([*words, "buildah"])} "$@"\n')
    program.chmod(0o755)
    try:
        yield Buildah(str(program), folder)
    finally:
        _throw_away(folder)


def _throw_away(folder: Path) -> None:
    if folder.exists():
        for each in (["umount", "--all"], ["rm", "--all"], ["rmi", "--all", "--force"]):
            Buildah("buildah", folder).start(*each)
        shutil.rmtree(folder)


def make_base(folder: Path) -> None:
    """What `debian:12` is: the packages that Debian calls essential, and apt."""
    tree = folder / "tree.tar"
    words = ["mmdebstrap", "--quiet", "--variant=minbase", "bookworm", str(tree), mirror()]
    subprocess.run(words, check=True, timeout=LIMIT)  # noqa: S603 - Debian's own program
    (folder / ARCHIVE).unlink(missing_ok=True)
    with own_buildah(folder / "images" / "base") as buildah:
        container = buildah.say("from", "scratch").strip()
        buildah.say("add", container, str(tree), "/")
        buildah.say("config", "--env", _PATH, "--cmd", "bash", container)
        buildah.say("commit", container, "base")
        buildah.say("push", "base", f"oci-archive:{folder / ARCHIVE}")
    tree.unlink()


# ---- Dockerfiles ---------------------------------------------------------------------------------


def by_buildah(buildah: Buildah, recipes: Path, base: Path, listed: Path) -> Built:
    found = buildah.start("pull", f"oci-archive:{base}").stdout.split()[-1]
    for name in BASES:
        buildah.say("tag", found, f"docker.io/library/{name}")
    options = ("--isolation=chroot", "--network=host", "--pull-never", "--no-cache")
    same = ("--identity-label=false", "--timestamp", str(EPOCH))
    given = ("--build-arg", f"MIRRORS={mirror()}")
    done = buildah.start("build", *options, *same, *given, "--tag", "built", str(recipes))
    listed.with_suffix(".log").write_text(done.stdout + done.stderr)
    if done.returncode:
        return Built(problem=_reason(done.stdout + done.stderr))
    asked = ("--type", "image", "--format", "{{.FromImageDigest}}")
    digest = buildah.say("inspect", *asked, "built").strip()
    container = buildah.say("from", "--pull-never", "built").strip()
    tree = Path(buildah.say("mount", container).strip())
    config = json.loads(buildah.say("inspect", "--type", "image", "built"))["OCIv1"]["config"]
    tried = _started(tree, config).run(*TEST)
    return _built(tree, listed, digest, tried.stdout + tried.stderr)


def _started(tree: Path, config: Mapping[str, Any]) -> Image:
    """As an engine starts an image that leaves some of it open."""
    given = {"User": "0", "WorkingDir": "/", "Env": [_PATH], "Entrypoint": []}
    return Image(tree, given | {name: value for name, value in config.items() if value})


# ---- definitions ---------------------------------------------------------------------------------


def apptainer() -> Apptainer:
    """Debian sid's, in a root of its own."""
    root = _CHROOTS / "apptainer-sid"
    root.parent.mkdir(exist_ok=True)
    subprocess.run([_DEBIAN_CHROOT, root, "sid", PACKAGES], check=True)  # noqa: S603 - a script of ours
    return settled(root)


def by_apptainer(engine: Apptainer, recipes: Path, base: Path, listed: Path) -> Built:
    os.link(base, recipes / ARCHIVE)
    names = "|".join(map(re.escape, BASES))
    usual = re.compile(rf"bootstrap: docker\nfrom: ({names})\n", re.IGNORECASE)
    definition = recipes / DEFINITION
    text = usual.sub(f"Bootstrap: oci-archive\nFrom: {ARCHIVE}\n", definition.read_text())
    definition.write_text(text)
    given = ("--build-arg", f"MIRRORS={mirror()}") if "{{ MIRRORS }}" in text else ()
    image = recipes / "heat2d.sif"
    words = ("apptainer", "build", "--fakeroot", "--force", *FAST, *given, image.name, DEFINITION)
    done = engine.start(recipes, ("timeout", str(LIMIT), *words), epoch=EPOCH)
    told = (done.stdout + done.stderr).decode(errors="replace")
    listed.with_suffix(".log").write_text(told)
    if done.returncode:
        return Built(problem=_reason(told))
    run = ("exec", "--userns", "--cleanenv", image.name, *TEST)
    tried = engine.run(recipes, "--silent", *run, epoch=EPOCH)
    tree = engine.unpacked(image)
    built = _built(tree, listed, "", (tried.stdout + tried.stderr).decode(errors="replace"))
    shutil.rmtree(tree)
    for each in recipes.glob("*.sif*"):
        each.unlink()
    return built


# ---- what is in them -----------------------------------------------------------------------------


def _built(tree: Path, listed: Path, digest: str, tried: str) -> Built:
    found = reading.read(str(tree))
    if isinstance(found, Problem):
        return Built(problem=found.message)
    lines = list(listing.lines(found))
    listed.write_text("".join(lines))
    sizes = (each.lstat() for each in tree.rglob("*"))
    size = sum(each.st_size for each in sizes if stat.S_ISREG(each.st_mode))
    test = "" if PASSED in tried else _reason(tried)
    return Built("", digest, len(lines), size // 1_000_000, test)


def _reason(told: str) -> str:
    """apt's last complaint, else the last line that calls itself an error, else the last one."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    apt = [line for line in lines if line.startswith("E: ")]
    errors = [line for line in lines if re.search(r"\b(error|fatal)\b", line, re.IGNORECASE)]
    return (apt or errors or lines or ["nothing was said"])[-1]
