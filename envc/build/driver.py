"""The script that runs a part: its steps, each told before it starts."""

import os

from envc.plan.beside import THERE
from envc.plan.model import (
    Do,
    Install,
    Link,
    Part,
    Patch,
    Script,
    Set,
    Step,
    Unpack,
    Words,
    Write,
)
from envc.plan.shell import PRELUDE, lines
from envc.quoting import sh
from envc.store.content import open_plain

STEP = "step"
"""A file that holds the number of the step at work."""


_BARE = "set -eu\n"


def script(part: Part, *, bare: bool = False) -> str:
    """`bare` leaves the modes of new files to whoever starts it."""
    told = (_told(number, step) + lines(step) for number, step in enumerate(part.steps))
    return (_BARE if bare else PRELUDE) + "".join(told)


def words(step: Step) -> Words:
    """What a step starts, or what it does to which file."""
    match step:
        case Do(words):
            return words
        case Script(path):
            return ("sh", "-eu", path)
        case Unpack(file):
            return ("unpack", file)
        case Patch(file):
            return ("patch", file)
        case Install(files, _, into):
            return ("install", *files, into)
        case Write(path):
            return ("write", path)
        case Link(path, names):
            return ("link", path, *names)
        case Set(name):
            return ("set", name)


def at_work(part: Part, there: str) -> Step:
    """By what its script noted, where steps could write too."""
    with open_plain(os.path.join(there, STEP), follow=False) as file:
        said = file.read(9)
    number = int(said) if said.isdigit() else 0
    return part.steps[min(number, len(part.steps) - 1)]


def folder(step: Step) -> str:
    """Where it is at work."""
    match step:
        case Do(_, folder) | Script(_, folder) | Install(_, folder) | Patch(_, _, folder):
            return folder
        case _:
            return "/"


def _told(number: int, step: Step) -> str:
    shown = sh.word(f"+ {sh.words(words(step))}")
    return f"printf %s {number} >{THERE}/{STEP}\nprintf '%s\\n' {shown}\n"
