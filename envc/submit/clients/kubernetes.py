"""Kubernetes, by `kubectl` with the configuration of whoever calls. A job bears envc's id as label.

No cluster runs in the tests. The answers are as the API describes a Job of `batch/v1`.
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
_SAID = '{.metadata.namespace}/{.kind}/{.metadata.name}{"\n"}'
_POD_LABELS = {"Job": "job-name", "MPIJob": "training.kubeflow.org/job-name"}


class _Kubernetes(Plain):
    waits = False
    pattern = r"^([\w.-]+/\w+/[\w.-]+)$"
    """`default/Job/heat2d-demo-x7k2q`."""

    def hand_in(self, order: Order) -> Words:
        return ("sh", "-c", _CREATE, "create", order.file, order.id, f"jsonpath={_SAID}")

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        shown = f"jsonpath={{range .items[*]}}{_SAID}{{end}}"
        return (("kubectl", "get", "jobs", "-A", "-l", f"{_LABEL}={id}", "-o", shown),)

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

    def outputs(self, names: Names) -> Words:
        del names
        return ()

    def speaks(self, number: str) -> Words:
        return (*_in(number), "logs", "-l", _pods(number), "--all-containers", "--tail=-1")


def _in(number: str) -> Words:
    return ("kubectl", "-n", number.partition("/")[0])


def _called(number: str) -> str:
    return number.partition("/")[2].lower()


def _pods(number: str) -> str:
    _, kind, name = number.split("/")
    return f"{_POD_LABELS.get(kind, 'job-name')}={name}"


def _report(status: Mapping[str, Any], pods: Sequence[Mapping[str, Any]]) -> Report:
    conditions = {
        str(each["type"]): each for each in status.get("conditions", ()) if each["status"] == "True"
    }
    if conditions.keys() & {"Complete", "SuccessCriteriaMet", "Succeeded"}:
        return Report(State.DONE)
    if "Failed" in conditions:
        reason = str(conditions["Failed"].get("reason", ""))
        if reason == "DeadlineExceeded":
            return Report(State.TIMED_OUT)
        return Report(State.FAILED, _code(pods), reason)
    if any(each.get("status", {}).get("phase") == "Running" for each in pods):
        return Report(State.RUNNING)
    return Report(State.WAITING, None, "suspended" if "Suspended" in conditions else "")


def _code(pods: Sequence[Mapping[str, Any]]) -> int | None:
    """Of the first program that failed."""
    for pod in pods:
        for container in pod.get("status", {}).get("containerStatuses", ()):
            code = container.get("state", {}).get("terminated", {}).get("exitCode")
            if code:
                return int(code)
    return None


CLIENT: Client = _Kubernetes()
