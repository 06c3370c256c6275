"""Reads conda's `environment.yml`, the part for pip included."""

from collections.abc import Callable, Mapping

from envc.importing.conda_names import want_conda
from envc.importing.found import Found, Refused
from envc.importing.requirements import require
from envc.importing.script import Script
from envc.importing.shell import Word
from envc.importing.yaml_lines import Value, load
from envc.source import Source


def read(source: Source) -> Found | Refused:
    value = load(source)
    if isinstance(value, Refused):
        return value
    if value.get("dependencies") is None:
        return Refused(value.line, "there is no `dependencies:`: this is no environment of conda")
    found = Found(emits=("dockerfile", "apptainer"))
    for key, each in value.mapped:
        action = _ACTIONS.get(key)
        if action is not None:
            action(found, each)
        else:
            found.note(each.line, f"`{key}` has no counterpart: left out")
    return found


def _name(found: Found, value: Value) -> None:
    found.name = value.text or ""


def _channels(found: Found, value: Value) -> None:
    """Packages come from Debian, Guix and PyPI, so no channel means anything here."""
    names = ", ".join(text for text, _ in value.texts())
    if names:
        found.note(value.line, f"channels were left out, as envc has none: {names[:100]}")


def _dependencies(found: Found, value: Value) -> None:
    for each in value.elements():
        if each.text is not None:
            want_conda(found, each.text, each.line)
        elif (pip := each.get("pip")) is not None:
            _pip(found, pip)
        else:
            found.note(each.line, "this is no name of a package: left out")


def _pip(found: Found, value: Value) -> None:
    for text, line in value.texts():
        if text.startswith("-"):
            found.note(line, f"pip's `{text[:80]}` was left out")
        else:
            require(found, text, line)


def _variables(found: Found, value: Value) -> None:
    script = Script(found)
    for name, each in value.mapped:
        if each.text is not None:
            script.exported(name, Word(each.text), each.line)


def _nothing(found: Found, value: Value) -> None:
    """Where it lies on one machine is no part of what it is."""
    del found, value


_ACTIONS: Mapping[str, Callable[[Found, Value], None]] = {
    "name": _name,
    "channels": _channels,
    "dependencies": _dependencies,
    "variables": _variables,
    "prefix": _nothing,
}
