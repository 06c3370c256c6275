"""The digest of an image on disk: only of one that is whole."""

from pathlib import Path

import pytest

from envc.evidence import whole
from envc.facts.problem import Problem
from envc.store.content import of_bytes
from tests.evidence.layouts import image, index, layout, top


def said(folder: Path) -> str:
    found = whole.layout(str(folder))
    assert isinstance(found, Problem), found
    return found.message


def test_of_an_image(tmp_path: Path) -> None:
    assert whole.layout(str(tmp_path / "a")) != layout(tmp_path / "a")
    assert whole.layout(str(tmp_path / "a")) == layout(tmp_path / "b")


def test_of_the_images_of_several_targets(tmp_path: Path) -> None:
    (tmp_path / "blobs" / "sha256").mkdir(parents=True)
    images = [image(tmp_path, name) for name in (b"v2", b"v3")]
    together = index(tmp_path, *images)
    top(tmp_path, together, *images)

    assert whole.layout(str(tmp_path)) == together["digest"]


def test_one_byte_anywhere(tmp_path: Path) -> None:
    layout(tmp_path, b"one layer", b"another")
    for path in (tmp_path / "blobs" / "sha256").iterdir():
        data = path.read_bytes()
        for place in range(len(data)):
            path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
            assert "is damaged in" in said(tmp_path), (path, place)
        path.write_bytes(data + b" ")
        assert "is damaged in" in said(tmp_path), path
        path.write_bytes(data)
    assert isinstance(whole.layout(str(tmp_path)), str)


def test_what_is_missing(tmp_path: Path) -> None:
    layout(tmp_path)
    for path in (tmp_path / "blobs" / "sha256").iterdir():
        data = path.read_bytes()
        path.unlink()
        assert "cannot be read" in said(tmp_path), path
        path.write_bytes(data)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"manifests": [1]}', "\x00", "[" * 100_000])
def test_no_index(tmp_path: Path, text: str) -> None:
    layout(tmp_path)
    (tmp_path / "index.json").write_text(text)
    assert "holds 0 images" in said(tmp_path)


def test_two_images_are_not_one(tmp_path: Path) -> None:
    (tmp_path / "blobs" / "sha256").mkdir(parents=True)
    top(tmp_path, image(tmp_path, b"a"), image(tmp_path, b"b"))
    assert "holds 2 images" in said(tmp_path)


def test_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "heat.sif"
    path.write_bytes(b"squashed")

    assert whole.file(str(path)) == of_bytes(b"squashed").digest
    assert isinstance(whole.file(str(tmp_path)), Problem)
    assert isinstance(whole.file(str(tmp_path / "none")), Problem)
