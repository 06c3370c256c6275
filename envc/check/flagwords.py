"""Compiler options that a spec must not hold: those that choose the CPU, or the machine at hand."""

import re

from envc.check.report import Report
from envc.cpu import conditions, lattice
from envc.diagnostics import rules
from envc.source import Span
from envc.spec import Setting
from envc.syntax.words import Word

_CHOOSES = re.compile(r"(?<!\S)-(march|mcpu|mtune|xHost|axHost|tp)(=\S*)?(?!\S)")
_X86_ONLY = re.compile(r"(?<!\S)-m(avx\S*|sse\S*|fma4?|bmi2?|f16c|prefer-vector-width=\S*)(?!\S)")
_ARM_ONLY = re.compile(r"(?<!\S)-m(sve-\S*|sve-vector-bits=\S*|branch-protection=\S*)(?!\S)")


def check(report: Report, word: Word, setting: Setting, targets: tuple[str, ...]) -> None:
    text = word.value
    for match in _CHOOSES.finditer(text):
        here = _inside(word, match)
        native = match[2] == "=native"
        report.tell(
            rules.FLAG_CHOOSES_CPU,
            f"`{match[0]}` chooses the CPU, which is what `targets` are for",
            here,
            notes=("`native` is the CPU of whoever happens to build it",) if native else (),
            help="remove it, and name the CPUs with `targets`",
        )
    on = setting.guard.on
    reached = conditions.members(on, targets) if on is not None else targets
    _check_family(report, word, _X86_ONLY.search(text), "x86_64", reached)
    _check_family(report, word, _ARM_ONLY.search(text), "aarch64", reached)


def _check_family(
    report: Report, word: Word, match: re.Match[str] | None, family: str, reached: tuple[str, ...]
) -> None:
    """An option of one architecture, given to a target of another."""
    if match is None:
        return
    other = [target for target in reached if lattice.family(target) != family]
    if other:
        report.tell(
            rules.FLAG_CHOOSES_CPU,
            f"`{match[0]}` is an option for {family}, and `{other[0]}` is not",
            _inside(word, match),
            help=f"add `on family {family}` to the line",
        )


def _inside(word: Word, match: re.Match[str]) -> Span:
    if "\\" in word.text:
        return word.span
    first = word.span.start + 1
    return Span(first + match.start(), first + match.end())
