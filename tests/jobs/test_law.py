"""One law for scripts: what a spec says reaches the program unchanged, and nothing else runs."""

import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from envc.facts.command import CommandWord, Placeholder
from envc.jobs import script
from envc.jobs.backend import backend
from envc.jobs.batch import Batch
from envc.jobs.model import Amount, Array, Job, Launch, Per
from envc.jobs.script import Dialect
from envc.runtimes.model import Variable
from tests.jobs.samples import WHERE, at, command, job, said
from tests.jobs.test_contract import NAMES

BATCH = [name for name in NAMES if isinstance(backend(name), Batch)]
each_batch = pytest.mark.parametrize("name", BATCH)

HARD = (
    'it\'s "so" $HOME `touch bad` $(touch bad)\n#$ -l bad\n#BSUB -n 9\n#OAR -n x\r\n* ~ \\ ; | é 温'
)
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
NAMES_OF_FILES = TEXTS.map(lambda text: text.replace("/", "_")).filter(
    lambda name: name not in ("", ".", "..") and len(name.encode()) < 200
)
LAUNCHERS = ("srun", "mpirun", "mpiexec", "flux", "mpiexec.hydra")
FAKE = """#!/bin/sh
printf '%s\\0' "$@" > "$OUT/launched"
while [ "$1" != "$SHOW" ]; do shift; done
exec "$@"
"""
SHOW = '#!/bin/sh\nprintf \'%s\\0\' "$PWD" "$HEAT_SAY" "$ENVC_INDEX" "$@" > "$OUT/shown"\nexit 7\n'


class Seen(NamedTuple):
    code: int
    words: tuple[str, ...]
    """The folder, the variable, the number, and the words of the program."""
    left: frozenset[str]
    """Names in the folder of the job."""


def run(name: str, found: Job, folder: Path, **variables: str) -> Seen:
    """The script under sh, with a launcher and a program that show their words."""
    out = folder / "out"
    tools = folder / "tools"
    for path, text in ((out / "show", SHOW), *((tools / each, FAKE) for each in LAUNCHERS)):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    show = CommandWord((str(out / "show"),), 0, 0)
    words = (show, *found.command.value[1:])
    asked = replace(found, command=said(words))
    of = backend(name)
    assert isinstance(of, Batch)
    assert of.refusals(at(name, asked)) == ()
    dialect = of.dialect(at(name, asked))
    place = out / "job.script"
    place.write_text(script.text(at(name, asked), dialect))
    here = folder / "here"
    here.mkdir(exist_ok=True)
    done = subprocess.run(
        ["sh", str(place)],
        cwd=here,
        env={
            "PATH": f"{tools}:{os.environ['PATH']}",
            "HOME": str(folder),
            "OUT": str(out),
            "SHOW": str(out / "show"),
            **({dialect.folder: str(here)} if dialect.folder else {}),
            **dict.fromkeys(scheduler_says(dialect), "/dev/null"),
            **variables,
        },
        capture_output=True,
        check=False,
    )
    shown = out / "shown"
    assert shown.exists(), done.stderr.decode()
    words_shown = shown.read_bytes().decode(errors="surrogateescape").split("\0")
    return Seen(done.returncode, tuple(words_shown[:-1]), frozenset(os.listdir(here)))


def scheduler_says(dialect: Dialect) -> set[str]:
    """Variables in a launcher's words that are the scheduler's own."""
    parts = [part for word in dialect.launch for part in word if isinstance(part, Variable)]
    return {part.name for part in parts if not part.name.startswith("ENVC_")}


@each_batch
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@example(words=[HARD, "", "-n", "A=b"], value=HARD, folder=HARD.replace("/", ""), file="-rf")
@given(words=st.lists(TEXTS, max_size=4), value=TEXTS, folder=NAMES_OF_FILES, file=NAMES_OF_FILES)
def test_values_reach_the_program_unchanged(
    name: str, words: list[str], value: str, folder: str, file: str
) -> None:
    with tempfile.TemporaryDirectory() as made:
        place = Path(made) / "here" / folder
        place.mkdir(parents=True)
        (place / file).touch()
        found = job(
            command=said(
                (
                    *command("show").value,
                    *(CommandWord((word,) if word else (), 0, 0) for word in words),
                )
            ),
            variables=(("HEAT_SAY", value), ("PATH", "/nowhere")),
            workdir=said(str(place)),
            inputs=(said(file),),
            outputs=(said(file),),
        )
        if backend(name).refusals(at(name, found)):
            return
        seen = run(name, found, Path(made))
        assert seen.words == (str(place), value, "0", *words)
        assert seen.code == 7
        assert seen.left == {folder}


@each_batch
def test_tasks_are_started_with_the_words_as_they_are(name: str, tmp_path: Path) -> None:
    words = [HARD, "", "{index}"]
    found = job(
        tasks=said(Amount(4, Per.JOB)), launch=Launch.MPI_HYBRID, command=command("show", *words)
    )
    if backend(name).refusals(at(name, found)):
        return
    seen = run(name, found, tmp_path)
    assert seen.words[3:] == (HARD, "", "0")
    assert seen.code == 7
    assert (tmp_path / "out" / "launched").exists()


@each_batch
def test_each_job_of_an_array_knows_its_number(name: str, tmp_path: Path) -> None:
    array = Array(5, 17, 3, None)
    found = job(array=said(array), command=command("show", "{index}"))
    of = backend(name)
    assert isinstance(of, Batch)
    if of.refusals(at(name, found)):
        return
    number = of.dialect(at(name, found)).number
    for place, wanted in enumerate(array.numbers if number is not None else ()):
        told = wanted if number is None or number.first is None else number.first + place
        seen = run(name, found, tmp_path, **({number.variable: str(told)} if number else {}))
        assert seen.words[2:] == (str(wanted), str(wanted))


def test_without_a_scheduler_a_script_counts_itself(tmp_path: Path) -> None:
    out = tmp_path / "numbers"
    found = job(
        array=said(Array(5, 17, 3, 2)),
        command=command("sh", "-c", 'echo "$1" >> numbers', "", "{index}"),
    )
    (tmp_path / "demo.sh").write_text(backend("local").files(at("local", found))[0].text)
    done = subprocess.run(["sh", "demo.sh"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert sorted(map(int, out.read_text().split())) == [5, 8, 11, 14, 17]


@each_batch
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@example(words=[HARD, "", "-n", "A=b"], around=HARD, scratch=HARD.replace("/", ""))
@given(words=st.lists(TEXTS, max_size=3), around=TEXTS, scratch=NAMES_OF_FILES)
def test_so_they_do_in_each_job_of_an_array(
    name: str, words: list[str], around: str, scratch: str
) -> None:
    """Words that hold what only the running job knows, and a scratch folder of any name."""
    of = backend(name)
    assert isinstance(of, Batch)
    with tempfile.TemporaryDirectory() as made:
        large = Path(made) / "large" / scratch
        mixed = (around, Placeholder("index", 0, 7), around, Placeholder("scratch", 0, 9))
        found = job(
            array=said(Array(5, 17, 3, None)),
            command=said(
                (
                    *command("show", *words).value,
                    CommandWord(tuple(part for part in mixed if part), 0, 0),
                )
            ),
            where=replace(WHERE, scratch=str(large)),
        )
        if of.refusals(at(name, found)):
            return
        number = of.dialect(at(name, found)).number
        first = 5 if number is None or number.first is None else number.first
        last = 17 if number is None or number.first is None else number.first + 4
        for told, wanted in ((first, 5), (last, 17)):
            # Without a scheduler the script starts itself for each, and the last is seen.
            index = 17 if number is None else wanted
            seen = run(name, found, Path(made), **({number.variable: str(told)} if number else {}))
            assert seen.words[2:-1] == (str(index), *words)
            assert seen.words[-1].startswith(f"{around}{index}{around}{large}/envc-")
            assert seen.left == set()
