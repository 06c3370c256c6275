"""Lists of materials, as the libraries of CycloneDX and SPDX judge them."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_tools.spdx.model.document import Document
from spdx_tools.spdx.model.relationship import RelationshipType
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from envc import library
from envc.check import Checked, check_path
from envc.evidence.cyclonedx import cyclonedx
from envc.evidence.spdx import spdx
from envc.lock.model import Lock
from envc.lock.text import read
from envc.plan.make import plans
from envc.plan.model import Base, Plan, Root
from tests.backends.hard_plans import PLANS
from tests.evidence.worlds import LOCK, PLAN

ROOT = Path(__file__).parents[2]
BASED = replace(PLAN, base=Base("debian:13-slim", "docker.io/library/debian", f"sha256:{'4' * 64}"))
OF_GUIX = PLANS["guix"]["cmake"]
STRICT = JsonStrictValidator(SchemaVersion.V1_6)
Write = Callable[[Plan, Lock], str]
each_form = pytest.mark.parametrize("form", [cyclonedx, spdx])


def spdx_document(text: str, folder: Path) -> Document:
    path = folder / "list.spdx.json"
    path.write_text(text, "utf-8")
    found = parse_file(str(path))
    assert [each.validation_message for each in validate_full_spdx_document(found)] == []
    return found


@pytest.fixture(scope="module")
def heat2d() -> tuple[tuple[Plan, ...], Lock]:
    """The example, with some of its packages: the judges take seconds for all of them."""
    checked = check_path(str(ROOT / "examples/heat2d/heat2d.envc"))
    assert isinstance(checked, Checked)
    lock = read((ROOT / "examples/heat2d/envc.lock").read_text("utf-8"))
    assert isinstance(lock, Lock)
    found = plans(checked, lock, library.standard(), ["x86_64_v3"]).plans
    return tuple(
        replace(
            each, build=each.build and Root(each.build.debs[-20:]),
            run=each.run and Root(each.run.debs[:20]), tools_root=None,
        )
        for each in found
    ), lock  # fmt: skip


# ---- valid ---------------------------------------------------------------------------------------


def test_one_of_everything_is_valid(tmp_path: Path) -> None:
    assert STRICT.validate_str(cyclonedx(PLAN, LOCK)) is None
    spdx_document(spdx(PLAN, LOCK), tmp_path)


def test_the_example_is_valid(heat2d: tuple[tuple[Plan, ...], Lock], tmp_path: Path) -> None:
    found, lock = heat2d
    assert len(found) == 2
    for plan in found:
        assert STRICT.validate_str(cyclonedx(plan, lock)) is None
        spdx_document(spdx(plan, lock), tmp_path)


def test_an_image_to_start_from_is_valid(tmp_path: Path) -> None:
    assert STRICT.validate_str(cyclonedx(BASED, LOCK)) is None
    spdx_document(spdx(BASED, LOCK), tmp_path)


def test_of_guix_is_valid(tmp_path: Path) -> None:
    assert STRICT.validate_str(cyclonedx(OF_GUIX, LOCK)) is None
    spdx_document(spdx(OF_GUIX, LOCK), tmp_path)


def test_whatever_a_spec_says_the_lists_are_valid(tmp_path: Path) -> None:
    judged = set[str]()
    for name, plan in PLANS["debian"].items():
        text = cyclonedx(plan, LOCK)
        if name != "many packages" and text not in judged:
            judged.add(text)
            assert STRICT.validate_str(text) is None, name
            spdx_document(spdx(plan, LOCK), tmp_path)


# ---- the same ------------------------------------------------------------------------------------


@each_form
def test_the_same_bytes_in_every_process(form: Write) -> None:
    program = (
        "import sys; from hashlib import sha256\n"
        f"from envc.evidence.{form.__name__} import {form.__name__} as form\n"
        "from tests.evidence.worlds import LOCK, PLAN\n"
        "print(sha256(form(PLAN, LOCK).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"), ("3", "America/Lima"))
    }
    assert len(said) == 1


@each_form
def test_the_order_of_packages_has_no_part_in_it(form: Write) -> None:
    assert PLAN.run is not None
    turned = replace(PLAN, run=Root(tuple(reversed(PLAN.run.debs))))
    assert form(turned, LOCK) == form(PLAN, LOCK)


@each_form
@pytest.mark.parametrize(
    "changes", [{"closure": "sha256:" + "d" * 64}, {"epoch": 5}, {"summary": "Other words"}]
)
def test_another_list_has_another_serial(form: Write, changes: dict[str, Any]) -> None:
    def serial(plan: Plan) -> str:
        found = json.loads(form(plan, LOCK))
        return str(found.get("serialNumber") or found["documentNamespace"])

    assert serial(replace(PLAN, **changes)) != serial(PLAN) == serial(replace(PLAN, image="x"))


# ---- what they say -------------------------------------------------------------------------------


def components(plan: Plan = PLAN) -> dict[str, Any]:
    found = json.loads(cyclonedx(plan, LOCK))
    return {each["bom-ref"]: each for each in found["components"]}


def test_cyclonedx_says_what_a_package_is() -> None:
    found = components()["pkg:deb/debian/libwaves3@1:3.1%2Bdfsg~rc1-2?arch=amd64&distro=trixie"]

    assert found["scope"] == "required"
    assert found["hashes"][0]["alg"] == "SHA-256"
    assert {"name": "envc:source-package", "value": "libwaves3@1.0"} in found["properties"]
    assert components()["source:ice@2.0"]["swhid"] == [f"swh:1:dir:{'1' * 40}"]
    assert components()["app:heat@1.0"]["licenses"] == [{"expression": "MIT"}]


def test_cyclonedx_bears_the_time_of_the_plan_and_its_closure() -> None:
    found = json.loads(cyclonedx(PLAN, LOCK))["metadata"]

    assert found["timestamp"] == "2023-11-14T22:13:20Z"
    assert {"name": "envc:closure", "value": PLAN.closure} in found["component"]["properties"]


@pytest.mark.parametrize(("plan", "whole"), [(PLAN, True), (BASED, False), (OF_GUIX, False)])
def test_a_list_that_is_not_whole_says_so(plan: Plan, whole: bool) -> None:
    found = json.loads(cyclonedx(plan, LOCK)).get("compositions")
    assert (found is None) is whole
    assert whole or found[0]["aggregate"] == "incomplete"


def test_spdx_tells_what_is_in_the_image_from_its_tools(tmp_path: Path) -> None:
    found = spdx_document(spdx(PLAN, LOCK), tmp_path)
    names = {each.spdx_id: each.name for each in found.packages}
    related = {
        (
            each.relationship_type,
            names.get(each.spdx_element_id),
            names.get(str(each.related_spdx_element_id)),
        )
        for each in found.relationships
    }
    kinds = Counter(kind for kind, _, _ in related)

    assert (RelationshipType.CONTAINS, "heat", "libwaves3") in related
    assert (RelationshipType.BUILD_TOOL_OF, "squashfs-tools", "heat") in related
    assert (RelationshipType.GENERATED_FROM, "ice", "ice-2.0.tar.gz") in related
    assert (RelationshipType.PATCH_FOR, "warm.patch", "heat") in related
    assert (RelationshipType.DEPENDS_ON, "pint", "flex-x") in related
    assert (kinds[RelationshipType.CONTAINS], kinds[RelationshipType.BUILD_TOOL_OF]) == (7, 3)
    git = next(each for each in found.packages if each.name == "ice-2.0.tar.gz")
    assert git.download_location == f"git+https://example.org/ice.git@{'a' * 40}"


@pytest.mark.parametrize(
    ("said", "cdx", "declared"),
    [
        ("MIT", {"expression": "MIT"}, "MIT"),
        ("MIT OR (ISC AND Zlib)", {"expression": "MIT OR (ISC AND Zlib)"}, "MIT OR (ISC AND Zlib)"),
        ("LicenseRef-ours", {"expression": "LicenseRef-ours"}, "LicenseRef-ours"),
        ("as we like it", {"license": {"name": "as we like it"}}, "NOASSERTION"),
    ],
)
def test_licences(said: str, cdx: dict[str, Any], declared: str, tmp_path: Path) -> None:
    plan = replace(PLAN, recipes=(replace(PLAN.recipes[-1], license=said),))
    document = spdx_document(spdx(plan, LOCK), tmp_path)
    app = next(each for each in document.packages if each.spdx_id.startswith("SPDXRef-app"))

    assert components(plan)["app:heat@1.0"]["licenses"] == [cdx]
    assert STRICT.validate_str(cyclonedx(plan, LOCK)) is None
    assert json.loads(spdx(plan, LOCK))["packages"][1]["licenseDeclared"] == declared
    assert app.name == "heat"
