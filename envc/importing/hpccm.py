"""Reads a recipe of HPC Container Maker, such as `Stage0 += gnu()`; nothing of it is run."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from envc.importing import bases, compiler_options, pieces, ranges, starting
from envc.importing.found import Found, Refused
from envc.importing.packages import Asked, want
from envc.importing.python_constants import UNKNOWN, tree, value
from envc.importing.script import Script
from envc.importing.shell import Word
from envc.importing.tables.hpccm import LEFT, PACKAGES, PLACES, VARIANTS
from envc.source import Source

Arguments = Mapping[str, Any]


def read(source: Source) -> Found | Refused:
    module = tree(source)
    if isinstance(module, Refused):
        return module
    found = Found(emits=("dockerfile", "apptainer"))
    reader = _Reader(found, Script(found))
    for statement in module.body:
        reader.statement(statement)
    if not reader.blocks:
        return Refused(1, "nothing is added to a `Stage0`: this is no recipe of hpccm")
    reader.script.finish()
    return found


@dataclass(slots=True)
class _Reader:
    found: Found
    script: Script
    names: dict[str, Any] = field(default_factory=dict)
    made: dict[str, ast.Call] = field(default_factory=dict)
    """Building blocks that were given a name."""
    blocks: int = 0

    def statement(self, statement: ast.stmt) -> None:
        match statement:
            case ast.AugAssign(target=ast.Name(id=stage), op=ast.Add(), value=added):
                if isinstance(self.names.get(stage), list | str):
                    self.names[stage] = self._value(ast.BinOp(ast.Name(stage), ast.Add(), added))
                else:
                    self._add(added, stage)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if not (
                self._is_text(call)
            ):
                self.made[name] = call
            case ast.Assign(targets=[ast.Name(id=name)], value=expression):
                self.names[name] = self._value(expression)
            case ast.Expr(value=ast.Call() as call):
                self._call(call)
            case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom() | ast.Pass():
                pass
            case ast.Assign():
                pass  # such as `Stage0.name = 'devel'`
            case _:
                self.found.note(statement.lineno, "conditions, loops and functions are not read")

    def _is_text(self, call: ast.Call) -> bool:
        """`'…'.format(…)` and `USERARG.get('x', '1')` are values, not building blocks."""
        return self._value(call) is not UNKNOWN

    def _value(self, node: ast.expr) -> Any:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="USERARG"), attr="get"), args=args):
                default = value(args[1], self.names) if len(args) > 1 else UNKNOWN
                if default is not UNKNOWN:
                    shown = value(args[0], self.names)
                    self.found.note(node.lineno, f"the argument `{shown}` was taken as `{default}`")
                return default
            case _:
                return value(node, self.names)

    def _call(self, call: ast.Call) -> None:
        """`hpccm.config.set_cpu_target('zen3')` and `Stage0.baseimage('debian:12')`."""
        name = _name(call)
        if name in ("set_cpu_target", "set_cpu_architecture"):
            given = value(call.args[0], self.names) if call.args else UNKNOWN
            if name == "set_cpu_target" and isinstance(given, str):
                compiler_options.target(self.found, given, call.lineno)
        elif name == "baseimage":
            self._add(call, "Stage0")

    def _add(self, added: ast.expr, stage: str) -> None:
        if isinstance(added, ast.Name) and added.id in self.made:
            added = self.made[added.id]
        if isinstance(added, ast.List | ast.Tuple):
            for each in added.elts:
                self._add(each, stage)
            return
        if not isinstance(added, ast.Call):
            self.found.note(added.lineno, f"what is added to `{stage}` is only told by running it")
            return
        self.blocks += 1
        self._block(added, stage)

    # ---- building blocks --------------------------------------------------------------------

    def _block(self, call: ast.Call, stage: str) -> None:
        name, given = _name(call), self._arguments(call)
        line = call.lineno
        if name in ("runtime", "comment"):
            return
        for key, each in given.items():
            if _unknown(each):
                self.found.note(line, f"`{key}` of `{name}` is only told by running it: left out")
        known = {key: each for key, each in given.items() if not _unknown(each)}
        action = _ACTIONS.get(name)
        if name == "baseimage":
            bases.carry(self.found, _text(known, "image"), line, is_final=stage == "Stage0")
        elif action is not None:
            action(self, known, line)
        elif name in PACKAGES:
            self._package(name, known, line)
        elif name in LEFT:
            self.found.note(line, f"`{name}` has no counterpart: left out")
        else:
            want(self.found, Asked(name, line, _version(known)), "hpccm")

    def _arguments(self, call: ast.Call) -> dict[str, Any]:
        positional = {
            "baseimage": "image", "shell": "commands", "workdir": "directory", "user": "user",
            "environment": "variables", "runscript": "commands", "label": "metadata",
        }  # fmt: skip
        given = {each.arg: self._value(each.value) for each in call.keywords if each.arg}
        if call.args and (key := positional.get(_name(call))):
            given.setdefault(key, self._value(call.args[0]))
        given.pop("toolchain", None)
        return given

    def _package(self, name: str, given: Arguments, line: int) -> None:
        package, fixed = PACKAGES[name]
        options = [*fixed]
        for key, variant in VARIANTS.items():
            if isinstance(given.get(key), bool):
                options.append((variant, "yes" if given[key] else "no"))
        for word in _texts(given.get("configure_opts")):
            option = word.removeprefix("--").replace("_", "-").lower()
            if option in ("enable-parallel", "enable-mpi"):
                options.append(("mpi", "yes"))
            elif option in ("enable-fortran", "enable-cxx"):
                options.append((option.removeprefix("enable-"), "yes"))
            elif option in ("enable-float", "enable-single"):
                options.append(("precision", "float"))
            else:
                self.found.note(line, f"`{word}` of `{name}` has no counterpart: left out")
        told = {"version", "configure_opts", *VARIANTS, *PLACES}
        for key in (key for key, each in given.items() if each is not False and key not in told):
            self.found.note(line, f"`{key}` of `{name}` has no counterpart: left out")
        want(self.found, Asked(package, line, _version(given), tuple(options), written=name), "")

    def packages(self, given: Arguments, line: int) -> None:
        for key in ("ospackages", "apt"):
            for text in _texts(given.get(key)):
                want(self.found, Asked(text.partition("=")[0], line), "debian")
        if not given.get("apt") and not given.get("ospackages"):
            for name in _texts(given.get("yum")):
                want(self.found, Asked(name, line), "rpm")

    def yum(self, given: Arguments, line: int) -> None:
        for name in _texts(given.get("ospackages")):
            want(self.found, Asked(name, line), "rpm")

    def pip(self, given: Arguments, line: int) -> None:
        for text in _texts(given.get("packages")):
            self.script.run(f"pip install '{text}'", line)
        if given.get("requirements"):
            self.found.note(line, "`requirements` of `pip` is another file: left out")

    def conda(self, given: Arguments, line: int) -> None:
        for text in _texts(given.get("packages")):
            self.script.run(f"conda install '{text}'", line)
        if given.get("environment"):
            self.found.note(line, "`environment` of `conda` is another file: import it by itself")

    def python(self, given: Arguments, line: int) -> None:
        del given
        want(self.found, Asked("python", line), "")

    # ---- sources and shell ------------------------------------------------------------------

    def generic(self, given: Arguments, line: int, how: str) -> None:
        url, repository = _text(given, "url"), _text(given, "repository")
        if repository:
            states = [(k, _text(given, k)) for k in ("commit", "branch") if _text(given, k)]
            attributes = tuple(("tag" if k == "branch" else k, text) for k, text in states)
            self.script.pieces.append(pieces.of_repository(repository, line, attributes[:1]))
        elif url:
            self.script.pieces.append(pieces.of_archive(url, line, ""))
        else:
            self.found.note(line, f"`{how}` names neither a `url` nor a `repository`: left out")
            return
        self.script.pieces[-1].place = "/source"
        self.script.folder = "/source"
        self._generic_build(given, line, how)
        self.script.folder = "/"
        for text in _texts(given.get("postinstall")) + _texts(given.get("preconfigure")):
            self.found.note(line, f"`{text[:60]}` around the build has no counterpart: left out")

    def _generic_build(self, given: Arguments, line: int, how: str) -> None:
        if how == "generic_cmake":
            self.script.run(" ".join(["cmake", *_texts(given.get("cmake_opts")), ".."]), line)
        elif how == "generic_autotools":
            options = _texts(given.get("configure_opts"))
            options += [f"--enable-{each}" for each in _texts(given.get("enable"))]
            options += [f"--with-{each}" for each in _texts(given.get("with"))]
            self.script.run(" ".join(["./configure", *options]), line)
        else:
            self.script.run("\n".join(_texts(given.get("build"))), line)

    def shell(self, given: Arguments, line: int) -> None:
        self.script.run("\n".join(_texts(given.get("commands"))), line)

    def copy(self, given: Arguments, line: int) -> None:
        if given.get("_from"):
            return
        place = _text(given, "dest")
        for path in _texts(given.get("src")) or list(given.get("files") or ()):
            is_folder = path in (".", "./") or "." not in path.rpartition("/")[2]
            where = path.strip("/").removeprefix("./") if is_folder else "."
            self.script.pieces.append(pieces.of_folder(where or ".", place, line, path))

    def workdir(self, given: Arguments, line: int) -> None:
        del line
        self.script.folder = self.script.path(_text(given, "directory"))

    def environment(self, given: Arguments, line: int) -> None:
        for name, each in _pairs(given.get("variables")):
            self.script.exported(name, Word(each, "$" not in each), line)

    def label(self, given: Arguments, line: int) -> None:
        for name, each in _pairs(given.get("metadata")):
            bases.label(self.found, name, each, line)

    def runscript(self, given: Arguments, line: int) -> None:
        starting.script(self.found, "\n".join(_texts(given.get("commands"))), line)


def _generic(how: str) -> Callable[[_Reader, Arguments, int], None]:
    return lambda reader, given, line: reader.generic(given, line, how)


_ACTIONS: Mapping[str, Callable[[_Reader, Arguments, int], None]] = {
    "apt_get": _Reader.packages,
    "packages": _Reader.packages,
    "yum": _Reader.yum,
    "pip": _Reader.pip,
    "conda": _Reader.conda,
    "python": _Reader.python,
    "shell": _Reader.shell,
    "copy": _Reader.copy,
    "workdir": _Reader.workdir,
    "environment": _Reader.environment,
    "label": _Reader.label,
    "runscript": _Reader.runscript,
    **{how: _generic(how) for how in ("generic_cmake", "generic_autotools", "generic_build")},
}


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _version(given: Arguments) -> str | None:
    return ranges.series(str(given["version"])) if "version" in given else ""


def _unknown(each: Any) -> bool:
    if isinstance(each, list | tuple):
        return any(one is UNKNOWN for one in each)
    return each is UNKNOWN or (isinstance(each, dict) and UNKNOWN in each.values())


def _text(given: Arguments, key: str) -> str:
    each = given.get(key)
    return each if isinstance(each, str) else ""


def _texts(each: Any) -> list[str]:
    if isinstance(each, str):
        return [each]
    return [one for one in each if isinstance(one, str)] if isinstance(each, list | tuple) else []


def _pairs(each: Any) -> Iterator[tuple[str, str]]:
    for name, text in each.items() if isinstance(each, dict) else ():
        yield name, str(text)
