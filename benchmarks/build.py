# ruff: noqa: INP001, S101, S603, T201 - a script that prints, not a package
"""What `envc build` costs: examples/heat2d, as root, from packages that were fetched before.

    python benchmarks/build.py

Cold is with a store that has nothing but packages; warm, a second time; changed, after one line of
the source is another; mmdebstrap installs the packages of the same run-time root and packs a tar,
from a folder of the same files, beside envc's own layer of them.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from envc.build.bench import Bench, bench
from envc.build.inputs import Missing, shelf
from envc.build.model import Conditions, Layer
from envc.build.roots import layer
from envc.build.tools import Tools
from envc.plan.model import Plan
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.build.small import plan
from tests.own_apt import mirror

EXAMPLE = Path(__file__).parents[1] / "examples" / "heat2d"
TARGET = "x86_64_v3"


class Cost(NamedTuple):
    cpu: float
    """Seconds, of the program and of what it starts."""
    wall: float
    peak: float
    """MiB, of the largest process."""


def measure(words: Sequence[str], variables: Mapping[str, str]) -> Cost:
    """By a process in between, whose children are these alone."""
    start = time.monotonic()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(words, env={**os.environ, **variables}, stdout=quiet, stderr=quiet)
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0, words
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - start, used.ru_maxrss / 1024)


def of_here(work: Callable[[], object]) -> Cost:
    """Of what this very process starts."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.monotonic() - start, after.ru_maxrss / 1024)


def show(name: str, cost: Cost) -> None:
    print(
        f"{name:<34} {cost.cpu:6.1f} s of CPU {cost.wall:6.1f} s {cost.peak:6.0f} MiB", flush=True
    )


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="envc-build-", dir="/var/tmp") as folder:
        project = Path(folder) / "heat2d"
        shutil.copytree(EXAMPLE, project)
        spec = project / "heat2d.envc"
        store = {"ENVC_STORE": f"{folder}/store", "ENVC_DEBIAN_MIRROR": mirror()}
        envc = [sys.executable, "-m", "envc", "--quiet"]
        show("lock", measure([*envc, "lock", str(spec)], store))
        show("fetch", measure([*envc, "fetch", str(spec)], store))
        build = [*envc, "build", str(spec), "--target", TARGET]
        show("build, cold", measure(build, store))
        show("build, warm", measure(build, store))
        source = project / "src" / "main.c"
        source.write_text(source.read_text() + "int another_line;\n")
        measure([*envc, "lock", str(spec)], store)
        show("build, one line changed", measure(build, store))
        beside_mmdebstrap(plan(spec, TARGET), Store(store["ENVC_STORE"]), Path(folder))


def beside_mmdebstrap(plan: Plan, store: Store, folder: Path) -> None:
    """The run-time root of the same packages, by each."""
    shutil.rmtree(f"{store.folder}/built")
    assert plan.run is not None
    with bench(store, Silent()) as there:
        assert isinstance(there, Bench)
        tools = Tools(there, plan)
        tools.root()
        own = of_here(lambda: made(layer(tools, plan, Conditions())))
        show(f"{len(plan.run.debs)} packages, by envc", own)
        packages = shelf(there, plan.run)
        assert not isinstance(packages, Missing)
        other = by_mmdebstrap(Path(packages.folder), folder, plan)
    show(f"{len(plan.run.debs)} packages, by mmdebstrap", other)
    print(f"envc / mmdebstrap: {own.wall / other.wall:.2f} of the time")


def made(found: object) -> None:
    assert isinstance(found, Layer), found


def by_mmdebstrap(packages: Path, folder: Path, plan: Plan) -> Cost:
    """From an archive on this disk; Debian's own has what mmdebstrap asks for besides."""
    archive = folder / "archive"
    pool = archive / "pool"
    shutil.copytree(packages, pool)
    (archive / "Packages").write_text("\n".join(map(listed, sorted(pool.iterdir()))))
    assert plan.run is not None
    suite = plan.origin.partition("/")[2]
    names = ",".join(deb.name for deb in plan.run.debs)
    words = [
        "mmdebstrap", "--quiet", "--variant=essential", "--mode=root",
        f"--include={names},usr-is-merged",
        "--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr", suite,
        str(folder / "root.tar"), f"deb [trusted=yes] copy:{archive} ./",
        f"deb [trusted=yes] {mirror()} {suite} main",
    ]  # fmt: skip
    return measure(words, {"SOURCE_DATE_EPOCH": str(plan.epoch)})


def listed(deb: Path) -> str:
    """As an archive's index has it."""
    words = ["/usr/bin/dpkg-deb", "--field", str(deb)]
    fields = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    data = deb.read_bytes()
    more = {"Filename": f"pool/{deb.name}", "Size": len(data), "SHA256": sha256(data).hexdigest()}
    return fields + "".join(f"{key}: {value}\n" for key, value in more.items())


if __name__ == "__main__":
    main()
