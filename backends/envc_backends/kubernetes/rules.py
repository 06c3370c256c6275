"""What Kubernetes refuses, or takes and then does not do, and what neither its schemas nor its
client notice without a cluster."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from envc.facts.problem import Problem

LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
"""A name in one part, such as that of a namespace."""
SUBDOMAIN = rf"(?=.{{1,253}}$){LABEL}(?:\.{LABEL})*"
VALUE = r"(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?"
"""Of a label."""
_PREFIX = rf"(?:(?=[^/]{{1,253}}/){LABEL}(?:\.{LABEL})*/)?"
_KEY = _PREFIX + r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?", re.ASCII)
_SIZES = {
    "m": 0.001,
    "": 1,
    **{letter: 1000**power for power, letter in enumerate("kMGTPE", 1)},
    **{f"{letter}i": 1024**power for power, letter in enumerate("KMGTPE", 1)},
}
_LONGEST = 52
"""Of a job's name, which is a part of its pods'; five more letters are set behind a generated."""
_OPERATORS = {"In": True, "NotIn": True, "Exists": False, "DoesNotExist": False}
_GREATER = ("Gt", "Lt")

Manifest = Mapping[str, Any]


def problems(manifest: Manifest) -> tuple[Problem, ...]:
    """Of a `Job`, or of an `MPIJob` with its pods."""
    told = chain(
        _names(manifest.get("metadata", {})),
        _labels(manifest.get("metadata", {})),
        _job(manifest.get("spec", {})) if manifest.get("kind") == "Job" else (),
        *(_pod(each) for each in pods(manifest)),
    )
    return tuple(Problem(message) for message in told)


def pods(manifest: Manifest) -> tuple[Manifest, ...]:
    """The templates."""
    spec = manifest.get("spec", {})
    replicas = spec.get("mpiReplicaSpecs", {})
    found = [spec, *(each for _, each in sorted(replicas.items()))]
    return tuple(each["template"] for each in found if "template" in each)


# ---- the job -------------------------------------------------------------------------------------


def _names(metadata: Manifest) -> Iterator[str]:
    name = metadata.get("name", "")
    generated = metadata.get("generateName", "")
    if not name and not generated:
        yield "the job has no name"
    for text in (name, f"{generated}12345" if generated else ""):
        if text and not re.fullmatch(SUBDOMAIN, text, re.ASCII):
            yield f"`{name or generated}` is no name: it has small letters, digits and `-`"
        if len(text) > _LONGEST + 5:
            yield f"`{name or generated}` is too long for the names of its pods"


def _labels(metadata: Manifest) -> Iterator[str]:
    for key, value in metadata.get("labels", {}).items():
        if not re.fullmatch(_KEY, key, re.ASCII):
            yield f"`{key}` is no label"
        if not re.fullmatch(VALUE, value, re.ASCII):
            yield f"`{value}` is no value of the label `{key}`"


def _job(spec: Manifest) -> Iterator[str]:
    is_indexed = spec.get("completionMode") == "Indexed"
    if is_indexed and "completions" not in spec:
        yield "an Indexed job does not say how many `completions`"
    if "backoffLimitPerIndex" in spec and not is_indexed:
        yield "`backoffLimitPerIndex` is for Indexed jobs"
    if "maxFailedIndexes" in spec and "backoffLimitPerIndex" not in spec:
        yield "`maxFailedIndexes` needs `backoffLimitPerIndex`"
    for key in ("completions", "parallelism", "backoffLimit", "activeDeadlineSeconds"):
        if isinstance(spec.get(key), int) and spec[key] < (key != "backoffLimit"):
            yield f"`{key}: {spec[key]}` starts nothing"
    restart = spec.get("template", {}).get("spec", {}).get("restartPolicy")
    if "podFailurePolicy" in spec and restart != "Never":
        yield "`podFailurePolicy` needs `restartPolicy: Never`"


# ---- the pod -------------------------------------------------------------------------------------


def _pod(template: Manifest) -> Iterator[str]:
    spec = template.get("spec", {})
    yield from _labels(template.get("metadata", {}))
    if spec.get("restartPolicy") not in ("Never", "OnFailure"):
        yield f"`restartPolicy: {spec.get('restartPolicy')}`: a job's is Never or OnFailure"
    yield from _limits(spec)
    yield from _terms(spec.get("affinity", {}).get("nodeAffinity", {}))
    volumes = [each.get("name") for each in spec.get("volumes", [])]
    for container in spec.get("containers", []):
        yield from _container(container, volumes)


def _limits(spec: Manifest) -> Iterator[str]:
    name = spec.get("priorityClassName", "")
    if name and not re.fullmatch(SUBDOMAIN, name, re.ASCII):
        yield f"`{name}` is no priority class"
    if spec.get("activeDeadlineSeconds", 1) < 1:
        yield "`activeDeadlineSeconds` is not above 0"


def _terms(affinity: Manifest) -> Iterator[str]:
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", {})
    for term in required.get("nodeSelectorTerms", []):
        for each in term.get("matchExpressions", []):
            yield from _term(each)


def _term(term: Manifest) -> Iterator[str]:
    key, operator, values = term.get("key", ""), term.get("operator"), term.get("values", [])
    if not re.fullmatch(_KEY, key, re.ASCII):
        yield f"`{key}` is no label of a node"
    if operator in _GREATER:
        if len(values) != 1:
            yield f"`{operator}` compares with one value"
    elif operator not in _OPERATORS:
        yield f"`{operator}` is no operator"
    elif _OPERATORS[operator] != bool(values):
        yield f"`{operator}` {'has no' if values else 'needs'} values"
    for value in values:
        if not re.fullmatch(VALUE, value, re.ASCII):
            yield f"`{value}` is no value of a label"


def _container(container: Manifest, volumes: list[str]) -> Iterator[str]:
    if not re.fullmatch(LABEL, container.get("name", ""), re.ASCII):
        yield f"`{container.get('name', '')}` is no name of a container"
    for mount in container.get("volumeMounts", []):
        if mount.get("name") not in volumes:
            yield f"nothing says what the volume `{mount.get('name')}` is"
        if not mount.get("mountPath", "").startswith("/"):
            yield f"`{mount.get('mountPath')}` is no absolute path"
    yield from _resources(container.get("resources", {}))


def _resources(resources: Manifest) -> Iterator[str]:
    requests, limits = resources.get("requests", {}), resources.get("limits", {})
    for kind, amount in (*requests.items(), *limits.items()):
        if quantity(amount) is None:
            yield f"`{kind}: {amount}` is no amount"
    for kind in requests.keys() & limits.keys():
        low, high = quantity(requests[kind]), quantity(limits[kind])
        if low is not None and high is not None and low > high:
            yield f"more `{kind}` is requested than its limit"
    for kind in sorted({*requests, *limits}):
        if "/" in kind and requests.get(kind, limits.get(kind)) != limits.get(kind):
            yield f"`{kind}` is counted by its limit, and a request is the same or not there"
        if "/" in kind and not re.fullmatch(r"\d+", str(limits.get(kind, "0")), re.ASCII):
            yield f"`{kind}` is counted in whole ones"


def quantity(amount: object) -> float | None:
    """`2`, `500m`, `1025Mi`."""
    found = _QUANTITY.fullmatch(str(amount)) if isinstance(amount, int | str) else None
    return float(found[1]) * _SIZES[found[2] or ""] if found else None
