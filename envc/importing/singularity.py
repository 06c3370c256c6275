"""Reads a definition of Singularity or Apptainer: a header, and sections that begin with `%`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from envc.importing import bases, pieces, shell, starting
from envc.importing.found import Found, Refused
from envc.importing.script import Script
from envc.source import Source


class Section(NamedTuple):
    name: str
    """In small letters, without the `%`."""
    argument: str
    text: str
    line: int
    """That of the first line of its text."""


class Definition(NamedTuple):
    header: tuple[tuple[str, str, int], ...]
    """Keys in small letters, values and lines."""
    sections: tuple[Section, ...]


_NAMES = frozenset({
    "setup", "files", "labels", "environment", "post", "runscript", "startscript", "test",
    "help", "arguments", "pre", "applabels", "appinstall", "appenv", "apprun", "apptest",
    "apphelp", "appfiles", "appstart",
})  # fmt: skip
_HEADER = re.compile(r"\s*([A-Za-z]+)\s*:\s*(.*?)\s*$")


def read(source: Source) -> Found | Refused:
    parsed = parse(source.text)
    if isinstance(parsed, Refused):
        return parsed
    found = Found(emits=("apptainer",))
    reader = _Reader(found, Script(found))
    reader.header(parsed)
    for section in sorted(parsed.sections, key=_order):
        reader.section(section)
    reader.script.finish()
    return found


def parse(text: str) -> Definition | Refused:
    header: list[tuple[str, str, int]] = []
    sections: list[Section] = []
    body: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        opened = re.match(r"%([A-Za-z]\w*)[ \t]*(.*)", line)
        if opened is not None:
            name = opened[1].lower()
            if name not in _NAMES:
                return Refused(number, f"`%{opened[1]}` is no section of a definition")
            sections = _closed(sections, body)
            sections.append(Section(name, opened[2].strip(), "", number + 1))
            body = []
        elif sections:
            body.append(line)
        elif line.strip() and not line.lstrip().startswith("#"):
            found = _HEADER.match(line)
            if found is None:
                return Refused(number, f"`{line.strip()[:40]}` is no line of a header")
            header.append((found[1].lower(), found[2], number))
    if not any(key == "bootstrap" for key, _, _ in header):
        return Refused(1, "there is no `Bootstrap:`: this is no Singularity definition")
    return Definition(tuple(header), tuple(_closed(sections, body)))


def _closed(sections: list[Section], body: list[str]) -> list[Section]:
    if not sections:
        return []
    return [*sections[:-1], sections[-1]._replace(text="\n".join(body))]


def _order(section: Section) -> tuple[int, int]:
    """What is copied in is there when it is built, wherever its section stands."""
    names = ("labels", "files", "environment", "post", "test", "runscript", "startscript")
    place = names.index(section.name) if section.name in names else len(names)
    return place, section.line


# ---- what it means -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    found: Found
    script: Script

    def header(self, parsed: Definition) -> None:
        keys = {key: (value, line) for key, value, line in parsed.header}
        agent, line = keys["bootstrap"]
        image, at = keys.get("from", ("", line))
        if agent.lower() in ("docker", "library", "oras", "docker-daemon"):
            bases.carry(self.found, image, at, is_final=True)
        elif agent.lower() == "debootstrap":
            release, at = keys.get("osversion", ("", line))
            bases.carry(self.found, f"debian:{release}", at, is_final=True)
        elif agent.lower() != "scratch":
            self.found.note(line, f"the bootstrap agent `{agent}` has no counterpart: left out")
        stages = [at for key, _, at in parsed.header if key == "stage"]
        if stages or sum(key == "bootstrap" for key, _, _ in parsed.header) > 1:
            self.found.note(max(stages or [line]), "of several stages, all were read as one")

    def section(self, section: Section) -> None:
        action = _ACTIONS.get(section.name)
        if action is not None:
            action(self, section)
        elif section.text.strip() and section.name != "help":
            named = f"%{section.name} {section.argument}".strip()
            self.found.note(section.line - 1, f"the section `{named}` has no counterpart: left out")

    def post(self, section: Section) -> None:
        self.script.run(section.text, section.line)

    def files(self, section: Section) -> None:
        if section.argument.startswith("from"):
            return
        for number, line in enumerate(section.text.splitlines(), section.line):
            words = line.partition("#")[0].split()
            if not words:
                continue
            place = self.script.path(words[-1])
            path = words[0].strip("/").removeprefix("./")
            is_file = "." in path.rpartition("/")[2].strip(".") or "*" in path
            self.script.pieces.append(
                pieces.of_folder("." if is_file else path, place, number, words[0])
            )

    def environment(self, section: Section) -> None:
        own: dict[str, str] = {}
        for command in shell.commands(section.text, section.line, self.script.values, own):
            words = command.words[1:] if command.words[0].text == "export" else command.words
            for word in words:
                name, equal, value = word.text.partition("=")
                if equal and re.fullmatch(r"[A-Za-z_]\w*", name) and not command.nested:
                    self.script.exported(name, word._replace(text=value), command.line)
                elif command.words[0].text != "export":
                    self.script.note(command)
                    break

    def labels(self, section: Section) -> None:
        for number, line in enumerate(section.text.splitlines(), section.line):
            key, _, value = line.strip().partition(" ")
            if key and not key.startswith("#"):
                bases.label(self.found, key, value.strip().strip('"'), number)

    def start(self, section: Section) -> None:
        starting.script(self.found, section.text, section.line)

    def test(self, section: Section) -> None:
        starting.checks(self.found, section.text, section.line)


_ACTIONS: Mapping[str, Callable[[_Reader, Section], None]] = {
    "post": _Reader.post,
    "files": _Reader.files,
    "environment": _Reader.environment,
    "labels": _Reader.labels,
    "runscript": _Reader.start,
    "test": _Reader.test,
}
