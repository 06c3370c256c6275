"""What two parties say of the same closures, plain and sealed."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.evidence import dsse, keygen, signatures
from envc.evidence.challenge import Claim, Pair, challenge, read
from envc.evidence.sshsig import Signature
from envc.evidence.statements import Run, provenance, reproduced
from envc.facts.problem import Problem
from tests.evidence.conftest import CALM, Allowed
from tests.evidence.worlds import LOCK, OUTPUTS, PLAN, output

OURS = reproduced(PLAN, OUTPUTS, "urn:ours")
THEIRS = reproduced(PLAN, (output("tree", "a"), output("oci", "d")), "urn:theirs")
OTHER = replace(PLAN, closure="sha256:" + "e" * 64)


def claims(text: str, signers: str | None = None) -> tuple[Claim, ...]:
    found = read(text, "a.jsonl", signers)
    assert not isinstance(found, Problem), found
    return found


def refused(text: str, signers: str | None = None) -> str:
    found = read(text, "a.jsonl", signers)
    assert isinstance(found, Problem), found
    return found.message


# ---- comparing -----------------------------------------------------------------------------------


def test_what_agrees_and_what_does_not() -> None:
    found = challenge(claims(OURS), claims(THEIRS))

    assert [(pair.one.kind, pair.one.builder, pair.other.builder) for pair in found.agreed] == [
        ("tree", "urn:ours", "urn:theirs")
    ]
    assert [
        (pair.one.kind, pair.one.digest[7], pair.other.digest[7]) for pair in found.differing
    ] == [("oci", "b", "d")]
    assert [claim.kind for claim in found.alone] == ["sif"]
    assert not found.unlike


def test_another_closure_is_another_thing() -> None:
    found = challenge(claims(OURS), claims(reproduced(OTHER, OUTPUTS)))

    assert not found.agreed
    assert not found.differing
    assert not found.alone
    assert [pair.one.kind for pair in found.unlike] == ["oci", "sif", "tree"]


def test_who_says_two_things_agrees_with_one_of_them() -> None:
    both = OURS + reproduced(PLAN, (output("oci", "d"),), "urn:ours")
    found = challenge(claims(both), claims(THEIRS))

    assert ("oci", "d") in {(pair.one.kind, pair.one.digest[7]) for pair in found.agreed}
    assert ("oci", "b") in {(pair.one.kind, pair.one.digest[7]) for pair in found.differing}


CLAIMS = st.lists(
    st.builds(
        Claim,
        closure=st.sampled_from("xy"), app=st.just("heat"), target=st.sampled_from(["a", "b"]),
        choices=st.just(()), kind=st.sampled_from(["tree", "oci"]),
        digest=st.sampled_from("12"), builder=st.just("me"),
    )
)  # fmt: skip


@CALM
@given(CLAIMS, CLAIMS)
def test_laws(ours: list[Claim], theirs: list[Claim]) -> None:
    found, turned = challenge(ours, theirs), challenge(theirs, ours)

    assert {Pair(b, a) for a, b in found.agreed} == set(turned.agreed)
    assert {Pair(b, a) for a, b in found.differing} == set(turned.differing)
    assert {Pair(b, a) for a, b in found.unlike} == set(turned.unlike)
    pairs = (*found.agreed, *found.differing, *found.unlike)
    assert {claim for pair in pairs for claim in pair} | {*found.alone} == {*ours, *theirs}
    assert not challenge(ours, ours).alone


# ---- reading -------------------------------------------------------------------------------------


@CALM
@given(
    builder=st.text(), app=st.text(), choices=st.lists(st.text(), max_size=3),
    digits=st.lists(st.sampled_from("0123456789abcdef"), min_size=1, max_size=3),
)  # fmt: skip
def test_what_is_written_is_what_is_read(
    builder: str, app: str, choices: list[str], digits: list[str]
) -> None:
    plan = replace(PLAN, app=app, choices=tuple(choices))
    outputs = [output(f"kind {place}", digit, plan) for place, digit in enumerate(digits)]

    assert claims(reproduced(plan, outputs, builder)) == tuple(
        Claim(plan.closure, app, plan.target, plan.choices, each.kind, each.digest, builder)
        for each in outputs
    )


def test_how_an_image_came_about_says_what_came_out_too() -> None:
    run = Run("envc", "0.1.0", "urn:ours")
    assert claims(provenance(PLAN, LOCK, OUTPUTS, run)) == claims(OURS)


def test_other_statements_may_stand_beside() -> None:
    other = json.loads(OURS) | {"predicateType": "https://example.org/other"}
    assert claims(f"{json.dumps(other)}\n\n{OURS}") == claims(OURS)
    assert "says nothing" in refused(json.dumps(other))


def test_nothing() -> None:
    assert refused("") == "`a.jsonl` says nothing of what a closure gave"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("_type",), "https://in-toto.io/Statement/v0.1"),
        (("predicate",), []),
        (("predicate", "closure"), 7),
        (("predicate", "choices"), "+mpi"),
        (("predicate", "choices"), [1]),
        (("subject",), None),
        (("subject",), []),
        (("subject", 0), "oci"),
        (("subject", 0, "name"), None),
        (("subject", 0, "digest"), {"md5": "a"}),
        (("subject", 0, "digest"), []),
    ],
)
def test_what_is_no_such_statement(path: tuple[Any, ...], value: object) -> None:
    document = json.loads(OURS)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    assert "`a.jsonl`, line 2 " in refused(f"{OURS}{json.dumps(document)}\n")


@CALM
@given(st.text())
def test_any_text_is_claims_or_a_problem(text: str) -> None:
    read(text, "a")


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(
            ["_type", "subject", "predicate", "predicateType", "payload", "signatures", "digest"]
        ),
        inner,
    ),
    max_leaves=10,
)  # fmt: skip


@CALM
@given(st.dictionaries(st.sampled_from([*json.loads(OURS), "payload", "signatures"]), NESTED))
def test_any_json_is_claims_or_a_problem(said: dict[str, Any]) -> None:
    read(json.dumps(json.loads(OURS) | said), "a")
    read(json.dumps(json.loads(OURS) | said), "a", "/nowhere")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "9" * 5000, "\ud800", "null"])
def test_traps_for_readers_of_json(text: str) -> None:
    assert "is no statement in JSON" in refused(text)


# ---- sealed --------------------------------------------------------------------------------------

Seal = Callable[..., str]


@pytest.fixture
def seal(keys: Path) -> Seal:
    def made(text: str, key: str = "ana", namespace: str = signatures.IMAGE) -> str:
        statement = text.strip().encode()
        found = keygen.sign(dsse.encoded(statement), namespace, str(keys / key))
        assert isinstance(found, Signature)
        return dsse.sealed(statement, found)

    return made


@pytest.mark.tool("ssh-keygen")
def test_who_stands_for_a_claim(seal: Seal, allowed: Allowed) -> None:
    found = claims(seal(OURS), allowed("ana@größe.example"))

    assert {each.signer for each in found} == {"ana@größe.example"}
    assert tuple(replace(each, signer="") for each in found) == claims(OURS)
    assert claims(seal(OURS)) == claims(OURS)


@pytest.mark.tool("ssh-keygen")
def test_where_signers_are_asked_for_nothing_else_counts(seal: Seal, allowed: Allowed) -> None:
    assert "is signed by nobody" in refused(f"{seal(OURS)}\n{OURS}", allowed("ana"))
    assert "which nobody in" in refused(seal(OURS, "bo"), allowed("ana"))
    assert "does not serve" in refused(seal(OURS, namespace="envc-lock"), allowed("ana"))
    only_locks = allowed("ana", options='namespaces="envc-lock"')
    assert "does not let ana sign this" in refused(seal(OURS), only_locks)


@pytest.mark.tool("ssh-keygen")
def test_a_second_signature_does_not_spoil_the_first(seal: Seal, allowed: Allowed) -> None:
    one, other = json.loads(seal(OURS)), json.loads(seal(OURS, "bo"))
    for order in ((one, other), (other, one)):
        both = one | {"signatures": [each["signatures"][0] for each in order]}
        assert claims(json.dumps(both), allowed("ana"))[0].signer == "ana"


@pytest.mark.tool("ssh-keygen")
def test_the_statement_of_one_with_the_signature_of_another(seal: Seal, allowed: Allowed) -> None:
    mixed = json.loads(seal(OURS)) | {"payload": json.loads(seal(THEIRS))["payload"]}
    assert "was changed since" in refused(json.dumps(mixed), allowed("ana"))


@pytest.mark.tool("ssh-keygen")
@pytest.mark.parametrize("key", ["payload", "sig"])
def test_one_letter_of_an_envelope(seal: Seal, allowed: Allowed, key: str) -> None:
    whole, signers = seal(OURS), allowed("ana")
    said = json.loads(whole)
    text = said["signatures"][0]["sig"] if key == "sig" else said["payload"]
    for place in range(0, len(text), 41):
        letter = "A" if text[place] != "A" else "B"
        changed = whole.replace(text, text[:place] + letter + text[place + 1 :])
        assert refused(changed, signers), place


@pytest.mark.parametrize(
    "change",
    [
        {"payload": "e30"}, {"payload": "e31="}, {"payload": 1}, {"payload": "é"},
        {"payloadType": "text/plain"}, {"signatures": {}}, {"signatures": []},
        {"signatures": [1]}, {"signatures": [{}]}, {"signatures": [{"sig": "AAAA"}]},
    ],
)  # fmt: skip
def test_what_is_no_envelope(change: dict[str, Any], tmp_path: Path) -> None:
    whole = {"payloadType": dsse.KIND, "payload": "e30=", "signatures": [{"sig": ""}]}
    assert "line 1 " in refused(json.dumps(whole | change), str(tmp_path / "signers"))
