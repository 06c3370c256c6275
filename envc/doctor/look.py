"""Asks everything at once: who answers late keeps nobody else waiting."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby

from envc.doctor import builder, programs, schedulers
from envc.doctor.model import Group, State, answered

_AT_ONCE = 16


def look(environ: Mapping[str, str]) -> tuple[Group, ...]:
    asked = (*builder.questions(environ), *programs.questions(), *schedulers.questions())
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = tuple(zip((each.group for each in asked), pool.map(answered, asked), strict=True))
    return tuple(
        Group(name, tuple(finding for _, finding in group))
        for name, group in groupby(found, key=lambda each: each[0])
    )


def can_build(groups: tuple[Group, ...]) -> bool:
    """Whether the embedded builder works here."""
    return all(
        finding.state is State.GOOD
        for group in groups
        if group.name == builder.GROUP
        for finding in group.findings
        if finding.name in builder.NEEDED
    )
