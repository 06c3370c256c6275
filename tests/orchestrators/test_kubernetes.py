"""Manifests before those who read them: the schemas of each Kubernetes, its own client, and rules
for what these let through."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.jobs.backend import Answer, Told, backend
from envc.jobs.model import FIELDS, Amount, Array, Job, Launch, Per
from envc_backends.kubernetes import pod, rules
from tests.conftest import Chroot
from tests.jobs.samples import ASKED, JOB, at, command, job, said

HERE = Path(__file__).parent / "kubernetes"
# From the first on that has what we write; older ones are no longer supported by their makers.
VERSIONS = [f"1.{minor}" for minor in range(29, 38)]
KUBERNETES = backend("kubernetes")
MPI = {"nodes": said(2), "tasks": said(Amount(8, Per.JOB)), "launch": Launch.MPI_HYBRID}
ARRAY = said(Array(3, 12, 2, 2))


def asked() -> Iterator[tuple[str, Job]]:
    yield "nothing", JOB
    for field in FIELDS:
        if KUBERNETES.fields[field].answer is not Answer.REFUSED:
            yield field, job(**ASKED[field])
    yield "mpi-here", job(tasks=said(Amount(4, Per.JOB)), launch=Launch.MPI_HYBRID)
    yield "mpi-across", job(**MPI, gpus=said(Amount(2, Per.NODE)), queue=said("long"))
    yield "array", job(array=ARRAY, requeue=said(value=True), command=command("heat", "{index}"))
    yield "files", job(inputs=(said("/data/grid.h5"),), outputs=(said("/out/heat.h5"),))
    yield "scratch", job(command=command("heat", "{scratch}"))


JOBS = {name: at("kubernetes", found) for name, found in asked()}
each_job = pytest.mark.parametrize("name", JOBS)


def text(name: str) -> str:
    assert KUBERNETES.refusals(JOBS[name]) == ()
    return KUBERNETES.files(JOBS[name])[0].text


def validated(manifest: rules.Manifest, version: str) -> None:
    """An MPIJob has no schema there, but its pods have."""
    if manifest["kind"] == "Job":
        kubernetes_validate.validate(dict(manifest), version, strict=True)
        return
    for template in rules.pods(manifest):
        of_job = {"metadata": manifest["metadata"], "spec": {"template": template}}
        whole = {"apiVersion": "batch/v1", "kind": "Job", **of_job}
        kubernetes_validate.validate(whole, version, strict=True)


# ---- what we write -------------------------------------------------------------------------------


@each_job
def test_all_that_we_write_is_valid_in_each_version(name: str) -> None:
    manifest = yaml.safe_load(text(name))
    assert rules.problems(manifest) == ()
    for version in VERSIONS:
        validated(manifest, version)


@pytest.mark.xdist_group("orchestrators")
@each_job
def test_its_own_client_reads_all_of_it(chroot: Chroot, name: str) -> None:
    """It makes a Job of it: what it does not know would be missing from what it prints."""
    if name == "mpi-across":
        return  # no kind of the client's own
    words = chroot("orchestrators", "trixie", "kubernetes-client,docker-cli")
    given = text(name)
    answer = subprocess.run(
        [*words, "kubectl", "set", "image", "--local", "-f", "-", "main=new", "-o", "json"],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    printed = json.loads(answer.stdout)
    assert lost(yaml.safe_load(given), printed) == [".spec.template.spec.containers[].image"]


def lost(meant: Any, printed: Any, path: str = "") -> list[str]:
    """Where the second has not what the first has."""
    match meant, printed:
        case dict(), dict():
            return [
                each
                for key, value in meant.items()
                for each in lost(value, printed.get(key), f"{path}.{key}")
            ]
        case list(), list() if len(meant) == len(printed):
            pairs = zip(meant, printed, strict=True)
            return [each for one, other in pairs for each in lost(one, other, f"{path}[]")]
        case _:
            return [] if meant in (printed, {}) else [path]


def test_mpi_over_nodes_is_counted_in_all() -> None:
    found = KUBERNETES.read(text("mpi-across"))
    assert not isinstance(found, Problem)
    assert (found["nodes"], found["tasks"], found["gpus"], found["queue"]) == (2, 8, 4, "long")


def test_mpi_on_one_node_is_the_image_s_own() -> None:
    manifest = yaml.safe_load(text("mpi-here"))
    (container,) = manifest["spec"]["template"]["spec"]["containers"]
    assert container["args"][:3] == ["mpirun", "-np", "4"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"runtime": "guix"}, "has no image"),
        ({"workdir": said("heat")}, "lies in a folder that nobody knows"),
        ({"workdir": said("/a:b")}, "cannot be told the folder"),
        ({"inputs": (said("/grid.h5"),)}, "has a `/` of its own"),
        ({"qos": said("High")}, "cannot be told the `qos`"),
        ({"project": said("Heat")}, "cannot be told the `project`"),
        ({"constraint": said(("a b",))}, "no node of the name 'a b'"),
        ({**MPI, "array": ARRAY}, "has no numbers"),
        ({**MPI, "tasks": said(Amount(3, Per.JOB))}, "the same number of tasks each"),
        ({"tasks": said(Amount(2, Per.JOB)), "array": ARRAY}, "has 2 tasks"),
        ({"nodes": said(2), "tasks": said(Amount(4, Per.JOB))}, "are to be on each node"),
    ],
)
def test_what_would_be_lost_is_refused(changes: dict[str, Any], message: str) -> None:
    refused = KUBERNETES.refusals(at("kubernetes", job(**changes)))
    assert any(message in each.message for each in refused), refused


# ---- what others write ---------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(HERE.glob("*.bad")), ids=lambda file: str(file.stem))
def test_our_rules_refuse_what_the_schemas_let_through(file: Path) -> None:
    written = file.read_text()
    wanted = written.partition("\n")[0].removeprefix("# refused: ")
    kubernetes_validate.validate(yaml.safe_load(written), VERSIONS[-1], strict=True)
    refused = KUBERNETES.read(written)
    assert isinstance(refused, Problem)
    assert wanted in refused.message


@pytest.mark.parametrize("file", sorted(HERE.glob("*.ok")), ids=lambda file: str(file.stem))
def test_they_take_and_count_what_is_right(file: Path) -> None:
    written = file.read_text()
    found = KUBERNETES.read(written)
    assert not isinstance(found, Problem), found
    assert understood(found) == written.partition("\n")[0].removeprefix("# read as: ")


def understood(told: Told) -> str:
    return ", ".join(f"{key}={value}" for key, value in told.items())


@pytest.mark.parametrize("written", ["a: [", "[]", "apiVersion: v1\nkind: Pod\n"])
def test_what_is_no_job_is_a_problem(written: str) -> None:
    assert isinstance(KUBERNETES.read(written), Problem)


# ---- words ---------------------------------------------------------------------------------------


def expanded(text: str) -> str:
    """As a node does it with words and variables, where no variable is called so."""
    return re.sub(r"\$\$|\$\([^)]*\)", lambda found: "$" if found[0] == "$$" else "", text)


@example("$(HOME) $$(HOME) $ $$ $$$( é")
@given(st.text())
def test_a_node_puts_nothing_into_a_word(word: str) -> None:
    assert expanded(pod.unexpanded(word)) == word
