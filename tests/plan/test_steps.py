"""What each build system is told, as sh: pairs of texts that people can judge."""

from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from envc.plan.model import Do, Part, Set
from envc.plan.shell import lines, script
from envc.plan.steps import SETTINGS, parts
from tests.plan.worlds import Locked, app, locked, needs

SYSTEMS = {
    "cmake": 'build cmake {\n folder "cpp"\n jobs 8\n HEAT_MPI yes\n CMAKE_BUILD_TYPE Debug\n'
    " HEAT_PARTS core, plots\n }",
    "autotools": "build autotools {\n enable-shared yes\n enable-static no\n with-mpi no\n"
    ' with-fftw3 "/usr"\n quiet yes\n LIBS "-lm -ldl"\n }',
    "meson": "build meson {\n buildtype plain\n tests no\n gui enabled\n }",
    "make": 'build make {\n goal heat, tools\n install "bin/heat"\n CC mpicc\n }',
    "make install": "build make {\n CFLAGS \"-O3 -DNAME='x'\"\n }",
    "python": "build python {\n extras plot, mpi\n debug yes\n }",
    "shell": 'build shell {\n run "./waf configure --prefix={prefix}"\n'
    ' run "./waf build -j {jobs} --cpu {target}"\n script "tools/strip.sh"\n'
    " run \"echo 'two words' '$HOME' {{}}\"\n install \"build/heat\"\n }",
}


def told(made: Locked) -> str:
    (plan,) = made.planned().plans
    return "\n".join(
        f"# {part.name}\n{''.join(map(lines, part.steps))}"
        for part in parts(plan)
        if part.name != SETTINGS
    )


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_build_system_is_told(system: str, snapshot: SnapshotAssertion) -> None:
    text = told(app(SYSTEMS[system]))
    assert text[text.index('[ "$(sha256sum') :] == snapshot


def test_the_variables_of_a_build(snapshot: SnapshotAssertion) -> None:
    (plan,) = app("build make").planned().plans
    settings = parts(plan)[0]
    assert "".join(map(lines, settings.steps)) == snapshot


def test_flags_are_in_the_compilers(snapshot: SnapshotAssertion) -> None:
    made = app(
        "targets zen4\nbuild make\nflags {\n"
        'cflags "-O3 -DSAID=\\"it\\\'s\\""\ncflags "-g" on zen4\ncflags "-pg" on zen2\n'
        'cxxflags "-O2"\ncppflags "-DNDEBUG"\nldflags "-Wl,--as-needed"\n'
        'cudaflags "--fmad=false"\n}'
    )
    text = told(made)
    assert text[: text.index('[ "$(sha256sum')] == snapshot
    assert "(cd /src/heat && export NVCC_APPEND_FLAGS=--fmad=false && exec make --jobs=4)" in text


WAVES = f"""package waves {{
  version 2.0, 1.0 from source
  variant fast default no
  source tar "https://example.org/waves.tar.gz" sha256:{"0" * 64} strip 2 folder "lib"
  patch "fix.patch" sha256:{"1" * 64}
  needs tide
  build autotools {{ enable-fast yes when fast }}
  flags {{ cflags "-fwaves" }}
}}

package tide {{
  version 1.0 from source
  source tar "https://example.org/tide/waves.tar.gz" sha256:{"2" * 64}
  build make
}}
"""


def two_below(request: str = "waves") -> Locked:
    asked = needs("gcc@14", "make for build", "debian/patch for build", request)
    return locked(
        f'{WAVES}\napp heat@1.2 {{\nsource dir "."\n{asked}\nbuild make\nemit dockerfile\n}}'
    )


def test_what_is_built_from_its_source_comes_first(snapshot: SnapshotAssertion) -> None:
    assert told(two_below("waves@1.0 +fast")) == snapshot


def test_another_flag_of_the_app_leaves_what_is_below_as_it_was() -> None:
    plain, flagged = app("build make"), app('build make\nflags { cflags "-g" }')
    (one,), (other,) = plain.planned().plans, flagged.planned().plans
    assert parts(one)[0] == parts(other)[0]
    assert parts(one)[1] != parts(other)[1]
    (plan,) = two_below().planned().plans
    assert [part.name for part in parts(plan)] == [SETTINGS, "tide", "waves", "heat"]


def test_a_wheel_is_installed_as_it_is() -> None:
    text = told(app('source pypi heat@=1.0 kind "wheel"\nbuild python', "python"))
    assert "'heat @ file:///inputs/heat-1.0-py3-none-any.whl#sha256=" in text
    assert "tar --no-same-owner" not in text


def test_a_wheel_that_only_builds_lies_beside_the_prefix() -> None:
    (plan,) = app("build make", "python", "pypi/tools for build", "pypi/zeal").planned().plans
    settings, *others = parts(plan)
    assert [each.name for each in others] == ["pypi-zeal", "pypi-tools", "heat"]
    others.pop()
    text = {each.name: " ".join(_words(each)) for each in others}
    assert "--python /opt/heat/bin/python3" in text["pypi-zeal"]
    assert "--python /opt/envc/python/bin/python3" in text["pypi-tools"]
    said = {each.name: each.value for each in settings.steps if isinstance(each, Set)}
    assert said["PYTHONPATH"] == "/opt/envc/python/packages"
    assert said["PATH"].endswith(":/bin:/opt/envc/python/bin")


def test_without_one_nothing_is_said_of_it() -> None:
    (plan,) = app("build make", "python", "pypi/zeal").planned().plans
    assert "/opt/envc/python" not in "".join(map(script, (each.steps for each in parts(plan))))


def _words(part: Part) -> Iterator[str]:
    for step in part.steps:
        assert isinstance(step, Do)
        yield from step.words
