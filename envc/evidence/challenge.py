"""What two parties say came out of the same closures, held against each other.

Each brings a file of statements, a line each, plain or sealed: `reproduced.jsonl` and
`provenance.json` as `envc build` writes them, or what `envc sign` makes of these.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from envc.evidence import dsse
from envc.evidence.statements import PROVENANCE, REPRODUCED, STATEMENT
from envc.facts.problem import Problem
from envc.plan.model import Words


@dataclass(frozen=True, slots=True)
class Claim:
    """That a closure gave this digest, and who says so."""

    closure: str
    app: str
    target: str
    choices: Words
    kind: str
    """What was digested: `tree`, `oci`, `sif`."""
    digest: str
    builder: str
    """As it calls itself."""
    signer: str = ""
    """Who stands for it by a signature; empty where nobody does, or nobody asked."""


class Pair(NamedTuple):
    one: Claim
    other: Claim


@dataclass(frozen=True, slots=True)
class Challenge:
    agreed: tuple[Pair, ...]
    """The same digest of the same closure."""
    differing: tuple[Pair, ...]
    """Another digest of the same closure: one of the two is not what it should be."""
    unlike: tuple[Pair, ...]
    """The same app and target from another closure: they owe each other nothing."""
    alone: tuple[Claim, ...]
    """What only one of them speaks of."""


def challenge(ours: Iterable[Claim], theirs: Iterable[Claim]) -> Challenge:
    one, other = tuple(dict.fromkeys(ours)), tuple(dict.fromkeys(theirs))
    same = tuple(Pair(a, b) for a in one for b in other if _result(a) == _result(b))
    unlike = tuple(
        Pair(a, b) for a in one for b in other if _thing(a) == _thing(b) and a.closure != b.closure
    )
    met = {claim for pair in (*same, *unlike) for claim in pair}
    return Challenge(
        agreed=tuple(pair for pair in same if pair.one.digest == pair.other.digest),
        differing=tuple(pair for pair in same if pair.one.digest != pair.other.digest),
        unlike=unlike,
        alone=tuple(claim for claim in (*one, *other) if claim not in met),
    )


def _result(claim: Claim) -> tuple[str, str]:
    return claim.closure, claim.kind


def _thing(claim: Claim) -> tuple[str, str, Words, str]:
    return claim.app, claim.target, claim.choices, claim.kind


# ---- reading -------------------------------------------------------------------------------------


def read(text: str, name: str, signers: str | None = None) -> tuple[Claim, ...] | Problem:
    """All claims of a file; with a list of signers, only if each is sealed by one of them."""
    found: list[Claim] = []
    for number, said in _documents(text):
        about = f"`{name}`, line {number}"
        if not isinstance(said, dict):
            return Problem(f"{about} is no statement in JSON")
        claims = _claims(said, about, signers)
        if isinstance(claims, Problem):
            return claims
        found += claims
    return tuple(found) or Problem(f"`{name}` says nothing of what a closure gave")


def _documents(text: str) -> Iterator[tuple[int, object]]:
    """The whole is one, or each line is."""
    if isinstance(whole := _json(text), dict):
        yield 1, whole
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _json(line)


def _claims(
    said: Mapping[str, object], about: str, signers: str | None
) -> tuple[Claim, ...] | Problem:
    if "payload" not in said:
        if signers is not None:
            return Problem(f"{about} is signed by nobody", "sign it with `envc sign`")
        return _of_statement(said, about, "")
    if signers is None:
        return _of_bytes(dsse.statement(said), about, "")
    opened = dsse.opened(said, about, signers)
    if isinstance(opened, Problem):
        return opened
    return _of_bytes(opened.statement, about, opened.who)


def _of_bytes(statement: bytes | None, about: str, signer: str) -> tuple[Claim, ...] | Problem:
    said = _json(statement) if statement is not None else None
    if not isinstance(said, dict):
        return Problem(f"{about} holds no statement in JSON")
    return _of_statement(said, about, signer)


def _of_statement(
    said: Mapping[str, object], about: str, signer: str
) -> tuple[Claim, ...] | Problem:
    """None of a statement of another kind: a file may hold those too."""
    predicate = said.get("predicate")
    kind = said.get("predicateType")
    if said.get("_type") != STATEMENT or not isinstance(predicate, dict):
        return Problem(f"{about} is no statement of in-toto, version 1")
    if kind not in (REPRODUCED, PROVENANCE):
        return ()
    facts = _facts(predicate) if kind == REPRODUCED else _of_provenance(predicate)
    subjects = said.get("subject")
    made = [
        _claim(facts, each, signer) for each in (subjects if isinstance(subjects, list) else ())
    ]
    found = tuple(each for each in made if each is not None)
    if not found or len(found) < len(made):
        return Problem(f"{about} does not say which digest which closure gave")
    return found


_Facts = tuple[str, str, str, Words, str]


def _facts(said: Mapping[str, object]) -> _Facts | None:
    """Closure, app, target, choices, builder."""
    closure, app, target, builder = (
        said.get(key) for key in ("closure", "app", "target", "builder")
    )
    choices = said.get("choices")
    if (
        isinstance(closure, str)
        and isinstance(app, str)
        and isinstance(target, str)
        and isinstance(builder, str)
        and isinstance(choices, list)
        and all(isinstance(each, str) for each in choices)
    ):
        return closure, app, target, tuple(choices), builder
    return None


def _of_provenance(predicate: Mapping[str, object]) -> _Facts | None:
    definition = _below(predicate, "buildDefinition")
    return _facts(
        {
            **_below(definition, "externalParameters"),
            "closure": _below(definition, "internalParameters").get("closure"),
            "builder": _below(_below(predicate, "runDetails"), "builder").get("id"),
        }
    )


def _claim(facts: _Facts | None, subject: object, signer: str) -> Claim | None:
    if facts is None or not isinstance(subject, dict):
        return None
    kind, digest = subject.get("name"), _below(subject, "digest").get("sha256")
    if not isinstance(kind, str) or not isinstance(digest, str):
        return None
    closure, app, target, choices, builder = facts
    return Claim(closure, app, target, choices, kind, f"sha256:{digest}", builder, signer)


def _below(said: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = said.get(key)
    return found if isinstance(found, dict) else {}


def _json(text: str | bytes) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found
