"""The evidence beside an image."""

import json
from hashlib import sha256
from pathlib import Path

from envc.evidence import write
from envc.evidence.statements import Run
from tests.evidence.worlds import LOCK, OUTPUTS, PLAN

RUN = Run("envc", "0.1.0", "urn:me", 1700000100, 1700000200)


def test_what_is_there(tmp_path: Path) -> None:
    names = write.beside(str(tmp_path), PLAN, LOCK, OUTPUTS, RUN)

    assert sorted(names) == sorted(each.name for each in tmp_path.iterdir())
    assert sorted(names) == [
        "provenance.json", "reproduced.jsonl", "sbom.cdx.json", "sbom.spdx.json",
    ]  # fmt: skip


def test_how_it_came_about_names_the_lists(tmp_path: Path) -> None:
    write.beside(str(tmp_path), PLAN, LOCK, OUTPUTS, RUN)
    found = json.loads((tmp_path / "provenance.json").read_text())
    told = found["predicate"]["runDetails"]["byproducts"]

    assert {each["name"]: each["digest"]["sha256"] for each in told} == {
        name: sha256((tmp_path / name).read_bytes()).hexdigest()
        for name in ("sbom.cdx.json", "sbom.spdx.json")
    }


def test_another_build_of_the_same_changes_only_what_is_said_of_the_run(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, run in ((one, RUN), (other, Run("envc", "0.1.0", "urn:me", 5, 6))):
        folder.mkdir()
        write.beside(str(folder), PLAN, LOCK, OUTPUTS, run)

    differing = {
        each.name for each in one.iterdir() if each.read_bytes() != (other / each.name).read_bytes()
    }
    assert differing == {"provenance.json"}
