"""What was made from known bytes by known tools, so that it is made once.

```
packed/ab/ab12…   says which object came of what has this digest
```
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from envc.facts.problem import Problem
from envc.store import safety, turns
from envc.store.content import Content, digits, is_digits
from envc.store.folders import LOCK, PACKED
from envc.store.incoming import Incoming
from envc.store.objects import Store
from envc.store.progress import Show
from envc.store.trouble import NotStoredError
from envc.writing import write

VERSION = 1
"""Counted up where the same facts give other bytes."""


def key(*facts: str) -> str:
    """Of all that has a part in the bytes."""
    return f"sha256:{sha256(json.dumps((VERSION, *facts)).encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store has of it."""

    store: Store
    show: Show

    def made(self, of: str, make: Callable[[Incoming], None]) -> Content:
        """From the store, or by `make`; of two processes that want it, one makes it."""
        with _alone(self.store, of):
            if there := self._found(of):
                return there
            with self.store.incoming(of) as coming:
                if coming is None:
                    message = f"the store has an object {of}, which is no object's"
                    raise NotStoredError(Problem(message))
                coming.restart()
                try:
                    make(coming)
                except BaseException:
                    coming.give_up()
                    raise
                self.store.settle(coming)
            write(_place(self.store, of), f"{coming.content.digest} {coming.content.size}\n")
            return coming.content

    def _found(self, of: str) -> Content | None:
        """Only with the bytes that were made: a damaged object is set aside, and made again."""
        place = _place(self.store, of)
        if not turns.use(self.store.folder, place):
            return None
        try:
            with open(place, encoding="ascii") as file:
                digest, _, size = file.read().strip().partition(" ")
        except (OSError, UnicodeDecodeError):
            return None
        if not is_digits(digest.removeprefix("sha256:")) or not size.isdigit():
            return None
        if self.store.find(digest) is None:
            return None
        if isinstance(object_ := self.store.verified(digest), Problem):
            self.show.tells(f"{object_.message}; it is made again")
            return None
        return Content(digest, int(size))


@contextmanager
def _alone(store: Store, of: str) -> Iterator[None]:
    path = _place(store, of)
    if refused := store.refusal():
        raise NotStoredError(refused)
    safety.make_folder(os.path.dirname(path))
    if refused := safety.refusal_inside(os.path.dirname(path)):
        raise NotStoredError(refused)
    with turns.alone(f"{path}{LOCK}"):
        yield


def _place(store: Store, of: str) -> str:
    return os.path.join(store.folder, PACKED, digits(of)[:2], digits(of))
