"""Requests to Chronos, held to the fields that its documentation has; no Chronos was at hand."""

import json
from typing import Any

import jsonschema
import pytest

from envc.facts.problem import Problem
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS
from envc.plan.roots import ENTRY
from tests.jobs.samples import ASKED, JOB, at, command, job, said

CHRONOS = backend("chronos")
HARD = "it's $HOME ${HOME} `x`\n\té \""
JOBS = {
    "nothing": JOB,
    **{
        field: job(**ASKED[field])
        for field in FIELDS
        if CHRONOS.fields[field].answer is not Answer.REFUSED
    },
    "hard": job(command=command("heat", HARD, "", "no")),
    "files": job(inputs=(said("/data/grid.h5"),), outputs=(said("/out/heat.h5"),)),
}


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def texts(**more: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}, **more}


def pairs(first: str) -> dict[str, Any]:
    item = closed([first, "value"], **{first: {"type": "string"}, "value": {"type": "string"}})
    return {"type": "array", "items": item}


VOLUME = closed(
    ["containerPath", "hostPath", "mode"],
    containerPath={"type": "string", "pattern": "^/"},
    hostPath={"type": "string", "pattern": "^/"},
    mode={"enum": ["RO", "RW"]},
)
REQUEST = closed(
    ["name", "command", "container"],
    name={"type": "string", "pattern": r"^[\w\s.#-]+$"},
    description={"type": "string"},
    schedule={"type": "string", "pattern": r"^R\d*/[^/]*/P[^/]+$"},
    parents=texts(minItems=1),
    retries={"type": "integer", "minimum": 0},
    shell={"type": "boolean"},
    command={"type": "string"},
    arguments=texts(),
    cpus={"type": "number", "exclusiveMinimum": 0},
    mem={"type": "number", "exclusiveMinimum": 0},
    container=closed(
        ["type", "image"],
        type={"const": "DOCKER"},
        image={"type": "string", "minLength": 1},
        parameters=pairs("key"),
        volumes={"type": "array", "items": VOLUME},
    ),
    environmentVariables=pairs("name"),
    constraints={
        "type": "array",
        "items": {
            "type": "array",
            "prefixItems": [
                {"type": "string"},
                {"enum": ["EQUALS", "LIKE", "UNLIKE"]},
                {"type": "string"},
            ],
            "minItems": 3,
            "maxItems": 3,
        },
    },
)


def request(name: str) -> dict[str, Any]:
    asked = at("chronos", JOBS[name])
    assert CHRONOS.refusals(asked) == ()
    found: dict[str, Any] = json.loads(CHRONOS.files(asked)[0].text)
    return found


@pytest.mark.parametrize("name", JOBS)
def test_it_has_the_documented_fields_and_no_others(name: str) -> None:
    jsonschema.Draft202012Validator(REQUEST).validate(request(name))


def test_words_are_what_they_were() -> None:
    found = request("hard")
    options = {each["key"]: each["value"] for each in found["container"]["parameters"]}
    assert options["entrypoint"] == ENTRY
    assert [found["command"], *found["arguments"]] == ["heat", HARD, "", "no"]


def test_one_job_waits_for_another() -> None:
    found = request("after")
    assert found["parents"] == ["heat-grid"]
    assert "schedule" not in found
    assert "/v1/scheduler/dependency" in CHRONOS.files(at("chronos", JOBS["after"]))[0].use


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"constraint": said(("a b",))}, "no node of the name 'a b'"),
        ({"workdir": said("/a:b")}, "cannot be told the folder"),
        ({"array": ASKED["array"]["array"]}, "`array` cannot be said"),
    ],
)
def test_what_would_be_lost_is_refused(changes: dict[str, Any], message: str) -> None:
    refused = CHRONOS.refusals(at("chronos", job(**changes)))
    assert any(message in each.message for each in refused), refused


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{", "no JSON"),
        ("[]", "no name"),
        ('{"name": "a/b"}', "no name"),
        ('{"name": "a"}', "either a `schedule` or `parents`"),
        ('{"name": "a", "parents": ["b"], "arguments": ["c"]}', "are ignored"),
        ('{"name": "a", "parents": ["b"], "constraints": [["c", "IS", "d"]]}', "no constraint"),
    ],
)
def test_what_is_no_request_is_a_problem(written: str, message: str) -> None:
    found = CHRONOS.read(written)
    assert isinstance(found, Problem)
    assert message in found.message
