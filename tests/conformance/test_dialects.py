"""What each scheduler is told, and what it is not: the cases that a reader may look for."""

import re
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from envc.jobs.backend import Answer, backend
from envc.jobs.model import (
    Amount,
    Array,
    Checkpoint,
    Environment,
    Event,
    Job,
    Launch,
    Per,
)
from tests.conformance.test_values import DIALECTS, each_dialect
from tests.jobs.samples import WHERE, at, image, job, said

MUCH: dict[str, Any] = {
    "nodes": said(2),
    "tasks": said(Amount(8, Per.NODE)),
    "cpus": said(Amount(2, Per.TASK)),
    "gpus": said(Amount(16, Per.NODE)),
    "gpu": said("a100"),
    "memory": said(Amount(65537, Per.NODE)),
    "walltime": said(5431),
    "queue": said("long"),
    "account": said("csan"),
    "constraint": said(("nvme", "ib")),
    "array": said(Array(3, 12, 2, None)),
    "after": said(("grid",)),
    "requeue": said(value=False),
    "checkpoint": said(Checkpoint("USR1", 300)),
    "environment": said(Environment.INHERIT),
    "mail": said("ada@example.org"),
    "notify": said((Event.BEGIN, Event.END)),
    "inputs": (said("grid.h5"),),
    "outputs": (said("heat.h5"),),
    "launch": Launch.MPI_HYBRID,
}


def made(name: str, **asked: Any) -> str:
    """What the scheduler reads, and the command that hands it in."""
    found = at(name, job(**asked))
    assert backend(name).refusals(found) == ()
    first = backend(name).files(found)[0]
    lines = first.text.split("\nset -eu\n")[0].splitlines()
    said = [line for line in lines if line and not re.match(r"# |#$|#!", line)]
    return "\n".join((*said, "", first.use))


def refused(name: str, found: Job) -> list[str]:
    return [each.message for each in backend(name).refusals(at(name, found))]


def at_site(**facts: str) -> Any:
    return replace(WHERE, facts=tuple(facts.items()))


@each_dialect
def test_a_job_that_asks_for_much(name: str, snapshot: SnapshotAssertion) -> None:
    fields = backend(name).fields
    kept = {
        key: value
        for key, value in MUCH.items()
        if key == "launch" or fields[key].answer is not Answer.REFUSED
    }
    if name == "oar":
        kept.pop("gpus")  # whole nodes for the memory leave none to count
        kept.pop("gpu")
    assert made(name, **kept) == snapshot


# ---- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nodes", "tasks", "select"),
    [
        (3, 7, "2:ncpus=3:mpiprocs=3:ompthreads=1+1:ncpus=1:mpiprocs=1:ompthreads=1"),
        (3, 4, "3:ncpus=2:mpiprocs=2:ompthreads=1"),
        (2, 4, "2:ncpus=2:mpiprocs=2:ompthreads=1"),
    ],
)
def test_the_last_node_may_have_less(nodes: int, tasks: int, select: str) -> None:
    text = made("pbspro", nodes=said(nodes), tasks=said(Amount(tasks, Per.JOB)))
    assert f"-l select={select}\n" in text


def test_names_are_as_long_as_they_may_be() -> None:
    long = replace(job(), run="a-run-of-more-than-fifteen-letters")
    text = backend("torque").files(at("torque", long))[0].text
    (name,) = re.findall(r"#PBS -N (\S+)", text)
    assert len(name) == 15


def test_one_number_is_no_range_to_pbs_professional() -> None:
    text = made("pbspro", array=said(Array(3, 3, 1, None)))
    assert "-J" not in text


@pytest.mark.parametrize(
    ("name", "line"), [("sge", "#$ -t 1-3"), ("lsf", '#BSUB -J "heat-demo[1-3]"')]
)
def test_numbers_from_0_are_counted_from_1(name: str, line: str) -> None:
    assert line in made(name, array=said(Array(0, 4, 2, None)))


@pytest.mark.parametrize("name", ["oar", "flux", "dirac"])
def test_a_limit_without_a_word_is_refused(name: str) -> None:
    assert "limit" in refused(name, job(array=said(Array(1, 4, 1, 2))))[0]


# ---- devices and accounts ------------------------------------------------------------------------


def test_gpus_are_counted_as_the_scheduler_counts() -> None:
    cpus, gpus = said(Amount(4, Per.TASK)), said(Amount(2, Per.NODE))
    assert "slots" in refused("sge", job(cpus=cpus, gpus=gpus))[0]
    assert "#$ -l gpu=2" in made("sge", gpus=gpus)
    tasks = said(Amount(4, Per.JOB))
    assert "tasks" in refused("flux", job(tasks=tasks, gpus=gpus))[0]
    assert "/nodes=1/gpu=2/core=2" in made("oar", cpus=said(Amount(3, Per.TASK)), gpus=gpus)


@pytest.mark.parametrize("name", ["lsf", "oar", "flux"])
def test_account_and_project_are_one(name: str) -> None:
    both = job(account=said("a"), project=said("b"))
    assert "charges one" in refused(name, both)[0]
    assert made(name, account=said("a"), project=said("a")) == made(name, account=said("a"))


def test_oar_writes_to_an_address() -> None:
    assert refused("oar", job(notify=said((Event.END,)))) == ["OAR writes only to an address"]


@pytest.mark.parametrize("name", ["pbspro", "torque", "sge", "lsf", "oar"])
def test_nobody_writes_of_another_start(name: str) -> None:
    asked = job(mail=said("a@b.org"), notify=said((Event.REQUEUE,)))
    assert "requeue" in refused(name, asked)[0]


@pytest.mark.parametrize("name", [name for name in DIALECTS if name not in {"slurm", "lsf", "oar"}])
def test_no_signal_without_an_end(name: str) -> None:
    assert "walltime" in refused(name, job(checkpoint=said(Checkpoint("USR1", 60))))[0]


# ---- what a site says ----------------------------------------------------------------------------


def test_grid_engine_is_told_names_of_the_site() -> None:
    where = at_site(smp="openmp", parallel="mpi-8", memory="m_mem_free", property="cpu_type")
    two = said(Amount(2, Per.JOB))
    text = made("sge", where=where, tasks=two, memory=said(Amount(5, Per.NODE)))
    assert "-pe openmp 2" in text
    assert "-l m_mem_free=3M" in text
    assert "-pe mpi-8 2" in made("sge", where=where, nodes=said(2), tasks=two)
    assert "-l cpu_type=zen4" in made("sge", where=where, constraint=said(("zen4",)))


@pytest.mark.parametrize(
    ("name", "own", "named"),
    [
        ("pbspro", ":zen4=True", ":kind=zen4"),
        ("oar", "-p zen4='YES'", "-p kind='zen4'"),
        ("htcondor", "(TARGET.zen4 =?= True)", '(TARGET.kind == "zen4")'),
    ],
)
def test_features_may_be_values(name: str, own: str, named: str) -> None:
    asked = {"constraint": said(("zen4",))}
    assert own in made(name, **asked)
    assert named in made(name, where=at_site(property="kind"), **asked)


# ---- files that are brought ----------------------------------------------------------------------


def test_images_are_brought_to_a_machine_of_htcondor() -> None:
    several = (image("x86_64_v4"), image("x86_64_v2"))
    asked = {"runtime": "apptainer", "images": several, "inputs": (said("grid.h5"),)}
    text = made("htcondor", **asked, is_chosen=False)
    folder = "$ENV(HOME)/.envc/images"
    assert (
        f"transfer_input_files = grid.h5, {folder}/heat-1.0-x86_64_v4.sif, "
        f"{folder}/heat-1.0-x86_64_v2.sif\n"
    ) in text
    assert '(TARGET.Microarch >= "x86_64-v2")' in text
    shared = made("htcondor", **asked, where=at_site(shared="yes"))
    assert "should_transfer_files = NO" in shared
    assert "transfer_input_files" not in shared


def test_outputs_below_a_folder_are_listed_for_htcondor() -> None:
    plain = (said("a.h5"),)
    below = (said("a.h5"), said("out/b.h5"))
    assert "transfer_output_files" not in made("htcondor", outputs=plain)
    assert "transfer_output_files = a.h5, out/b.h5" in made("htcondor", outputs=below)


@pytest.mark.parametrize("path", ["a,b", "$(HOME)", "http://x.org/y", 'say "so"'])
def test_paths_are_told_to_htcondor_as_they_are_or_not_at_all(path: str) -> None:
    assert "path" in refused("htcondor", job(inputs=(said(path),)))[0]


def test_a_sandbox_of_the_grid_has_no_folders() -> None:
    assert "sandbox" in refused("dirac", job(outputs=(said("out/heat.h5"),)))[0]
    assert "/cvmfs" not in made("dirac", inputs=(said("/cvmfs/lab/grid.h5"),))


def test_a_program_called_by_fluxs_mark_is_refused() -> None:
    called = replace(job(), name="flux", version="")
    assert "begins with `flux:`" in refused("flux", called)[0]


@each_dialect
def test_a_type_of_gpu_alone_is_refused(name: str) -> None:
    assert refused(name, job(gpu=said("a100")))


# ---- launchers -----------------------------------------------------------------------------------


def test_tasks_are_bound_to_cores_only_where_no_other_job_is() -> None:
    asked: dict[str, Any] = {"tasks": said(Amount(4, Per.JOB)), "cpus": said(Amount(2, Per.TASK))}
    assert "--map-by slot:OVERSUBSCRIBE --bind-to none" in script("pbspro", **asked)
    asked["nodes"] = said(2)
    assert "--map-by ppr:2:node --bind-to none" in script("pbspro", **asked)
    alone = script("pbspro", **asked, exclusive=said(value=True))
    assert "--map-by ppr:2:node:PE=2" in alone
    assert "--bind-to" not in alone


def script(name: str, **asked: Any) -> str:
    return backend(name).files(at(name, job(**asked)))[0].text
