"""What was built before, by a key of all that it was made from.

```
built/KEY     what came out: objects of the store, and the digest of a tree
trees/KEY     a file system that later steps start from, as it lay when it was made
```
Nothing of it is believed unseen: an object is hashed before it is used, and so is a tree, as the
canonical tar of its files.
"""

import errno
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from envc import writing
from envc.build import trees
from envc.build.bench import Bench
from envc.build.entering import call
from envc.build.room import Call, Room
from envc.facts.problem import Problem
from envc.store import safety, turns
from envc.store.content import Content
from envc.store.folders import BUILT, LOCK, TREES
from envc.store.trouble import NotStoredError

VERSION = 1
"""Counted up where the same facts give something else."""
LAYER, LOG, COMPILED, TREE = "layer", "log", "compiled", "tree"

Made = Mapping[str, Content]
"""By what each is: `layer`, `log`, and `tree` for the one beside."""


def key(**facts: object) -> str:
    """Of everything that has a say in what comes out."""
    text = json.dumps({"version": VERSION, **facts}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def alone(bench: Bench, key: str) -> Iterator[None]:
    """Whoever wants the same waits, and then finds it."""
    with turns.alone(f"{_place(bench, BUILT, key)}{LOCK}"):
        yield


def found(bench: Bench, key: str) -> Made | None:
    """None where it is not there, or where an object is no longer what it was, which is told."""
    made = _entry(bench, key)
    for name, content in (made or {}).items():
        if name == TREE:
            continue
        if bench.store.find(content.digest) is None:
            return None
        object_ = bench.store.verified(*content)
        if isinstance(object_, Problem):
            bench.show.tells(f"{object_.message}; it is made again")
            return None
    return made


def tree(bench: Bench, key: str) -> str | Problem | None:
    """The path of a tree, once all of it was read; None where it has to be made again."""
    made = _entry(bench, key)
    place = _place(bench, TREES, key)
    if made is None or TREE not in made or not os.path.isdir(place):
        return None
    if place in bench.seen:
        return place
    seen = _digest(bench, place)
    if seen == made[TREE]:
        bench.seen.add(place)
        return place
    if isinstance(seen, Problem):
        return None
    bench.show.tells(f"`{place}` is damaged; it is made again")
    return None


def keep(bench: Bench, key: str, made: Made) -> None:
    """From here on, it is found."""
    text = json.dumps({name: list(content) for name, content in made.items()})
    path = _place(bench, BUILT, key)
    if os.path.exists(path):
        os.unlink(path)
    writing.write(path, text)


def keep_tree(bench: Bench, key: str, folder: str, made: Made) -> str | Problem:
    """Takes a folder of the scratch, and gives the path that it has then."""
    content = _digest(bench, folder)
    if isinstance(content, Problem):
        return content
    place = _place(bench, TREES, key)
    if os.path.lexists(place):
        bench.discard(place)
    os.rename(folder, place)
    keep(bench, key, {**made, TREE: content})
    return place


def path(bench: Bench, content: Content) -> str:
    """Of an object that was just found."""
    place = bench.store.find(content.digest)
    if place is None:
        raise FileNotFoundError(errno.ENOENT, "gone from the store meanwhile", content.digest)
    return place


# ---- on the disk ---------------------------------------------------------------------------------


def _entry(bench: Bench, key: str) -> Made | None:
    path = _place(bench, BUILT, key)
    if not turns.use(bench.store.folder, path):
        return None
    try:
        with open(path, encoding="ascii") as file:
            said = json.loads(file.read())
        return {name: Content(digest, size) for name, (digest, size) in said.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return None  # a disk that lost power can leave anything


def _digest(bench: Bench, folder: str) -> Content | Problem:
    said = call(Room(), Call(trees.digest, (folder,)), bench.identities)
    return said if isinstance(said, Problem) else Content(*said)


def _place(bench: Bench, kind: str, key: str) -> str:
    folder = os.path.join(bench.store.folder, kind)
    safety.make_folder(folder)
    if refused := safety.refusal_inside(folder):
        raise NotStoredError(refused)
    return os.path.join(folder, key)
