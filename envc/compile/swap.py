"""Replaces a folder by another one that was made beside it.

Whatever moment a run is killed at, the folder is as it was or as it should be, or `recover` makes
it so. What envc did not write there is moved along and never deleted.

```
.x86_64_v3.envc-new   a folder that is being made
.x86_64_v3.envc-old   one that was replaced, until what others put there has moved
```
"""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress

from envc import writing
from envc.compile.compare import digest, has_mode, record
from envc.compile.tree import RECORD, Entry, Folder, Text
from envc.store.objects import Store

_NEW, _OLD = ".envc-new", ".envc-old"
_FOLDER, _PROGRAM, _FILE = 0o755, 0o755, 0o644
"""Modes reach images, so no umask has a say."""


def swap(place: str, folder: Folder, store: Store) -> None:
    new, old = _beside(place, _NEW), _beside(place, _OLD)
    os.makedirs(os.path.dirname(place), exist_ok=True)
    _make(new, place, folder, store)
    with suppress(FileNotFoundError):
        os.rename(place, old)
    os.rename(new, place)
    _finish(place, old)


def recover(place: str) -> None:
    """Ends what a killed run began, or takes it back."""
    new, old = _beside(place, _NEW), _beside(place, _OLD)
    if os.path.isdir(old) and not os.path.lexists(place):
        os.rename(old, place)
    _finish(place, old)
    if os.path.isdir(new):
        shutil.rmtree(new)


def replace(path: str, text: str) -> None:
    """A single file, whole at any moment."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    forget(path)
    writing.create(_beside(path, _NEW), text)
    os.chmod(_beside(path, _NEW), _FILE)
    os.replace(_beside(path, _NEW), path)


def forget(path: str) -> None:
    """What a killed run left of a single file."""
    _unlink(_beside(path, _NEW))


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        os.unlink(path)


def _beside(place: str, ending: str) -> str:
    folder, name = os.path.split(place)
    return os.path.join(folder, f".{name}{ending}")


# ---- the new one ---------------------------------------------------------------------------------


def _make(new: str, place: str, folder: Folder, store: Store) -> None:
    _make_folder(new)
    for entry in folder.entries:
        path, before = os.path.join(new, entry.path), os.path.join(place, entry.path)
        _make_folder(os.path.dirname(path))
        if digest(before) == entry.digest and has_mode(before, entry):
            _same_file(before, path)
        else:
            _fresh_file(path, entry, store)


def _make_folder(path: str) -> None:
    if not os.path.isdir(path):
        _make_folder(os.path.dirname(path))
        os.mkdir(path)
        os.chmod(path, _FOLDER)


def _same_file(before: str, path: str) -> None:
    """The file itself, so that it keeps its time and whoever caches by it need not look again."""
    try:
        os.link(before, path)
    except OSError:  # not every file system has links
        shutil.copy2(before, path)


def _fresh_file(path: str, entry: Entry, store: Store) -> None:
    if isinstance(entry, Text):
        writing.create(path, entry.text)
    else:
        found = store.find(f"sha256:{entry.digest}")
        if found is None:
            raise FileNotFoundError(2, "gone from the store meanwhile", entry.path)
        shutil.copyfile(found, path)
        if digest(path) != entry.digest:
            raise OSError(5, "damaged on its way from the store", entry.path)
    os.chmod(path, _PROGRAM if entry.executable else _FILE)


# ---- the old one ---------------------------------------------------------------------------------


def _finish(place: str, old: str) -> None:
    """Deletes what envc wrote of a replaced folder, and moves the rest along."""
    if os.path.isdir(old):
        _clear(old, place, "", record(old))


def _clear(old: str, place: str, below: str, written: Mapping[str, object]) -> None:
    folder = os.path.join(old, below)
    for name in sorted(os.listdir(folder), key=lambda name: (name == RECORD, name)):
        path = os.path.join(below, name)
        if path in written or path == RECORD:  # which goes last: it says what is envc's own
            os.unlink(os.path.join(old, path))
        elif _is_shared(old, place, path, written):
            _clear(old, place, path, written)
        else:
            target = os.path.join(place, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            os.rename(os.path.join(old, path), target)
            _unlink(os.path.join(old, path))  # two names of one file are both still there
    with suppress(OSError):  # something new came in meanwhile
        os.rmdir(folder)


def _is_shared(old: str, place: str, path: str, written: Mapping[str, object]) -> bool:
    """Whether it is a folder in which envc has, or had, something too."""
    paths = (os.path.join(each, path) for each in (old, place))
    had = any(each.startswith(f"{path}/") for each in written)
    return had or all(os.path.isdir(each) and not os.path.islink(each) for each in paths)
