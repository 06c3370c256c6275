"""What containers start, under the real sh: the program gets its words as they are."""

import subprocess
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from envc.facts.command import CommandWord
from envc.jobs.model import Amount, Array, Checkpoint, Job, Launch, Mpi, Per
from envc.plan.roots import ENTRY
from envc_backends.containers import program
from tests.jobs.samples import command, job, said

NUMBER = program.Number("WHICH", 1)
SHOW = '#!/bin/sh\nprintf \'%s\\0\' "$ENVC_INDEX" "$@"\nexit 7\n'
HARD = 'it\'s "so" $HOME ${HOME} $(touch bad) `touch bad`\n\t* ~ \\ é'
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def run(found: Job, folder: Path, which: int = 1) -> tuple[int, list[str], str]:
    """With the image's entry in the folder."""
    entry = folder / "entry"
    entry.write_text(SHOW)
    entry.chmod(0o755)
    words = [each.replace(ENTRY, str(entry)) for each in program.words(found, NUMBER)]
    done = subprocess.run(
        words,
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "WHICH": str(which), "ENVC_INDEX": "0"},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode().split("\0")[:-1], done.stderr.decode()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@example(words=[HARD, "", "-n", "A=b"])
@given(words=st.lists(TEXTS, max_size=4))
def test_words_reach_the_program_unchanged(tmp_path: Path, words: list[str]) -> None:
    texts = (CommandWord((word,) if word else (), 0, 0) for word in words)
    asked = said((*command("heat").value, *texts, *command("{index}").value))
    code, plain, _ = run(job(command=asked), tmp_path)
    assert (code, plain) == (7, ["0", "heat", *words, "0"])
    array = job(command=asked, array=said(Array(5, 17, 3, None)))
    code, counted, _ = run(array, tmp_path, which=3)
    assert (code, counted) == (7, ["11", "heat", *words, "11"])
    assert not (tmp_path / "bad").exists()


def test_a_missing_input_is_told_before_anything_starts(tmp_path: Path) -> None:
    code, shown, told = run(job(inputs=(said("grid.h5"),)), tmp_path)
    assert (code, shown) == (66, [])
    assert "grid.h5" in told


def test_a_missing_output_is_told_and_the_code_is_kept(tmp_path: Path) -> None:
    code, _, told = run(job(outputs=(said("heat.h5"),)), tmp_path)
    assert code == 7
    assert "warning: the program has not left heat.h5" in told


def test_time_is_kept_in_the_container_where_nobody_else_does() -> None:
    found = job(walltime=said(60))
    assert program.words(found, NUMBER)[1:6] == (
        "timeout",
        "--foreground",
        "--signal=TERM",
        "--kill-after=30",
        "60",
    )
    assert program.words(found, NUMBER, is_timed=False)[1] == "heat"
    warned = job(walltime=said(60), checkpoint=said(Checkpoint("USR1", 20)))
    assert "40" in program.words(warned, NUMBER, is_timed=False)


def test_mpi_of_the_image_starts_the_tasks() -> None:
    found = job(tasks=said(Amount(2, Per.JOB)), launch=Launch.MPI_INSIDE)
    assert program.words(found, NUMBER)[1:4] == ("mpirun", "-np", "2")
    mpich = job(
        tasks=said(Amount(2, Per.JOB)), launch=Launch.MPI_INSIDE, mpi=Mpi("mpich", "4.0", "")
    )
    assert program.words(mpich, NUMBER)[1:4] == ("mpiexec", "-n", "2")
