"""Two laws of directives: a value is read back as it is or refused, and an amount never shrinks."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.jobs.backend import Answer, Told, backend
from envc.jobs.model import Amount, Array, Job, Per
from tests.jobs.samples import WHERE, at, job, said

DIALECTS = ("pbspro", "torque", "sge", "lsf", "htcondor", "oar", "flux", "dirac")
each_dialect = pytest.mark.parametrize("name", ["slurm", *DIALECTS])
quickly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

LINES = ("x\n#PBS -l select=9", "x\n#$ -l gpu=9", "x\n#OAR -q y", "x\n#BSUB -x", "x\n#flux: -N9")
HARD = (
    *LINES,
    "a b",
    '"',
    "'",
    "$HOME",
    "`id`",
    "-x",
    "=x",
    "a,b",
    "a;b",
    "a%b",
    "é",
    "",
    "#",
    " a",
)
TEXTS = st.one_of(
    st.sampled_from(HARD),
    st.text(max_size=12),
    st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.+@:/-]{0,9}", fullmatch=True),
)


def told(name: str, found: Job) -> Told | None:
    """What the scheduler understands; nothing where it is refused, at the spec's line."""
    of = backend(name)
    if refused := of.refusals(at(name, found)):
        assert all(each.labels[0].source is found.place.source for each in refused)
        return None
    read = of.read(of.files(at(name, found))[0].text)
    assert not isinstance(read, Problem), read
    return read


@each_dialect
@pytest.mark.parametrize("field", ["queue", "account", "project", "mail", "gpu"])
@quickly
@given(value=TEXTS)
@example(value="plain")
def test_a_text_is_read_back_or_refused(name: str, field: str, value: str) -> None:
    if backend(name).fields[field].answer is not Answer.SAID:
        return
    gpus = {"gpus": said(Amount(1, Per.NODE))} if field == "gpu" else {}
    read = told(name, job(**{field: said(value)}, **gpus))
    if value == "plain" and field != "mail":
        assert read is not None
    if read is not None and field in read:
        assert read[field] == value
    elif read is not None:
        assert value in features(read)


@each_dialect
@quickly
@given(values=st.lists(TEXTS, min_size=1, max_size=3, unique=True), of_site=st.booleans())
@example(values=["nvme", "ib"], of_site=False)
def test_features_are_read_back_or_refused(name: str, values: list[str], of_site: bool) -> None:
    found = job(constraint=said(tuple(values)))
    if of_site:
        found = job(where=replace(WHERE, features=tuple(values)))
    read = told(name, found)
    assert read is not None or values != ["nvme", "ib"]
    if read is not None:
        assert [each for each in features(read) if each in values] == values


def features(read: Told) -> list[str]:
    """Grid Engine has a complex for each."""
    said = str(read.get("constraint", ""))
    return said.split(",") if said else [key for key, value in read.items() if value == "yes"]


@each_dialect
@pytest.mark.parametrize("fact", ["smp", "parallel", "memory", "property"])
@quickly
@given(value=st.sampled_from(HARD))
def test_names_of_the_site_are_refused_too(name: str, fact: str, value: str) -> None:
    where = replace(WHERE, facts=((fact, value),))
    machine = {"tasks": said(Amount(2, Per.JOB)), "memory": said(Amount(64, Per.JOB))}
    if backend(name).fields["memory"].answer is Answer.REFUSED:
        machine.pop("memory")
    plain = told(name, job(constraint=said(("nvme",)), **machine))
    read = told(name, job(where=where, constraint=said(("nvme",)), **machine))
    assert read is None or read == plain or not value


@st.composite
def machines(draw: st.DrawFn) -> dict[str, Any]:
    nodes = draw(st.integers(1, 5))
    counts = st.integers(1, 40)
    tasks = Amount(max(draw(counts), nodes), draw(st.sampled_from([Per.JOB, Per.NODE])))
    cpus = Amount(draw(counts), draw(st.sampled_from([Per.JOB, Per.NODE, Per.TASK])))
    memory = Amount(draw(st.integers(1, 2**24)), draw(st.sampled_from(list(Per))))
    asked = {"nodes": nodes, "tasks": tasks, "cpus": cpus, "memory": memory}
    return {key: said(value) for key, value in asked.items()}


@each_dialect
@quickly
@given(machine=machines(), walltime=st.integers(1, 10**7))
def test_amounts_are_never_less(name: str, machine: dict[str, Any], walltime: int) -> None:
    fields = backend(name).fields
    sayable = {key: v for key, v in machine.items() if fields[key].answer is not Answer.REFUSED}
    found = job(**sayable, walltime=said(walltime))
    read = told(name, found)
    assert read is not None
    shape = found.shape
    full = shape.nodes * shape.tasks_per_node
    wanted = {
        "nodes": (shape.nodes, shape.nodes),
        "tasks": (shape.tasks, full),
        "cpus": (shape.tasks * shape.cpus_per_task, full * shape.cpus_per_task),
        # A slot's share is rounded up.
        "memory": (memory(found), memory(found, full) + full * shape.cpus_per_task),
        "walltime": (walltime, walltime + 59),
    }
    for key in read.keys() & wanted.keys():
        least, most = wanted[key]
        assert least <= int(read[key]) <= most, (key, read)


def memory(found: Job, tasks: int = 0) -> int:
    """In all, for so many tasks, where it is counted for each of them or of their CPUs."""
    shape = found.shape
    if found.memory is None:
        return 0
    each = {Per.TASK: 1, Per.CPU: shape.cpus_per_task}.get(found.memory.value.per)
    if each is None:
        return (shape.memory_per_node or 0) * shape.nodes
    return found.memory.value.count * each * (tasks or shape.tasks)


@each_dialect
@quickly
@given(
    start=st.integers(0, 50),
    more=st.integers(0, 200),
    step=st.integers(1, 9),
    limit=st.none() | st.integers(1, 9),
)
@example(start=3, more=0, step=1, limit=None)
@example(start=0, more=5, step=2, limit=2)
def test_an_array_has_all_of_its_numbers(
    name: str, start: int, more: int, step: int, limit: int | None
) -> None:
    array = Array(start, start + more, step, limit)
    read = told(name, job(array=said(array)))
    if read is None:
        assert limit is not None
    elif "array" in read:
        assert read["array"] == len(array.numbers)
        assert read.get("limit") == limit
    else:
        # One number, or numbers that are jobs of their own, are counted elsewhere.
        assert len(array.numbers) == 1 or backend(name).fields["array"].answer is Answer.EMULATED
