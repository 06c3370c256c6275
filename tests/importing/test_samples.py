"""Files as people write them, in every format: what becomes of each, and what is said of it."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from envc.check import check_source
from envc.importing import formats
from envc.importing.found import Found
from envc.importing.writing import Imported, write
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse

SAMPLES = sorted((Path(__file__).parent / "samples").iterdir())
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
FORMATS = {
    "Dockerfile": "dockerfile",
    ".def": "singularity",
    "environment": "conda",
    "spack": "spack",
    ".eb": "easyconfig",
    ".hpccm": "hpccm",
}


def imported(path: Path) -> Imported:
    source = Source(path.name, path.read_bytes().decode())
    form = formats.recognised(source)
    assert form is not None
    found = formats.read(source, form)
    assert isinstance(found, Found)
    return write(found, path.name)


@each_sample
def test_what_becomes_of_it(path: Path, snapshot: SnapshotAssertion) -> None:
    made = imported(path)
    notes = "\n".join(f"{path.name}:{note.line}: note: {note.message}" for note in made.notes)
    assert f"{made.spec}---\n{notes}" == snapshot


@each_sample
def test_the_spec_has_no_mistakes_and_is_in_canonical_form(path: Path) -> None:
    source = Source("made.envc", imported(path).spec)
    assert [each.message for each in check_source(source).diagnostics] == []
    assert layout(parse(source).file) == source.text


@each_sample
def test_notes_name_lines_of_the_file(path: Path) -> None:
    last = len(path.read_text().splitlines())
    assert all(1 <= note.line <= last for note in imported(path).notes)


@each_sample
def test_the_format_is_told_by_the_name_or_by_what_it_holds(path: Path) -> None:
    expected = next(form for part, form in FORMATS.items() if part in path.name)
    text = path.read_bytes().decode()
    assert formats.recognised(Source(path.name, text)) == expected
    assert formats.recognised(Source("unnamed", text)) == expected
