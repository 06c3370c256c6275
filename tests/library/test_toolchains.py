"""Who supplies each toolchain whole, as the library's README says."""

from pathlib import Path

from envc.facts import versions
from envc.spec import Package, Tool
from tests.library.entries import SPECS, TOOLCHAINS, lies_in, lines_of, package, said_versions, spec

ORIGINS = ("debian/bookworm", "debian/trixie", "guix")


def test_the_readme_says_from_where_each_toolchain_comes() -> None:
    rows = [row(path) for path in TOOLCHAINS]

    assert [line for line in (SPECS / "README.md").read_text().splitlines() if line in rows] == rows


def row(path: Path) -> str:
    [found] = spec(path).toolchains
    cells = [", ".join(supplied(found.tools, origin)) or "-" for origin in ORIGINS]
    return f"| `{found.name}` | {' | '.join(cells)} |"


def supplied(tools: tuple[Tool, ...], origin: str) -> list[str]:
    """The newest version for each tool, or nothing: half a toolchain builds nothing."""
    found = [(tool.want.name, newest(tool, origin)) for tool in tools]
    if not all(number for _, number in found):
        return []
    return [f"{name} {number}" for name, number in found if name != "openblas"]


def newest(tool: Tool, origin: str) -> str:
    known = package(SPECS / "packages" / f"{tool.want.name}.envc")
    origins = (origin, origin.partition("/")[0])
    lines = [
        line for line in lines_of(known, *origins) if line.guard.holds(chosen(known, tool), None)
    ]
    served = [
        version
        for number in said_versions(known, *origins)
        if lies_in(tool.want.versions, number)
        and any(lies_in(line.versions, number) for line in lines)
        if isinstance(version := versions.version(number), versions.Version)
    ]
    return str(versions.newest(versions.ANY, served) or "")


def chosen(known: Package, tool: Tool) -> dict[str, str]:
    """gcc comes without Fortran unless a toolchain names it for that."""
    defaults = {variant.name: variant.default for variant in known.variants}
    fortran = {"fortran": "yes"} if "fortran" in tool.languages else {}
    return defaults | dict(tool.want.choices) | fortran
