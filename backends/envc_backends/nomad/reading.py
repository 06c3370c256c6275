"""A job's file, read as Nomad reads it: the part of HCL that our own files use."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from envc.facts.problem import Problem
from envc.jobs.backend import Told

_TEXT = r'"(?:[^"\\]|\\["\\nrt]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"'
_OPENS = re.compile(rf"([A-Za-z_]\w*)((?: {_TEXT})*) \{{", re.ASCII)
_SAYS = re.compile(rf"([A-Za-z_]\w*) = ({_TEXT}|-?\d+|true|false|\[\]?)", re.ASCII)
_ITEM = re.compile(rf"({_TEXT}),")


@dataclass(slots=True)
class Found:
    """A block, or the file."""

    label: str = ""
    says: dict[str, Any] = field(default_factory=dict)
    blocks: list[tuple[str, "Found"]] = field(default_factory=list)

    def every(self, name: str) -> "list[Found]":
        return [each for called, each in self.blocks if called == name]

    def one(self, name: str) -> "Found":
        """An empty one where there is none."""
        return next(iter(self.every(name)), Found())


def read(text: str) -> Told | Problem:
    root = parse(text)
    if isinstance(root, Problem):
        return root
    jobs = root.every("job")
    if len(jobs) != 1 or jobs[0].says.get("type") != "batch":
        return Problem("the file is not one job of the type `batch`")
    group = jobs[0].one("group")
    task = group.one("task")
    if not task.one("config").says.get("image"):
        return Problem("the task has no image")
    told = {**_whole(jobs[0]), **_amounts(group, task.one("resources"), _is_array(task))}
    return {key: value for key, value in told.items() if value not in (None, "")}


def _whole(job: Found) -> dict[str, Any]:
    group = job.one("group")
    asked = [each.says for each in job.every("constraint")]
    meta = [each for each in asked if each["attribute"].startswith("${meta.")]
    names = [each.get("value") or each["attribute"][len("${meta.") : -1] for each in meta]
    return {
        "name": job.label,
        "project": job.says.get("namespace"),
        "queue": job.says.get("node_pool"),
        "constraint": ",".join(names),
        "requeue": "yes" if group.one("reschedule").says.get("attempts", 1) else None,
        "workdir": group.one("task").one("config").says.get("work_dir"),
    }


def _amounts(group: Found, resources: Found, is_array: bool) -> dict[str, Any]:
    count = group.says.get("count", 1)
    is_apart = any(each.says["operator"] == "distinct_hosts" for each in group.every("constraint"))
    device = resources.one("device")
    times = 1 if is_array else count

    def whole(amount: int | None) -> int | None:
        return amount * times if amount is not None else None

    return {
        "nodes": count if is_apart else None,
        "tasks": times,
        "array": count if is_array else None,
        "cpus": whole(resources.says.get("cores")),
        "memory": whole(resources.says.get("memory")),
        "gpus": whole(device.says.get("count")),
        "gpu": device.one("constraint").says.get("value", "").removeprefix("(?i)"),
    }


def _is_array(task: Found) -> bool:
    """Outside of one, the number is given."""
    return "ENVC_INDEX" not in task.one("env").says


# ---- lines ---------------------------------------------------------------------------------------


def parse(text: str) -> Found | Problem:
    root = Found()
    open_blocks = [root]
    lines = enumerate(text.split("\n"), 1)
    for number, line in lines:
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        if opened := _OPENS.fullmatch(said):
            labels = [_text(each) for each in re.findall(_TEXT, opened[2])]
            inner = Found(" ".join(labels))
            open_blocks[-1].blocks.append((opened[1], inner))
            open_blocks.append(inner)
        elif said == "}" and len(open_blocks) > 1:
            open_blocks.pop()
        elif found := _SAYS.fullmatch(said):
            value = _items(lines) if found[2] == "[" else _value(found[2])
            open_blocks[-1].says[found[1]] = value
        else:
            return Problem(f"line {number}: `{said}` is nothing that we write")
    return root if len(open_blocks) == 1 else Problem("a block is never closed")


def _items(lines: Iterator[tuple[int, str]]) -> list[str]:
    found = []
    for _, line in lines:
        item = _ITEM.fullmatch(line.strip())
        if item is None:
            break
        found.append(_text(item[1]))
    return found


def _value(text: str) -> object:
    if text.startswith('"'):
        return _text(text)
    return [] if text == "[]" else json.loads(text)


def _text(text: str) -> str:
    """Escapes are those of JSON, and one for eight digits."""
    long = re.sub(r"(?<!\\)((?:\\\\)*)\\U([0-9a-f]{8})", _long, text)
    found: str = json.loads(long, strict=False)
    return found


def _long(found: re.Match[str]) -> str:
    return found[1] + json.dumps(chr(int(found[2], 16)))[1:-1]
