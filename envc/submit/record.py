"""The record of jobs, beside the lock: SQLite, since several processes write it at once."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields

from envc.facts.problem import Problem

NAME = "envc.jobs"
_SCHEMA = 1
_PATIENCE = 30.0
"""Seconds to wait for another process that writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One job. It is written before the job is handed in, when it has no number."""

    id: str
    spec: str
    app: str
    run: str
    name: str
    """As the job's script calls it."""
    site: str
    scheduler: str
    login: str
    lock: str
    made: str
    maker: str
    """The process that hands it in: `HOST PID`."""
    number: str = ""
    state: str = "unknown"
    code: int | None = None
    note: str = ""
    is_cancelled: bool = False
    """Whether it was asked to end, which not every scheduler tells from other ends."""


_COLUMNS = tuple(each.name for each in fields(Entry))
# Columns are named by this module alone.
_ALL = f"select {', '.join(_COLUMNS)} from jobs"  # noqa: S608
_ADD = f"insert into jobs values ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Record:
    path: str

    def add(self, entry: Entry) -> None:
        with self._open() as base:
            base.execute(_ADD, astuple(entry))

    def entries(self) -> tuple[Entry, ...]:
        """The oldest first."""
        with self._open() as base:
            rows = base.execute(f"{_ALL} order by rowid")
            return tuple(_entry(row) for row in rows)

    def change(self, entry: Entry, **changed: str | int | None) -> Entry:
        """Only what is named here: another process may have changed the rest, or forgotten all."""
        said = ", ".join(f"{name} = ?" for name in changed)
        change = f"update jobs set {said} where id = ?"  # noqa: S608 - no value is in it
        with self._open() as base:
            base.execute(change, (*changed.values(), entry.id))
            row = base.execute(f"{_ALL} where id = ?", (entry.id,)).fetchone()
            return _entry(row) if row is not None else entry

    def remove(self, id: str) -> None:  # noqa: A002 - of envc
        with self._open() as base:
            base.execute("delete from jobs where id = ?", (id,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as base, base:
                base.execute("begin immediate")
                yield base
        except sqlite3.OperationalError as reason:  # as of a disk that is full
            raise OSError(errno.EIO, str(reason), self.path) from reason


def record(folder: str, *, create: bool) -> Record | Problem:
    """Of the jobs of the specs in a folder."""
    path = os.path.join(folder, NAME)
    if not create and not os.path.exists(path):
        return Problem(f"there is no `{path}`", "`envc submit` begins it; `-d` names its folder")
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as base, base:
            base.execute("begin immediate")
            return _prepared(base, path)
    except sqlite3.OperationalError as reason:
        return Problem(f"`{path}` cannot be written: {reason}")
    except sqlite3.DatabaseError as reason:
        return Problem(f"`{path}` is no record of jobs: {reason}", "move it away")


def _prepared(base: sqlite3.Connection, path: str) -> Record | Problem:
    (schema,) = base.execute("pragma user_version").fetchone()
    if schema == 0:
        base.execute(f"create table jobs ({', '.join(_COLUMNS)}, primary key (id))")
        base.execute(f"pragma user_version = {_SCHEMA}")
    elif schema != _SCHEMA:
        return Problem(f"`{path}` was written by a newer envc", "take that one")
    return Record(path)


def _entry(row: tuple[str | int | None, ...]) -> Entry:
    said = dict(zip(_COLUMNS, row, strict=True))
    said["is_cancelled"] = bool(said["is_cancelled"])
    return Entry(**said)  # type: ignore[arg-type]
