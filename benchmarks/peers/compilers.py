"""What the compilers were told, whatever says so in a recipe: from a list of programs started.

`strace -f -e trace=execve` writes such a list. gcc starts `cc1` once for each file that it
compiles, with every option that is in force, wherever it came from.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_STARTED = re.compile(r'^\d+ +execve\("([^"]*)", \[(.*?)\](?:, |$)')
_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"')
_COMPILERS = frozenset({"cc1", "cc1plus", "f951"})
_SOURCE = re.compile(r"\.(c|cc|cpp|cxx|C|f|for|f77|f90|F|F90)$")
_WITH_A_VALUE = frozenset(
    ("-o", "-I", "-D", "-MF", "-MT", "-MQ", "-MD", "-MMD", "-dumpbase", "-dumpbase-ext", "-dumpdir")
)
_PROBE = re.compile(
    r"(^|/)(conftest|CMake\w*Compiler(Id|ABI)|test_mpi|try_?run)|CMakeFiles/|/cmake-"
)
"""What `configure` and CMake compile to learn what there is; nothing of it is kept."""
_ARCHIVE = re.compile(r"([A-Za-z]\w*?)(?:-[\d.]+)?\.tar\.\w+$")


class Compiled(NamedTuple):
    """The files of one project."""

    project: str
    files: int
    marched: int
    """With the wanted `-march`, and no other after it."""


def compiled(log: Iterable[str], own: str, march: str) -> tuple[Compiled, ...]:
    """By project, in the order in which they were built: the archive that was unpacked last.

    What is compiled before any archive is unpacked belongs to the project `own`.
    """
    project, found = own, dict[str, list[tuple[str, ...]]]()
    for words in started(log):
        program = words[0].rpartition("/")[2]
        if program == "tar":
            project = _unpacked(words) or project
        elif program in _COMPILERS and _is_a_file_of_the_project(words):
            found.setdefault(project, []).append(words)
    return tuple(
        Compiled(
            name,
            len(several),
            sum(_march(each) == march for each in several),
        )
        for name, several in found.items()
    )


def started(log: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The words of each program; those are left out that were looked for where they are not."""
    for line in log:
        match = _STARTED.match(line)
        if match and not re.search(r"\) += -1 ", line):
            yield (match[1], *_WORD.findall(match[2])[1:])


def _unpacked(words: tuple[str, ...]) -> str:
    found = [match[1] for each in words[1:] if (match := _ARCHIVE.search(each))]
    return found[0] if found else ""


def _is_a_file_of_the_project(words: tuple[str, ...]) -> bool:
    if {"-E", "-fsyntax-only"} & set(words):
        return False
    before = ("", *words)
    sources = [
        word
        for word, last in zip(words[1:], before[1:], strict=False)
        if _SOURCE.search(word) and not word.startswith("-") and last not in _WITH_A_VALUE
    ]
    return bool(sources) and not _PROBE.search(sources[0])


def _march(words: tuple[str, ...]) -> str:
    found = [word.removeprefix("-march=") for word in words if word.startswith("-march=")]
    return found[-1] if found else ""
