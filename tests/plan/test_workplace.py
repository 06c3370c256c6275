"""An app without code is an environment: what builds elsewhere leaves out is in its image."""

from envc.plan.model import Link, Plan, Write
from envc.plan.roots import entry
from envc.plan.shell import script
from tests.plan.worlds import app, locked, needs

WAVES = (
    f'package waves {{\n  version 2.0 from source\n  source tar "https://example.org/w.tar" '
    f"sha256:{'0' * 64}\n  build make\n}}\n\n"
)


def environment(body: str, *requests: str, emit: str = "dockerfile", before: str = "") -> Plan:
    asked = needs("gcc@14: +fortran", *requests)
    planned = locked(f"{before}app tools {{\n{asked}\n{body}\nemit {emit}\n}}").planned()
    assert [each.message for each in planned.diagnostics] == []
    (plan,) = planned.plans
    return plan


def compilers(plan: Plan) -> dict[str, str]:
    """What stands in the image, by each name that it has."""
    found = {}
    for step in entry(plan):
        if isinstance(step, Write) and step.path.startswith("/opt/envc/bin/"):
            found[step.path] = step.text
        elif isinstance(step, Link):
            found |= {f"/opt/envc/bin/{name}": found[step.path] for name in step.names}
    return found


def test_what_is_built_with_is_in_the_image() -> None:
    plan = environment("", "openmpi", "hdf5 +mpi for run", "make for build")
    assert plan.run is not None
    names = {deb.name for deb in plan.run.debs}
    assert {"gcc-14", "g++-14", "gfortran-14", "libstdc++6", "make", "libopenmpi-dev"} <= names
    assert "libhdf5-openmpi-310" in names
    assert "libhdf5-openmpi-dev" not in names


def test_compilers_reach_the_target_whoever_calls_them() -> None:
    """A working copy lies where it lies: no path of it is another one in what is built."""
    there = compilers(environment('targets zen4\nflags { fflags "-std=legacy" }'))
    assert {"cc", "gcc", "gcc-14", "c++", "g++", "gfortran", "f77", "x86_64-linux-gnu-gcc"} <= {
        path.rpartition("/")[2] for path in there
    }
    assert all("-march=znver4" in text for text in there.values())
    assert "-std=legacy" in there["/opt/envc/bin/gfortran"]
    assert not any("prefix-map" in text or "rpath" in text for text in there.values())


def test_they_are_what_is_found_first_also_by_mpi() -> None:
    said = dict(environment('env { CXX "clang++" }').variables)
    assert said["PATH"].startswith("/opt/envc/bin:/opt/tools/bin:/usr/local/sbin:")
    assert (said["OMPI_CC"], said["MPICH_FC"], said["FC"]) == ("cc", "gfortran", "gfortran")
    assert said["CXX"] == "clang++"


def test_compilers_that_are_told_by_a_variable_have_it() -> None:
    said = dict(environment('flags { cudaflags "--fmad=false" }').variables)
    assert said["NVCC_APPEND_FLAGS"] == "--fmad=false"


def test_what_debian_keeps_aside_is_found() -> None:
    said = dict(environment("targets neoverse_v1", "hdf5").variables)
    assert said["CPATH"] == "/usr/include/hdf5/serial"
    assert said["LIBRARY_PATH"] == "/usr/lib/aarch64-linux-gnu/hdf5/serial"
    assert "CPATH" not in dict(environment("", "hdf5 for run").variables)


def test_packages_that_nobody_has_ready_are_built_into_it_and_found() -> None:
    plan = environment("", "waves", "make", "hdf5 +mpi", before=WAVES)
    assert [each.name for each in plan.recipes] == ["waves"]
    said = dict(plan.variables)
    assert said["CPATH"] == "/opt/tools/include:/usr/include/hdf5/openmpi"
    assert said["PKG_CONFIG_PATH"].startswith("/opt/tools/lib/pkgconfig:")
    assert "-Wl,-rpath,/opt/tools/lib" in compilers(plan)["/opt/envc/bin/cc"]


def test_a_test_of_an_environment_is_refused_at_its_line() -> None:
    planned = locked('app tools {\n  needs gcc@14\n  test "gcc --version"\n}').planned()
    assert planned.plans == ()
    assert {told.rule.code for told in planned.diagnostics} == {"E0503"}
    (said,) = {told.message for told in planned.diagnostics}
    assert "nothing is built for it that could be tested" in said


def test_an_app_with_code_has_none_of_it() -> None:
    (plan,) = app("build make").planned().plans
    assert not compilers(plan)
    assert "CC" not in dict(plan.variables)


def test_one_without_compilers_is_its_packages() -> None:
    (plan,) = locked("app tools {\n  needs make\n  emit dockerfile\n}").planned().plans
    assert not compilers(plan)
    assert {name for name, _ in plan.variables} == {"PATH", "HOME", "LC_ALL"}


def test_compilers_have_a_part_in_the_closure() -> None:
    plain, quick = (environment(f'flags {{ cflags "{each}" }}').closure for each in ("-O2", "-O3"))
    assert plain != quick


def test_compilers_are_written_where_the_image_is_made() -> None:
    text = script(entry(environment("")))
    assert "chmod 0755 /opt/envc/bin/cc\n" in text
    assert "for name in gcc gcc-14 x86_64-linux-gnu-gcc" in text
