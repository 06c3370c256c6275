"""What was found, for people."""

from collections.abc import Iterator

from envc.diagnostics.colour import Ink, Paint
from envc.diagnostics.screen import visible
from envc.doctor import schedulers
from envc.doctor.model import Finding, Group, State
from envc.facts.words import listed

_INKS = {State.GOOD: Ink.HELP, State.BROKEN: Ink.ERROR, State.MISSING: Ink.FAINT}
_STATE, _NAME = 9, 28


def page(groups: tuple[Group, ...], paint: Paint) -> str:
    return "\n".join(line for group in groups for line in _group(group, paint))


def _group(group: Group, paint: Paint) -> Iterator[str]:
    yield paint(group.name, Ink.STRONG)
    # Nobody installs a scheduler to run a job: of those that are not here the names will do.
    brief = group.name == schedulers.GROUP
    absent = [each.name for each in group.findings if brief and each.state is State.MISSING]
    for each in group.findings:
        if each.name not in absent:
            yield from _finding(each, paint)
    if absent:
        yield f"  {paint(_padded('missing', _STATE), Ink.FAINT)}{listed(absent, 'and')}"


def _finding(each: Finding, paint: Paint) -> Iterator[str]:
    title = f"{each.name} {each.version}".strip()
    problem = each.problem
    said = each.about
    if problem:
        said = problem.help if each.state is State.MISSING else problem.message
    state = paint(_padded(each.state, _STATE), _INKS[each.state])
    yield f"  {state}{_padded(title, _NAME)}{visible(said)}".rstrip()
    if problem and problem.help and each.state is not State.MISSING:
        yield f"  {' ' * (_STATE + _NAME)}{paint('help:', Ink.HELP)} {visible(problem.help)}"


def _padded(text: str, width: int) -> str:
    return f"{text} ".ljust(width)
