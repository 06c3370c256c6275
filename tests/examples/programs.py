"""What tests of the examples' programs share: how they are built, started and asked."""

import os
import subprocess
from pathlib import Path

from envc.check import Checked, check_path

EXAMPLES = Path(__file__).parents[2] / "examples"

Done = subprocess.CompletedProcess[str]


def checked(path: Path) -> Checked:
    found = check_path(str(path))
    assert isinstance(found, Checked)
    return found


def built(*words: str, cwd: Path | None = None) -> None:
    """A step of a build: it works, and compilers have nothing to say."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning:" not in done.stderr.lower()


def launch(processes: int, *words: str) -> Done:
    told = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    # A test needs no network and no ssh.
    told |= {"OMPI_MCA_plm_rsh_agent": "false", "OMPI_MCA_btl": "self,vader", "OMPI_MCA_pml": "ob1"}
    told |= {"OMP_NUM_THREADS": "2"}
    return subprocess.run(
        ["mpirun", "--oversubscribe", "-np", str(processes), *words],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def expected(app: str) -> str:
    """What the test of an example's spec wants to read."""
    [found] = checked(EXAMPLES / app / f"{app}.envc").spec.apps
    [test] = found.tests
    assert test.expect is not None
    return test.expect
