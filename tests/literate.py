"""Examples in Markdown, run as tests: what a fenced block holds, and whether it is true.

CONTRIBUTING.md, "Examples in the documentation", says how they are written.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from envc.check import check_source
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse
from tests.debian_suites import STORE
from tests.own_apt import mirror

_FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKS = re.compile(r"#((?:\s+[EW]\d{4},?)+)\s*$")
_HEADER = "envc 1\n\n"
AROUND: dict[str, tuple[str, ...]] = {
    "": (),
    "items": (),
    "app": ("app example@1.0.0 {",),
    "run": ("app example@1.0.0 {", "run example {"),
    "package": ("package example {",),
    "site": ("site example {",),
    "campaign": ("campaign example {",),
}
"""What a block that is part of a file stands in, by the word behind `envc`."""
_FILLED: dict[str, tuple[str, ...]] = {
    "app": ('source dir "."',),
    "run": ('command "example"',),
    "package": ("provider guix { example }",),
    "site": ("scheduler local",),
}
"""What cannot be left out of them, and is no news to a reader: added where it is not there."""


class Block(NamedTuple):
    language: str
    argument: str
    """The second word of its first line: what an `envc` block is part of, or a file's name."""
    text: str
    start: int
    """Where its text begins in the page."""

    @property
    def is_file(self) -> bool:
        return "." in self.argument


def blocks(markdown: str) -> Iterator[Block]:
    for found in _FENCE.finditer(markdown):
        yield Block(found[1], found[2] or "", found[3], found.start(3))


# ---- specs ---------------------------------------------------------------------------------------

Told = list[tuple[int, str]]
"""The line and the code of each diagnostic."""


def told(text: str, name: str = "page.envc") -> Told:
    source = Source(name, text)
    return sorted(
        (source.position(each.place.span.start).line, each.rule.code)
        for each in check_source(source).diagnostics
    )


def marked(text: str) -> Told:
    return sorted(
        (number, code.strip(","))
        for number, line in enumerate(text.splitlines(), 1)
        if (found := _MARKS.search(line))
        for code in found[1].split()
    )


def whole(block: Block, *, filled: bool) -> str:
    """The file that a block is part of; `filled` has all that a file of its kind needs."""
    around = AROUND[block.argument]
    if not block.argument:
        return block.text
    added = ""
    for filling in _FILLED.get(block.argument, ()) if filled else ():
        key = filling.split()[0]
        if not re.search(rf"^(?:{key}|exec)\b", block.text, re.MULTILINE):
            added += f"{'  ' * len(around)}{filling}\n"
    opened = "".join(f"{'  ' * depth}{line}\n" for depth, line in enumerate(around))
    closed = "".join(f"{'  ' * depth}}}\n" for depth in reversed(range(len(around))))
    inner = "".join(
        f"{'  ' * len(around)}{line}" if line.strip() else line
        for line in block.text.splitlines(keepends=True)
    )
    return _HEADER + opened + added + inner + closed


def laid_out(text: str) -> str | None:
    """The canonical form; None for a text with syntax errors, which has none."""
    parsed = parse(Source("page.envc", text))
    return None if parsed.diagnostics else layout(parsed.file)


# ---- console blocks ------------------------------------------------------------------------------


def follow(session: str, folder: Path) -> None:
    """Types what stands behind `$` and compares what comes back; `...` stands for anything."""
    terminal = Terminal(folder)
    for command, expected in steps(session):
        shown = terminal.type(command)
        assert _fits(shown, expected), f"$ {command}\n{shown}"


class Terminal:
    """A folder, and what a person types and writes in it."""

    def __init__(self, folder: Path) -> None:
        self._home = self._folder = folder

    def retold(self, session: str) -> str:
        """The session as it goes today: with what comes back wherever that is not as written."""
        said = ""
        for command, expected in steps(session):
            shown = self.type(command)
            said += f"$ {command}{expected if _fits(shown, expected) else shown}"
        return said

    def type(self, command: str) -> str:
        """What comes back: both streams, in the order in which a terminal shows them."""
        if command.startswith("cd "):
            self._folder = self._folder / command[3:].strip()
            return ""
        scripts = os.path.dirname(sys.executable)
        environ = {
            **{k: v for k, v in os.environ.items() if k == "PYTHONPATH"},
            "PATH": f"{scripts}:{os.environ['PATH']}",
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
            "HOME": str(self._home),
            "ENVC_MIRROR": str(STORE),
            "ENVC_DEBIAN_MIRROR": mirror(),
        }
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self._folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        return done.stdout.decode()

    def write(self, block: Block) -> None:
        """A block with a file's name is that file; a `diff` with one is a change of it."""
        path = self._folder / block.argument
        path.parent.mkdir(parents=True, exist_ok=True)
        changed = block.language == "diff"
        path.write_text(patched(path.read_text(), block.text) if changed else block.text)


def steps(session: str) -> list[tuple[str, str]]:
    """Each command, with its line end, and what it prints."""
    found: list[tuple[str, str]] = []
    here = False  # inside a here-document
    for line in session.splitlines(keepends=True):
        if here:
            found[-1] = (found[-1][0] + line, "")
            here = line != "END\n"
        elif line.startswith("$ "):
            found.append((line[2:], ""))
            here = "<< 'END'" in line
        else:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


def _fits(shown: str, expected: str) -> bool:
    lines = expected.splitlines()
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + "\n"
        for line in lines
    )
    return re.fullmatch(pattern, shown) is not None


def patched(text: str, diff: str) -> str:
    """The text with the lines of a diff replaced; they stand in it exactly once."""
    for hunk in re.split(r"^@@.*\n", diff, flags=re.MULTILINE):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        behind = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(before) == 1, f"not once in the file:\n{before}"
        text = text.replace(before, behind)
    return text
