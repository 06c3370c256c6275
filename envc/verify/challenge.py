"""What two parties say came out of the same closures: read, held against each other, and told."""

from collections.abc import Iterator, Mapping
from typing import Any

from envc.evidence import challenge
from envc.evidence.challenge import Challenge, Claim, Pair
from envc.facts.problem import Problem


def between(one: str, other: str, signers: str | None = None) -> Challenge | Problem:
    """Of two files; with a list of signers, only what these have sealed counts."""
    sides = []
    for path in (one, other):
        text = _text(path)
        found = text if isinstance(text, Problem) else challenge.read(text, path, signers)
        if isinstance(found, Problem):
            return found
        sides.append(found)
    return challenge.challenge(*sides)


def lines(found: Challenge) -> Iterator[str]:
    for pair in found.agreed:
        yield f"{_thing(pair.one)} agrees: {pair.one.digest} ({_parties(pair)})"
    for pair in found.differing:
        yield f"{_thing(pair.one)} differs ({_parties(pair)})"
        yield from (f"  {each.digest}, says {_who(each)}" for each in pair)
    for pair in found.unlike:
        yield f"{_thing(pair.one)} is made from other inputs, and is not compared"
        yield from (f"  closure {each.closure}, says {_who(each)}" for each in pair)
    for claim in found.alone:
        yield f"{_thing(claim)} is only spoken of by {_who(claim)}"


def document(found: Challenge) -> Mapping[str, Any]:
    return {
        "schema": 1,
        "good": not found.differing,
        "agreed": [_pair(each) for each in found.agreed],
        "differing": [_pair(each) for each in found.differing],
        "unlike": [_pair(each) for each in found.unlike],
        "alone": [_claim(each) for each in found.alone],
    }


def _thing(claim: Claim) -> str:
    return " ".join((claim.kind, "of", claim.app, *claim.choices, "for", claim.target))


def _parties(pair: Pair) -> str:
    return f"{_who(pair.one)} and {_who(pair.other)}"


def _who(claim: Claim) -> str:
    return claim.signer or claim.builder


def _pair(pair: Pair) -> list[dict[str, Any]]:
    return [_claim(each) for each in pair]


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "closure": claim.closure,
        "app": claim.app,
        "target": claim.target,
        "choices": list(claim.choices),
        "kind": claim.kind,
        "digest": claim.digest,
        "builder": claim.builder,
        "signer": claim.signer,
    }


def _text(path: str) -> str | Problem:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError as error:
        return Problem(f"`{path}` cannot be read: {(error.strerror or str(error)).lower()}")
