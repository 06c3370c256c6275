"""Which image is started, on which nodes."""

from dataclasses import replace

import yaml

from envc.jobs.backend import backend
from envc.jobs.model import Amount, Job, Per
from envc_backends.containers.limits import share
from envc_backends.kubernetes import nodes
from tests.jobs.samples import JOB, WHERE, at, image, job, said

DIGEST = "sha256:" + "d" * 64
PUBLISHED = replace(image("zen4"), reference="registry.example.org/heat:1.0-zen4", digest=DIGEST)


def pod(found: Job) -> dict[str, object]:
    of = backend("kubernetes")
    asked = at("kubernetes", found)
    assert of.refusals(asked) == ()
    manifest = yaml.safe_load(of.files(asked)[0].text)
    spec: dict[str, object] = manifest["spec"]["template"]["spec"]["containers"][0]
    return spec


def labels(found: Job) -> list[str]:
    affinity = nodes.affinity(at("kubernetes", found))
    return [line.strip(" -") for line in yaml.safe_dump(affinity).split("\n") if "key:" in line]


def test_where_nothing_is_known_it_is_the_one_for_most_nodes() -> None:
    found = job(is_chosen=False, images=(image("zen4"), image("x86_64_v2")))
    for name in ("kubernetes", "nomad", "compose", "chronos"):
        written = backend(name).files(at(name, found))[0].text
        assert "heat:1.0-x86_64_v2" in written
        assert "Nothing is known of the nodes" in written


def test_a_registry_is_asked_for_its_very_bytes() -> None:
    found = pod(job(images=(PUBLISHED,)))
    assert found["image"] == f"registry.example.org/heat:1.0-zen4@{DIGEST}"
    assert found["imagePullPolicy"] == "IfNotPresent"


def test_without_a_registry_nobody_is_asked() -> None:
    assert pod(JOB)["imagePullPolicy"] == "Never"


def test_nodes_are_asked_for_what_the_site_calls_them() -> None:
    assert "key: feature.node.kubernetes.io/cpu-cpuid.AVX2" in labels(JOB)
    where = replace(WHERE, features=("highmem",))
    assert labels(job(where=where)) == ["key: kubernetes.io/arch", "key: highmem"]
    named = replace(where, facts=(("property", "example.org/kind"),))
    assert labels(job(where=named)) == ["key: kubernetes.io/arch", "key: example.org/kind"]


def test_a_node_s_share_is_split_among_its_tasks() -> None:
    asked = {"tasks": said(Amount(3, Per.JOB)), "memory": said(Amount(1000, Per.NODE))}
    found = share(job(**asked, gpus=said(Amount(6, Per.NODE))))
    assert (found.containers, found.memory, found.gpus, found.is_apart) == (3, 334, 2, False)
    assert share(job(nodes=said(3))).is_apart
