"""`use`: beside the file that says so, else in the library, each file once."""

from pathlib import Path

import pytest

from envc.check import Checked, check_path

APP = 'envc 1\n\napp heat2d@1.4.0 {\n  source dir "."\n}\n'


def check(path: Path) -> Checked:
    checked = check_path(str(path))
    assert isinstance(checked, Checked)
    return checked


def codes(checked: Checked) -> list[str]:
    return [each.rule.code for each in checked.diagnostics]


def test_a_file_in_a_folder_is_found_and_its_own_imports_beside_it(tmp_path: Path) -> None:
    (tmp_path / "apps").mkdir()
    (tmp_path / "apps" / "heat.envc").write_text(APP.replace("\n\n", "\nuse common\n\n", 1))
    (tmp_path / "apps" / "common.envc").write_text("envc 1\n\ntargets tier = zen2, zen4\n")
    (tmp_path / "tour.envc").write_text("envc 1\nuse apps/heat\n\ncampaign c { include heat2d }\n")
    checked = check(tmp_path / "tour.envc")
    assert codes(checked) == []
    assert [app.name for app in checked.spec.apps] == ["heat2d"]
    assert [each.name for each in checked.spec.target_sets] == ["tier"]


def test_mistakes_of_an_imported_file_are_told_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "heat.envc").write_text(APP.replace("source", "sorce"))
    (tmp_path / "tour.envc").write_text("envc 1\nuse heat\n")
    checked = check(tmp_path / "tour.envc")
    assert codes(checked) == ["E0103"]
    assert checked.diagnostics[0].place.source.name == str(tmp_path / "heat.envc")


def test_a_file_that_two_files_take_in_counts_once(tmp_path: Path) -> None:
    (tmp_path / "heat.envc").write_text(APP)
    (tmp_path / "a.envc").write_text("envc 1\nuse heat\n")
    (tmp_path / "tour.envc").write_text("envc 1\nuse heat\nuse a\n")
    checked = check(tmp_path / "tour.envc")
    assert codes(checked) == []
    assert len(checked.spec.apps) == 1


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_cycle_is_told_once_with_every_link(tmp_path: Path, length: int) -> None:
    names = [f"s{number}" for number in range(length)]
    for place, name in enumerate(names):
        following = names[(place + 1) % length]
        (tmp_path / f"{name}.envc").write_text(f"envc 1\nuse {following}\n")
    checked = check(tmp_path / "s0.envc")
    assert codes(checked) == ["E0215"]
    assert len(checked.diagnostics[0].labels) == length


def test_an_import_that_cannot_be_read_is_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "heat.envc").write_bytes(b"envc 1\n\xff\n")
    (tmp_path / "tour.envc").write_text("envc 1\nuse heat\n")
    assert codes(check(tmp_path / "tour.envc")) == ["E0006"]


def test_the_library_is_found_under_a_name_without_this_machine(tmp_path: Path) -> None:
    (tmp_path / "tour.envc").write_text("envc 1\nuse toolchains/gnu13\n")
    checked = check(tmp_path / "tour.envc")
    assert codes(checked) == []
    assert checked.spec.toolchains[0].place.source.name == "envc:toolchains/gnu13.envc"
