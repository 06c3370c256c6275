"""Words of a job as sh reads them, each within one line of its script.

A line break in a value never becomes one of the script: some schedulers take any line that begins
with their mark for an order, however deep in quotes it stands.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from envc.facts.command import CommandWord
from envc.quoting import sh
from envc.runtimes.model import Variable, Word

NEWLINE = "newline"
DEFINED = f"{NEWLINE}='\n'\n"
"""What a script begins with that has such a value."""
WIDTH = 72
_BREAK = f'"${NEWLINE}"'
_BEGINS = re.compile(r"""['"]?(-|[A-Za-z_]\w*=)""", re.ASCII)
"""An option, or a variable's value for `env`: a line may begin with it."""


def variable(placeholder: str) -> Variable:
    """What only the running job knows: `{index}` is `$ENVC_INDEX`."""
    return Variable(f"ENVC_{placeholder.upper()}")


def of_command(word: CommandWord) -> Word:
    parts = (part if isinstance(part, str) else variable(part.name) for part in word.parts)
    return tuple(parts)


def text(value: str) -> str:
    """One word that is the value."""
    return _BREAK.join(_line(line) if line else "" for line in value.split("\n")) or "''"


def _line(text: str) -> str:
    """In double quotes where single ones would look as if something were to happen in them."""
    return f'"{sh.in_quotes(text)}"' if re.search(r"[$`]", text) else sh.word(text)


def word(parts: Word) -> str:
    said = [part for part in parts if part]
    if len(said) > 1 and not all(isinstance(each, Variable) or _is_plain(each) for each in said):
        return _in_one(said)
    shown = "".join(
        f'"${each.name}"' if isinstance(each, Variable) else text(each) for each in said
    )
    return shown or "''"


def _in_one(parts: Sequence[str | Variable]) -> str:
    """In one pair of double quotes, where text and variables would need many."""
    shown = ""
    for part in reversed(parts):
        if isinstance(part, Variable):
            is_apart = not re.match(r"\w", shown, re.ASCII)
            shown = (f"${part.name}" if is_apart else f"${{{part.name}}}") + shown
        else:
            lines = [sh.in_quotes(line) for line in part.split("\n")]
            shown = f'"{_BREAK}"'.join(lines) + shown
    return f'"{shown}"'


def _is_plain(text: str) -> bool:
    return sh.word(text) == text


def words(found: Iterable[Word]) -> str:
    """A program and its arguments, which no shell changes."""
    first, *others = found
    shown = word(first)
    # `A=b` would set a variable.
    program = sh.quoted(shown) if "=" in shown and shown == "".join(map(str, first)) else shown
    return " ".join((program, *map(word, others)))


def lines(groups: Iterable[Sequence[Word]]) -> str:
    """One command on several lines: what starts it, what runs it, the program."""
    found = [line for group in groups if group for line in _filled(group)]
    return " \\\n  ".join(found)


def _filled(group: Sequence[Word]) -> Iterator[str]:
    """An option stands in one line with its value."""
    first, *others = group
    line = words((first,))
    for shown in map(word, others):
        if _BEGINS.match(shown) and len(line) > WIDTH:
            yield line
            line = shown
        else:
            line = f"{line} {shown}"
    yield line
