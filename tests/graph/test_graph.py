"""What is in a graph, what for, and what contradicts itself in one."""

from collections.abc import Callable

from syrupy.assertion import SnapshotAssertion

from envc.diagnostics import text
from envc.diagnostics.model import Diagnostic
from envc.graph import tree
from envc.graph.model import Graph, Kind

Draw = Callable[..., tuple[Graph, list[Diagnostic]]]

PROVIDER = "provider debian { it }"


def package(name: str, *lines: str) -> str:
    return "\n".join([f"package {name} {{", *lines, PROVIDER, "}\n"])


def app(*needs: str) -> str:
    return "\n".join(["app a@1 {", "needs {", *needs, "}", "}\n"])


def lines(graph: Graph) -> list[str]:
    return tree.render(graph).splitlines()[1:]


def codes(told: list[Diagnostic]) -> list[str]:
    return [each.rule.code for each in told]


def test_roles_are_what_the_app_needs_a_package_for(draw: Draw) -> None:
    graph, told = draw(
        app("tool for build", "library", "checker for test"),
        library=package("tool", "needs base")
        + package("library", "needs {", "base for build", "data for run", "}")
        + package("checker", "needs data")
        + package("base")
        + package("data"),
    )
    assert told == []
    assert {node.name: node.roles for node in graph.network if node.kind is not Kind.APP} == {
        "base": ("build",),
        "checker": ("test",),
        "data": ("run", "test"),
        "library": ("link",),
        "tool": ("build",),
    }


def test_a_choice_brings_in_what_it_needs(draw: Draw) -> None:
    packages = package("x", "variant mpi default no", "needs {", "y when mpi", "}") + package("y")
    without, _ = draw(app("x"), library=packages)
    needed, _ = draw(app("x +mpi"), library=packages)
    assert lines(without) == ["└── x  [link]"]
    assert lines(needed) == ["└── x +mpi  [link]", "    └── y  [link] when mpi"]


def test_what_one_package_chooses_holds_for_all(draw: Draw) -> None:
    packages = (
        package("first", "needs last@1.2: +on")
        + package(
            "last", "version 1.1, 1.3, 2.0", "variant on default no", "needs {", "z when on", "}"
        )
        + package("z")
    )
    graph, told = draw(app("first", "last@:1"), library=packages)
    assert told == []
    assert lines(graph) == [
        "├── first  [link]",
        "│   └── last@1.2:1 +on  [link]",
        "│       └── z  [link] when on",
        "└── last@1.2:1 +on  [link] (*)",
    ]


def test_a_package_of_the_file_takes_the_place_of_the_librarys(draw: Draw) -> None:
    own = package("y", "needs z")
    graph, _ = draw(own + app("x"), library=package("x", "needs y") + package("y") + package("z"))
    assert lines(graph)[1:] == ["    └── y  [link]", "        └── z  [link]"]


def test_an_app_may_be_called_like_a_package(draw: Draw) -> None:
    graph, told = draw(app("a", "host-mpi from host"), library=package("a") + package("host-mpi"))
    assert told == []
    assert [node.kind for node in graph.network] == [Kind.APP, Kind.PACKAGE, Kind.PACKAGE]


def test_what_all_take_from_the_site_is_the_hosts(draw: Draw) -> None:
    packages = package("mpi", "provider host { mpi }")
    graph, _ = draw(packages + app("mpi from host"))
    assert [node.kind for node in graph.network] == [Kind.APP, Kind.HOST]
    assert lines(graph) == ["└── mpi  [link] from host"]


def test_needs_that_exclude_each_other(draw: Draw, snapshot: SnapshotAssertion) -> None:
    packages = (
        package("fft", "version 3.3, 4.0", "variant precision = float | double default double")
        + package("waves", "needs fft@4: precision=double")
        + package("zip", "version 1.1, 1.4")
        + package("one", "needs zip@1.0:1.3")
        + package("two", "needs zip@1.2:")
    )
    _, told = draw(app("fft@3 precision=float", "waves", "one", "two"), library=packages)
    assert codes(told) == ["E0307", "E0307", "E0302"]
    assert text.render(told) == snapshot


def test_what_a_package_rules_out(draw: Draw, snapshot: SnapshotAssertion) -> None:
    packages = package(
        "x",
        "variant gpu default no",
        "variant mpi default no",
        'conflict "no GPU with MPI" when gpu and mpi',
    ) + package("y", "needs x +mpi")
    _, told = draw(app("x +gpu", "y"), library=packages)
    assert codes(told) == ["E0308"]
    assert text.render(told) == snapshot


def test_a_cycle_through_the_library(draw: Draw, snapshot: SnapshotAssertion) -> None:
    graph, told = draw(
        package("mine", "needs theirs") + app("mine"),
        library=package("theirs", "needs deep") + package("deep", "needs mine") + package("mine"),
    )
    assert codes(told) == ["E0305"]
    assert text.render(told) == snapshot
    assert lines(graph)[-1].endswith("mine  [link] (*)")


def test_a_need_for_tests_closes_no_cycle(draw: Draw) -> None:
    packages = package("x", "needs {", "y for test", "}") + package("y", "needs x")
    _, told = draw(app("x"), library=packages)
    assert told == []


def test_needs_that_never_settle(draw: Draw, snapshot: SnapshotAssertion) -> None:
    packages = package("x", "variant v default no", "needs {", "y when not v", "}") + package(
        "y", "needs x +v"
    )
    _, told = draw(app("x"), library=packages)
    assert codes(told) == ["E0307"]
    assert text.render(told) == snapshot


def test_a_toolchain_asks_about_the_app_and_the_target(draw: Draw) -> None:
    packages = package("cc") + package("gpu-kit") + package("vector")
    chain = "toolchain kit {\nc, cxx cc\ncuda gpu-kit when gpu\nblas vector on zen4..\n}\n"
    written = "app a@1 {\nvariant gpu default no\nusing kit\n}\n"
    plain, _ = draw(chain + written, library=packages, target="x86_64_v2")
    full, _ = draw(chain + written, library=packages, target="zen5", gpu="yes")
    assert lines(plain) == ["└── cc  [link] as c, cxx of kit"]
    assert lines(full) == [
        "├── cc  [link] as c, cxx of kit",
        "├── gpu-kit  [link] when gpu as cuda of kit",
        "└── vector  [link] on zen4.. as blas of kit",
    ]


def test_a_long_chain_needs_no_stack(draw: Draw) -> None:
    count = 3000
    packages = "".join(
        package(f"p{n}", f"needs p{n + 1}" if n < count else "") for n in range(count + 1)
    )
    graph, told = draw(app("p0"), library=packages)
    assert told == []
    assert len(lines(graph)) == count + 1
