"""The list of materials as CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json

`scope` tells what is in the image (`required`) from what it was only built with (`excluded`).
"""

from collections.abc import Iterator
from typing import Any

from envc import __version__
from envc.evidence import licences, text
from envc.evidence.materials import materials
from envc.evidence.model import NO_LICENCES, Kind, Licences, Material, image_of, tops
from envc.lock.model import Lock
from envc.plan.model import Plan

_TYPES = {
    Kind.APP: "application",
    Kind.BASE: "container",
    Kind.BUILT: "library",
    Kind.WHEEL: "library",
    Kind.DEB: "library",
    Kind.ITEM: "library",
    Kind.SOURCE: "file",
    Kind.PATCH: "file",
}
Facts = dict[str, Any]


def cyclonedx(plan: Plan, lock: Lock, of_packages: Licences = NO_LICENCES) -> str:
    found = materials(plan, lock, of_packages)
    facts: Facts = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": text.moment(plan.epoch),
            "tools": {
                "components": [{"type": "application", "name": "envc", "version": __version__}]
            },
            "component": _image(plan),
        },
        "components": [_component(each) for each in found],
        "dependencies": [
            {"ref": image_of(plan), "dependsOn": sorted(tops(found))},
            *({"ref": each.ref, "dependsOn": sorted(each.needs)} for each in found),
        ],
    }
    if plan.items or plan.base is not None:
        # What Guix's packages bring along, and what a base holds, is not in the lock.
        facts["compositions"] = [{"aggregate": "incomplete", "assemblies": [image_of(plan)]}]
    head = {"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json"}
    return text.document({**head, "serialNumber": f"urn:uuid:{text.serial(facts)}", **facts})


def _image(plan: Plan) -> Facts:
    told = {
        "envc:closure": plan.closure,
        "envc:target": plan.target,
        "envc:platform": plan.platform,
        "envc:choices": " ".join(plan.choices),
        "envc:origin": plan.origin,
        "envc:snapshot": plan.snapshot,
    }
    return {
        "type": "container",
        "bom-ref": image_of(plan),
        "name": plan.name,
        **_said(version=plan.version, description=plan.summary),
        "properties": _properties(told),
    }


def _component(each: Material) -> Facts:
    facts: Facts = {
        "type": _TYPES[each.kind],
        "bom-ref": each.ref,
        "name": each.name,
        **_said(version=each.version),
        "scope": "required" if each.shipped else "excluded",
    }
    if each.sha256:
        facts["hashes"] = [{"alg": "SHA-256", "content": each.sha256}]
    if each.licence:
        facts["licenses"] = [_licence(each.licence)]
    facts |= _said(purl=each.purl)
    if each.swhid:
        facts["swhid"] = [each.swhid]
    if references := list(_references(each)):
        facts["externalReferences"] = references
    told = {
        "envc:kind": each.kind.value,
        "envc:commit": each.commit,
        "envc:source-package": each.made_from.replace("=", "@"),
        "envc:guix-path": each.path,
    }
    return {**facts, "properties": _properties(told)}


def _licence(said: str) -> Facts:
    expression = licences.expression(said)
    return {"expression": expression} if expression else {"license": {"name": said}}


def _references(each: Material) -> Iterator[Facts]:
    if each.homepage.startswith(("https://", "http://")):
        yield {"type": "website", "url": each.homepage}
    kind = "source-distribution" if each.kind is Kind.SOURCE else "distribution"
    for url in each.urls:
        yield {"type": "vcs" if each.commit else kind, "url": url}


def _said(**facts: str) -> Facts:
    return {name: value for name, value in facts.items() if value}


def _properties(told: dict[str, str]) -> list[Facts]:
    return [{"name": name, "value": value} for name, value in told.items() if value]
