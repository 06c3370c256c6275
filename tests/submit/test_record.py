"""The record of jobs: several processes at once, and files that are none."""

import sqlite3
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.submit.record import Entry, Record, record

ENTRY = Entry(
    id="plain-000000",
    spec="heat.envc",
    app="heat@1.0",
    run="plain",
    name="heat-plain",
    site="lab",
    scheduler="slurm",
    login="",
    lock="sha256:0",
    made="2026-01-01T00:00:00+00:00",
    maker="host 1",
)


def opened(folder: Path) -> Record:
    found = record(str(folder), create=True)
    assert isinstance(found, Record)
    return found


def add(folder: Path, number: int) -> None:
    kept = opened(folder)
    for count in range(10):
        entry = replace(ENTRY, id=f"job-{number}-{count}")
        kept.add(entry)
        kept.change(entry, number=str(count), state="done", code=0)


def test_what_is_added_is_read(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.add(ENTRY)
    assert kept.change(ENTRY, is_cancelled=1) == replace(ENTRY, is_cancelled=True)
    assert kept.entries() == (replace(ENTRY, is_cancelled=True),)
    kept.remove(ENTRY.id)
    assert opened(tmp_path).entries() == ()
    assert kept.change(ENTRY, state="done") == ENTRY  # forgotten by another meanwhile
    assert opened(tmp_path).entries() == ()


def test_many_processes_write_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(add, [tmp_path] * 4, range(4)))
    entries = opened(tmp_path).entries()
    assert len({each.id for each in entries}) == len(entries) == 40
    assert {each.state for each in entries} == {"done"}


def test_an_id_is_given_once(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.add(ENTRY)
    with pytest.raises(sqlite3.IntegrityError):
        kept.add(ENTRY)


def test_a_record_of_a_newer_envc_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "envc.jobs")) as base, base:
        base.execute("pragma user_version = 2")
    found = record(str(tmp_path), create=True)
    assert isinstance(found, Problem)
    assert "newer envc" in found.message


def test_what_is_no_record_is_told(tmp_path: Path) -> None:
    (tmp_path / "envc.jobs").write_text("jobs that I must not forget" * 50)
    found = record(str(tmp_path), create=True)
    assert isinstance(found, Problem)
    assert "is no record of jobs" in found.message


def test_reading_makes_no_record(tmp_path: Path) -> None:
    assert isinstance(record(str(tmp_path), create=False), Problem)
    assert not list(tmp_path.iterdir())
