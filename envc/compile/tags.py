"""Names of images: one tag for each target, and an index from which a machine takes its own."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from envc.cpu import lattice
from envc.plan.model import Plan

SCHEMA = 1
_NO_TAG = re.compile(r"[^\w.-]", re.ASCII)
_NO_NAME = re.compile(r"[^a-z0-9]+")
LONGEST = 128
"""Letters of a tag, by the specification of registries."""


def repository(plan: Plan) -> str:
    return _NO_NAME.sub("-", plan.name.lower()).strip("-") or "app"


def image(plan: Plan, choices: str) -> str:
    return f"{repository(plan)}:{tag(plan, choices)}"


def tag(plan: Plan, choices: str) -> str:
    """`1.4.0-mpi-x86_64_v3`."""
    words = (plan.version, choices, plan.target)
    return _tag(words)


def index(plans: Sequence[Plan], choices: str) -> dict[str, Any]:
    """What a client that knows its CPU's level chooses from.

    Only the general levels are in it: a client that picks `linux/amd64/v4` may run on any such CPU,
    and an image for one maker's CPU would be the wrong one. The lowest level of an architecture is
    there a second time without a level, for clients that know of none.
    """
    entries: list[dict[str, str]] = []
    general = [each for each in plans if lattice.target(each.target).vendor == "generic"]
    for plan in sorted(general, key=lambda each: (each.platform, each.target)):
        base = "/".join(plan.platform.split("/")[:2])
        if base not in {entry["platform"] for entry in entries}:
            entries.append({"platform": base, "tag": tag(plan, choices)})
        if plan.platform != base:
            entries.append({"platform": plan.platform, "tag": tag(plan, choices)})
    version = plans[0].version
    return {"tag": _tag((version, choices)), "images": entries}


def page(grouped: Iterable[tuple[str, Sequence[tuple[str, Plan]]]]) -> str:
    """One app: by the name of its choices, each plan with its folder."""
    groups = [(choices, list(found)) for choices, found in grouped]
    plans = [plan for _, found in groups for _, plan in found]
    document = {
        "schema": SCHEMA,
        "repository": repository(plans[0]),
        "tags": [
            {
                "tag": tag(plan, choices),
                "target": plan.target,
                "platform": plan.platform,
                "choices": list(plan.choices),
                "closure": plan.closure,
                "folder": path,
            }
            for choices, found in groups
            for path, plan in found
        ],
        "indexes": [index([plan for _, plan in found], choices) for choices, found in groups],
    }
    return json.dumps(document, indent=2) + "\n"


def _tag(words: Iterable[str]) -> str:
    text = "-".join(_NO_TAG.sub("-", word) for word in words if word)
    return text.lstrip("-.")[:LONGEST] or "latest"
