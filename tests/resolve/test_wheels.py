"""`needs pypi/NAME`: wheels for the Python of a small Debian, and of the real ones."""

from pathlib import Path

import pytest

from envc.lock.merge import Merged, merge
from envc.lock.model import Lock, LockedEnvironment
from envc.lock.text import read, write
from tests.lock.toy import TRIXIE, Toy, make_toy
from tests.sources.test_closure import Shelf

PYTHON = (
    {"Package": "python3", "Version": "3.13.5-1", "Depends": "libc6"},
    {"Package": "python3-dev", "Version": "3.13.5-1", "Depends": "python3"},
)


@pytest.fixture
def toy(tmp_path: Path) -> Toy:
    made = make_toy(tmp_path)
    made.moves([*TRIXIE, *PYTHON], days=0)
    return made


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    (tmp_path / "simple").mkdir()
    return Shelf(tmp_path / "simple")


def app(*needs: str, targets: str = "x86_64_v3", more: str = "emit dockerfile") -> str:
    lines = "\n".join(f"    {need}" for need in needs)
    return f"app a {{\n  needs {{\n{lines}\n  }}\n  targets {targets}\n  {more}\n}}"


def lock(toy: Toy, shelf: Shelf, text: str, *words: str) -> Lock:
    toy.write([text])
    done = toy.envc("lock", *words, str(toy.spec), ENVC_PYPI_INDEX=shelf.indexes[0])
    assert done.returncode == 0, done.stderr
    return held(toy)


def held(toy: Toy) -> Lock:
    found = read(toy.lock.read_text())
    assert isinstance(found, Lock)
    return found


def refusal(toy: Toy, shelf: Shelf, text: str, *words: str) -> tuple[int, str]:
    toy.write([text])
    done = toy.envc("lock", *words, str(toy.spec), ENVC_PYPI_INDEX=shelf.indexes[0])
    assert not toy.lock.exists()
    return done.returncode, done.stderr


def environment(found: Lock) -> LockedEnvironment:
    (only,) = found.environments
    return only


# ---- what is locked ------------------------------------------------------------------------------


def test_they_are_for_the_python_of_the_release(toy: Toy, shelf: Shelf) -> None:
    for tag in ("cp312", "cp313"):
        shelf.add("heat-1.0", "grid", tag=f"{tag}-{tag}-manylinux_2_28_x86_64")
        shelf.add("heat-1.0", "grid", tag=f"{tag}-{tag}-manylinux_2_28_aarch64")
    shelf.add("grid-1.0")
    found = lock(toy, shelf, app("python", "pypi/Heat@1:", targets="zen4, neoverse_v1"))

    files = {(each.architecture, each.file) for each in found.wheels}
    assert files == {
        ("amd64", "heat-1.0-cp313-cp313-manylinux_2_28_x86_64.whl"),
        ("arm64", "heat-1.0-cp313-cp313-manylinux_2_28_aarch64.whl"),
        ("all", "grid-1.0-py3-none-any.whl"),
    }
    assert {each.name: each.depends for each in found.wheels} == {"heat": ("grid",), "grid": ()}
    assert [each.run_wheels for each in found.environments] == [("grid==1.0", "heat==1.0")] * 2
    assert toy.envc("lock", "--check", str(toy.spec)).returncode == 0


def test_a_glibc_that_is_too_new_is_not_taken(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0", tag="cp313-cp313-manylinux_2_41_x86_64")
    shelf.add("heat-2.0", tag="cp313-cp313-manylinux_2_42_x86_64")
    found = lock(toy, shelf, app("python", "pypi/heat"))
    assert [each.version for each in found.wheels] == ["1.0"]


def test_what_only_builds_does_not_run(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid")
    shelf.add("tools-1.0", "grid", "more")
    shelf.add("grid-1.0")
    shelf.add("more-1.0")
    needs = ("python", "pypi/heat", "pypi/tools for build")
    every = ("grid==1.0", "heat==1.0", "more==1.0", "tools==1.0")
    built = environment(lock(toy, shelf, app(*needs, more='source dir "."')))
    assert (built.build_wheels, built.run_wheels) == (every, ("grid==1.0", "heat==1.0"))
    without_code = environment(lock(toy, shelf, app(*needs)))
    assert (without_code.build_wheels, without_code.run_wheels) == (every, every)


def test_extras_are_asked_for_like_variants(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0", 'plot; extra == "plot"')
    shelf.add("plot-1.0")
    plain = environment(lock(toy, shelf, app("python", "pypi/heat")))
    assert plain.run_wheels == ("heat==1.0",)
    more = environment(lock(toy, shelf, app("python", "pypi/heat +plot")))
    assert more.run_wheels == ("heat==1.0", "plot==1.0")


def test_a_wheel_by_its_name_alone_is_the_source_of_a_package(toy: Toy, shelf: Shelf) -> None:
    """It has to go with the Python of the app that it is for, and brings nothing along."""
    for tag in ("cp312", "cp313"):
        shelf.add("heat-1.0", "grid", tag=f"{tag}-{tag}-manylinux_2_28_x86_64")
    package = """package heat {
  version  1.0 from source
  source   pypi heat@=1.0 kind "wheel"
  build    python
}
"""
    found = lock(toy, shelf, f"{package}\n{app('python', 'heat for run')}")
    (source,) = found.sources
    assert (source.of, source.file) == (
        "heat@1.0",
        "heat-1.0-cp313-cp313-manylinux_2_28_x86_64.whl",
    )
    assert found.wheels == ()


# ---- what stays and what moves -------------------------------------------------------------------


def test_what_is_locked_stays_until_it_is_upgraded(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid")
    shelf.add("grid-1.0")
    first = lock(toy, shelf, app("python", "pypi/heat"))
    for name in ("heat-1.1", "grid-1.1"):
        shelf.add(name, *(["grid"] if name.startswith("heat") else []))
    shelf.add("plot-1.0")
    again = lock(toy, shelf, app("python", "pypi/heat", "pypi/plot"))
    assert {*first.wheels} < {*again.wheels}

    upgraded = lock(toy, shelf, app("python", "pypi/heat", "pypi/plot"), "--upgrade", "heat")
    assert environment(upgraded).run_wheels == ("grid==1.0", "heat==1.1", "plot==1.0")
    assert len(upgraded.archives) == 1  # Debian has no part in it


def test_without_a_network_what_is_locked_is_enough(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid")
    shelf.add("grid-1.0")
    shelf.add("plot-1.0")
    first = lock(toy, shelf, app("python", "pypi/heat"))
    again = lock(toy, shelf, app("python", "pypi/heat", "gcc"), "--offline")
    assert again.wheels == first.wheels

    toy.write([app("python", "pypi/heat", "pypi/plot")])
    done = toy.envc("lock", "--offline", str(toy.spec), ENVC_PYPI_INDEX=shelf.indexes[0])
    assert (done.returncode, "`plot` is not locked yet" in done.stderr) == (4, True)


def test_a_wheel_that_is_gone_from_the_lock_is_told(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    lock(toy, shelf, app("python", "pypi/heat"))
    text = toy.lock.read_text()
    toy.lock.write_text(text[: text.index("[[wheel]]")].rstrip() + "\n")
    done = toy.envc("lock", "--check", str(toy.spec))
    assert (done.returncode, "heat==1.0, which is not in the lock" in done.stderr) == (3, True)


# ---- what cannot be had --------------------------------------------------------------------------


def test_an_app_without_python_is_told(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    code, said = refusal(toy, shelf, app("gcc", "pypi/heat"))
    assert code == 1
    assert "error[E0405]: `pypi/heat` is a wheel, and this app has no Python to run with" in said
    assert "help: add `python` to its needs" in said


def test_a_contradiction_is_told_with_its_lines(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0", "grid<2")
    shelf.add("plot-1.0", "grid>=2")
    for version in ("1.0", "2.0"):
        shelf.add(f"grid-{version}")
    code, said = refusal(toy, shelf, app("python", "pypi/heat", "pypi/plot"))
    assert code == 1
    assert "error[E0406]: no version of `grid` has a wheel that fits" in said
    assert "heat 1.0 asks for grid <2; plot 1.0 asks for grid >=2" in said
    assert "pypi/heat\n" in said
    assert "pypi/plot\n" in said


def test_a_project_that_nobody_has_is_the_worlds_mistake(toy: Toy, shelf: Shelf) -> None:
    code, said = refusal(toy, shelf, app("python", "pypi/heat"))
    assert (code, "error[E0407]: `heat` could not be looked up" in said) == (4, True)


@pytest.mark.parametrize(
    ("name", "instead"),
    [("numpy", ", which has `python-numpy` instead"), ("idna", "")],
)
def test_guix_has_no_wheels(toy: Toy, shelf: Shelf, name: str, instead: str) -> None:
    code, said = refusal(toy, shelf, app("python", f"pypi/{name}", more="emit guix"))
    assert code == 1
    told = f"error[E0405]: `pypi/{name}` comes as a wheel, and wheels are not for Guix{instead}\n"
    assert told in said


def test_where_the_spec_leaves_it_open_guix_is_left_out(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    found = lock(toy, shelf, app("python", "pypi/heat", more='summary "x"'))
    assert [each.origin for each in found.environments] == ["debian/trixie"]


# ---- merges --------------------------------------------------------------------------------------


def test_branches_that_both_change_the_wheels_clash(toy: Toy, shelf: Shelf) -> None:
    """The wheel of one side may need another version of what the other side upgraded."""
    for name in ("heat-1.0", "grid-1.0", "plot-1.0"):
        shelf.add(name)
    base = write(lock(toy, shelf, app("python", "pypi/heat")))
    ours = write(lock(toy, shelf, app("python", "pypi/heat", "pypi/grid")))
    toy.lock.write_text(base)
    theirs = write(lock(toy, shelf, app("python", "pypi/heat", "pypi/plot")))
    toy.lock.write_text(base)
    gcc = write(lock(toy, shelf, app("python", "pypi/heat", "gcc@14")))

    clashing, clean = merge(base, ours, theirs), merge(base, ours, gcc)
    assert isinstance(clashing, Merged)
    assert clashing.clashes == ("both sides changed the wheels",)
    assert isinstance(clean, Merged)
    assert clean.clashes == ()
    both = write(lock(toy, shelf, app("python", "pypi/heat", "pypi/grid", "gcc@14")))
    assert clean.text == both


# ---- `source pypi` -------------------------------------------------------------------------------

SOURCE = 'source pypi heat@1: kind "wheel"\n  emit dockerfile'


def test_an_app_that_is_a_wheel_is_for_the_python_that_it_gets(toy: Toy, shelf: Shelf) -> None:
    for tag in ("cp312", "cp313"):
        shelf.add("heat-1.0", tag=f"{tag}-{tag}-manylinux_2_28_x86_64")
    found = lock(toy, shelf, app("python", more=SOURCE))
    assert [each.file for each in found.sources] == [
        "heat-1.0-cp313-cp313-manylinux_2_28_x86_64.whl"
    ]
    assert lock(toy, shelf, app("python", "gcc", more=SOURCE), "--offline").sources == found.sources


def test_it_has_to_be_the_same_for_every_machine(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    both = app("python", targets="zen4, neoverse_v1", more=SOURCE)
    assert len(lock(toy, shelf, both).sources) == 1
    for machine in ("x86_64", "aarch64"):
        shelf.add("heat-1.1", tag=f"cp313-cp313-manylinux_2_28_{machine}")
    toy.lock.unlink()
    code, said = refusal(toy, shelf, both)
    assert (code, "heat has a wheel for each machine" in said) == (4, True)


def test_without_python_nobody_knows_which_wheel(toy: Toy, shelf: Shelf) -> None:
    shelf.add("heat-1.0")
    code, said = refusal(toy, shelf, app("gcc", more=SOURCE))
    assert (code, "the wheel of heat depends on a Python, and none is locked" in said) == (4, True)
