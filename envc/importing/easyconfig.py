"""Reads an easyconfig of EasyBuild: assignments in Python, of which nothing is run."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from envc.importing import builds, compiler_options, ranges
from envc.importing.bases import LABELS
from envc.importing.command_text import value_text
from envc.importing.easyconfig_sources import Sources
from envc.importing.easyconfig_words import (
    KNOWN,
    NO_BUILD,
    SYSTEMS,
    TEMPLATE_CONSTANTS,
    templates,
)
from envc.importing.found import Build, Found, Refused, Setting
from envc.importing.packages import Asked, toolchain, want
from envc.importing.python_constants import UNKNOWN, tree, value
from envc.importing.script import Script
from envc.importing.shell import Word, commands
from envc.importing.starting import checks
from envc.source import Source


def read(source: Source) -> Found | Refused:
    module = tree(source)
    if isinstance(module, Refused):
        return module
    found = Found(emits=("dockerfile", "apptainer"))
    said = _assignments(module, found)
    if "name" not in said or "version" not in said:
        return Refused(1, "there is no `name` and `version`: this is no easyconfig")
    if not isinstance(said["name"].what, str):
        return Refused(said["name"].line, "`name` is no plain text")
    _Reader(found, said).read()
    return found


@dataclass(frozen=True, slots=True)
class Said:
    what: Any
    line: int
    lines: tuple[int, ...] = ()
    """Of the elements of a list, where each begins."""

    def elements(self) -> Iterator[tuple[Any, int]]:
        if isinstance(self.what, list | tuple):
            for place, each in enumerate(self.what):
                yield each, self.lines[place] if place < len(self.lines) else self.line


def _assignments(module: ast.Module, found: Found) -> dict[str, Said]:
    """By their names, with templates such as `%(version)s` filled in; the last one counts."""
    names: dict[str, Any] = dict(TEMPLATE_CONSTANTS)
    said: dict[str, Said] = {}
    for statement in module.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=expression):
                names[name] = value(expression, names)
                said[name] = Said(names[name], statement.lineno, _lines(expression))
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=expression):
                names[name] = value(ast.BinOp(ast.Name(name), ast.Add(), expression), names)
                lines = said[name].lines if name in said else ()
                said[name] = Said(names[name], statement.lineno, (*lines, *_lines(expression)))
            case ast.Expr(value=ast.Constant()):
                pass
            case _:
                found.note(statement.lineno, "only assignments are read: left out")
    known = templates({name: each.what for name, each in said.items()})
    return {
        name: Said(_resolved(each.what, known), each.line, each.lines)
        for name, each in said.items()
    }


def _lines(expression: ast.expr) -> tuple[int, ...]:
    match expression:
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return tuple(each.lineno for each in elements)
        case _:
            return ()


def _resolved(what: Any, known: Mapping[str, str], depth: int = 0) -> Any:
    if depth > 20:
        return UNKNOWN
    if isinstance(what, str):
        return re.sub(r"%\((\w+)\)s|%%", lambda m: known.get(m[1], m[0]) if m[1] else "%", what)
    if isinstance(what, list | tuple):
        return type(what)(_resolved(each, known, depth + 1) for each in what)
    if isinstance(what, dict):
        return {str(key): _resolved(each, known, depth + 1) for key, each in what.items()}
    return what


@dataclass(frozen=True, slots=True)
class _Reader:
    found: Found
    said: Mapping[str, Said]

    def read(self) -> None:
        self._about()
        self._toolchain()
        self._needs("builddependencies", ("build",))
        self._needs("dependencies", ())
        self._build()
        self._rest()
        for name, each in self.said.items():
            if each.what is UNKNOWN and name in KNOWN:
                self.found.note(each.line, f"`{name}` is only told by running it: left out")
            elif name not in KNOWN and not name.startswith("local_"):
                self.found.note(each.line, f"`{name}` has no counterpart: left out")

    def text(self, name: str) -> str:
        each = self.said.get(name)
        return each.what if each is not None and isinstance(each.what, str) else ""

    def line(self, name: str) -> int:
        return self.said[name].line

    # ---- facts and packages -----------------------------------------------------------------

    def _about(self) -> None:
        self.found.name = self.text("name")
        self.found.version = self.text("version")
        for key in ("homepage", "license"):
            if text := self.text(key):
                self.found.fact(LABELS[key], text, self.line(key))
        first = re.split(r"(?<=[.!?])\s", " ".join(self.text("description").split()))[0]
        if first:
            self.found.fact("summary", first[:200].rstrip("."), self.line("description"))

    def _toolchain(self) -> None:
        each = self.said.get("toolchain")
        if each is None or not isinstance(each.what, dict):
            return
        name, version = (str(each.what.get(key, "")) for key in ("name", "version"))
        if name.lower() in ("system", "dummy", ""):
            return
        parts = toolchain(name)
        if parts is None:
            self.found.note(each.line, f"the toolchain `{name}` has no counterpart: left out")
            return
        is_compiler = name.lower() in ("gcc", "gcccore")
        if not is_compiler:
            self.found.note(
                each.line, f"the toolchain {name} {version} was taken by its parts, in any version"
            )
        for package, choices in parts:
            versions = ranges.series(version) if is_compiler else ""
            shown = f"{name} {version}"
            want(self.found, Asked(package, each.line, versions, choices, (), shown), "")

    def _needs(self, name: str, roles: tuple[str, ...]) -> None:
        each = self.said.get(name)
        for one, line in each.elements() if each is not None else ():
            if isinstance(one, list | tuple) and one and isinstance(one[0], str):
                self._need(one, line, roles)
            else:
                self.found.note(line, f"one of `{name}` is no plain name: left out")

    def _need(self, one: tuple[Any, ...] | list[Any], line: int, roles: tuple[str, ...]) -> None:
        version = str(one[1]) if len(one) > 1 and isinstance(one[1], str) else ""
        if len(one) > 2 and one[2]:
            suffix = str(one[2])[:40]
            self.found.note(line, f"the suffix `{suffix}` of `{one[0]}` was left out")
        versions = ranges.series(version) if version else ""
        shown = f"{one[0]} {version}".strip()
        want(self.found, Asked(str(one[0]), line, versions, (), roles, shown), "easybuild")

    # ---- the build --------------------------------------------------------------------------

    def _build(self) -> None:
        block = self.text("easyblock")
        sources = Sources(self.found, {name: each.what for name, each in self.said.items()})
        line = self.line("sources") if "sources" in self.said else self.line("name")
        has_source = sources.read(line)
        sources.patches(self.line("patches") if "patches" in self.said else line)
        system = SYSTEMS.get(block)
        if block in NO_BUILD:
            self.found.sources.clear()
        elif system is None:
            what = (
                f"the easyblock `{block}`"
                if block
                else f"EasyBuild's own code for {self.found.name}"
            )
            self.found.note(line, f"{what} says how it is built: write a `build`")
        elif has_source:
            self.found.build = Build(system, self.line("easyblock"))
            self._options(self.found.build)

    def _options(self, build: Build) -> None:
        for name in ("configopts", "buildopts"):
            each = self.said.get(name)
            if each is None:
                continue
            if not isinstance(each.what, str):
                self.found.note(each.line, f"`{name}` is no plain text: left out")
                continue
            for word in _words(each.what, each.line):
                self._option(build, word, each.line, name)

    def _option(self, build: Build, word: str, line: int, name: str) -> None:
        key, equal, given = word.partition("=")
        if "$" in word or "`" in word:
            self.found.note(line, f"`{word}` is only told by a shell: left out")
        elif equal and key.removeprefix("-D").partition(":")[0] in compiler_options.VARIABLES:
            variable = key.removeprefix("-D").partition(":")[0]
            compiler_options.carry(self.found, variable, given, line)
        elif build.system in ("cmake", "meson") and word.startswith("-D"):
            for variable, text in builds.cmake_variables((word,)):
                build.settings.append(Setting(variable, builds.said(text), line))
        elif build.system == "autotools" and (option := builds.autotools_option(word)):
            build.settings.append(Setting(*option, line))
        elif build.system == "make" and equal and name == "buildopts":
            build.settings.append(Setting(key, value_text(given), line))
        else:
            self.found.note(line, f"`{word}` of `{name}` has no counterpart: left out")

    # ---- variables, tests and extensions ----------------------------------------------------

    def _rest(self) -> None:
        self._variables()
        self._tests()
        self._copied()
        self._options_of_toolchain()
        for name in ("exts_list", "components", "osdependencies"):
            each = self.said.get(name)
            if each is not None and each.what:
                self._extensions(name, each)

    def _variables(self) -> None:
        each = self.said.get("modextravars")
        if each is not None and isinstance(each.what, dict):
            script = Script(self.found)
            for name, text in each.what.items():
                plain = isinstance(text, str) and "%" not in text
                script.exported(name, Word(str(text), plain), each.line)

    def _tests(self) -> None:
        each = self.said.get("sanity_check_commands")
        for one, line in each.elements() if each is not None else ():
            if isinstance(one, str):
                checks(self.found, one, line)

    def _copied(self) -> None:
        each = self.said.get("files_to_copy")
        build = self.found.build
        if each is None or build is None:
            return
        for one, line in each.elements():
            files = one[0] if isinstance(one, list | tuple) and one else one
            for path in files if isinstance(files, list | tuple) else (files,):
                if isinstance(path, str) and "*" not in path:
                    build.settings.append(Setting("install", path, line))
                else:
                    self.found.note(line, f"`{path}` names no single file: left out")

    def _options_of_toolchain(self) -> None:
        each = self.said.get("toolchainopts")
        given = each.what if each is not None and isinstance(each.what, dict) else {}
        for key, text in given.items():
            if each is not None and key == "optarch" and isinstance(text, str):
                compiler_options.carry(self.found, "CFLAGS", text, each.line)
            elif each is not None and key not in ("usempi", "pic", "opt", "debug"):
                self.found.note(each.line, f"the option `{key}` of the toolchain was left out")

    def _extensions(self, name: str, each: Said) -> None:
        """Of a bundle of Python's packages each is one of PyPI's."""
        is_python = self.text("easyblock") in ("PythonBundle", "PythonPackage")
        for extension, line in each.elements() if name == "exts_list" and is_python else ():
            if isinstance(extension, list | tuple) and len(extension) > 1:
                versions = ranges.exactly(str(extension[1]))
                shown = f"{extension[0]} {extension[1]}"
                asked = Asked(str(extension[0]), line, versions, written=shown)
                want(self.found, asked, "pypi")
        if name != "exts_list" or not is_python:
            self.found.note(each.line, f"`{name}` has no counterpart: left out")


def _words(text: str, line: int) -> Iterator[str]:
    for each in commands(text, line, {}):
        yield from each.texts
