"""A request, by the fields that Chronos's documentation has."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from envc.facts.problem import Problem
from envc.jobs.backend import Told

_NAME = re.compile(r"[\w\s.#-]+", re.ASCII)
_SIGNS = ("EQUALS", "LIKE", "UNLIKE")


def read(text: str) -> Told | Problem:
    try:
        request = json.loads(text)
    except json.JSONDecodeError as reason:
        return Problem(f"the file is no JSON: {reason}")
    if not isinstance(request, dict) or not _NAME.fullmatch(str(request.get("name", ""))):
        return Problem("the job has no name of letters, digits, `-`, `_`, `#`, `.` and blanks")
    if ("schedule" in request) == ("parents" in request):
        return Problem("a job has either a `schedule` or `parents`")
    if request.get("shell", True) and request.get("arguments"):
        return Problem("`arguments` are ignored where `shell` is true")
    for each in request.get("constraints", []):
        if len(each) != 3 or each[1] not in _SIGNS:
            return Problem(f"`{each}` is no constraint")
    return {key: value for key, value in _told(request).items() if value not in (None, "")}


def _told(request: Mapping[str, Any]) -> dict[str, Any]:
    container = request.get("container", {})
    options = {each["key"]: each["value"] for each in container.get("parameters", [])}
    said = request.get("constraints", [])
    return {
        "name": request["name"],
        "cpus": math.ceil(float(request["cpus"])) if "cpus" in request else None,
        "memory": math.ceil(float(request["mem"])) if "mem" in request else None,
        "after": ",".join(request.get("parents", [])),
        "requeue": "yes" if request.get("retries", 2) else None,
        "workdir": options.get("workdir"),
        "constraint": ",".join(name if value == "true" else value for name, _, value in said),
    }
