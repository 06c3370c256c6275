"""The order in which things are declared does not matter."""

from hypothesis import given, settings
from hypothesis import strategies as st

from envc.check import check_source
from envc.source import Source

ITEMS = (
    "targets tier = zen2, zen4",
    "toolchain gnu {\n  c, cxx gcc@13.3\n  mpi openmpi@4.1\n}",
    'package heat-core {\n  source dir "core"\n  needs fftw@3.3: +mpi\n}',
    "site here {\n  scheduler local\n  partition all { target zen4 }\n}",
    "campaign tour {\n  include heat2d\n  sites here\n}",
)
STATEMENTS = (
    "license MIT",
    'source dir "."',
    "using gnu",
    "variant gpu = none | cuda default none",
    "variant mpi default yes",
    "needs heat-core, hdf5@1.10: +mpi",
    "matrix {\n    target tier\n    gpu none, cuda\n    skip when gpu is cuda on zen2\n  }",
    "build cmake {\n    HEAT_GPU yes when gpu is cuda\n    HEAT_SIMD 512 on zen4\n  }",
    'flags {\n    cflags "-O3"\n  }',
    'run demo {\n    nodes 2\n    command "heat2d {cpus}"\n    after first\n  }',
    'run first {\n    command "heat2d --prepare"\n  }',
)
MISTAKES = (
    "licence MITT",
    "variant gpu = none | cuda default none",
    "needs hdf6, fftw@9: +mpii",
    "env {\n    A 1 when cuda\n  }",
    'test "a | b"',
    "emit slrum",
)


def text(items: list[str], statements: list[str]) -> str:
    app = "app heat2d@1 {\n  " + "\n  ".join(statements) + "\n}"
    return "envc 1\n\n" + "\n\n".join([*items, app]) + "\n"


def told(items: list[str], statements: list[str]) -> list[tuple[str, str]]:
    checked = check_source(Source("heat2d.envc", text(items, statements)))
    return sorted((each.rule.code, each.message) for each in checked.diagnostics)


@settings(deadline=None, max_examples=40)
@given(st.permutations(ITEMS), st.permutations(STATEMENTS))
def test_a_good_spec_is_good_in_any_order(items: list[str], statements: list[str]) -> None:
    assert told(items, statements) == []


@settings(deadline=None, max_examples=40)
@given(st.permutations(ITEMS), st.permutations((*STATEMENTS, *MISTAKES)))
def test_mistakes_are_the_same_in_any_order(items: list[str], statements: list[str]) -> None:
    first = told(list(ITEMS), [*STATEMENTS, *MISTAKES])
    assert len(first) >= len(MISTAKES)
    assert told(items, statements) == first
