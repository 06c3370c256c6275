"""A SIF, written without Apptainer: as its head says, and as Apptainer starts it."""

import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.images import flatten, listing, sif
from envc.images.sif import Part
from envc.images.tree import Held, RefusedError
from envc.store.content import of_bytes
from envc_backends.apptainer.image import sections
from tests.backends.apptainer.conftest import Apptainer, apptainer  # noqa: F401 - a fixture
from tests.conftest import Tool
from tests.images.conftest import Made

EPOCH = 1_700_000_000
OURS = ("heat", "a b", "it's", "$HOME", "*", "two\nlines", "-x", "")


def part(kind: int, data: bytes, name: str = "") -> Part:
    return Part(kind, name, of_bytes(data), Held(data))


def written(parts: Sequence[Part], time: int = EPOCH) -> bytes:
    return b"".join(sif.chunks(parts, "amd64", time))


@given(st.lists(st.tuples(st.sampled_from((sif.DEFINITION, sif.JSON, sif.PARTITION)), st.binary())))
def test_what_is_written_is_read(said: list[tuple[int, bytes]]) -> None:
    data = written([part(*each) for each in said[:48]])
    found = sif.read(io.BytesIO(data))
    assert [(each.kind, data[each.start : each.start + each.size]) for each in found] == said[:48]
    assert all(each.start % 4096 == 0 for each in found if each.kind == sif.PARTITION)


def test_its_name_follows_from_what_it_holds() -> None:
    same = written([part(sif.PARTITION, b"x")])
    assert written([part(sif.PARTITION, b"x")]) == same
    name = slice(48, 64)
    assert written([part(sif.PARTITION, b"y")])[name] != same[name]
    assert written([part(sif.PARTITION, b"x")], EPOCH + 1)[name] == same[name]


def test_what_is_none_and_what_is_not_whole_is_told() -> None:
    data = written([part(sif.JSON, b"x" * 1000, "about"), part(sif.PARTITION, b"y" * 9000)])
    for wrong in (b"", data[:100], b"#!/bin/sh\n" + bytes(200), data[:30_000], data[:-1]):
        with pytest.raises(RefusedError):
            sif.read(io.BytesIO(wrong))


# ---- as others read it ---------------------------------------------------------------------------


@pytest.mark.tool("unsquashfs")
def test_unsquashfs_finds_the_files(made: Made, tool: Tool) -> None:
    with made.sif.open("rb") as file:
        (system,) = [each for each in sif.read(file) if each.kind == sif.PARTITION]
    words = [tool("unsquashfs", "squashfs-tools"), "-lln", "-o", str(system.start), str(made.sif)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert "squashfs-root/.singularity.d/runscript" in done.stdout
    top = next(line for line in done.stdout.splitlines() if line.endswith(" squashfs-root"))
    assert top.startswith("drwxr-xr-x 0/0 ")
    assert "2026-01-01 00:00 squashfs-root" in done.stdout or "2023-11-14" in done.stdout


@pytest.mark.slow
@pytest.mark.xdist_group("images")
class TestApptainer:
    """Debian's, in a root of its own."""

    def start(
        self,
        made: Made,
        apptainer: Apptainer,  # noqa: F811
        verb: str,
        *words: str,
    ) -> "subprocess.CompletedProcess[bytes]":
        options = ("--silent", verb, "--userns", "--cleanenv")
        return apptainer.run(made.folder, *options, made.sif.name, *words)

    def test_it_starts_what_it_is_told(self, made: Made, apptainer: Apptainer) -> None:  # noqa: F811
        done = self.start(made, apptainer, "run", *OURS)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout == b"".join(b"<%b>" % word.encode() for word in OURS)
        assert self.start(made, apptainer, "run").stdout == b"<heat>"
        done = self.start(made, apptainer, "run", "sh", "-c", "exit 7")
        assert done.returncode == 7

    def test_it_has_the_variables_of_the_image(
        self,
        made: Made,
        apptainer: Apptainer,  # noqa: F811
    ) -> None:
        said = self.start(made, apptainer, "exec", "env").stdout.decode().splitlines()
        assert "PATH=/opt/heat/bin:/bin" in said
        assert "GREETING=it's $HOME" in said
        assert "HOME=/home/envc" not in said
        assert "LD_LIBRARY_PATH=/.singularity.d/libs" in said
        words = ("sh", "-c", 'exec apptainer exec --userns --cleanenv --env "$0" heat.sif env')
        asked = apptainer.start(made.folder, (*words, "PREPEND_PATH=/first"))
        assert b"PATH=/first:/opt/heat/bin:/bin\n" in asked.stdout

    def test_runs_of_the_spec_are_apps(self, made: Made, apptainer: Apptainer) -> None:  # noqa: F811
        words = ("run", "--userns", "--cleanenv", "--app", "demo", made.sif.name, "more")
        done = apptainer.run(made.folder, "--silent", *words)
        assert done.stdout == b"<heat><--size><4096><more>"

    def test_it_says_what_it_is(self, made: Made, apptainer: Apptainer) -> None:  # noqa: F811
        said = json.loads(apptainer.say(made.folder, "inspect", "--json", made.sif.name))
        labels = said["data"]["attributes"]["labels"]
        assert labels["org.envc.target"] == "x86_64_v3"
        assert labels["org.label-schema.build-date"] == "2023-11-14T22:13:20Z"
        shown = apptainer.say(made.folder, "run-help", made.sif.name)
        assert "heat 1.0 (+mpi precision=double) for x86_64_v3: Heat in a plate" in shown
        parts = apptainer.say(made.folder, "sif", "list", made.sif.name)
        assert "FS (Squashfs/*System/amd64)" in parts

    def test_a_definition_of_the_same_plan_gives_the_same(
        self,
        made: Made,
        apptainer: Apptainer,  # noqa: F811
        root: Path,
        tmp_path: Path,
    ) -> None:
        """The same files, and the same words about them."""
        subprocess.run(["cp", "-a", root, tmp_path / "root"], check=True)
        text = f"Bootstrap: localimage\nFrom: root\n\n{sections(made.built.plan)}"
        (tmp_path / "heat.def").write_text(text)
        theirs = apptainer.build(tmp_path, "heat.def", "--notest")
        shutil.copy(made.sif, tmp_path / "ours.sif")
        assert self.said(apptainer, tmp_path, "ours.sif") == self.said(
            apptainer, tmp_path, theirs.name
        )
        with flatten.tree(str(theirs)) as tree, flatten.tree(str(made.sif)) as ours:
            assert list(listing.lines(tree)) == list(listing.lines(ours))

    def test_it_knows_each_architecture(self, apptainer: Apptainer, tmp_path: Path) -> None:  # noqa: F811
        names = ("386", "amd64", "arm", "arm64", "ppc64", "ppc64le", "riscv64", "s390x")
        for name in names:
            data = b"".join(sif.chunks([part(sif.PARTITION, b"x")], name, EPOCH))
            (tmp_path / f"{name}.sif").write_bytes(data)
        loop = 'for name; do apptainer sif header "$name.sif" | grep -i "arch"; done'
        done = apptainer.start(tmp_path, ("sh", "-c", loop, "sh", *names))
        told = [line.split()[-1] for line in done.stdout.decode().splitlines()]
        assert told == list(names)

    def said(self, apptainer: Apptainer, folder: Path, image: str) -> dict[str, object]:  # noqa: F811
        """But for layout, and for labels about Apptainer itself."""
        text = apptainer.say(folder, "inspect", "--all", "--json", image)
        told = json.loads(text)["data"]["attributes"]
        texts = {name: told.get(name, "").split() for name in ("runscript", "helpfile")}
        apps = {
            name: (app["runscript"].split(), app["helpfile"].split(), app["labels"])
            for name, app in told["apps"].items()
        }
        labels = {
            name: said
            for name, said in told["labels"].items()
            if not name.startswith("org.label-schema.usage.")
        }
        return {**texts, "apps": apps, "labels": labels}


def test_an_unknown_architecture_has_no_sif() -> None:
    assert sif.known("arm64")
    assert not sif.known("sparc")


def test_the_file_can_be_started(made: Made) -> None:
    assert made.sif.stat().st_mode & 0o777 == 0o755
    assert Path(made.sif).read_bytes().startswith(b"#!/usr/bin/env run-singularity\n")
