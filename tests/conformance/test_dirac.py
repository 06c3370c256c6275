"""JDLs before DIRAC's own code: what its server makes of them when they arrive."""

import re
from pathlib import Path
from typing import Any

import pytest
from DIRACCommon.Core.Utilities.ClassAd import (  # type: ignore[import-untyped]
    ClassAdLight,
)
from DIRACCommon.Core.Utilities.JDL import loadJDLAsCFG  # type: ignore[import-untyped]
from DIRACCommon.WorkloadManagementSystem.Utilities import (  # type: ignore[import-untyped]
    ParametricJob,
)

from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS, Array
from tests.conformance.test_corpus import HERE, text_of
from tests.jobs.samples import ASKED, at, job, said


def jobs(text: str) -> list[Any]:
    """Its jobs, one for each number of an array; nothing where it refuses them."""
    read = ParametricJob.generateParametricJobs(ClassAdLight.ClassAd(text))
    return [loadJDLAsCFG(each)["Value"][0] for each in read["Value"]] if read["OK"] else []


def jdl(**asked: Any) -> str:
    return backend("dirac").files(at("dirac", job(**asked)))[0].text


@pytest.mark.parametrize(
    "file", sorted((HERE / "dirac").iterdir()), ids=lambda file: str(file.name)
)
def test_its_verdicts_are_those_of_the_corpus(file: Path) -> None:
    assert bool(jobs(text_of(file))) is (file.suffix == ".ok")


@pytest.mark.parametrize("field", FIELDS)
def test_it_reads_each_attribute_that_we_write(field: str) -> None:
    if backend("dirac").fields[field].answer is Answer.REFUSED or field == "array":
        return
    text = jdl(**ASKED[field])
    (found,) = jobs(text)
    written = re.findall(r"^  (\w+) = (.*);$", text, re.MULTILINE)
    assert len(written) == text.count("\n") - 2
    for name, value in written:
        values = re.findall(r'"([^"]*)"', value) or [value]
        assert found.getOption(name, "") == ", ".join(values)


def test_an_array_is_one_job_for_each_number() -> None:
    found = jobs(jdl(array=said(Array(3, 12, 2, None))))
    numbers = [each.getOption("ExecutionEnvironment", "") for each in found]
    assert numbers == [f"ENVC_NUMBER={number}" for number in range(5)]
