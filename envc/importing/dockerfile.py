"""Reads a Dockerfile: the last stage is the image, and those count that it takes something from."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from envc.importing import bases, pieces, shell, starting
from envc.importing.dockerfile_lines import Instruction, instructions, listed, pairs
from envc.importing.found import Found, Refused
from envc.importing.script import Script
from envc.importing.shell import Word
from envc.source import Source

_PREDEFINED = {"TARGETARCH": "amd64", "TARGETOS": "linux", "TARGETPLATFORM": "linux/amd64"}


def read(source: Source) -> Found | Refused:
    read = instructions(source.text)
    if isinstance(read, Refused):
        return read
    found = Found(emits=("dockerfile",))
    stages = _stages(read, found)
    if isinstance(stages, Refused):
        return stages
    used = _used(stages)
    reader = _Reader(found, Script(found))
    for place, stage in enumerate(stages):
        if place in used.counted:
            begins_as = _named(stages, stage.base, place)
            reader.stage(stage, in_image=place in used.image, is_fresh=begins_as is None)
        else:
            found.note(stage.line, f"nothing comes from the stage `{stage.name or stage.base}`")
    reader.finish()
    return found


# ---- stages --------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Stage:
    base: str
    name: str
    line: int
    instructions: list[Instruction] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    """Arguments from above the first stage."""


def _stages(read: list[Instruction], found: Found) -> list[_Stage] | Refused:
    values: dict[str, str] = {}
    stages: list[_Stage] = []
    for each in read:
        if each.word == "FROM":
            stage = _stage(each, values)
            if isinstance(stage, Refused):
                return stage
            stages.append(stage)
        elif stages:
            stages[-1].instructions.append(each)
        elif each.word == "ARG":
            values |= _arguments(each, values, found)
        else:
            return Refused(each.line, f"`{each.word}` stands before the first `FROM`")
    return stages or Refused(1, "there is no `FROM`: this is no Dockerfile")


def _stage(read: Instruction, values: Mapping[str, str]) -> _Stage | Refused:
    words = read.text.replace("\\\n", " ").split()
    if not words:
        return Refused(read.line, "`FROM` names no image")
    base = shell.value(words[0], {**_PREDEFINED, **values})
    name = words[2] if len(words) == 3 and words[1].upper() == "AS" else ""
    return _Stage(base or words[0], name.lower(), read.line, values=dict(values))


def _arguments(read: Instruction, values: Mapping[str, str], found: Found) -> dict[str, str]:
    told: dict[str, str] = {}
    for word in _words(read.text):
        name, equal, default = word.partition("=")
        value = shell.value(_unquoted(default), {**values, **told}) if equal else values.get(name)
        if value is not None:
            told[name] = value
            if equal and value:
                found.note(read.line, f"the argument `{name}` was taken as `{value}`")
    return told


class _Used(NamedTuple):
    counted: set[int]
    image: set[int]
    """The last stage and those that it begins as."""


def _used(stages: list[_Stage]) -> _Used:
    last = len(stages) - 1
    image: set[int] = set()
    place: int | None = last
    while place is not None and place not in image:
        image.add(place)
        place = _named(stages, stages[place].base, place)
    counted: set[int] = set()
    open_ = [last]
    while open_:
        here = open_.pop()
        if here in counted:
            continue
        counted.add(here)
        names = [stages[here].base, *_taken_from(stages[here])]
        open_ += [found for each in names if (found := _named(stages, each, here)) is not None]
    return _Used(counted, image)


def _named(stages: list[_Stage], name: str, before: int) -> int | None:
    """A stage above another, by its name or its number."""
    if name.isascii() and name.isdigit() and len(name) < 6 and int(name) < before:
        return int(name)
    return next(
        (p for p in reversed(range(before)) if stages[p].name and stages[p].name == name.lower()),
        None,
    )


def _taken_from(stage: _Stage) -> list[str]:
    flags = (flag for each in stage.instructions for flag in each.flags)
    mounted = re.compile(r"--mount=.*\bfrom=([^,]+)")
    found = []
    for flag in flags:
        if flag.startswith("--from="):
            found.append(flag.removeprefix("--from="))
        elif match := mounted.match(flag):
            found.append(match[1])
    return found


# ---- instructions --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Reader:
    found: Found
    script: Script
    in_image: bool = True
    entry: tuple[Instruction, ...] = ()

    def stage(self, stage: _Stage, *, in_image: bool, is_fresh: bool) -> None:
        self.in_image = in_image
        self.script.folder = "/"
        self.script.values = {**_PREDEFINED, **(self.script.values if in_image else {})}
        if is_fresh:
            bases.carry(self.found, stage.base, stage.line, is_final=in_image)
        for each in stage.instructions:
            self._instruction(each, stage)

    def finish(self) -> None:
        self.script.finish()
        by_word = {each.word: each for each in self.entry}
        entry, command = by_word.get("ENTRYPOINT"), by_word.get("CMD")
        given: list[str] = []
        for each in (entry, command):
            if each is not None and (words := listed(each.text)) is not None:
                given += words
        if given:
            first = entry or command
            starting.words(self.found, given, first.line if first is not None else 1)
        elif (only := entry or command) is not None:
            starting.script(self.found, only.text, only.line, dict(self.script.values))

    def _instruction(self, read: Instruction, stage: _Stage) -> None:
        action = _ACTIONS.get(read.word)
        if action is not None:
            action(self, read)
        elif read.word == "ARG":
            known = {**stage.values, **self.script.values}
            self.script.values.update(_arguments(read, known, self.found))
        else:
            self.found.note(read.line, f"`{read.word}` has no counterpart: left out")

    def run(self, read: Instruction) -> None:
        words = listed(read.text)
        if words is not None:
            self.script.run(" ".join(_in_quotes(each) for each in words), read.line)
        elif read.documents and read.text.startswith("<<"):
            self.script.run(read.documents[0], read.document_line)
        else:
            self.script.run(read.text, read.line)

    def environment(self, read: Instruction) -> None:
        before = dict(self.script.values)
        for name, written in pairs(read.text):
            value = _value(written, before)
            if value is not None:
                self.script.values[name] = value
            if self.in_image:
                self.script.exported(name, Word(value or "", value is not None), read.line)
            elif value is not None and name.endswith("FLAGS"):
                self.script.exported(name, Word(value), read.line)

    def label(self, read: Instruction) -> None:
        for name, written in pairs(read.text):
            value = _value(written, self.script.values)
            if self.in_image and value is not None:
                bases.label(self.found, _unquoted(name), value, read.line)

    def maintainer(self, read: Instruction) -> None:
        self.found.fact("maintainer", " ".join(read.text.split()), read.line)

    def folder(self, read: Instruction) -> None:
        value = _value(read.text, self.script.values)
        self.script.folder = self.script.path(value or read.text)

    def copy(self, read: Instruction) -> None:
        words = listed(read.text) or _words(read.text)
        taken = [flag for flag in read.flags if flag.startswith("--from=")]
        if taken:
            self._copy_between(read, taken[0].removeprefix("--from="))
            return
        if read.documents or len(words) < 2:
            self.found.note(read.line, f"a file that `{read.word}` writes is left out")
            return
        *files, place = (shell.value(each, self.script.values) or each for each in words)
        for each in files:
            if re.match("https?://|ftp://", each):
                self._add_from_web(read, each)
            elif each.startswith("git@") or each.endswith(".git"):
                self.script.pieces.append(pieces.of_repository(each, read.line, ()))
        self._copy_folder(read, [each for each in files if "://" not in each], place)

    def _copy_between(self, read: Instruction, stage: str) -> None:
        if not stage.isdigit() and ("/" in stage or ":" in stage):
            self.found.note(read.line, f"what is copied out of the image `{stage}` is left out")

    def _add_from_web(self, read: Instruction, url: str) -> None:
        sums = [flag.partition("=")[2] for flag in read.flags if flag.startswith("--checksum=")]
        if sums and pieces.is_archive(url):
            self.script.pieces.append(pieces.of_archive(url, read.line, sums[0]))
        else:
            self.script.archive(url, read.line)

    def _copy_folder(self, read: Instruction, files: list[str], place: str) -> None:
        """What lies beside the Dockerfile is a `dir` source, where something builds it."""
        if not files:
            return
        where = self.script.path(place)
        is_folder = len(files) == 1 and not re.search(r"[*?]|\.\w+$", files[0].rstrip("/"))
        path = files[0].strip("/").removeprefix("./") if is_folder else ""
        for piece in self.script.pieces:
            if piece.place == where and piece.code is not None and piece.code.kind == "dir":
                piece.code = piece.code._replace(where=".")
                return
        self.script.pieces.append(pieces.of_folder(path or ".", where, read.line, files[0]))

    def start(self, read: Instruction) -> None:
        if self.in_image:
            kept = tuple(each for each in self.entry if each.word != read.word)
            # An entry point takes away the command that a base had.
            self.entry = (read,) if read.word == "ENTRYPOINT" else (*kept, read)


_ACTIONS: Mapping[str, Callable[[_Reader, Instruction], None]] = {
    "RUN": _Reader.run,
    "ENV": _Reader.environment,
    "LABEL": _Reader.label,
    "MAINTAINER": _Reader.maintainer,
    "WORKDIR": _Reader.folder,
    "COPY": _Reader.copy,
    "ADD": _Reader.copy,
    "ENTRYPOINT": _Reader.start,
    "CMD": _Reader.start,
}


# ---- words ---------------------------------------------------------------------------------------


def _words(text: str) -> list[str]:
    return [_unquoted(each) for each in text.replace("\\\n", " ").split()]


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return text


def _value(written: str, values: Mapping[str, str]) -> str | None:
    """A value as an instruction writes it; None where it holds a variable that nothing tells."""
    if written.startswith("'") and written.endswith("'") and len(written) > 1:
        return written[1:-1]
    return shell.value(re.sub(r"\\(?=[ \\])", "", _unquoted(written)), values)


def _in_quotes(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
