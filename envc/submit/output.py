"""What the programs of a job wrote, piece by piece as it comes."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.submit.bring import FOLDER
from envc.submit.model import Answer, Names, State, Words, client
from envc.submit.place import Place
from envc.submit.record import Entry

Read = Mapping[str, int]
"""By file, how many bytes of it were read."""
_LIST = """\
cd "$1" || exit
shift
for pattern; do
  for file in $pattern; do
    [ ! -f "$file" ] || printf "%s\\n" "$file"
  done
done
"""
_REST = 'cd "$1" && exec tail -c "+$2" -- "$3"'


class Piece(NamedTuple):
    file: str
    text: str


class Heard(NamedTuple):
    pieces: tuple[Piece, ...]
    read: Read


def encoded(text: str) -> bytes:
    """As it was written, whether that is text or not."""
    return text.encode("utf-8", "surrogateescape")


def hear(entry: Entry, place: Place, read: Read, patience: int) -> Heard | Problem:
    """What is new since so much of each file was read."""
    if not entry.number:
        return Problem(f"job `{entry.id}` has no number yet: {entry.note}")
    if words := client(entry.scheduler).speaks(entry.number):
        return _spoken(entry, place, read, (words, patience))
    files = _files(entry, place, patience)
    if isinstance(files, Problem) or not files:
        return files if isinstance(files, Problem) else Heard((), read)
    folder = f"{FOLDER}/{entry.id}"
    asked = [
        ("sh", "-c", _REST, "rest", folder, str(read.get(each, 0) + 1), each) for each in files
    ]
    answers = place.ask(asked, patience)
    if isinstance(answers, Problem):
        return answers
    pieces = tuple(_pieces(files, answers))
    return Heard(pieces, {**read, **_sizes(read, pieces)})


def _files(entry: Entry, place: Place, patience: int) -> tuple[str, ...] | Problem:
    patterns = client(entry.scheduler).outputs(Names(entry.id, entry.name, entry.number))
    said = place.ask((("sh", "-c", _LIST, "list", f"{FOLDER}/{entry.id}", *patterns),), patience)
    if isinstance(said, Problem):
        return said
    (answer,) = said
    if answer.code:
        return Problem(f"the folder of job `{entry.id}` is not there any more: {answer.reason}")
    return tuple(dict.fromkeys(answer.text.splitlines()))


def _pieces(files: tuple[str, ...], answers: tuple[Answer, ...]) -> Iterator[Piece]:
    for file, answer in zip(files, answers, strict=True):
        if answer.text:
            yield Piece(file, answer.text)


def _sizes(read: Read, pieces: tuple[Piece, ...]) -> Read:
    return {each.file: read.get(each.file, 0) + len(encoded(each.text)) for each in pieces}


def _spoken(entry: Entry, place: Place, read: Read, asked: tuple[Words, int]) -> Heard | Problem:
    """Of a scheduler that keeps it itself: each time all of it."""
    words, patience = asked
    said = place.ask((words,), patience)
    if isinstance(said, Problem):
        return said
    (answer,) = said
    if answer.code and entry.state == State.WAITING.value:
        return Heard((), read)  # what has not begun has none
    if answer.code:
        return Problem(f"there is no output of job `{entry.id}`: {answer.reason}")
    text = encoded(answer.text)[read.get("", 0) :].decode("utf-8", "surrogateescape")
    pieces = (Piece("", text),) if text else ()
    return Heard(pieces, {**read, **_sizes(read, pieces)})
