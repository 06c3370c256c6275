"""The settings of a run as values of a job: whole numbers of one unit, each with its line."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from envc import spec
from envc.jobs.model import (
    Amount,
    Array,
    Checkpoint,
    Environment,
    Event,
    Launch,
    Per,
    Said,
)
from envc.spec import Quantity, Range, Setting, Signal

MIB = 2**20

Fields = Mapping[str, Any]
"""By the names of `Job`; what is not asked for is not there."""


def fields(settings: Iterable[Setting]) -> Fields:
    """`command`, `runtime` and all that FIELDS names, of the settings that hold."""
    found: dict[str, Any] = {}
    for each in settings:
        name, read = _READERS[each.key]
        said = Said(read(each.value), each.place)
        found[name] = (*found.get(name, ()), said) if name in _SEVERAL else said
    return found


def mib(size: int) -> int:
    """Rounded up, as everything that is asked for."""
    return -(-size // MIB)


def _count(value: Any) -> int:
    return int(value.amount)


def _amount(value: Quantity) -> Amount:
    return Amount(value.amount, _per(value))


def _memory(value: Quantity) -> Amount:
    return Amount(mib(value.amount), _per(value))


def _per(value: Quantity) -> Per:
    return Per(value.per) if value.per is not None else Per.JOB


def _array(value: Range) -> Array:
    return Array(value.start, value.stop, value.step, value.limit)


def _checkpoint(value: Signal) -> Checkpoint:
    return Checkpoint(value.name, value.before)


def _events(value: tuple[str, ...]) -> tuple[Event, ...]:
    return tuple(each for each in Event if each.value in value or "all" in value)


def _command(value: spec.Command) -> tuple[Any, ...]:
    return value.words


_SEVERAL = ("inputs", "outputs")
_READERS: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "command": ("command", _command),
    "nodes": ("nodes", _count),
    "tasks": ("tasks", _amount),
    "cpus": ("cpus", _amount),
    "gpus": ("gpus", _amount),
    "gpu": ("gpu", str),
    "memory": ("memory", _memory),
    "walltime": ("walltime", _count),
    "queue": ("queue", str),
    "account": ("account", str),
    "project": ("project", str),
    "qos": ("qos", str),
    "constraint": ("constraint", tuple),
    "exclusive": ("exclusive", bool),
    "array": ("array", _array),
    "after": ("after", tuple),
    "requeue": ("requeue", bool),
    "checkpoint": ("checkpoint", _checkpoint),
    "input": ("inputs", str),
    "output": ("outputs", str),
    "env": ("environment", Environment),
    "mail": ("mail", str),
    "notify": ("notify", _events),
    "workdir": ("workdir", str),
    "launch": ("launched", Launch),
    "runtime": ("runtime", str),
}
