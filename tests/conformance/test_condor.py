"""Submit descriptions before the real `condor_submit`, which makes the job of them and hands in
nothing."""

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from envc.facts.problem import Problem
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS
from tests.conformance.test_corpus import HERE, text_of
from tests.conftest import Chroot
from tests.jobs.samples import ASKED, WHERE, at, image, job, said

pytestmark = pytest.mark.xdist_group("condor-submit")
_EACH = """
cd "$1"
for file in *.sub; do
  condor_submit -dry-run "${file%.sub}.ad" "$file" > "${file%.sub}.said" 2>&1
  echo $? > "${file%.sub}.code"
done
"""


class Submitted(NamedTuple):
    code: int
    said: str
    ad: str
    """The job's attributes, one a line, with the requirements that HTCondor adds."""


@pytest.fixture(scope="module")
def submitted(chroot: Chroot, tmp_path_factory: pytest.TempPathFactory) -> "dict[str, Submitted]":
    """All files that we have, by name, in one go."""
    words = chroot("htcondor", "trixie", "minicondor")
    inside = f"/var/{tmp_path_factory.mktemp('condor').name}-{tmp_path_factory.getbasetemp().name}"
    folder = Path(words[1] + inside)
    folder.mkdir()
    try:
        for name, text in descriptions().items():
            (folder / f"{name}.sub").write_text(text)
        (folder / "demo.sh").write_text("#!/bin/sh\n")
        (folder / "demo.sh").chmod(0o755)
        subprocess.run([*words, "sh", "-c", _EACH, "each", inside], check=True)
        return {name: answer(folder / name) for name in descriptions()}
    finally:
        subprocess.run(["rm", "-rf", str(folder)], check=True)


def descriptions() -> "dict[str, str]":
    of = backend("htcondor")
    corpus = {
        f"corpus-{file.stem}": text_of(file) for file in sorted((HERE / "htcondor").iterdir())
    }
    taken = [name for name in FIELDS if of.fields[name].answer is not Answer.REFUSED]
    return corpus | {name: of.files(at("htcondor", job(**ASKED[name])))[0].text for name in taken}


def answer(file: Path) -> Submitted:
    ad = file.with_suffix(".ad")
    return Submitted(
        int(file.with_suffix(".code").read_text()),
        file.with_suffix(".said").read_text(),
        ad.read_text() if ad.exists() else "",
    )


@pytest.mark.parametrize(
    "file", sorted((HERE / "htcondor").iterdir()), ids=lambda file: str(file.name)
)
def test_its_verdicts_are_those_of_the_corpus(
    submitted: "dict[str, Submitted]", file: Path
) -> None:
    found = submitted[f"corpus-{file.stem}"]
    assert (found.code == 0) is (file.suffix == ".ok"), found.said


def test_it_takes_all_that_we_write(submitted: "dict[str, Submitted]") -> None:
    for name, found in submitted.items():
        if not name.startswith("corpus-"):
            assert found.code == 0, (name, found.said)
            assert "WARNING" not in found.said, (name, found.said)


@pytest.mark.parametrize(
    ("name", "attribute"),
    [
        ("cpus", "RequestCpus=3"),
        ("memory", "RequestMemory=1025"),
        ("gpus", "RequestGPUs=2"),
        ("gpu", 'RequireGPUs=regexp("a100",DeviceName,"i")'),
        ("walltime", "AllowedJobDuration=5431"),
        ("account", 'AcctGroup="csan"'),
        ("project", 'ProjectName="heat-plate"'),
        ("mail", 'NotifyUser="ada@example.org"'),
        ("constraint", "(TARGET.nvme =?= true)"),
        ("tasks", '(TARGET.Microarch >= "x86_64-v4")'),
        ("array", 'Environment="ENVC_CLUSTER=1 ENVC_NUMBER=0 HOME=$$(CondorScratchDir) PATH='),
        ("inputs", 'TransferInput="grid.h5"'),
    ],
)
def test_it_understands_what_we_mean(
    submitted: "dict[str, Submitted]", name: str, attribute: str
) -> None:
    ad = submitted[name].ad
    assert attribute.replace(" ", "") in ad.replace(" ", "")


def test_a_job_that_is_not_to_be_started_again_asks_for_a_first_start() -> None:
    for more, told in (({}, {}), ({"constraint": said(("nvme",))}, {"constraint": "nvme"})):
        found = at("htcondor", job(requeue=said(value=False), images=(image("x86_64"),), **more))
        text = backend("htcondor").files(found)[0].text
        assert "(NumJobStarts == 0)" in text
        read = backend("htcondor").read(text)
        assert not isinstance(read, Problem)
        assert read.items() >= told.items()


def test_an_image_that_is_a_folder_is_not_brought() -> None:
    """It would be held, after minutes: links to folders are not followed."""
    shared = replace(WHERE, facts=(("shared", "yes"),))
    for runtime, where, refused in (
        ("charliecloud", WHERE, True),
        ("charliecloud", shared, False),
        ("apptainer", WHERE, False),
        ("guix", WHERE, False),
    ):
        found = at("htcondor", job(runtime=runtime, where=where))
        assert bool(backend("htcondor").refusals(found)) is refused, runtime
