"""What was found, as a spec in canonical form.

The checker has the last word: a fact that it refuses is taken out and becomes a note, so what
comes out has no errors, whatever went in.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from envc.check import check_source
from envc.diagnostics.model import Diagnostic, Severity
from envc.importing.found import Build, Code, Found, Note, Setting, Wanted
from envc.names.entry import is_word
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse
from envc.syntax.words import Kind

_WIDEST_COMMENT = 96


class Imported(NamedTuple):
    spec: str
    notes: tuple[Note, ...]


class _Line(NamedTuple):
    """A line of the spec, and the line of the other file that it comes from."""

    text: str
    of: int = 0
    """0 where no single line of the other file said it: such a line is never taken out."""


def write(found: Found, name: str) -> Imported:
    """`name` is what the other file is called, for the comment above the app."""
    body = _Body(found)
    lines = list(body.lines())
    notes = list(found.notes)
    while refused := _first_refused(lines):
        place, told = refused
        notes.append(Note(max(lines[place].of, 1), f"{_said(lines[place].text)}: {told}"))
        lines = _without(lines, place)
    notes = sorted(dict.fromkeys(notes))
    text = "\n".join([_HEADER, *_comments(notes, name), *(each.text for each in lines)]) + "\n"
    return Imported(_laid_out(text), tuple(notes))


_HEADER = "envc 1\n"


def _laid_out(text: str) -> str:
    return layout(parse(Source("imported.envc", text)).file)


def _comments(notes: list[Note], name: str) -> Iterator[str]:
    shown = _printable(name)
    if not notes:
        yield f"# From {shown}, by envc import."
        return
    yield f"# From {shown}, by envc import. Not carried, or not as it stood; its lines are told:"
    for note in notes:
        yield _shortened(f"# {note.line}: {_printable(note.message)}")


def _shortened(text: str) -> str:
    return text if len(text) <= _WIDEST_COMMENT else f"{text[: _WIDEST_COMMENT - 1].rstrip()}…"


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


# ---- the checker's word --------------------------------------------------------------------------


def _first_refused(lines: list[_Line]) -> tuple[int, str] | None:
    """The first line with an error that may be taken out, and what is wrong with it."""
    source = Source("imported.envc", "\n".join([_HEADER, *(each.text for each in lines)]) + "\n")
    before = _HEADER.count("\n") + 1
    errors = [each for each in check_source(source).diagnostics if _is_error(each)]
    for each in errors:
        place = source.position(each.place.span.start).line - 1 - before
        if 0 <= place < len(lines) and lines[place].of:
            return place, each.message
    if errors:  # of the app as a whole: what asks for most goes first
        for word in ("build", "test", "command", "targets", ""):
            for place, line in enumerate(lines):
                if line.of and line.text.lstrip().startswith(word):
                    return place, errors[0].message
    return None


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.rule.severity is Severity.ERROR


def _without(lines: list[_Line], place: int) -> list[_Line]:
    """Without a line, its block if it opens one, and a block that it leaves empty."""
    end = place + 1
    if lines[place].text.endswith("{"):
        while lines[end - 1].text != "}" and end < len(lines):
            end += 1
    kept = [*lines[:place], *lines[end:]]
    if 0 < place < len(kept) and kept[place].text == "}" and kept[place - 1].text.endswith("{"):
        opened = kept[place - 1].text
        if opened.startswith("build ") and not opened.startswith("build shell"):
            kept[place - 1 : place + 1] = [_Line(opened.removesuffix(" {"), kept[place - 1].of)]
        elif not opened.startswith("app "):
            del kept[place - 1 : place + 1]
    return kept


def _said(text: str) -> str:
    return f"`{text.strip().removesuffix(' {')}` was left out"


# ---- lines ---------------------------------------------------------------------------------------


class _Body(NamedTuple):
    found: Found

    def lines(self) -> Iterator[_Line]:
        found = self.found
        version = f"@{found.version}" if _is_version(found.version) else ""
        yield _Line(f"app {app_name(found.name or _program(found))}{version} {{")
        for fact in sorted(found.facts, key=lambda each: _FACTS.index(each.key)):
            value = fact.value if fact.key in _PLAIN else quoted(fact.value)
            yield _Line(f"{fact.key} {value}", fact.line)
        yield from map(_source, found.sources)
        for patch in found.patches:
            yield _Line(f"patch {quoted(patch.path)} {patch.digest}", patch.line)
        yield from self._needs()
        if found.targets:
            names = dict.fromkeys(name for name, _ in found.targets)
            yield _Line(f"targets {', '.join(names)}", found.targets[0][1])
        if found.build is not None:
            yield from _build(found.build)
        elif found.lacking is not None:
            yield from _lacking(*found.lacking)
        yield from _block("flags", (_flag(each) for each in found.flags))
        yield from _block("env", (_setting(each) for each in found.environment))
        for test in found.tests:
            yield _Line(f"test {quoted(test.text)}", test.line)
        if found.command is not None:
            command = _Line(f"command {quoted(found.command.text)}", found.command.line)
            yield from _block("run main", [command])
        yield _Line(f"emit {', '.join(found.emits)}")
        yield _Line("}")

    def _needs(self) -> Iterator[_Line]:
        builds = self.found.build is not None
        yield from _block("needs", (_want(each, builds=builds) for each in self.found.wanted))


_FACTS = ("summary", "license", "homepage", "doi", "maintainer", "base")
_PLAIN = frozenset({"license"})


def _block(opening: str, inside: Iterable[_Line]) -> Iterator[_Line]:
    lines = list(inside)
    if lines:
        yield _Line(f"{opening} {{")
        yield from lines
        yield _Line("}")


def _source(code: Code) -> _Line:
    where = code.where if code.kind == "pypi" else quoted(code.where)
    attributes = (f"{key} {quoted(value)}" for key, value in code.attributes)
    return _Line(" ".join(["source", code.kind, where, *code.hashes, *attributes]), code.line)


def _want(wanted: Wanted, *, builds: bool) -> _Line:
    """Where nothing is built, all of it is there to be used."""
    words = [wanted.name + (f"@{wanted.versions}" if wanted.versions else "")]
    for key, value in wanted.choices:
        words.append({"yes": f"+{key}", "no": f"~{key}"}.get(value, f"{key}={value}"))
    if builds and wanted.roles:
        words.append(f"for {', '.join(wanted.roles)}")
    return _Line(" ".join(words), wanted.line)


def _build(build: Build) -> Iterator[_Line]:
    if not build.settings:
        yield _Line(f"build {build.system}", build.line)
        return
    yield _Line(f"build {build.system} {{", build.line)
    words = ("run", "install", "folder", "script")
    for each in build.settings:
        own = each.key in words and build.system in ("shell", "make", each.key)
        value = quoted(each.value) if own or each.key == "folder" else _value(each.value)
        yield _Line(f"{_key(each.key)} {value}", each.line)
    yield _Line("}")


def _lacking(wish: str, build: Build) -> Iterator[_Line]:
    """As comments: what a person has to complete before it can be told."""
    for text in (wish, *(each.text for each in _build(build))):
        yield _Line(f"# {_printable(text)}")


def _setting(setting: Setting) -> _Line:
    return _Line(f"{_key(setting.key)} {_value(setting.value)}", setting.line)


def _flag(setting: Setting) -> _Line:
    return _Line(f"{setting.key} {quoted(setting.value)}", setting.line)


# ---- words ---------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _key(text: str) -> str:
    return text if is_word(text) else quoted(text)


def _value(text: str) -> str:
    """As people write it: yes and no, names and numbers bare, all else in quotes."""
    bare = is_word(text) or is_word(text, Kind.NUMBER)
    return text if bare else quoted(text)


def _program(found: Found) -> str:
    """An image that nothing names is called after what it starts, unless that reads others."""
    text = found.command.text if found.command is not None else ""
    name = text.partition(" ")[0]
    return "" if re.match(r"(python|bash|sh|r|rscript|julia|perl)\b", name.lower()) else name


def app_name(text: str) -> str:
    """The nearest name of an app."""
    spelled = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if not spelled:
        return "imported"
    return spelled if spelled[0].isalpha() else f"app-{spelled}"


def _is_version(text: str) -> bool:
    return is_word(text, Kind.NUMBER) if text else False
