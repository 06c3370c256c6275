"""What `envc graph` prints: the example in each format, the same bytes on every run."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import Tool

HERE = Path(__file__).parent
GPU = ("--with", "gpu=cuda", "-t", "x86_64_v3")
SVG = "{http://www.w3.org/2000/svg}"

Command = Callable[..., Any]


@pytest.mark.parametrize("form", ["text", "dot", "svg", "json"])
@pytest.mark.parametrize("options", [(), GPU], ids=["default", "gpu"])
def test_example(
    envc: Command, form: str, options: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    ran = envc("graph", "waves.envc", "--format", form, *options)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == snapshot


@pytest.mark.parametrize("form", ["text", "dot", "svg", "json"])
def test_hash_seed_changes_nothing(form: str) -> None:
    def said(seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-m", "envc", "graph", "waves.envc", "--all", "--format", form],
            cwd=HERE,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parent.parent)},
            capture_output=True,
            check=True,
        ).stdout

    assert said("1") == said("2")


def test_graphviz_reads_dot(envc: Command, tool: Tool) -> None:
    dot = tool("dot", "graphviz")
    text = envc("graph", "waves.envc", "--all", "--format", "dot").out
    drawn = subprocess.run([dot, "-Tplain"], input=text, capture_output=True, text=True, check=True)
    assert drawn.stderr == ""
    assert drawn.stdout.count("graph 1 ") == 8
    assert 'node "package mpi-lib"' in drawn.stdout


def test_svg_holds_every_component_inside_its_frame(envc: Command) -> None:
    root = ET.fromstring(envc("graph", "waves.envc", "--format", "svg", *GPU).out)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    names = {text.text for text in root.iter(f"{SVG}text") if text.get("class") == "name"}
    assert {"waves@2.1.0", "mpi-lib@4.1:5", "gpu-kit", "zip@1.2:"} <= names
    for box in root.iter(f"{SVG}rect"):
        assert 0 <= float(box.attrib["x"]) <= width - float(box.attrib["width"])
        assert 0 <= float(box.attrib["y"]) <= height - float(box.attrib["height"])


def test_json_is_one_document_with_a_schema(envc: Command) -> None:
    ran = envc("graph", "waves.envc", "--json", "--all")
    document = json.loads(ran.out)
    assert document["schema"] == 1
    asked = [(graph["choices"]["gpu"], graph["target"]) for graph in document["graphs"]]
    assert len(asked) == 8
    assert ("cuda", "zen4") not in asked


def test_library_places_do_not_say_where_envc_is_installed(envc: Command, tmp_path: Path) -> None:
    spec = tmp_path / "a.envc"
    spec.write_text(
        'envc 1\n\napp a@1 {\n  license MIT\n  source dir "."\n  needs hwloc +cuda\n}\n'
    )
    document = json.loads(envc("graph", str(spec), "--json").out)
    files = {edge["place"]["file"] for edge in document["graphs"][0]["edges"]}
    assert files == {str(spec), "envc:packages/hwloc.envc"}
