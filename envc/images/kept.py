"""What was made from known bytes by known tools, so that it is made once.

```
packed/ab/ab12…   says which object came of what has this digest
```
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256

from envc.facts.problem import Problem
from envc.store import safety
from envc.store.content import Content, digits, is_digits
from envc.store.incoming import Incoming
from envc.store.objects import Store
from envc.store.trouble import NotStoredError
from envc.writing import write

_FOLDER = "packed"


def key(*facts: str) -> str:
    """Of all that has a part in the bytes."""
    return f"sha256:{sha256(json.dumps(facts).encode()).hexdigest()}"


def found(store: Store, of: str) -> Content | None:
    """Only with the bytes that were made: a damaged object is set aside, and made again."""
    folder, path = _place(store, of)
    if store.refusal() or safety.refusal_inside(folder):
        return None
    try:
        with open(path, encoding="ascii") as file:
            digest, _, size = file.read().strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        return None
    if not is_digits(digest.removeprefix("sha256:")) or not size.isdigit():
        return None
    return Content(digest, int(size)) if isinstance(store.verified(digest), str) else None


def made(store: Store, of: str, make: Callable[[Incoming], None]) -> Content:
    """From the store, or by `make`; of two processes that want it, one makes it."""
    with _alone(store, of):
        if there := found(store, of):
            return there
        with store.incoming(of) as coming:
            if coming is None:
                raise NotStoredError(Problem(f"the store has an object {of}, which is no object's"))
            coming.restart()
            try:
                make(coming)
            except BaseException:
                coming.give_up()
                raise
            store.settle(coming)
        _note(store, of, coming.content)
        return coming.content


@contextmanager
def _alone(store: Store, of: str) -> Iterator[None]:
    folder, path = _place(store, of)
    if refused := store.refusal():
        raise NotStoredError(refused)
    safety.make_folder(folder)
    if refused := safety.refusal_inside(folder):
        raise NotStoredError(refused)
    with open(f"{path}.lock", "ab") as file:
        with suppress(OSError):  # some network file systems lock no files
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _note(store: Store, of: str, content: Content) -> None:
    _, path = _place(store, of)
    write(path, f"{content.digest} {content.size}\n")


def _place(store: Store, of: str) -> tuple[str, str]:
    folder = os.path.join(store.folder, _FOLDER, digits(of)[:2])
    return folder, os.path.join(folder, digits(of))
