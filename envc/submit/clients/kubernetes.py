"""Kubernetes, by `kubectl` with the configuration of whoever calls. A job bears envc's id as label.

No cluster runs in the tests: the real `kubectl` asks a server there that answers as the API has a
Job of `batch/v1` and its pods, and an MPIJob with the conditions that Kubeflow's operator writes.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words

_LABEL = "envc.id"
_CREATE = f"""\
kubectl label --local -f "$1" "{_LABEL}=$2" -o json >labelled.json || exit
exec kubectl create -f labelled.json -o "$3"
"""
_SAID = r'{.metadata.namespace}/{.kind}/{.metadata.name}{"\n"}'
_KINDS = {"Job": "jobs.v1.batch", "MPIJob": "mpijobs.v2beta1.kubeflow.org"}
"""As `kubectl` is told them, so that nobody else's kind of the same name is meant."""
_POD_LABELS = {"Job": "job-name", "MPIJob": "training.kubeflow.org/job-name"}
_ROLE = "training.kubeflow.org/job-role"
_LAUNCHER = "launcher"
"""Of an MPIJob's pods the one that starts the program, has its output and its exit code."""
_LATE = "DeadlineExceeded"


class _Kubernetes(Plain):
    waits = False
    pattern = r"^([\w.-]+/(?:Job|MPIJob)/[\w.-]+)$"
    """`default/Job/heat2d-demo-x7k2q`."""

    def hand_in(self, order: Order) -> Words:
        return ("sh", "-c", _CREATE, "create", order.file, order.id, f"jsonpath={_SAID}")

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        """One for each kind: a cluster without the operator knows no MPIJob."""
        shown = ("-l", f"{_LABEL}={id}", "-o", f"jsonpath={{range .items[*]}}{_SAID}{{end}}")
        return tuple(("kubectl", "get", kind, "-A", *shown) for kind in _KINDS.values())

    def questions(self, number: str) -> tuple[Words, ...]:
        job = (*_in(number), "get", _called(number), "-o", "json")
        return (job, (*_in(number), "get", "pods", "-l", _pods(number), "-o", "json"))

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        job, pods = answers
        if "(NotFound)" in job.error:
            return VANISHED
        if job.code:
            return Problem(job.reason)
        found = json.loads(pods.text or "{}").get("items", [])
        return _report(json.loads(job.text).get("status", {}), found)

    def cancel(self, number: str) -> Words:
        return (*_in(number), "delete", _called(number), "--wait=false")

    def clears(self, number: str) -> Words:
        return (*self.cancel(number), "--ignore-not-found")

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        role = f",{_ROLE}={_LAUNCHER}" if _kind(number) == "MPIJob" else ""
        return (*_in(number), "logs", "-l", f"{_pods(number)}{role}", "-c", "main", "--tail=-1")


# ---- a number, `NAMESPACE/KIND/NAME` -------------------------------------------------------------


def _in(number: str) -> Words:
    return ("kubectl", "-n", number.partition("/")[0])


def _kind(number: str) -> str:
    return number.split("/")[1]


def _called(number: str) -> str:
    return f"{_KINDS[_kind(number)]}/{number.rpartition('/')[2]}"


def _pods(number: str) -> str:
    return f"{_POD_LABELS[_kind(number)]}={number.rpartition('/')[2]}"


# ---- what becomes of it --------------------------------------------------------------------------


def _report(status: Mapping[str, Any], pods: Sequence[Mapping[str, Any]]) -> Report:
    found = {
        str(each["type"]): each for each in status.get("conditions", ()) if each["status"] == "True"
    }
    if found.keys() & {"Complete", "SuccessCriteriaMet", "Succeeded"}:
        return Report(State.DONE)
    if "Failed" in found:
        return _failed(str(found["Failed"].get("reason", "")), pods)
    if any(each.get("status", {}).get("phase") == "Running" for each in pods):
        return Report(State.RUNNING)
    return Report(State.WAITING, None, "suspended" if "Suspended" in found else "")


def _failed(reason: str, pods: Sequence[Mapping[str, Any]]) -> Report:
    """A walltime is the pods' own, so the job says no more than that pods have failed."""
    ended = [each["status"] for each in pods if each["status"].get("phase") == "Failed"]
    codes = [code for code in map(_code, sorted(pods, key=_is_beside)) if code]
    is_late = [each.get("reason") == _LATE for each in ended]
    if reason == _LATE or (any(is_late) and (_is_one(pods) or all(is_late))):
        return Report(State.TIMED_OUT)
    return Report(State.FAILED, codes[0] if codes else None, reason)


def _is_one(pods: Sequence[Mapping[str, Any]]) -> bool:
    """Whether all pods are parts of one program: with the first of them, the others fail."""
    return any(_ROLE in _labels(each) for each in pods)


def _is_beside(pod: Mapping[str, Any]) -> bool:
    """Whether its code is hardly the program's: a worker's, or where the node was lost."""
    conditions = pod["status"].get("conditions", ())
    is_lost = any(each["type"] == "DisruptionTarget" for each in conditions)
    return is_lost or _labels(pod).get(_ROLE, _LAUNCHER) != _LAUNCHER


def _labels(pod: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = pod.get("metadata", {}).get("labels", {})
    return found


def _code(pod: Mapping[str, Any]) -> int | None:
    """Of a program that failed by itself."""
    if pod["status"].get("reason") == _LATE:
        return None
    for container in pod["status"].get("containerStatuses", ()):
        code = container.get("state", {}).get("terminated", {}).get("exitCode")
        if code:
            return int(code)
    return None


CLIENT: Client = _Kubernetes()
