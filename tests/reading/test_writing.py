"""A file is replaced whole or left as it was."""

import os
import stat
from pathlib import Path

import pytest

from envc import writing


def test_the_text_is_replaced_and_the_mode_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.envc"
    file.write_text("old")
    file.chmod(0o640)
    writing.replace(str(file), "new é\r\n")
    assert file.read_bytes() == "new é\r\n".encode()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.envc"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    file, link = tmp_path / "specs" / "a.envc", tmp_path / "link.envc"
    file.write_text("old")
    link.symlink_to("specs/a.envc")
    writing.replace(str(link), "new")
    assert link.is_symlink()
    assert file.read_text() == "new"


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_text_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def fail(descriptor: int) -> None:
        raise failure

    file = tmp_path / "a.envc"
    file.write_text("old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(type(failure)):
        writing.replace(str(file), "new")
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.envc"]


def test_a_file_that_is_there_is_never_created_again(tmp_path: Path) -> None:
    file = tmp_path / "a.envc"
    writing.create(str(file), "first")
    with pytest.raises(FileExistsError):
        writing.create(str(file), "second")
    (tmp_path / "link").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        writing.create(str(tmp_path / "link"), "third")
    assert file.read_text() == "first"
