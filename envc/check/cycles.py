"""Packages that need each other, with the cycle drawn."""

from collections.abc import Iterable

from envc.check.report import Report
from envc.diagnostics import rules
from envc.spec import Package, Want

_WHITE, _GREY, _BLACK = range(3)


def check(report: Report, packages: Iterable[Package]) -> None:
    """Each cycle among a file's own packages is told once, at its first need."""
    # What is needed only to test a package comes after it was built, and closes no cycle.
    needs = {
        package.name: tuple(want for want in package.wants if want.roles != ("test",))
        for package in packages
    }
    colour = dict.fromkeys(needs, _WHITE)
    for start in needs:
        if colour[start] == _WHITE:
            _walk(report, start, needs, colour)


def _walk(
    report: Report, start: str, needs: dict[str, tuple[Want, ...]], colour: dict[str, int]
) -> None:
    """Depth first without recursion: a chain of packages may be longer than Python's stack."""
    path: list[tuple[str, Want | None]] = [(start, None)]
    waiting = [iter(needs[start])]
    colour[start] = _GREY
    while path:
        want = next(waiting[-1], None)
        if want is None:
            colour[path.pop()[0]] = _BLACK
            waiting.pop()
        elif colour.get(want.name) == _WHITE:
            colour[want.name] = _GREY
            path.append((want.name, want))
            waiting.append(iter(needs[want.name]))
        elif colour.get(want.name) == _GREY:
            _tell(report, path, want)


def _tell(report: Report, path: list[tuple[str, Want | None]], last: Want) -> None:
    names = [name for name, _ in path]
    first = names.index(last.name)
    wants = [want for _, want in path[first + 1 :] if want is not None]
    loop = [*names[first:], last.name]
    report.tell(
        rules.PACKAGE_CYCLE,
        f"`{last.name}` needs itself",
        last.place.span,
        label=f"needs `{last.name}` again",
        also=tuple((want.place, f"needs `{want.name}`") for want in wants),
        notes=drawn(loop),
        help="one of these needs has to go, or to be `for test` of another package",
    )


def drawn(loop: list[str]) -> tuple[str, ...]:
    """
    a -> b -> c
    ^         |
    +---------+
    """
    line = " -> ".join(loop[:-1])
    if len(loop) == 2:
        return (f"{line} -> {line}",)
    inner = max(len(line) - len(loop[0]) // 2 - len(loop[-2]) // 2 - 2, 1)
    margin = " " * (len(loop[0]) // 2)
    return (f"{line}\n{margin}^{' ' * inner}|\n{margin}+{'-' * inner}+",)
