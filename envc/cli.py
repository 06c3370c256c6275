"""The command line: which command is meant, and how envc ends. Imports only that command."""

import gc
import os
import sys

from envc import __version__, exits

TYPE_CHECKING = False  # typing's own would cost each start 9 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from envc.options import Parser

COMMANDS: dict[str, str] = {
    "init": "write a first spec",
    "check": "say everything that is wrong with specs",
    "fmt": "lay specs out in the one canonical way",
    "import": "make a spec of a Dockerfile, spack.yaml and others",
    "explain": "say what a diagnostic, a target or a package is",
    "targets": "CPU targets, their flags, and what this host runs",
    "lock": "write down what was chosen, so that it stays",
    "compile": "write the recipes of a locked spec, a folder for each target",
    "build": "make the images of a locked spec",
    "run": "start a run of a spec on this machine",
    "submit": "hand a run to the scheduler of a site",
    "status": "what has become of jobs that were handed in",
    "logs": "what the program of a job has written",
    "cancel": "end a job that was handed in",
    "forget": "remove what jobs that are over have left",
    "verify": "build again under other conditions, and show what differs",
    "diff": "what changed between two locks, in words",
    "fetch": "fill the store with all that a lock needs",
    "mirror": "carry what locks need to where there is no network",
    "store": "how much is kept, and how to be rid of it",
    "graph": "draw what an app depends on",
    "why": "every path by which a package is needed",
    "sbom": "list what an image is made from, as CycloneDX or SPDX",
    "sign": "sign a lock, an image or what is said of it, with a key of ssh",
    "selector": "the script that picks a target on its node",
    "audit": "find instructions beyond a target in built files",
    "doctor": "what this machine has of all that envc can use",
    "lsp": "the language server that editors start",
}
"""Each is a module of `envc.commands` with `add_parser(subparsers)` and `run(args)`; where it has
`TAKES_WORDS`, what stands behind `--` is `args.words`, whatever it looks like."""
_MODULES = {"import": "import_"}
"""Where the command's name is a word of Python's own."""

_SHARED = ("-q", "--quiet", "-v", "--verbose")


def main(argv: "Sequence[str] | None" = None) -> int:
    given = list(sys.argv[1:] if argv is None else argv)
    # A command makes many values, hardly any of which form cycles: looking for them less often
    # saves a tenth of its time.
    gc.set_threshold(50_000, 20, 20)
    try:
        _soften_streams()
        code = _ended(given)
        _flush()
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        code = exits.PIPE_CLOSED
    except OSError as problem:
        code = _told_problem(problem, given)
    except Exception as bug:  # noqa: BLE001 - whatever it is, it is told as a bug
        code = _told_bug(bug, given)
    _close_output()
    return code


def _ended(given: list[str]) -> int:
    """argparse ends the program where it prints a help or an error: here that is an answer too."""
    try:
        return _run(given)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else exits.FINE


def _run(given: list[str]) -> int:
    before, name, rest = _split(given)
    if "--version" in before or "-V" in before:
        print(f"envc {__version__}")  # noqa: T201
        return exits.FINE
    if "--help" in before or "-h" in before:
        print(_help(), end="")  # noqa: T201
        return exits.FINE
    if name is None:
        unknown = [word for word in before if word not in _SHARED]
        if unknown:
            return _refused("option", unknown[0], [*_SHARED, "--help", "--version"])
        _say(_help())
        return exits.USAGE
    if name not in COMMANDS:
        return _refused("command", name, COMMANDS)
    return _run_command(name, [*before, *rest])


def _split(given: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Options before the command, the command, and what follows it."""
    for place, word in enumerate(given):
        if not word.startswith("-"):
            return given[:place], word, given[place + 1 :]
    return given, None, []


def _run_command(name: str, words: list[str]) -> int:
    from importlib import import_module

    from envc.options import Parser

    command: Any = import_module(f"envc.commands.{_MODULES.get(name, name)}")
    parser = Parser(prog="envc")
    subparsers = parser.add_subparsers(dest="command")
    command.add_parser(subparsers)
    chosen: Parser = subparsers.choices[name]
    _add_shared(chosen)
    takes_words = getattr(command, "TAKES_WORDS", False)
    place = words.index("--") if takes_words and "--" in words else len(words)
    if takes_words:
        # Otherwise a word that may be left out has to stand before all options.
        args, unknown = chosen.parse_known_intermixed_args(words[:place])
        args.words = words[place + 1 :]
    else:
        args, unknown = parser.parse_known_args([name, *words])
    if unknown:
        chosen.refuse(unknown)
    code: int = command.run(args)
    return code


def _add_shared(parser: "Parser") -> None:
    from argparse import ArgumentError
    from contextlib import suppress

    for short, long, about in (
        ("-q", "--quiet", "say only what is wrong"),
        ("-v", "--verbose", "say more, and where a bug of envc lies"),
    ):
        with suppress(ArgumentError):  # the command gives it a meaning of its own
            parser.add_argument(short, long, action="store_true", help=about)


def _help() -> str:
    widest = max(map(len, COMMANDS))
    commands = "\n".join(f"  {name:<{widest}}  {about}" for name, about in COMMANDS.items())
    return f"""\
envc {__version__}: a compiler for reproducible scientific software environments

usage: envc [--quiet] [--verbose] COMMAND ...
       envc COMMAND --help
       envc --version

{commands}

exit codes: 0 fine, 1 mistakes in the input, 2 wrong usage, 70 a bug in envc
"""


def _refused(kind: str, word: str, known: "Iterable[str]") -> int:
    from envc.facts.words import close
    from envc.options import did_you_mean

    _say(f"envc: unknown {kind} {word}{did_you_mean(close(word, known))}\n  see `envc --help`\n")
    return exits.USAGE


# ---- ends that nobody wished for -----------------------------------------------------------------


def _told_problem(problem: OSError, given: list[str]) -> int:
    """The disk is full, a folder may not be written: not envc's mistake, nor the spec's."""
    if _verbose(given):
        _say_traceback(problem)
    reason = problem.strerror or str(problem)
    where = f"{problem.filename}: " if problem.filename is not None else ""
    _say(f"envc: {where}{reason[:1].lower()}{reason[1:]}\n")
    return exits.DIAGNOSTICS


def _told_bug(bug: Exception, given: list[str]) -> int:
    from shlex import join

    if _verbose(given):
        _say_traceback(bug)
    said = f"{type(bug).__name__}: {bug}".removesuffix(": ")
    command = join(["envc", "--verbose", *given])
    _say(
        f"envc: this is a bug in envc {__version__}, not a mistake of yours: {said}{_place(bug)}\n"
        f"  please report it with your files and with what this prints: {command}\n"
    )
    return exits.BUG


def _place(bug: Exception) -> str:
    trace = bug.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    *_, folder, name = ("", *trace.tb_frame.f_code.co_filename.split(os.sep))
    return f" ({folder}/{name}:{trace.tb_lineno})"


def _say_traceback(problem: Exception) -> None:
    from traceback import format_exception

    _say("".join(format_exception(problem)))


def _verbose(given: list[str]) -> bool:
    return "-v" in given or "--verbose" in given


# ---- streams -------------------------------------------------------------------------------------


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr)  # noqa: T201


def _soften_streams() -> None:
    """A letter that the terminal cannot show is shown as its number, not as a traceback."""
    from io import TextIOWrapper

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _flush() -> None:
    # A stream is None where the program was started without it.
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()


def _close_output() -> None:
    """What cannot be written any more is dropped, or Python would fail over it once again."""
    try:
        _flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
