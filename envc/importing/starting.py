"""What an image starts: an entry point, a command, the last line of a run script."""

import posixpath
import re
from collections.abc import Mapping, Sequence

from envc.importing import shell
from envc.importing.command_text import command_text
from envc.importing.found import Command, Found

_SHELLS = frozenset({"sh", "bash", "dash", "zsh"})
_ALL_ARGUMENTS = ('"$@"', "$@", "$*")


def words(found: Found, given: Sequence[str], line: int) -> None:
    """The form that is a list: no shell is in between, but it may be what is started."""
    plain = [each for each in given if each not in _ALL_ARGUMENTS]
    if not plain:
        return
    if posixpath.basename(plain[0]) in _SHELLS:
        if len(plain) > 2 and re.fullmatch("-[a-z]*c", plain[1]):
            script(found, plain[2], line)
        elif len(plain) == 1 or plain[1].startswith("-"):
            found.note(line, f"`{plain[0]}` is started: name a program with `run`")
        else:
            _set(found, plain, line)
    else:
        _set(found, plain, line)


def script(found: Found, text: str, line: int, values: Mapping[str, str] | None = None) -> None:
    """A script that only starts one program, behind variables and changes of folder."""
    started = []
    for each in shell.commands(text, line, dict(values or {})):
        first = each.words[0].text
        if first in ("set", "cd", "echo", "export", "source", ".", "printf", "umask"):
            if first not in ("set", "echo", "printf"):
                found.note(each.line, f"`{each}` before the program is started: left out")
            continue
        started.append(each)
    if not started:
        return
    if len(started) > 1:
        found.note(line, "more than one program is started: only a script of its own can say that")
        return
    only = started[0]
    given = [word for word in only.words if word.text not in _ALL_ARGUMENTS]
    if given and given[0].text == "exec":
        given = given[1:]
    if only.nested or only.redirected or not all(word.is_plain for word in given):
        found.note(only.line, f"`{only}` needs a shell, and a command is none: left out")
    elif given:
        words(found, [word.text for word in given], only.line)


def checks(found: Found, text: str, line: int, values: Mapping[str, str] | None = None) -> None:
    """Each plain command of a test script is a test of its own."""
    given = list(shell.commands(text, line, dict(values or {})))
    following = [*(each.before for each in given[1:]), ""]
    for each, behind in zip(given, following, strict=True):
        is_quiet = each.words[0].text in ("set", "echo", "exit", "cd", "true", "export")
        if is_quiet or each.before in ("|", "|&"):  # the first of a pipeline speaks for it
            continue
        beside = {each.before, behind} & {"||", "|", "|&", "&"}
        if each.nested or not each.is_plain or beside:
            found.note(each.line, f"the test `{each}` needs a shell: left out")
        else:
            found.tests.append(Command(command_text(each.texts), each.line))


def _set(found: Found, given: Sequence[str], line: int) -> None:
    """A program is found by its name: envc installs apps in a place of its own."""
    folder, name = posixpath.split(given[0])
    if folder.startswith("/") and folder not in ("/bin", "/usr/bin", "/sbin", "/usr/sbin") and name:
        found.note(line, f"`{given[0]}` is started as `{name}`: envc installs it elsewhere")
        given = [name, *given[1:]]
    found.command = Command(command_text(given), line)
