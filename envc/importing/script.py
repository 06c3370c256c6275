"""What the commands of an image's build script come to: packages, sources, builds, variables."""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from itertools import pairwise

from envc.importing import builds, compiler_options, pieces, shell
from envc.importing.command_text import value_text
from envc.importing.conda_names import want_conda
from envc.importing.found import Found
from envc.importing.packages import Asked, want
from envc.importing.pieces import Piece
from envc.importing.requirements import require
from envc.importing.shell import ShellCommand, Word
from envc.importing.tables.script import (
    APT_LATER,
    HOUSEKEEPING,
    PATHS,
    QUIET,
    TOLD,
    WITH_VALUE,
)

_DIGEST = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{128})\b")


@dataclass(slots=True)
class Script:
    """Goes through commands in their order; `finish` settles what is the app."""

    found: Found
    values: MutableMapping[str, str] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    folder: str = "/"
    _digest: str = ""

    def run(self, script: str, line: int) -> None:
        own: dict[str, str] = {}
        began = self.folder
        for command in shell.commands(script, line, self.values, own):
            self._command(command)
        self.folder = began

    def finish(self) -> None:
        pieces.settle(self.found, self.pieces)

    def note(self, command: ShellCommand, why: str = "has no counterpart") -> None:
        self.found.note(command.line, f"`{_short(str(command))}` {why}: left out")

    # ---- one command ------------------------------------------------------------------------

    def _command(self, command: ShellCommand) -> None:
        command = _bare(command)
        if not command.words:
            return
        program = posixpath.basename(command.words[0].text)
        if found := _DIGEST.search(str(command)):
            self._take_digest(found[0])
        if command.nested and program not in ("apt-get", "apt"):
            if program not in QUIET:
                self.note(command, "is run under a condition or in a loop")
            return
        if command.nested:
            self.found.note(
                command.line, f"`{_short(str(command))}` was taken without its condition"
            )
        if builds.build(self, program, command):
            return
        action = _ACTIONS.get(program)
        if action is not None:
            action(self, command)
        elif program in TOLD or program not in QUIET:
            self.note(command)

    def _take_digest(self, digits: str) -> None:
        """`echo "…  file.tar.gz" | sha256sum -c` stands behind or before what it checks."""
        digest = f"sha{'256' if len(digits) == 64 else '512'}:{digits}"
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.code is None and last.why_not.endswith("`sha256:…`"):
            url = last.why_not.split("`")[1]
            place = last.place
            self.pieces[-1] = pieces.of_archive(url, last.line, digest)
            self.pieces[-1].place = place
        else:
            self._digest = digest

    # ---- packages ---------------------------------------------------------------------------

    def apt(self, command: ShellCommand) -> None:
        what, *names = _arguments(command) or ["update"]
        if what in APT_LATER:
            if "upgrade" in what or what == "build-dep":
                self.note(command, "has no counterpart, a lock says which versions there are")
            return
        if what != "install":
            self.note(command)
            return
        for word in names:
            self._apt_package(word, command.line)

    def _apt_package(self, word: str, line: int) -> None:
        if "$" in word or "`" in word or word.endswith((".deb", "-")) or "/" in word:
            self.found.note(line, f"`{_short(word)}` is no plain name of a package: left out")
            return
        name, _, version = word.partition("=")
        versions = _upstream(version) if version else ""
        want(self.found, Asked(name.partition(":")[0], line, versions, written=word), "debian")

    def rpm(self, command: ShellCommand) -> None:
        what, *names = _arguments(command) or [""]
        if what in ("install", "add", "in"):
            for word in names:
                want(self.found, Asked(word, command.line), "rpm")
        elif what not in ("clean", "update", "makecache", "upgrade", "refresh", "config-manager"):
            self.note(command)

    def pip(self, command: ShellCommand) -> None:
        texts = command.texts
        if "install" not in texts:
            return
        want(self.found, Asked("python", command.line), "")
        for flag, file in pairwise(texts):
            if flag in ("-r", "--requirement", "-c", "--constraint"):
                self.found.note(
                    command.line, f"`{file}` is another file: name what it lists in `needs`"
                )
        for word in _arguments(command):
            if word not in ("install", "pip", "setuptools", "wheel"):
                self._requirement(word, command)

    def _requirement(self, word: str, command: ShellCommand) -> None:
        if word.startswith((".", "/")) or "$" in word:
            self.note(command)
        else:
            require(self.found, word, command.line)

    def conda(self, command: ShellCommand) -> None:
        texts = command.texts
        if not {"install", "create"} & set(texts):
            if not {"clean", "config", "init", "activate", "update", "run"} & set(texts):
                self.note(command)
            return
        for flag, file in pairwise(texts):
            if flag in ("-f", "--file"):
                self.found.note(command.line, f"`{file}` is another file: import it by itself")
        for word in _arguments(command):
            if word not in ("install", "create"):
                want_conda(self.found, word, command.line)

    # ---- sources ----------------------------------------------------------------------------

    def git(self, command: ShellCommand) -> None:
        arguments = _arguments(command)
        if arguments[:1] == ["clone"] and len(arguments) > 1:
            self._clone(command, arguments)
        elif arguments[:1] == ["checkout"] and len(arguments) > 1:
            self._checkout(arguments[-1], command)
        elif arguments[:1] not in (["submodule"], ["config"], ["lfs"]):
            self.note(command)

    def _clone(self, command: ShellCommand, arguments: list[str]) -> None:
        url = arguments[1]
        branch = _option(command.texts, "-b", "--branch")
        attributes = (("tag", branch),) if branch and not _is_branch(branch) else ()
        piece = pieces.of_repository(url, command.line, attributes)
        folder = arguments[2] if len(arguments) > 2 else piece.name
        piece.place = self.path(folder)
        self.pieces.append(piece)

    def _checkout(self, state: str, command: ShellCommand) -> None:
        last = self.pieces[-1] if self.pieces else None
        url = last.why_not.split("`")[1] if last is not None and last.why_not else ""
        if last is None or not url or not last.why_not.endswith("no tag or commit"):
            self.note(command)
            return
        is_commit = re.fullmatch("[0-9a-f]{40}", state) is not None
        if not is_commit and (_is_branch(state) or re.fullmatch("[0-9a-f]{7,39}", state)):
            return
        kind = "commit" if is_commit else "tag"
        piece = pieces.of_repository(url, last.line, ((kind, state),))
        piece.place = last.place
        self.pieces[-1] = piece

    def download(self, command: ShellCommand) -> None:
        urls = [each for each in command.texts if re.match("https?://|ftp://", each)]
        if not urls:
            return
        for url in urls:
            self.archive(url, command.line, command)

    def archive(self, url: str, line: int, command: ShellCommand | None = None) -> None:
        """Something from the web: an archive is a source, other files are not carried."""
        digest, self._digest = self._digest, ""
        if pieces.is_archive(url) and "$" not in url:
            self.pieces.append(pieces.of_archive(url, line, digest))
        elif command is not None:
            self.note(command)
        else:
            self.found.note(line, f"`{_short(url)}` is no archive that is built: left out")

    # ---- folders and variables --------------------------------------------------------------

    def cd(self, command: ShellCommand) -> None:
        if len(command.words) > 1:
            self.folder = self.path(command.words[1].text)
            last = self.pieces[-1] if self.pieces else None
            if last is not None and not last.place:
                last.place = self.folder

    def path(self, written: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, written))

    def exported(self, name: str, word: Word, line: int) -> None:
        """A variable of the finished image, or of compilers."""
        if not word.is_plain and name not in PATHS:
            self.found.note(line, f"`{name}` is set to what is only known when it runs: left out")
        elif name in compiler_options.VARIABLES:
            compiler_options.carry(self.found, name, word.text, line)
        elif name in PATHS:
            self.found.note(line, f"`{name}` was left out: it follows from what is installed")
        elif name not in HOUSEKEEPING:
            self.found.variable(name, value_text(word.text), line)


Action = Callable[[Script, ShellCommand], None]
_ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(("apt-get", "apt", "aptitude"), Script.apt),
    **dict.fromkeys(("dnf", "yum", "microdnf", "tdnf", "zypper", "apk"), Script.rpm),
    **dict.fromkeys(("pip", "pip3", "uv"), Script.pip),
    **dict.fromkeys(("conda", "mamba", "micromamba"), Script.conda),
    **dict.fromkeys(("wget", "curl", "aria2c"), Script.download),
    **dict.fromkeys(("cd", "pushd"), Script.cd),
    "git": Script.git,
}


def _bare(command: ShellCommand) -> ShellCommand:
    """Without `sudo`, `exec` and variables before the program; `python -m pip` is pip."""
    words = list(command.words)
    while words and (words[0].text in ("sudo", "exec", "env", "command", "time")
                     or re.match(r"[A-Za-z_]\w*=", words[0].text)):  # fmt: skip
        words.pop(0)
    texts = [word.text for word in words[:3]]
    if len(texts) == 3 and re.match("python", texts[0]) and texts[1] == "-m":
        words = words[2:]
    return command._replace(words=tuple(words))


def _arguments(command: ShellCommand) -> list[str]:
    """Its words that are neither options nor values of options."""
    return list(_positional(command.texts[1:]))


def _positional(words: tuple[str, ...]) -> Iterator[str]:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in WITH_VALUE or word in ("--depth", "--branch", "-j", "--jobs")
        else:
            yield word


def _option(words: tuple[str, ...], *names: str) -> str:
    for place, word in enumerate(words):
        if word in names and place + 1 < len(words):
            return words[place + 1]
        for name in names:
            if name.startswith("--") and word.startswith(f"{name}="):
                return word.partition("=")[2]
    return ""


def _is_branch(name: str) -> bool:
    """A tag or commit stays what it is; names like these move."""
    return name in ("main", "master", "develop", "devel", "dev", "trunk") or "$" in name


def _upstream(version: str) -> str | None:
    """The part of Debian's version that the software's authors chose."""
    from envc.importing import ranges

    number = version.partition(":")[2] or version
    number = re.sub(r"[+~](dfsg|ds|repack|deb|really|git|ubuntu).*$", "", number.rpartition("-")[0]
                    or number)  # fmt: skip
    return ranges.series(number.removesuffix("*").rstrip("."))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
