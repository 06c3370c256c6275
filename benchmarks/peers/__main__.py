"""One small stack, built through envc, hpccm and neurodocker, and what comes of it.

    python -m benchmarks.peers                  builds everything and prints the table
    python -m benchmarks.peers --write          and puts it into docs/peers.md
    python -m benchmarks.peers --so-far         of what is built by now, while another run builds
    python -m benchmarks.peers --table --write  puts there what was measured last

Needs root, buildah, mmdebstrap, strace and the mirror that this machine's apt uses; an hour or
two of two processors, most of it hpccm's, and 6 GB in /var/tmp. What was done is kept until the
end: started again, it goes on where it was.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.compile import installed, said
from benchmarks.peers import engines, model, sources, stack, table
from benchmarks.peers.compilers import compiled
from benchmarks.peers.model import Built, Result, Tool
from benchmarks.peers.trees import change
from tests.debian_suites import STORE

HERE = Path(__file__).parent
RESULT = HERE / "result.json"
PAGE = HERE.parents[1] / "docs" / "peers.md"
KINDS = ("docker", "again", "apptainer")
ROOM = 8 * 10**9


class Work:
    """A folder of what was done so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = folder / engines.ARCHIVE
        folder.mkdir(parents=True, exist_ok=True)
        self.programs = Path(self.once("programs", lambda: str(installed(folder / "programs"))))

    def once(self, step: str, work: Callable[[], Any]) -> Any:
        """What `work` gave, now or when it was done before."""
        kept = self.folder / f"{step}.json"
        if not kept.exists():
            _tell(f"{step} …")
            found = work()
            new = kept.with_suffix(".new")
            new.write_text(json.dumps(found))
            new.replace(kept)
            _tell(f"{step}: done")
        return json.loads(kept.read_text())

    def recipes(self, tool: str) -> Any:
        return model.plain(stack.write(tool, self.folder / "recipes" / tool, self.programs))

    def build(self, tool: str, kind: str) -> None:
        self.once(f"{tool}-{kind}", lambda: self._build(tool, kind)._asdict())

    def built(self, tool: str, kind: str) -> Built | None:
        kept = self.folder / f"{tool}-{kind}.json"
        return Built(**json.loads(kept.read_text())) if kept.exists() else None

    def _build(self, tool: str, kind: str) -> Built:
        written = self.folder / "recipes" / tool
        recipes = written.with_name(f"{tool}-{kind}")  # Apptainer's are changed
        shutil.rmtree(recipes, ignore_errors=True)
        shutil.copytree(written, recipes, symlinks=True)
        listed = self.folder / f"{tool}-{kind}.txt"
        if kind == "apptainer":
            return engines.by_apptainer(engines.apptainer(), recipes, self.base, listed)
        trace = self.folder / f"{tool}.trace" if kind == "docker" else None
        with engines.own_buildah(self.folder / "images" / f"{tool}-{kind}", trace) as buildah:
            return engines.by_buildah(buildah, recipes, self.base, listed)

    def distribution(self) -> None:
        recipes = self.folder / "recipes" / "distribution"
        if not recipes.exists():
            stack.of_distribution(recipes, self.programs)
        self.build("distribution", "docker")


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    options.formatter_class = argparse.RawDescriptionHelpFormatter
    options.add_argument("--write", action="store_true", help="put the table into docs/peers.md")
    options.add_argument("--table", action="store_true", help="of what was measured last")
    options.add_argument("--so-far", action="store_true", help="of what is measured by now")
    options.add_argument("--at-once", type=int, default=1, help="builds at the same time")
    options.add_argument("--work", type=Path, default=STORE.with_name("envc-peers"))
    args = options.parse_args()
    if not args.table:
        work = Work(args.work)
        if not args.so_far:
            _measure(work, args.at_once)
        RESULT.write_text(model.written(_result(work)), encoding="utf-8")
        if not args.so_far:
            shutil.rmtree(work.folder)
    text = table.rendered(model.read(RESULT.read_text(encoding="utf-8")))
    sys.stdout.write(text)
    if args.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(table.put_into(page, text), encoding="utf-8")
    return 0


def _measure(work: Work, at_once: int) -> None:
    if shutil.disk_usage(work.folder).free < ROOM:
        raise SystemExit(f"{work.folder} has less than 8 GB of room")
    site = work.folder / "site"
    work.once("sources", lambda: sources.fetch(site))
    work.once("base", lambda: engines.make_base(work.folder))
    for tool in stack.TOOLS:
        work.once(f"{tool}-recipes", partial(work.recipes, tool))
    with sources.served(site), ThreadPoolExecutor(at_once) as pool:
        steps = [pool.submit(work.build, tool, kind) for kind in KINDS for tool in stack.TOOLS]
        steps.append(pool.submit(work.distribution))
        for each in steps:
            each.result()


def _result(work: Work) -> Result:
    plain = [work.once(f"{tool}-recipes", partial(work.recipes, tool)) for tool in stack.TOOLS]
    tools = tuple(_gathered(work, model.tool(each)) for each in plain)
    tried = work.built("distribution", "docker")
    return Result(_today(), _versions(), tried.problem if tried else "", tools)


def _gathered(work: Work, tool: Tool) -> Tool:
    built = [work.built(tool.name, kind) for kind in KINDS]
    docker, again, apptainer = built
    tool = tool._replace(docker=docker, again=again, apptainer=apptainer)
    first, second, other = (
        _read(work, f"{tool.name}-{kind}.txt") if each and not each.problem else []
        for kind, each in zip(KINDS, built, strict=True)
    )
    if first:
        log = _read(work, f"{tool.name}.trace")
        tool = tool._replace(compiled=compiled(log, "heat2d", "x86-64-v3"))
    if first and second:
        tool = tool._replace(rebuilt=change(first, second))
    if first and second and other:
        tool = tool._replace(formats=change(first, other).without(tool.rebuilt))
    return tool


def _read(work: Work, name: str) -> list[str]:
    return (work.folder / name).read_text().splitlines()


def _versions() -> str:
    buildah = said(("buildah", "--version"), Path.cwd()).split()[2]
    words = ("apptainer", "--version")
    apptainer = engines.apptainer().start(HERE, words).stdout.decode().split()[-1]
    return f"buildah {buildah} and Apptainer {apptainer} on {os.cpu_count()} processors"


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _tell(text: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M} {text}\n")


if __name__ == "__main__":
    sys.exit(main())
