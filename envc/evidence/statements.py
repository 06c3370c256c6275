"""What a builder says about an image, as in-toto statements.

https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md
https://slsa.dev/spec/v1.0/provenance

Two kinds: how an image came about, which has the builder's own time, and what came out, in a line
that others can hold theirs against.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from envc import __version__
from envc.evidence import text
from envc.evidence.materials import materials
from envc.evidence.model import Kind, Material
from envc.lock.model import Lock, LockedOutput
from envc.lock.modules import digest
from envc.plan.model import Plan
from envc.store.places import ORIGINS, SNAPSHOT

STATEMENT = "https://in-toto.io/Statement/v1"
PROVENANCE = "https://slsa.dev/provenance/v1"
BUILD = "urn:envc:build:1"
"""Says what the parameters of a build mean: docs/evidence.md."""
REPRODUCED = "urn:envc:reproduced:1"
BUILDER = "urn:envc:builder:local"
"""Whoever runs envc on a machine of their own."""

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """One build, and who ran it: nothing of this is in what was built."""

    engine: str
    """`envc`, `podman`."""
    engine_version: str
    builder: str = BUILDER
    """A URI by which others know the builder."""
    started: int | None = None
    """Seconds since 1970."""
    finished: int | None = None


def provenance(
    plan: Plan,
    lock: Lock,
    outputs: Sequence[LockedOutput],
    run: Run,
    byproducts: Mapping[str, str] | None = None,
) -> str:
    """How the image came about. Of what else the build left, name and SHA-256 are told."""
    found = materials(plan, lock)
    predicate: Facts = {
        "buildDefinition": {
            "buildType": BUILD,
            "externalParameters": {
                "spec": digest(plan.place.source.text),
                "app": plan.app,
                "target": plan.target,
                "choices": list(plan.choices),
                "origin": plan.origin,
                "engine": run.engine,
            },
            "internalParameters": {"closure": plan.closure, "epoch": plan.epoch},
            "resolvedDependencies": [
                *_origins(plan, lock),
                *(each for one in found for each in _resolved(one)),
            ],
        },
        "runDetails": {
            "builder": {
                "id": run.builder,
                "version": {"envc": __version__, run.engine: run.engine_version},
            },
            "metadata": _times(run),
        },
    }
    if byproducts:
        predicate["runDetails"]["byproducts"] = [
            {"name": name, "digest": {"sha256": text.digits(digest)}}
            for name, digest in sorted(byproducts.items())
        ]
    return text.document(_statement(outputs, PROVENANCE, predicate))


def reproduced(plan: Plan, outputs: Sequence[LockedOutput], builder: str = BUILDER) -> str:
    """What came out of a closure, in one line of a list."""
    predicate = {
        "closure": plan.closure,
        "app": plan.app,
        "target": plan.target,
        "choices": list(plan.choices),
        "builder": builder,
    }
    return text.line(_statement(outputs, REPRODUCED, predicate)) + "\n"


def _statement(outputs: Sequence[LockedOutput], kind: str, predicate: Facts) -> Facts:
    """A subject is called by its kind: what else it is, the predicate says."""
    subjects = (
        {"name": each.kind, "digest": {"sha256": text.digits(each.digest)}}
        for each in sorted(outputs, key=lambda each: each.kind)
    )
    return {
        "_type": STATEMENT,
        "subject": list(subjects),
        "predicateType": kind,
        "predicate": predicate,
    }


def _times(run: Run) -> Facts:
    times = {"startedOn": run.started, "finishedOn": run.finished}
    return {name: text.moment(each) for name, each in times.items() if each is not None}


# ---- what it was made from -----------------------------------------------------------------------


def _origins(plan: Plan, lock: Lock) -> Iterator[Facts]:
    """Signed releases and channels, from which the digests of packages follow."""
    base = ORIGINS["debian"].default
    for each in lock.archives:
        if each.name.partition("+")[0] == plan.origin:
            release = plan.origin.removeprefix("debian/")
            place = base.replace(SNAPSHOT, each.snapshot)
            yield {
                "name": each.name,
                "uri": f"{place}/dists/{release}/InRelease",
                "digest": {"sha256": text.digits(each.release)},
            }
    for channel in plan.channels:
        yield {
            "name": channel.name,
            "uri": f"git+{channel.url}@{channel.commit}",
            "digest": {"gitCommit": channel.commit},
        }


def _resolved(each: Material) -> Iterator[Facts]:
    """What is built here has no digest of its own yet: its source has."""
    digest = {"sha256": each.sha256} if each.sha256 else {}
    if each.commit:
        digest["gitCommit"] = each.commit
    uri = each.purl or each.swhid or next(iter(each.urls), "") or _place(each)
    if not uri and not digest:
        return
    facts: Facts = {"name": each.name}
    if uri:
        facts["uri"] = uri
    if digest:
        facts["digest"] = digest
    if each.urls:
        facts["downloadLocation"] = each.urls[0]
    yield {**facts, "annotations": {"kind": each.kind.value, "shipped": each.shipped}}


def _place(each: Material) -> str:
    return f"file://{each.path}" if each.kind is Kind.ITEM and each.path else ""
