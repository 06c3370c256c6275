"""Clients of programs that are not here, before programs that play them and keep what is said."""

import os
import re
from pathlib import Path

import pytest
from DIRACCommon.Core.Utilities.ClassAd import (  # type: ignore[import-untyped]
    ClassAdLight,
)

from envc.jobs.backend import backend
from envc.submit.model import Report, State
from tests.jobs.samples import JOB, at, job, said
from tests.submit.clients import Site


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def site(scheduler: str, programs: Path) -> Site:
    variables = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}
    return Site(scheduler, programs.parent, variables)


def play(programs: Path, name: str, script: str) -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}")
    (programs / name).chmod(0o755)


# ---- Nomad ---------------------------------------------------------------------------------------

NOMAD = """\
echo "$*" >>"$(dirname "$0")/heard"
case "$*" in
"job run "*) cp named.hcl "$(dirname "$0")/given" ;;
"job allocs "*"-t "*) printf 'a1\\nb2\\n' ;;
"alloc logs "*"-stderr a1") echo wrong ;;
"alloc logs "*a1) echo hello ;;
esac
"""


@pytest.mark.parametrize(
    ("space", "option"), [("", ""), ("physics", "-namespace=physics ")], ids=["plain", "namespace"]
)
def test_a_job_of_nomad_takes_its_id(programs: Path, space: str, option: str) -> None:
    wanted = job(project=said(space)) if space else JOB
    (file,) = backend("nomad").files(at("nomad", wanted))
    play(programs, "nomad", NOMAD)
    here = site("nomad", programs)
    number = here.hand_in("plain-0a1b2c", file.path, file.text)
    assert number == here.search("plain-0a1b2c") == "/".join(filter(None, (space, "plain-0a1b2c")))
    given = (programs / "given").read_text()
    assert '\njob "plain-0a1b2c" {\n' in f"\n{given}"
    assert given.replace("plain-0a1b2c", "heat-demo") == file.text
    assert here.speaks(number).text == "hello\nwrong\n"
    here.cancel(number)
    heard = (programs / "heard").read_text().splitlines()
    assert f"job inspect {option}plain-0a1b2c" in heard
    assert f"alloc logs {option}b2" in heard
    assert f"job stop -detach -yes {option}plain-0a1b2c" in heard


# ---- DIRAC ---------------------------------------------------------------------------------------

SUBMIT = """\
cp "$1" "$(dirname "$0")/given"
echo "JobID = [11, 12]"
"""
GET = """\
at=${1#--Dir=}
[ "$2" = 11 ] || { echo "ERROR $2: no sandbox"; exit 2; }
mkdir "$at/$2" && echo hello >"$at/$2/heat-demo.out" && echo wrong >"$at/$2/heat-demo.err"
echo "Job output sandbox retrieved in $at/$2/"
"""
STATUS = """\
for each; do echo "JobID=$each Status=Running; MinorStatus=Application; Site=LCG.CERN.ch; "; done
"""


def test_jobs_of_dirac_are_one_group(programs: Path) -> None:
    jdl, script = backend("dirac").files(at("dirac", JOB))
    play(programs, "dirac-wms-job-submit", SUBMIT)
    play(programs, "dirac-wms-job-status", STATUS)
    play(programs, "dirac-wms-job-get-output", GET)
    play(programs, "dirac-wms-job-peek", 'echo "so far of $1"\n')
    here = site("dirac", programs)
    number = here.hand_in("heat-0a1b2c", jdl.path, jdl.text)
    assert number == "11 12"
    given = (programs / "given").read_text()
    assert ClassAdLight.ClassAd(given).getAttributeString("JobGroup") == "heat-0a1b2c"
    assert re.sub(r"  JobGroup = .*\n", "", given) == jdl.text
    assert script.path in given
    assert here.report(number) == Report(State.RUNNING, None, "0 of 2 are over")
    assert here.speaks(number).text == "hello\nwrong\nso far of 12\n"
