"""What tests/conformance/slurm says that Slurm takes and refuses, it still does."""

import shutil
from pathlib import Path

import pytest

from tests.schedulers.lab import Lab

CORPUS = Path(__file__).parents[1] / "conformance" / "slurm"
pytestmark = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.parametrize(
        "slurm",
        [
            pytest.param(suite, marks=pytest.mark.xdist_group(f"slurm-{suite}"))
            for suite in ("bookworm", "trixie")
        ],
        indirect=True,
    ),
]


@pytest.mark.parametrize("file", sorted(CORPUS.iterdir()), ids=lambda file: file.name)
def test_the_program_agrees(slurm: Lab, file: Path) -> None:
    shutil.copy(file, slurm.jobs / file.name)
    (slurm.jobs / file.name).chmod(0o644)
    done = slurm.run("sbatch", "--hold", "--parsable", file.name)
    assert (done.returncode == 0) is (file.suffix == ".ok"), done.stderr
    if done.returncode == 0:
        slurm.say("scancel", done.stdout.strip())
