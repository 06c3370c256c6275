"""The real `kubectl` before a server that answers as the API has it, with and without MPIJobs."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from envc.jobs.backend import backend
from envc.jobs.model import Amount, Launch, Mpi, Per
from envc.submit.model import VANISHED, Answer, Report, State
from tests.conftest import Chroot
from tests.jobs.samples import JOB, at, job, said
from tests.submit.clients import Site
from tests.submit.loopback import Asked, serving

pytestmark = pytest.mark.xdist_group("orchestrators")
MPI = job(
    nodes=said(2), tasks=said(Amount(8, Per.JOB)), launch=Launch.MPI_HYBRID,
    mpi=Mpi("openmpi", "4.1", ""),
)  # fmt: skip
KINDS = {"batch/v1": ("jobs", "Job"), "kubeflow.org/v2beta1": ("mpijobs", "MPIJob")}
CONFIGURATION = """\
apiVersion: v1
kind: Config
clusters: [{{name: here, cluster: {{server: "{address}"}}}}]
contexts: [{{name: here, context: {{cluster: here, namespace: physics}}}}]
current-context: here
"""


@dataclass
class Cluster:
    has_operator: bool = True
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By their path."""
    pods: list[dict[str, Any]] = field(default_factory=list)
    selected: list[str] = field(default_factory=list)

    def groups(self) -> list[str]:
        return [each for each in KINDS if self.has_operator or each == "batch/v1"]

    def answer(self, asked: Asked) -> tuple[int, object]:
        found = self._about_itself(asked.path)
        if found is None and asked.method == "POST":
            found = self._made(asked)
        elif found is None and asked.method == "DELETE" and asked.path in self.jobs:
            found = self.jobs.pop(asked.path)
        elif found is None:
            found = self._shown(asked)
        return (200, found) if found is not None else (404, status(asked.path))

    def _about_itself(self, path: str) -> object:
        if path == "/api":
            return {"kind": "APIVersions", "versions": ["v1"]}
        if path == "/apis":
            return {"kind": "APIGroupList", "groups": [group(each) for each in self.groups()]}
        if path == "/api/v1":
            kinds = [kind("pods", "Pod"), kind("pods/log", "Pod")]
            return {"kind": "APIResourceList", "groupVersion": "v1", "resources": kinds}
        if path == "/openapi/v3":
            urls = {each: {"serverRelativeURL": f"/openapi/v3/apis/{each}"} for each in KINDS}
            return {"paths": {f"apis/{each}": url for each, url in urls.items()}}
        for each in self.groups():
            if path == f"/apis/{each}":
                resources = [kind(*KINDS[each])]
                return {
                    "kind": "APIResourceList", "groupVersion": each, "resources": resources,
                }  # fmt: skip
            if path == f"/openapi/v3/apis/{each}":
                return checks_itself(each)
        return None

    def _made(self, asked: Asked) -> object:
        made = json.loads(asked.body)
        about = made["metadata"]
        about |= {"name": f"{about.pop('generateName')}x7k2q", "namespace": "physics"}
        self.jobs[f"{asked.path}/{about['name']}"] = made
        return made

    def _shown(self, asked: Asked) -> object:
        if asked.path.endswith("/log"):
            return f"what {asked.path.split('/')[-2]} said\n"
        if asked.path.endswith("/pods"):
            self.selected.append(asked.about["labelSelector"])
            return {"kind": "PodList", "apiVersion": "v1", "items": self.pods}
        for each, (plural, name) in KINDS.items():
            if asked.path == f"/apis/{each}/{plural}":
                label = asked.about["labelSelector"].partition("=")[2]
                of_kind = [job for path, job in self.jobs.items() if f"/{plural}/" in path]
                items = [job for job in of_kind if job["metadata"]["labels"]["envc.id"] == label]
                return {"kind": f"{name}List", "apiVersion": each, "items": items}
        return self.jobs.get(asked.path)


def status(path: str) -> object:
    return {
        "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound",
        "message": f"there is no {path}", "code": 404,
    }  # fmt: skip


def group(name: str) -> object:
    version = {"groupVersion": name, "version": name.partition("/")[2]}
    return {
        "name": name.partition("/")[0], "versions": [version], "preferredVersion": version,
    }  # fmt: skip


def kind(plural: str, name: str) -> object:
    verbs = ["create", "delete", "get", "list"]
    return {
        "name": plural, "singularName": name.lower(), "kind": name, "namespaced": True,
        "verbs": verbs,
    }  # fmt: skip


def checks_itself(name: str) -> object:
    """So that `kubectl` leaves it to the server to look for mistakes in a manifest."""
    version = dict(zip(("group", "version"), name.split("/"), strict=True))
    checks = {"name": "fieldValidation", "in": "query", "schema": {"type": "string"}}
    change = {
        "parameters": [checks],
        "x-kubernetes-group-version-kind": {**version, "kind": KINDS[name][1]},
    }
    place = f"/apis/{name}/namespaces/{{namespace}}/{KINDS[name][0]}/{{name}}"
    return {"openapi": "3.0.0", "info": {}, "paths": {place: {"patch": change}}}


def pod(name: str, phase: str, *, reason: str = "", code: int = 0) -> dict[str, Any]:
    ended = {"name": "main", "state": {"terminated": {"exitCode": code}}}
    return {
        "kind": "Pod", "apiVersion": "v1",
        "metadata": {"name": name, "namespace": "physics"},
        "spec": {"containers": [{"name": "main"}]},
        "status": {"phase": phase, "reason": reason, "containerStatuses": [ended]},
    }  # fmt: skip


@pytest.fixture
def cluster() -> Cluster:
    return Cluster()


@pytest.fixture
def site(cluster: Cluster, chroot: Chroot, tmp_path: Path) -> Iterator[Site]:
    _, root, _ = chroot("orchestrators", "trixie", "kubernetes-client,docker-cli")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "kubectl").symlink_to(f"{root}/usr/bin/kubectl")
    with serving(cluster.answer) as address:
        (tmp_path / "configuration").write_text(CONFIGURATION.format(address=address))
        variables = {
            **os.environ,
            "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "KUBECONFIG": str(tmp_path / "configuration"),
        }
        yield Site("kubernetes", tmp_path, variables)


def handed_in(site: Site, made: Any) -> str:
    (file,) = backend("kubernetes").files(at("kubernetes", made))
    return site.hand_in("heat-0a1b2c", file.path, file.text)


def ended(cluster: Cluster, reason: str) -> None:
    (found,) = cluster.jobs.values()
    found["status"] = {"conditions": [{"type": "Failed", "status": "True", "reason": reason}]}


def test_a_job_is_followed_to_its_limit(cluster: Cluster, site: Site) -> None:
    number = handed_in(site, JOB)
    assert number == site.search("heat-0a1b2c") == "physics/Job/heat-demo-x7k2q"
    assert site.report(number) == Report(State.WAITING)
    cluster.pods = [pod("heat-demo-x7k2q-abcde", "Failed", reason="DeadlineExceeded", code=137)]
    ended(cluster, "BackoffLimitExceeded")
    assert site.report(number) == Report(State.TIMED_OUT)
    assert site.speaks(number) == Answer(0, "what heat-demo-x7k2q-abcde said\n", "")
    assert set(cluster.selected) == {"job-name=heat-demo-x7k2q"}


def test_an_mpi_job_is_followed_and_cancelled(cluster: Cluster, site: Site) -> None:
    number = handed_in(site, MPI)
    assert number == site.search("heat-0a1b2c") == "physics/MPIJob/heat-demo-x7k2q"
    cluster.pods = [pod("heat-demo-x7k2q-launcher-abcde", "Failed", code=7)]
    ended(cluster, "BackoffLimitExceeded/")
    assert site.report(number) == Report(State.FAILED, 7, "BackoffLimitExceeded/")
    assert "launcher-abcde said" in site.speaks(number).text
    assert cluster.selected[-1].endswith("=heat-demo-x7k2q,training.kubeflow.org/job-role=launcher")
    site.cancel(number)
    assert cluster.jobs == {}
    assert site.report(number) == VANISHED


def test_a_cluster_without_the_operator(cluster: Cluster, site: Site) -> None:
    cluster.has_operator = False
    assert site.search("heat-0a1b2c") == ""
    number = handed_in(site, JOB)
    assert site.search("heat-0a1b2c") == number
