"""The list of materials as SPDX 2.3: https://spdx.github.io/spdx-spec/v2.3

Relationships tell what is in the image (`CONTAINS`) from what it was built with (`BUILD_TOOL_OF`).
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from envc import __version__
from envc.evidence import licences, text
from envc.evidence.materials import materials
from envc.evidence.model import NO_LICENCES, Kind, Licences, Material, image_of, tops
from envc.lock.model import Lock
from envc.plan.model import Plan

_NONE = "NOASSERTION"
_DOCUMENT = "SPDXRef-DOCUMENT"
_PURPOSES = {
    Kind.APP: "APPLICATION",
    Kind.BASE: "CONTAINER",
    Kind.BUILT: "LIBRARY",
    Kind.WHEEL: "LIBRARY",
    Kind.DEB: "INSTALL",
    Kind.ITEM: "INSTALL",
    Kind.SOURCE: "SOURCE",
    Kind.PATCH: "SOURCE",
}
_OWN_WORDS = (
    "Called so by what declares it, which has its words: see its licence or copyright file."
)
Facts = dict[str, Any]


def spdx(plan: Plan, lock: Lock, of_packages: Licences = NO_LICENCES) -> str:
    found = materials(plan, lock, of_packages)
    facts: Facts = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": _DOCUMENT,
        "name": _name(plan),
        "creationInfo": {
            "created": text.moment(plan.epoch),
            "creators": [f"Tool: envc-{__version__}"],
        },
        "packages": [_image(plan), *(_package(each) for each in found)],
        "relationships": list(_relationships(plan, found)),
    }
    if others := sorted({name for each in found for name in licences.own(_licence(each.licence))}):
        facts["hasExtractedLicensingInfos"] = [
            {"licenseId": name, "extractedText": _OWN_WORDS} for name in others
        ]
    space = f"https://spdx.org/spdxdocs/{_plain(_name(plan))}-{text.serial(facts)}"
    return text.document({**facts, "documentNamespace": space})


def _name(plan: Plan) -> str:
    return "-".join((plan.app, *plan.choices, plan.target))


def _image(plan: Plan) -> Facts:
    return {
        "SPDXID": _id(image_of(plan)),
        "name": plan.name,
        **_said(versionInfo=plan.version, description=plan.summary),
        "downloadLocation": _NONE,
        "filesAnalyzed": False,
        "licenseConcluded": _NONE,
        "licenseDeclared": _NONE,
        "copyrightText": _NONE,
        "primaryPackagePurpose": "CONTAINER",
        "comment": f"closure {plan.closure}, from {plan.origin}@{plan.snapshot}".rstrip("@"),
    }


def _package(each: Material) -> Facts:
    facts: Facts = {
        "SPDXID": _id(each.ref),
        "name": each.name,
        **_said(versionInfo=each.version),
        "downloadLocation": _location(each),
        "filesAnalyzed": False,
        "licenseConcluded": _NONE,
        "licenseDeclared": _licence(each.licence),
        "copyrightText": _NONE,
        "primaryPackagePurpose": _PURPOSES[each.kind],
        **_said(sourceInfo=_made_from(each)),
    }
    if each.sha256:
        facts["checksums"] = [{"algorithm": "SHA256", "checksumValue": each.sha256}]
    if each.homepage.startswith(("https://", "http://")):
        facts["homepage"] = each.homepage
    if references := list(_references(each)):
        facts["externalRefs"] = references
    return facts


def _location(each: Material) -> str:
    url = next(iter(each.urls), _NONE)
    if not each.commit or url == _NONE:
        return url
    return f"git+{url.removeprefix('git+')}@{each.commit}"


def _made_from(each: Material) -> str:
    if each.made_from:
        return f"built from the source package {each.made_from.replace('=', ' ')}"
    return f"in the store of Guix as {each.path}" if each.path else ""


def _references(each: Material) -> Iterator[Facts]:
    if each.purl:
        yield _reference("PACKAGE-MANAGER", "purl", each.purl)
    if each.swhid:
        yield _reference("PERSISTENT-ID", "swh", each.swhid)


def _reference(category: str, kind: str, locator: str) -> Facts:
    return {"referenceCategory": category, "referenceType": kind, "referenceLocator": locator}


def _licence(said: str) -> str:
    return licences.expression(said) or _NONE


# ---- relationships -------------------------------------------------------------------------------


def _relationships(plan: Plan, found: tuple[Material, ...]) -> Iterator[Facts]:
    image = image_of(plan)
    kinds = {each.ref: each for each in found}
    yield _related(_DOCUMENT, "DESCRIBES", _id(image))
    for ref in tops(found):
        yield _related(_id(image), "DEPENDS_ON", _id(ref))
    for each in found:
        own = _id(each.ref)
        if each.shipped:
            yield _related(_id(image), "CONTAINS", own)
        elif each.kind not in (Kind.SOURCE, Kind.PATCH):
            yield _related(own, "BUILD_TOOL_OF", _id(image))
        for ref in each.needs:
            yield _needed(own, kinds[ref])


def _needed(own: str, other: Material) -> Facts:
    if other.kind is Kind.SOURCE:
        return _related(own, "GENERATED_FROM", _id(other.ref))
    if other.kind is Kind.PATCH:
        return _related(_id(other.ref), "PATCH_FOR", own)
    return _related(own, "DEPENDS_ON", _id(other.ref))


def _related(one: str, how: str, other: str) -> Facts:
    return {"spdxElementId": one, "relationshipType": how, "relatedSpdxElement": other}


def _id(ref: str) -> str:
    """Letters, digits, `.` and `-` are all that is allowed: the rest is told apart by a digest."""
    return f"SPDXRef-{_plain(ref)}-{sha256(ref.encode()).hexdigest()[:8]}"


def _plain(name: str) -> str:
    return re.sub("[^A-Za-z0-9.]+", "-", name).strip("-")


def _said(**facts: str) -> Facts:
    return {name: value for name, value in facts.items() if value}
