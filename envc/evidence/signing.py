"""What there is to sign at a path, and the signing of it."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from envc.evidence import dsse, keygen, signatures, whole
from envc.evidence.signatures import IMAGE, Subject
from envc.evidence.sshsig import Signature
from envc.evidence.statements import STATEMENT
from envc.evidence.write import PROVENANCE, REPRODUCED
from envc.facts.problem import Problem

SEALED = ".intoto.jsonl"
"""How tools of in-toto call a file of sealed statements."""


@dataclass(frozen=True, slots=True)
class Statements:
    """A file of what is said about images: its signatures go around what they are for."""

    path: str
    statements: tuple[bytes, ...]

    @property
    def signature(self) -> str:
        return os.path.splitext(self.path)[0] + SEALED


Thing = Subject | Statements


def sign(thing: Thing, key: str) -> Signature | Problem:
    """Writes all of it beside, or nothing."""
    if isinstance(thing, Subject):
        return signatures.sign(thing, key)
    from envc.writing import write

    made: list[Signature] = []
    for each in thing.statements:
        signature = keygen.sign(dsse.encoded(each), IMAGE, key)
        if isinstance(signature, Problem):
            return signature
        made.append(signature)
    lines = map(dsse.sealed, thing.statements, made)
    write(thing.signature, "".join(f"{line}\n" for line in lines))
    return made[-1]


# ---- finding -------------------------------------------------------------------------------------


def found(paths: Iterable[str]) -> tuple[Thing, ...] | Problem:
    """All is there and whole before anything is signed."""
    things: list[Thing] = []
    for path in (each for given in paths for each in _inside(given)):
        thing = _thing(path)
        if isinstance(thing, Problem):
            return thing
        things.append(thing)
    return tuple(things)


def _inside(path: str) -> Iterator[str]:
    """Of a folder that `envc build` wrote, all that can be signed in it; else the path itself."""
    there: list[str] = []
    if os.path.isdir(path) and not whole.is_layout(path):
        there = [os.path.join(path, name) for name in sorted(os.listdir(path))]
    yield from [each for each in there if _is_of_a_build(each)] or [path]


def _is_of_a_build(path: str) -> bool:
    name = os.path.basename(path)
    return whole.is_layout(path) or name.endswith(".sif") or name in (PROVENANCE, REPRODUCED)


def _thing(path: str) -> Thing | Problem:
    if path.endswith(".envc"):
        from envc.resolve.fresh import beside

        return _lock(beside(path))
    if path.endswith(".lock"):
        return _lock(path)
    if path.endswith((".json", ".jsonl")):
        return _statements(path)
    if path.endswith(".sif") or whole.is_layout(path):
        return signatures.image(path)
    return Problem(
        f"`{path}` is nothing that is signed",
        "name a spec, a lock, an image, or a file of statements",
    )


def _lock(path: str) -> Thing | Problem:
    from envc.lock.text import read

    subject = signatures.lock(path)
    if isinstance(subject, Problem):
        return subject
    lock = read(subject.message.decode("utf-8", "replace"))
    return Problem(f"`{path}`: {lock.message}", lock.help) if isinstance(lock, Problem) else subject


def _statements(path: str) -> Thing | Problem:
    """One that fills the file, or one a line."""
    data = signatures.read(path)
    if isinstance(data, Problem):
        return data
    lines = tuple(line for line in data.split(b"\n") if line.strip())
    for parts in ((data,), lines):
        if parts and all(map(_is_statement, parts)):
            return Statements(path, parts)
    return Problem(f"`{path}` holds something else than statements of in-toto")


def _is_statement(data: bytes) -> bool:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("_type") == STATEMENT
