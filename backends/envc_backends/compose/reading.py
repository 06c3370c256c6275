"""A stack, read as Docker's client reads it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.jobs.backend import Told
from envc_backends.compose.stack import NUMBERED

_SIZES = {"": 1, "b": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
MIB = 2**20


def read(text: str) -> Told | Problem:
    import yaml

    try:
        stack = yaml.safe_load(text)
    except yaml.YAMLError as reason:
        return Problem(f"the file is no YAML: {' '.join(str(reason).split())}")
    services = stack.get("services") if isinstance(stack, dict) else None
    if not isinstance(services, dict) or not services:
        return Problem("the file is not a stack with a service")
    service, *others = services.values()
    deploy = service.get("deploy", {})
    if deploy.get("mode") != "replicated-job":
        return Problem(f"a service with `mode: {deploy.get('mode', 'replicated')}` never ends")
    if any(each.get("deploy") != deploy for each in others):
        return Problem("the services of the stack are not alike")
    told = _told(service, list(services))
    return (
        told
        if isinstance(told, Problem)
        else {key: value for key, value in told.items() if value not in (None, "")}
    )


def _told(service: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any] | Problem:
    deploy = service["deploy"]
    is_array = names[0].startswith(NUMBERED)
    times = 1 if is_array else len(names)
    reserved = deploy.get("resources", {}).get("reservations", {})
    memory = _bytes(str(reserved.get("memory", "0")))
    if isinstance(memory, Problem):
        return memory
    gpus = [
        each["discrete_resource_spec"]["value"] for each in reserved.get("generic_resources", [])
    ]
    return {
        "tasks": times,
        "array": len(names) if is_array else None,
        "cpus": int(reserved["cpus"]) * times if "cpus" in reserved else None,
        "memory": -(-memory // MIB) * times or None,
        "gpus": sum(gpus) * times or None,
        "requeue": None if deploy["restart_policy"]["condition"] == "none" else "yes",
        "workdir": service.get("working_dir"),
        "constraint": ",".join(_features(deploy)),
    }


def _bytes(text: str) -> int | Problem:
    found = re.fullmatch(r"(\d+)([bkmgt]?)b?", text.lower(), re.ASCII)
    if found is None:
        return Problem(f"`memory: {text}` is no amount")
    return int(found[1]) * _SIZES[found[2]]


def _features(deploy: Mapping[str, Any]) -> list[str]:
    said = deploy.get("placement", {}).get("constraints", [])
    parted = [each.partition(" == ") for each in said if each.startswith("node.labels.")]
    return [
        label.removeprefix("node.labels.") if value == "true" else value
        for label, _, value in parted
    ]
