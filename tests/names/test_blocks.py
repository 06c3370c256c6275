"""The table on disk: what was put in comes out, and one name costs one block."""

import builtins
from pathlib import Path
from typing import Any, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.names.blocks import Record, Table, packed

NAMES = st.text("abcz019+.-", min_size=1, max_size=8)
FIELDS = st.lists(st.text("abc é9:()", max_size=6), max_size=3).map(tuple)
RECORDS = st.dictionaries(NAMES, st.tuples(FIELDS, st.lists(FIELDS.filter(bool), max_size=3)))


def table(folder: Path, records: list[Record]) -> Table:
    path = folder / "table"
    path.write_bytes(packed(("one", "two"), records))
    return Table(str(path))


@given(RECORDS)
def test_what_was_put_in_comes_out(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any]
) -> None:
    records = [Record(name, fields, tuple(rows)) for name, (fields, rows) in told.items()]
    made = table(tmp_path_factory.mktemp("t"), records)

    assert [made.record(each.name) for each in records] == records
    assert list(made.records()) == sorted(records)
    assert list(made.names()) == sorted(told)
    assert made.facts == ("one", "two")
    assert list(made.beginning("a")) == sorted(name for name in told if name.startswith("a"))


@given(RECORDS, NAMES)
def test_what_was_not_put_in_is_not_there(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Any], name: str
) -> None:
    records = [Record(each, fields) for each, (fields, _) in told.items() if each != name]

    assert table(tmp_path_factory.mktemp("t"), records).record(name) is None


def test_order_does_not_matter() -> None:
    records = [Record(f"n{number}", ("1",)) for number in range(5000)]

    assert packed((), records) == packed((), records[::-1])


def test_one_name_reads_the_index_and_one_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [Record(f"n{number:05}", ("a summary of it",)) for number in range(20_000)]
    made = table(tmp_path, records)
    read = 0
    opened = builtins.open

    class Counted:
        def __init__(self, path: str, mode: str) -> None:
            self.file = opened(path, mode)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def readline(self) -> Any:
            return self.file.readline()

        def seek(self, place: int) -> None:
            self.file.seek(place)

        def read(self, size: int) -> Any:
            nonlocal read
            read += size
            return self.file.read(size)

    monkeypatch.setattr(builtins, "open", Counted)
    assert made.record("n12345") == Record("n12345", ("a summary of it",))
    assert 0 < read < (tmp_path / "table").stat().st_size / 5
    before = read
    assert made.record("n12346") is not None
    assert read == before
