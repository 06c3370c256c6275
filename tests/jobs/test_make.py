"""From runs and sites to jobs: numbers that agree, nodes that have them, images that run there."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.check import Checked, check_source
from envc.diagnostics.model import Diagnostic
from envc.jobs.make import jobs
from envc.jobs.model import Amount, Job, Launch, Per, Shape
from envc.jobs.shape import shape
from envc.jobs.sites import find
from envc.lock.model import Lock, LockedEnvironment
from envc.plan.model import Plan
from envc.source import Source
from envc.spec import Site
from tests.compile.plans import plan
from tests.jobs.samples import said

if TYPE_CHECKING:
    from envc.jobs.fields import Fields

TARGETS = ("x86_64_v2", "x86_64_v3", "x86_64_v4", "zen4")


def spec(run: str, site: str = "", **facts: str) -> Checked:
    targets = facts.get("targets", ", ".join(TARGETS))
    text = f"""envc 1

app heat@1.0 {{
  source   dir "."
  targets  {targets}
  build    cmake
  {facts.get("app", "")}
  run demo {{
    {run}
    command  "{facts.get("command", "heat --threads {{cpus}}")}"
  }}
  {facts.get("more", "")}
}}

site lab {{
  scheduler  {facts.get("scheduler", "slurm")}
  {site}
}}
"""
    checked = check_source(Source("work/heat.envc", text))
    assert checked.is_good, checked.diagnostics
    return checked


def plans(checked: Checked, **changes: Any) -> list[Plan]:
    targets = checked.spec.apps[0].targets
    return [
        replace(plan("x86_64"), target=each, choices=(), closure=f"sha256:{each}", **changes)
        for each in targets
    ]


def lock(*components: str) -> Lock:
    environment = LockedEnvironment(
        "heat@1.0", "debian/trixie", (), "amd64", TARGETS, components=components
    )
    return Lock("0.2.7", "sha256:0", environments=(environment,))


def made(checked: Checked, *components: str) -> tuple[tuple[Job, ...], tuple[Diagnostic, ...]]:
    site = find(checked.spec, "lab")
    assert isinstance(site, Site)
    found = jobs(checked, lock(*components), plans(checked), [site])
    return found.jobs, found.diagnostics


def one(run: str, site: str = "", *components: str, **facts: str) -> Job:
    (found,), told = made(spec(run, site, **facts), *components)
    assert told == ()
    return found


def told(run: str, site: str = "", *components: str, **facts: str) -> str:
    found, diagnostics = made(spec(run, site, **facts), *components)
    assert found == ()
    (first, *_) = diagnostics
    return f"{first.rule.code} {first.message}"


BIG = "partition big { target zen4  cores 64  memory 256 GiB  nodes 10  walltime 1 d }"
GPU = "partition gpu { target zen3  cores 32  gpu a100  gpus 4 }"
USUAL = f"default big\n  {BIG}\n  {GPU}"


# ---- shapes --------------------------------------------------------------------------------------

AMOUNTS = st.integers(1, 300)


@given(
    st.integers(1, 20) | st.none(),
    st.tuples(AMOUNTS, st.sampled_from([Per.JOB, Per.NODE])) | st.none(),
    st.tuples(AMOUNTS, st.sampled_from([Per.JOB, Per.NODE, Per.TASK])) | st.none(),
    st.tuples(st.integers(1, 10**6), st.sampled_from(list(Per))) | st.none(),
    st.tuples(AMOUNTS, st.sampled_from([Per.JOB, Per.NODE, Per.TASK])) | st.none(),
)
def test_shares_are_never_less_than_what_is_asked_for(
    nodes: int | None,
    tasks: tuple[int, Per] | None,
    cpus: tuple[int, Per] | None,
    memory: tuple[int, Per] | None,
    gpus: tuple[int, Per] | None,
) -> None:
    amounts = {"tasks": tasks, "cpus": cpus, "memory": memory, "gpus": gpus}
    asked: Fields = {name: said(Amount(*each)) for name, each in amounts.items() if each}
    found = shape({**asked, **({"nodes": said(nodes)} if nodes else {})}, None)
    assert found.nodes == (nodes or 1)
    assert found.tasks_per_node * found.nodes >= found.tasks
    counted = {
        Per.JOB: 1,
        Per.NODE: found.nodes,
        Per.TASK: found.tasks_per_node * found.nodes,
        Per.CPU: found.cpus_per_node * found.nodes,
    }
    if cpus:
        wanted = cpus[0] * {Per.JOB: 1, Per.NODE: found.nodes, Per.TASK: found.tasks}[cpus[1]]
        assert found.cpus_per_node * found.nodes >= wanted
    if memory:
        assert (found.memory_per_node or 0) * found.nodes >= memory[0] * counted[memory[1]]
    if gpus:
        assert found.gpus_per_node * found.nodes >= gpus[0] * counted[gpus[1]]


@pytest.mark.parametrize(
    ("run", "wanted"),
    [
        ("", Shape(1, 1, 1, 1, None, 0)),
        ("nodes 2\n tasks 8 per node\n memory 16 GiB", Shape(2, 16, 8, 1, 8192, 0)),
        ("nodes 3\n tasks 8\n cpus 2 per task", Shape(3, 8, 3, 2, None, 0)),
        ("tasks 100", Shape(2, 100, 50, 1, None, 0)),
        ("memory 100 B", Shape(1, 1, 1, 1, 1, 0)),
        ("cpus 8 per task\n memory 1500 MiB per cpu", Shape(1, 1, 1, 8, 12000, 0)),
        ("tasks 2\n cpus 7", Shape(1, 2, 2, 4, None, 0)),
    ],
)
def test_numbers_agree(run: str, wanted: Shape) -> None:
    assert one(run, BIG).shape == wanted


# ---- places --------------------------------------------------------------------------------------


def test_the_usual_partition_is_said() -> None:
    found = one("", USUAL)
    assert found.queue is not None
    assert found.queue.value == "big"
    assert "default" in found.queue.place.source.line(
        found.queue.place.source.position(found.queue.place.span.start).line
    )


@pytest.mark.parametrize(
    ("site", "queue", "features"),
    [
        (BIG, "big", ()),
        ("partition big { target zen4  queue long }", "long", ()),
        ("partition big { target zen4  features GENOA }", None, ("GENOA",)),
        ("partition big { target zen4  features GENOA  queue q }", "q", ("GENOA",)),
    ],
)
def test_a_partition_is_a_queue_or_has_features(
    site: str, queue: str | None, features: tuple[str, ...]
) -> None:
    found = one("", site)
    assert (found.queue.value if found.queue else None) == queue
    assert found.where.features == features


def test_nodes_with_the_name_of_their_cpu_are_asked_for_by_it() -> None:
    found = one("", BIG, scheduler="slurm { constraint from target }")
    assert found.where.features == ("zen4",)
    assert found.is_chosen


def test_what_a_site_has_itself_is_taken() -> None:
    found = one("", BIG, scheduler='slurm { account "lab"  qos normal }')
    assert found.account is not None
    assert found.account.value == "lab"
    again = one("account mine", BIG, scheduler='slurm { account "lab" }')
    assert again.account is not None
    assert again.account.value == "mine"


def test_other_words_of_a_scheduler_are_kept() -> None:
    found = one("", 'scratch "/scratch"\n  images "/images"\n  module "a/1"\n  ' + BIG)
    assert (found.where.scratch, found.where.images) == ("/scratch", "/images")
    assert found.where.modules == ("a/1",)


def test_images_are_named_in_a_registry() -> None:
    found = one("", f'images "registry.example.org/lab"\n  {BIG}')
    assert found.images[0].reference == "registry.example.org/lab/heat:1.0-zen4"
    assert found.images[0].file == "heat-1.0-zen4.sif"


# ---- images --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cpus", "targets", "is_chosen"),
    [
        ("zen4", ("zen4",), True),
        ("skylake_avx512", ("x86_64_v4",), True),
        ("haswell", ("x86_64_v3",), True),
        # Such nodes run at least this, and some may run more.
        ("x86_64_v3", ("zen4", "x86_64_v4", "x86_64_v3"), False),
        ("zen4, haswell", ("zen4", "x86_64_v3"), False),
    ],
)
def test_the_best_images_for_a_partition(
    cpus: str, targets: tuple[str, ...], *, is_chosen: bool
) -> None:
    found = one("", f"partition big {{ target {cpus} }}")
    assert tuple(each.target for each in found.images) == targets
    assert found.is_chosen == is_chosen


def test_what_was_measured_comes_first() -> None:
    found = one("", "partition big { target zen4 }", app="prefer x86_64_v3")
    assert [each.target for each in found.images] == ["x86_64_v3"]


def test_without_a_site_every_image_may_be_the_one() -> None:
    checked = spec("", BIG, more="emit slurm")
    found = jobs(checked, lock(), plans(checked), [], lambda app: app.emits)
    (job,) = found.jobs
    assert {each.target for each in job.images} == set(TARGETS)
    assert not job.is_chosen
    assert (job.where.site, job.where.node, job.queue) == ("", None, None)


# ---- words ---------------------------------------------------------------------------------------


def test_what_is_known_is_filled_in() -> None:
    command = "heat {app} {version} {cpus} {tasks} {gpus} {prefix} {nodes}"
    found = one("nodes 2\n tasks 4\n cpus 8 per task", BIG, command=command)
    words = ["".join(map(str, word.parts)) for word in found.command.value]
    assert words == ["heat", "heat", "1.0", "8", "4", "0", "/opt/heat", "2"]


def test_what_only_the_job_knows_is_left() -> None:
    found = one("array 1..9 step 2\n tasks 4", BIG, command="heat {index} {target} {nodes}")
    left = [hole.name for word in found.command.value for hole in word.placeholders]
    assert left == ["index", "target", "nodes"]


@pytest.mark.parametrize(
    ("run", "launch"),
    [
        ("", Launch.PLAIN),
        ("cpus 4", Launch.OPENMP),
        ("tasks 4", Launch.MPI_HYBRID),
        ("tasks 4\n launch plain", Launch.PLAIN),
    ],
)
def test_how_tasks_are_started(run: str, launch: Launch) -> None:
    assert one(run, BIG, "openmpi@5.0.7").launch is launch


def test_tasks_without_mpi_know_nothing_of_each_other() -> None:
    assert one("tasks 4", BIG).launch is Launch.PLAIN


# ---- what is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("cpus 65", "E0602 65 CPUs are asked of a node, and one of partition `big` has 64"),
        (
            "tasks 9 per node\n cpus 8 per task",
            (
                "E0602 72 CPUs are asked of a node, 8 for each of 9 tasks, and one of partition "
                "`big` has 64"
            ),
        ),
        ("memory 257 GiB per node", "E0602 263168 MiB are asked of a node, and one of partition"),
        ("nodes 11\n tasks 11", "E0602 11 nodes are asked for, and partition `big` has 10"),
        ("walltime 25 h", "E0602 1 d 1 h are longer than partition `big` allows"),
        ("nodes 4\n tasks 2", "E0602 4 nodes are asked for, and 2 tasks"),
        (
            "queue gpu\n gpus 5",
            "E0602 5 GPUs are asked of a node, and one of partition `gpu` has 4",
        ),
        ("queue big\n gpus 1", "E0602 partition `big` has no GPUs"),
        ("queue gpu\n gpus 1\n gpu v100", "E0602 the GPUs of partition `gpu` are a100, not v100"),
        ("walltime 1 h\n checkpoint USR1 before 1 h", "E0602 a signal 1 h before the end comes"),
        ("queue bigg", "E0606 site `lab` has no partition `bigg`"),
        ("launch mpi_hybrid", "E0604 `launch mpi_hybrid` needs an MPI, and the image of `heat`"),
    ],
)
def test_what_cannot_be_is_told(run: str, message: str) -> None:
    assert told(run, USUAL).startswith(message)


def test_what_depends_on_the_cpu_needs_a_known_one() -> None:
    run = "tasks 2\n cpus 4 per task  on has avx512f\n cpus 2 per task"
    message = "E0601 `cpus` depends on the CPU, and which one it is only the job will know"
    assert told(run, "partition mixed { target zen4, haswell }") == message
    assert one(run, "partition new { target zen4 }").shape.cpus_per_task == 4
    assert one(run, "partition old { target haswell }").shape.cpus_per_task == 2


def test_nodes_that_run_none_of_the_images() -> None:
    message = "E0605 nodes of partition `gpu` are `zen3`, which runs none of `zen4`"
    assert told("queue gpu", USUAL, targets="zen4") == message


def test_a_site_limits_time_and_arrays() -> None:
    scheduler = "slurm { walltime 2 h  array 100 }"
    assert told("walltime 3 h", BIG, scheduler=scheduler) == (
        "E0602 3 h are longer than site `lab` allows"
    )
    message = "E0602 the array has 101 numbers, and site `lab` takes 100 at once"
    assert told("array 0..100", BIG, scheduler=scheduler) == message
    assert one("array 1..199 step 2", BIG, scheduler=scheduler).array


def test_a_partition_with_the_gpus_is_taken_with_a_word() -> None:
    (found,), (warning,) = made(spec("gpus 2", USUAL, targets="x86_64_v3"))
    assert warning.rule.code == "W0601"
    assert found.where.node is not None
    assert found.where.node.name == "gpu"


def test_the_first_of_several_partitions_is_taken_with_a_word() -> None:
    (found,), (warning,) = made(spec("", f"{BIG}\n  {GPU}"))
    assert (warning.rule.code, warning.help) == ("W0601", "write `queue big`")
    assert found.where.node is not None
    assert found.where.node.name == "big"


def test_what_the_site_has_installed_needs_no_image() -> None:
    found = one("queue gpu\n runtime none", USUAL, targets="zen4")
    assert found.runtime == "none"


@pytest.mark.parametrize(
    ("host", "component", "pmi", "message"),
    [
        ('host mpich@4.2 "/opt/mpich"', "openmpi@5.0.7", "", "E0604 the image has openmpi 5.0.7"),
        ('host openmpi@4.1 "/opt/mpi"', "openmpi@5.0.7", "", ""),
        ('host mpich@4.2 "/opt/mpich"', "openmpi@5.0.7", "pmix", ""),
        ("", "openmpi@5.0.7", "pmi2", "E0604 openmpi finds its launcher by `pmix`"),
        ("", "mpich@4.2.1", "pmi2", ""),
        ("", "mpich@4.2.1", "none", "E0604 mpich finds its launcher by `pmi2`"),
    ],
)
def test_the_mpi_of_image_and_site_have_to_agree(
    host: str, component: str, pmi: str, message: str
) -> None:
    scheduler = f"slurm {{ mpi {pmi} }}" if pmi else "slurm"
    found, diagnostics = made(spec("tasks 4", f"{BIG}\n  {host}", scheduler=scheduler), component)
    assert bool(found) == (not message)
    assert "".join(f"{each.rule.code} {each.message}" for each in diagnostics).startswith(message)
