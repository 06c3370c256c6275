"""Statements on a build, as in-toto's own library reads them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from google.protobuf import json_format  # type: ignore[import-untyped]
from in_toto_attestation.predicates.provenance.v1 import (  # type: ignore[import-untyped]
    provenance_pb2,
)
from in_toto_attestation.v1 import (  # type: ignore[import-untyped]
    resource_descriptor,
    statement,
    statement_pb2,
)

from envc.evidence.statements import Run, provenance, reproduced
from envc.lock import modules
from envc.lock.model import Lock
from envc.plan.model import Plan
from tests.backends.hard_plans import PLANS
from tests.evidence.worlds import LOCK, OUTPUTS, PLAN

RUN = Run("envc", "0.1.0", "https://example.org/builders/7", 1700000100, 1700000200)


def read(text: str) -> Any:
    """As any reader of in-toto takes it; a field that it does not know is an error."""
    message = json_format.Parse(text, statement_pb2.Statement())
    statement.Statement.copy_from_pb(message).validate()
    return message


def told(plan: Plan = PLAN, run: Run = RUN, lock: Lock = LOCK) -> Any:
    message = read(provenance(plan, lock, OUTPUTS, run, {"sbom.cdx.json": "sha256:" + "6" * 64}))
    assert message.predicate_type == "https://slsa.dev/provenance/v1"
    predicate = json_format.ParseDict(
        json_format.MessageToDict(message.predicate), provenance_pb2.Provenance()
    )
    for each in predicate.build_definition.resolved_dependencies:
        resource_descriptor.ResourceDescriptor.copy_from_pb(each).validate()
        assert each.uri or each.digest, each.name
    return predicate


def test_the_subjects_are_what_came_out() -> None:
    message = read(provenance(PLAN, LOCK, OUTPUTS, RUN))

    assert {each.name: each.digest["sha256"][:1] for each in message.subject} == {
        "oci": "b", "sif": "c", "tree": "a",
    }  # fmt: skip


def test_what_was_asked_for_and_who_did_it() -> None:
    found = told()
    asked = json_format.MessageToDict(found.build_definition.external_parameters)

    assert asked == {
        "spec": modules.digest(PLAN.place.source.text), "app": "heat@1.0", "target": "x86_64_v3",
        "choices": ["+mpi", "precision=double"], "origin": "debian/trixie", "engine": "envc",
    }  # fmt: skip
    assert found.build_definition.internal_parameters["closure"] == PLAN.closure
    assert found.run_details.builder.id == RUN.builder
    assert found.run_details.metadata.started_on.seconds == RUN.started
    assert found.run_details.metadata.finished_on.seconds == RUN.finished
    assert found.run_details.byproducts[0].name == "sbom.cdx.json"


def test_every_locked_input_is_there_with_its_digest() -> None:
    found = {
        each.digest["sha256"]: each
        for each in told().build_definition.resolved_dependencies
        if "sha256" in each.digest
    }
    inputs = {one.sha256 for each in PLAN.recipes for one in (each.source, *each.patches) if one}
    debs = {
        each.sha256
        for root in (PLAN.run, PLAN.build, PLAN.tools_root)
        if root
        for each in root.debs
    }
    releases = {"8" * 64, "9" * 64}

    assert found.keys() == inputs | debs | releases
    assert found["8" * 64].uri.endswith("/20260101T000000Z/dists/trixie/InRelease")
    assert found["1" * 64].digest["gitCommit"] == "a" * 40


def test_a_channel_is_known_by_its_commit() -> None:
    plan = PLANS["guix"]["cmake"]
    found = told(plan, lock=Lock("", "")).build_definition.resolved_dependencies

    assert found[0].digest["gitCommit"] == plan.channels[0].commit
    assert any(each.uri.startswith("file:///gnu/store/") for each in found)


@pytest.mark.parametrize("family", PLANS)
def test_whatever_a_spec_says_it_is_a_statement(family: str) -> None:
    for plan in PLANS[family].values():
        told(plan)
        read(reproduced(plan, OUTPUTS))


def test_times_and_builders_are_only_in_what_is_said_of_a_run() -> None:
    other = replace(RUN, builder="urn:other", started=5, finished=6)
    one, two = (json.loads(provenance(PLAN, LOCK, OUTPUTS, run)) for run in (RUN, other))

    assert one["predicate"].pop("runDetails") != two["predicate"].pop("runDetails")
    assert one == two


def test_a_run_without_times() -> None:
    details = json.loads(provenance(PLAN, LOCK, OUTPUTS, Run("envc", "1")))["predicate"]
    assert details["runDetails"]["metadata"] == {}


def test_what_came_out_is_one_line() -> None:
    text = reproduced(PLAN, OUTPUTS, "urn:me")
    predicate = json_format.MessageToDict(read(text).predicate)

    assert text.count("\n") == 1
    assert predicate == {
        "closure": PLAN.closure, "app": "heat@1.0", "target": "x86_64_v3",
        "choices": ["+mpi", "precision=double"], "builder": "urn:me",
    }  # fmt: skip
    assert reproduced(PLAN, tuple(reversed(OUTPUTS)), "urn:me") == text
