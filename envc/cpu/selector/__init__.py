"""A shell script that picks, on the node where it runs, the best of the targets that were built.

What the script does and why: docs/selector.md. Its text depends on the arguments alone.
"""

import pkgutil
from collections.abc import Iterable, Sequence

from envc.cpu import lattice
from envc.cpu.selector.needs import Needs, NoRuleError, best_first, needs

__all__ = ["NoRuleError", "needs", "script"]


def script(targets: Sequence[str], *, preference: Sequence[str] = ()) -> str:
    """The script for these targets, archspec's names in any order.

    `preference` names targets whose speed was measured, fastest first: the first of them that runs
    on a node is taken there, before any other rule.
    """
    wanted = tuple(dict.fromkeys(targets))
    _refuse_unknown(wanted, preference)
    _refuse_two_byte_orders(wanted)
    text = _template()
    text = text.replace("@PREFERRED@", _quoted(dict.fromkeys(preference)))
    return text.replace("@TARGETS@", "\n".join(map(_entry, best_first(wanted))))


def _refuse_unknown(targets: Sequence[str], preference: Sequence[str]) -> None:
    if not targets:
        raise NoRuleError("no target was built")
    known = frozenset(lattice.names())
    for each in targets:
        if each not in known:
            raise NoRuleError(f"`{each}` is not a target")
    for each in preference:
        if each not in targets:
            raise NoRuleError(f"`{each}` is preferred but not built")


def _refuse_two_byte_orders(targets: Sequence[str]) -> None:
    if {"ppc64", "ppc64le"} <= {lattice.family(each) for each in targets}:
        raise NoRuleError("/proc/cpuinfo does not tell ppc64 from ppc64le")


def _template() -> str:
    found = pkgutil.get_data(__name__, "template.sh")  # also out of a zip file
    if found is None:
        raise RuntimeError("template.sh is missing from the installation")
    return found.decode()


def _entry(target: Needs) -> str:
    lists = (_quoted(target.kin), _quoted(target.words))
    return " ".join(['  "$1"', _quoted([target.name]), str(target.level), *lists])


def _quoted(words: Iterable[str]) -> str:
    """Words as one shell argument. Single quotes keep all that does not end them."""
    return "'" + " ".join(words).replace("'", "'\\''") + "'"
