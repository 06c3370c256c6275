"""A Dockerfile as its list of instructions, read as BuildKit reads it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from envc.importing.found import Refused


class Instruction(NamedTuple):
    word: str
    """In capitals."""
    flags: tuple[str, ...]
    text: str
    """All behind the flags. A line that goes on ends in a backslash, whatever stood there."""
    line: int
    documents: tuple[str, ...] = ()
    """The texts of its here-documents."""
    document_line: int = 0


WORDS = frozenset({
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
    "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
})  # fmt: skip
_DIRECTIVE = re.compile(r"\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.*?)\s*$")
_FLAG = re.compile(r"\s*(--[A-Za-z][^\s\\]*)(?:\\\n)?")
_DOCUMENT = re.compile(r"(?<!<)<<(?P<tabs>-?)\s*(?P<quote>['\"]?)(?P<end>[A-Za-z_]\w*)(?P=quote)")
_TAKES_DOCUMENTS = frozenset({"ADD", "COPY", "RUN"})


def instructions(text: str) -> list[Instruction] | Refused:
    lines = text.splitlines()
    escape = _escape(lines)
    found: list[Instruction] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            at += 1
            continue
        logical, end = _logical(lines, at, escape)
        read = _instruction(logical, at + 1)
        if isinstance(read, Refused):
            return read
        documents, behind = _documents(read, lines, end)
        found.append(read._replace(documents=documents, document_line=end + 1))
        at = behind
    return found


def _escape(lines: list[str]) -> str:
    """`# escape=` counts only above everything else."""
    for line in lines:
        directive = _DIRECTIVE.match(line)
        if directive is None:
            break
        if directive[1].lower() == "escape" and directive[2] == "`":
            return "`"
    return "\\"


def _logical(lines: list[str], at: int, escape: str) -> tuple[str, int]:
    """A line and those that it goes on in, and where the next one begins.

    Comments and empty lines in between say nothing, and keep the count of lines right.
    """
    goes_on = re.compile(re.escape(escape) + r"[ \t]*$")
    parts: list[str] = []
    place = at
    open_ = True
    while open_ and place < len(lines):
        line = lines[place]
        place += 1
        if parts and (not line.strip() or line.lstrip().startswith("#")):
            parts.append("")
            continue
        open_ = goes_on.search(line) is not None
        parts.append(goes_on.sub("", line))
    return "\\\n".join(parts), place


def _instruction(logical: str, line: int) -> Instruction | Refused:
    match = re.match(r"(?:\s|\\\n)*([A-Za-z]+)(?=\s|\\\n|$)", logical)
    word = match[1].upper() if match is not None else ""
    if match is None or word not in WORDS:
        shown = "".join(logical.split(maxsplit=1)[:1])[:40]
        return Refused(line, f"`{shown}` is no instruction of a Dockerfile")
    flags: list[str] = []
    at = match.end()
    if word in ("ADD", "COPY", "FROM", "RUN", "HEALTHCHECK"):
        while flag := _FLAG.match(logical, at):
            flags.append(flag[1])
            at = flag.end()
    rest = logical[at:]
    leading = re.match(r"(?:\s|\\\n)*", rest)
    skipped = leading.end() if leading is not None else 0
    line += logical.count("\n", 0, at + skipped)
    return Instruction(word, tuple(flags), rest[skipped:].rstrip(), line)


def _documents(read: Instruction, lines: list[str], at: int) -> tuple[tuple[str, ...], int]:
    if read.word not in _TAKES_DOCUMENTS:
        return (), at
    texts: list[str] = []
    for mark in _DOCUMENT.finditer(read.text):
        began = at
        while at < len(lines) and _plain(lines[at], mark) != mark["end"]:
            at += 1
        body = lines[began:at]
        texts.append("\n".join(_plain(each, mark) for each in body) + "\n")
        at = min(at + 1, len(lines))
    return tuple(texts), at


def _plain(line: str, mark: re.Match[str]) -> str:
    return line.lstrip("\t") if mark["tabs"] else line


def listed(text: str) -> list[str] | None:
    """`["a", "b"]`, the form that needs no shell; None for all else."""
    import json

    joined = text.replace("\\\n", " ")
    if not joined.startswith("["):
        return None
    try:
        read = json.loads(joined)
    except (ValueError, RecursionError):
        return None
    is_list = isinstance(read, list) and all(isinstance(each, str) for each in read)
    return read if is_list else None


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """`A=b C="d e"`, quotes and variables left as they stand, or the old `A all the rest`."""
    joined = text.replace("\\\n", " ").strip()
    found = re.findall(
        r"((?:[^\s=\"']|\"[^\"]*\"|'[^']*')+)=((?:\\.|[^\s\"'\\]|\"(?:\\.|[^\"\\])*\"|'[^']*')*)",
        joined,
    )
    if re.match(r"[^\s=]+=", joined):
        yield from found
    else:
        name, _, value = joined.partition(" ")
        yield name, value.strip()
