"""Schedulers, by the program that submits to each. Three families have a `qsub`."""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from envc.doctor.model import Question
from envc.engines.asking import ask, program, version
from envc.engines.finding import broken
from envc.engines.model import Found, Missing
from envc.facts.problem import Problem
from envc.plan.model import Words
from envc.vocabulary import SCHEDULERS

GROUP = "schedulers"
_PROGRAMS: dict[str, Words] = {
    "slurm": ("sbatch", "--version"),
    "lsf": ("bsub", "-V"),
    "htcondor": ("condor_submit", "-version"),
    "oar": ("oarsub", "--version"),
    "flux": ("flux", "--version"),
    "kubernetes": ("kubectl", "version", "--client"),
    "nomad": ("nomad", "version"),
}
"""What is started, by the name that a spec has for the scheduler."""


class _Sign(NamedTuple):
    """By what the `qsub` of one family is known."""

    version: re.Pattern[str]
    trouble: re.Pattern[str]
    """In what it says where it does not work."""


_QSUB = {
    "pbspro": _Sign(re.compile(r"pbs_version\s*=\s*(\S+)"), re.compile(r"\bpbs", re.IGNORECASE)),
    "torque": _Sign(re.compile(r"^Version:\s*(\S+)", re.MULTILINE), re.compile("torque")),
    "sge": _Sign(
        re.compile(r"^\w*GE \(?(\d\S*)", re.MULTILINE),
        re.compile("sge|gridengine", re.IGNORECASE),
    ),
}


def questions() -> Iterator[Question]:
    for name in SCHEDULERS:
        if name in _PROGRAMS:
            yield Question(GROUP, name, partial(_by_own, *_PROGRAMS[name]))
        elif name in _QSUB:
            yield Question(GROUP, name, partial(_by_qsub, name))


def _by_own(called: str, *words: str) -> Found | Problem:
    path = program(called)
    if path is None:
        return Missing(f"`{called}` is not here")
    said = ask((path, *words))
    if isinstance(said, Problem):
        return said
    told = version(said.text)
    return Found(path, told) if told and said.code == 0 else broken(called, said.text)


def _by_qsub(name: str) -> Found | Problem:
    path = program("qsub")
    if path is None:
        return Missing("`qsub` is not here")
    said = _qsub(path)
    if isinstance(said, Problem):
        return said
    sign = _QSUB[name]
    if found := sign.version.search(said):
        return Found(path, found[1])
    known = any(each.version.search(said) for each in _QSUB.values())
    if not known and sign.trouble.search(said):
        return broken("qsub", said)
    return Missing("`qsub` is not of this scheduler")


@cache
def _qsub(path: str) -> str | Problem:
    """What it says of its version, and its help: Grid Engine says it there alone."""
    first = ask((path, "--version"))
    if isinstance(first, Problem) or first.code == 0:
        return first if isinstance(first, Problem) else first.text
    second = ask((path, "-help"))
    return second if isinstance(second, Problem) else f"{first.text}\n{second.text}"
