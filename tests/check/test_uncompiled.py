"""W0256: several targets of an app of which nothing is compiled."""

import pytest

from tests.literate import told

PLAIN = "needs python, pypi/tensorflow-cpu", "targets x86_64_v2, x86_64_v3"


def codes(*lines: str) -> list[str]:
    body = "\n".join(("envc 1", "app fit@1.0 {", 'source dir "."', *lines, "}"))
    return [code for _, code in told(body)]


@pytest.mark.parametrize("lines", [PLAIN, (*PLAIN, "build python"), (*PLAIN, "emit slurm")])
def test_wheels_and_packages_are_the_same_for_all_targets(lines: tuple[str, ...]) -> None:
    assert codes(*lines) == ["W0256"]


def test_it_is_told_for_each_family_that_has_several() -> None:
    more = "targets zen2, zen3, zen4, neoverse_n1, neoverse_v1, power9le"
    assert codes(PLAIN[0], more) == ["W0256", "W0256"]


@pytest.mark.parametrize(
    "lines",
    [
        ("needs python", "targets x86_64_v2"),
        ("needs python", "targets x86_64_v3, neoverse_v1"),
        ("needs python, gcc@14", PLAIN[1]),
        ("needs python, guix/gsl", PLAIN[1]),
        ("needs {\ngsl from guix\n}", PLAIN[1]),
        ("needs python", PLAIN[1], "emit guix"),
        ("needs python", PLAIN[1], "build cmake"),
        (*PLAIN, "env { ONEDNN_MAX_CPU_ISA AVX2 on has avx2 }"),
        (*PLAIN, 'run fit {\ncommand "fit"\nmemory 2 GiB on has avx2\n}'),
        (*PLAIN, "matrix {\nskip on x86_64_v3\n}"),
    ],
)
def test_it_is_not_told_where_targets_may_differ(lines: tuple[str, ...]) -> None:
    assert codes(*lines) == []


def test_nor_where_a_package_is_built_from_its_source() -> None:
    package = 'package tide {\nversion 1.0 from source\nsource dir "tide"\nbuild make\n}'
    app = "app fit@1.0 {\nneeds tide\ntargets x86_64_v2, x86_64_v3\n}"
    assert told(f"envc 1\n{package}\n{app}\n") == []
