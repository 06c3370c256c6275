"""Commands that build: CMake, configure, make, Meson, Python's own, and compilers by themselves."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from envc.importing import compiler_options
from envc.importing.command_text import command_text, value_text
from envc.importing.found import Build, Setting
from envc.importing.pieces import Piece
from envc.importing.shell import ShellCommand

if TYPE_CHECKING:
    from envc.importing.script import Script

_COMPILERS = frozenset({
    "cc", "c++", "gcc", "g++", "gfortran", "clang", "clang++", "flang", "mpicc", "mpicxx",
    "mpic++", "mpifort", "mpif90", "mpif77",
})  # fmt: skip
_TYPE = re.compile(r":(BOOL|STRING|PATH|FILEPATH|INTERNAL|UNINITIALIZED)$")
_OWN_PLACES = frozenset({"CMAKE_INSTALL_PREFIX", "CMAKE_PREFIX_PATH", "CMAKE_INSTALL_LIBDIR"})
_AUTOTOOLS_PLACES = re.compile(
    r"--(prefix|exec-prefix|libdir|bindir|includedir|sysconfdir|mandir)\b"
)


def build(script: "Script", program: str, command: ShellCommand) -> bool:
    """Whether the command is part of a build; then it is carried, or told."""
    if program in _COMPILERS:
        return _compile(script, command)
    action = _ACTIONS.get(program)
    if action is None:
        return False
    return action(script, command)


def _begin(script: "Script", system: str, line: int, where: str = "") -> Build | None:
    """The build of the piece that lies in the current folder; None where there is none."""
    piece = _piece(script, where)
    if piece is None:
        return None
    if piece.build is None:
        piece.build = Build(system, line)
        if folder := _inside(script.path(where) if where else script.folder, piece):
            piece.build.settings.append(Setting("folder", folder, line))
    return piece.build


def _piece(script: "Script", where: str = "") -> Piece | None:
    here = script.path(where) if where else script.folder
    for piece in reversed(script.pieces):
        if piece.place and (here == piece.place or here.startswith(piece.place.rstrip("/") + "/")):
            return piece
    return script.pieces[-1] if script.pieces else None


def _inside(here: str, piece: Piece) -> str:
    """The folder of the source that has the build files; folders called `build` are made."""
    if not piece.place or not here.startswith(piece.place.rstrip("/") + "/"):
        return ""
    path = posixpath.relpath(here, piece.place)
    return "" if re.search(r"(^|/)_?(build|obj)\w*(/|$)", path, re.IGNORECASE) else path


def _add(build: Build, key: str, value: str, line: int) -> None:
    if all(each.key != key for each in build.settings):
        build.settings.append(Setting(key, value, line))


# ---- CMake ---------------------------------------------------------------------------------------


def _cmake(script: "Script", command: ShellCommand) -> bool:
    texts = command.texts[1:]
    if "--build" in texts or "--install" in texts or "-E" in texts or "-P" in texts:
        return True
    where = _cmake_source(texts)
    if where.startswith("$"):
        where = ""
    started = _begin(script, "cmake", command.line, where or ".")
    if started is None:
        script.note(command, "builds nothing that was got before it")
        return True
    if started.system == "cmake":
        for key, value in cmake_variables(texts):
            _cmake_variable(script, command, started, (key, value))
    return True


def _cmake_source(texts: tuple[str, ...]) -> str:
    skip = False
    for place, word in enumerate(texts):
        if word == "-S" and place + 1 < len(texts):
            return texts[place + 1]
        if skip or word.startswith("-"):
            skip = not skip and word in ("-B", "-G", "-D", "-T", "-A", "-C")
            continue
        return word
    return ""


def cmake_variables(texts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """`-DKEY:TYPE=value`, with or without a blank behind `-D`."""
    words = list(texts)
    while words:
        word = words.pop(0)
        if word == "-D" and words:
            word = f"-D{words.pop(0)}"
        if word.startswith("-D") and "=" in word:
            key, _, value = word[2:].partition("=")
            yield _TYPE.sub("", key), value


def _cmake_variable(
    script: "Script", command: ShellCommand, build: Build, given: tuple[str, str]
) -> None:
    key, value = given
    piece = _piece(script)
    if key in _OWN_PLACES or piece is None:
        return
    if "$" in value or "`" in value:
        script.found.note(command.line, f"`-D{key}={value}` is only told by a shell: left out")
    elif key in compiler_options.VARIABLES:
        piece.options.append(Setting(key, value, command.line))
    else:
        _add(build, key, said(value), command.line)


def said(value: str) -> str:
    """`ON` and its like are `yes`, as the language writes them."""
    word = value.upper()
    if word in ("ON", "TRUE", "YES"):
        return "yes"
    return "no" if word in ("OFF", "FALSE", "NO") else value_text(value)


# ---- configure and make --------------------------------------------------------------------------


def _configure(script: "Script", command: ShellCommand) -> bool:
    where = posixpath.dirname(command.words[0].text)
    started = _begin(script, "autotools", command.line, where if where not in ("", "..") else ".")
    piece = _piece(script)
    if started is None or piece is None:
        script.note(command, "builds nothing that was got before it")
        return True
    for word in command.words[1:]:
        if "$" in word.text or "`" in word.text:
            script.found.note(command.line, f"`{word.text}` is only told by a shell: left out")
        elif option := autotools_option(word.text):
            _add(started, *option, command.line)
        else:
            _variable(script, piece, word.text, command.line)
    return True


def autotools_option(word: str) -> tuple[str, str] | None:
    """`--enable-x=y` as `enable-x` and `y`; None for places and for what is no option."""
    if not word.startswith("--") or _AUTOTOOLS_PLACES.match(word):
        return None
    key, equal, value = word[2:].partition("=")
    return (key, said(value) if equal else "yes") if key else None


def _variable(script: "Script", piece: Piece, word: str, line: int) -> None:
    """`CFLAGS=…` behind configure and make; the compilers follow from what is needed."""
    name, equal, value = word.partition("=")
    if not equal or word.startswith("-"):
        return
    if name in compiler_options.VARIABLES:
        piece.options.append(Setting(name, value, line))
    else:
        script.found.note(line, f"`{name}={value}` of configure was left out")


def _make(script: "Script", command: ShellCommand) -> bool:
    folder = _option_value(command.texts, "-C")
    piece = _piece(script, folder)
    if piece is None:
        script.note(command, "builds nothing that was got before it")
        return True
    is_other = piece.build is not None and piece.build.system != "make"
    if is_other or command.words[0].text == "ninja":
        return True
    started = _begin(script, "make", command.line, folder)
    if started is None:
        return True
    goals = []
    for word in _make_words(command.texts[1:]):
        name, equal, value = word.partition("=")
        if not equal:
            goals.append(word)
        elif name in compiler_options.VARIABLES:
            piece.options.append(Setting(name, value, command.line))
        elif not name.upper().endswith(("PREFIX", "DESTDIR")) and "$" not in value:
            _add(started, name, value_text(value), command.line)
    _goal(started, [each for each in goals if each not in ("install", "check", "test", "clean")],
          command.line)  # fmt: skip
    return True


def _goal(build: Build, goals: list[str], line: int) -> None:
    if goals and all(re.fullmatch(r"[A-Za-z_][\w.-]*", each) for each in goals):
        _add(build, "goal", goals[0], line)


def _make_words(words: tuple[str, ...]) -> Iterator[str]:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in ("-C", "-f", "-j", "-l", "-I", "-o")
        else:
            yield word


def _option_value(words: tuple[str, ...], name: str) -> str:
    places = [place for place, word in enumerate(words[:-1]) if word == name]
    return words[places[0] + 1] if places else ""


# ---- Meson, Python and compilers -----------------------------------------------------------------


def _meson(script: "Script", command: ShellCommand) -> bool:
    texts = command.texts
    if len(texts) > 1 and texts[1] in ("compile", "install", "test", "configure"):
        return True
    started = _begin(script, "meson", command.line)
    if started is None:
        script.note(command, "builds nothing that was got before it")
        return True
    for word in texts[1:]:
        key, equal, value = word.lstrip("-").partition("=")
        if equal and word.startswith("--buildtype"):
            _add(started, "buildtype", value, command.line)
        elif equal and word.startswith("-D"):
            _add(started, key[1:], said(value), command.line)
    return True


def _python(script: "Script", command: ShellCommand) -> bool:
    texts = command.texts
    is_setup = len(texts) > 2 and texts[1] == "setup.py" and "install" in texts
    if is_setup:
        _begin(script, "python", command.line)
    return is_setup


def _pip(script: "Script", command: ShellCommand) -> bool:
    """`pip install .` builds what is here; all else of pip's is about packages."""
    texts = command.texts
    here = [each for each in texts[2:] if re.match(r"\.{0,2}/|\.(\[.*\])?$", each)]
    if "install" not in texts or not here:
        return False
    where = re.sub(r"\[.*\]$", "", here[0])
    if _begin(script, "python", command.line, where) is None:
        script.note(command, "builds nothing that was got before it")
    others = tuple(word for word in command.words if word.text not in here)
    if any(not each.text.startswith("-") for each in others[2:]):
        script.pip(command._replace(words=others))
    return True


def _compile(script: "Script", command: ShellCommand) -> bool:
    """`mpicc -O3 heat.c -o heat`: a command of `build shell`, without what chooses the CPU."""
    started = _begin(script, "shell", command.line)
    if started is None or started.system != "shell" or not command.is_plain:
        why = "is no part of a build that can be carried"
        script.note(command, why)
        return True
    words = compiler_options.without_cpu(script.found, list(command.texts), command.line)
    started.settings.append(Setting("run", command_text(words), command.line))
    if (made := _option_value(command.texts, "-o")) and "-c" not in words:
        piece = _piece(script)
        place = piece.place if piece is not None else ""
        path = script.path(made)
        inside = posixpath.relpath(path, place) if place and path.startswith(place) else made
        started.settings.append(Setting("install", inside, command.line))
    return True


Action = Callable[["Script", ShellCommand], bool]
_ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(("configure", "Configure", "config"), _configure),
    **dict.fromkeys(("make", "gmake", "ninja"), _make),
    **dict.fromkeys(("pip", "pip3"), _pip),
    **dict.fromkeys(("python", "python3"), _python),
    "cmake": _cmake,
    "meson": _meson,
}
