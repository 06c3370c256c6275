"""What does not go into one environment of Guix: found a way around, or told."""

import pytest

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic
from tests.resolve.worlds import lock_of, resolved


def app(*needs: str) -> str:
    lines = "\n".join(f"    {need}" for need in needs)
    return f"app a {{\n  needs {{\n{lines}\n  }}\n  targets x86_64_v3\n  emit guix\n}}"


def versions(*needs: str) -> dict[str, str]:
    """By Guix' own names, as they are locked."""
    lock = lock_of(app(*needs))
    (environment,) = lock.environments
    names = {f"{each.name}@{each.version}" for each in lock.items}
    assert names == {*environment.build, *environment.run}
    return {each.name: each.version for each in lock.items}


def told(*needs: str) -> Diagnostic:
    (only,) = resolved(app(*needs)).diagnostics
    assert only.rule == rules.NOT_INSTALLABLE
    return only


def at_lines(diagnostic: Diagnostic) -> set[str]:
    return {label.source.text[label.span.start : label.span.end] for label in diagnostic.labels}


# ---- Open MPI ------------------------------------------------------------------------------------


def test_alone_it_is_the_newest() -> None:
    assert versions("openmpi") == {"openmpi": "5.0.9"}


@pytest.mark.parametrize("need", ["hdf5 +mpi", "fftw +mpi", "petsc", "dealii", "python-mpi4py"])
def test_beside_what_uses_it_it_is_the_one_that_was_linked(need: str) -> None:
    assert versions("openmpi@4.1:", need)["openmpi"] == "4.1.6"


def test_it_comes_along_unasked() -> None:
    assert versions("hdf5 +mpi") == {"hdf5-parallel-openmpi": "1.14.6", "openmpi": "4.1.6"}
    assert versions("hdf5") == {"hdf5": "1.14.6"}


def test_another_one_is_told_with_every_line_that_has_a_part() -> None:
    found = told("make", "openmpi@5", "hdf5 +mpi", "fftw +mpi")
    assert found.message == (
        "one environment of Guix holds one version of `openmpi`: `fftw` and `hdf5` come with "
        "4.1.6, and `openmpi` is 5.0.9 here"
    )
    assert at_lines(found) == {"openmpi@5", "hdf5 +mpi", "fftw +mpi"}
    assert found.help == "`openmpi@4.1.6` goes with all the others: let your spec ask for that"


def test_what_brings_it_in_between_is_named() -> None:
    found = told("openmpi@5", "dealii")
    assert found.message.endswith("`dealii` comes with 4.1.6 through `dealii-openmpi` 9.7.1")


# ---- NumPy ---------------------------------------------------------------------------------------


def test_scipy_and_numpy_agree() -> None:
    assert versions("python-scipy", "python-numpy")["python-numpy"] == "1.26.4"


def test_a_version_of_guix_own_that_goes_is_offered() -> None:
    found = told("python-scipy", "guix/python-numpy")
    assert at_lines(found) == {"python-scipy", "guix/python-numpy"}
    assert "`guix/python-numpy@1.26.4` goes with all the others" in found.help
    assert versions("python-scipy", "guix/python-numpy@1.26.4")["python-numpy"] == "1.26.4"


def test_where_both_bring_it_there_is_no_version_to_ask_for() -> None:
    found = told("python-scipy", "python-numexpr")
    assert (
        "`python-numexpr` comes with 2.3.1, and `python-scipy` comes with 1.26.4" in found.message
    )
    assert found.help.startswith("ask for `python-numexpr` and `python-scipy` in two apps")


# ---- what else there is --------------------------------------------------------------------------


def test_where_the_spec_leaves_it_open_debian_is_enough() -> None:
    found = resolved(app("openmpi@5", "hdf5 +mpi").replace("  emit guix\n", ""))
    assert found.diagnostics == ()
    assert {each.origin for each in found.lock.environments} == {"debian/trixie"}
    (note,) = found.notes
    assert note.startswith("a is not locked for Guix: one environment of Guix holds one version of")
