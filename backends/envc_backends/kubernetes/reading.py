"""A manifest, read as the controllers read it."""

import math
from typing import Any

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.kubernetes import rules
from envc_backends.kubernetes.pod import GPUS

MIB = 2**20
_QUEUE = "kueue.x-k8s.io/queue-name"
_FOUND = "feature.node.kubernetes.io/"


def read(text: str) -> Told | Problem:
    import yaml

    try:
        manifest = yaml.safe_load(text)
    except yaml.YAMLError as reason:
        return Problem(f"the file is no YAML: {' '.join(str(reason).split())}")
    kinds = (("batch/v1", "Job"), ("kubeflow.org/v2beta1", "MPIJob"))
    if not isinstance(manifest, dict) or _kind(manifest) not in kinds:
        return Problem("the file is neither a Job nor an MPIJob")
    if found := rules.problems(manifest):
        return found[0]
    told = {**_metadata(manifest["metadata"]), **_pods(manifest), **_pod(manifest)}
    return {key: value for key, value in told.items() if value not in (None, "")}


def _kind(manifest: rules.Manifest) -> tuple[Any, Any]:
    return manifest.get("apiVersion"), manifest.get("kind")


def _metadata(metadata: rules.Manifest) -> dict[str, Any]:
    return {
        "name": metadata.get("name") or metadata["generateName"].rstrip("-"),
        "project": metadata.get("namespace"),
        "queue": metadata.get("labels", {}).get(_QUEUE),
    }


def _count(manifest: rules.Manifest) -> int:
    """Pods that work, in all."""
    spec = manifest["spec"]
    if manifest["kind"] == "MPIJob":
        return int(spec["mpiReplicaSpecs"]["Worker"]["replicas"])
    return int(spec.get("completions", 1))


def _pods(manifest: rules.Manifest) -> dict[str, Any]:
    spec, count = manifest["spec"], _count(manifest)
    if spec.get("completionMode") == "Indexed":
        running = spec.get("parallelism", 1)
        return {"array": count, "limit": running if running < count else None, "tasks": 1}
    is_apart = "podAntiAffinity" in rules.pods(manifest)[-1]["spec"].get("affinity", {})
    policy = spec.get("runPolicy", spec)
    retries = "podFailurePolicy" in spec or policy.get("backoffLimit", 6) > 0
    return {
        "nodes": count if is_apart else None,
        "tasks": count * spec.get("slotsPerWorker", 1),
        "requeue": "yes" if retries else None,
    }


def _pod(manifest: rules.Manifest) -> dict[str, Any]:
    pod = rules.pods(manifest)[-1]["spec"]
    (container,) = pod["containers"]
    limits = container.get("resources", {}).get("limits", {})
    is_array = manifest["spec"].get("completionMode") == "Indexed"
    count = 1 if is_array else _count(manifest)

    def whole(kind: str, unit: int = 1) -> int | None:
        amount = rules.quantity(limits[kind]) if kind in limits else None
        return math.ceil(amount / unit) * count if amount is not None else None

    gpus = [whole(kind) for kind in GPUS.values() if kind in limits]
    return {
        "cpus": whole("cpu"),
        "memory": whole("memory", MIB),
        "gpus": gpus[0] if gpus else None,
        "walltime": pod.get("activeDeadlineSeconds"),
        "qos": pod.get("priorityClassName"),
        "workdir": container.get("workingDir"),
        "constraint": ",".join(_features(pod)),
    }


def _features(pod: rules.Manifest) -> list[str]:
    """Labels that nodes have to have, but for what is found out about their CPU."""
    affinity = pod.get("affinity", {}).get("nodeAffinity", {})
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution", {})
    terms = [
        each
        for term in required.get("nodeSelectorTerms", [])
        for each in term.get("matchExpressions", [])
    ]
    return [
        ",".join(each.get("values", [])) or each["key"]
        for each in terms
        if each["key"] != "kubernetes.io/arch" and not each["key"].startswith(_FOUND)
    ]
