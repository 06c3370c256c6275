"""The package that is made for a spec: it checks, is laid out, and splits what it should."""

import pytest

from envc.check import check_source
from envc.names import shipped
from envc.names.entry import Entry, entry, is_word, spec_name, versions_of
from envc.names.finding import find
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse
from tests.names.conftest import MakeGuix, SmallGuix

EVERY_NTH = 97
NOTHING = SmallGuix()


def made(name: str, guix: SmallGuix = NOTHING) -> Entry:
    found = find(name, shipped.debian(), guix)
    assert found is not None
    return entry(found)


def test_roles_are_split_and_releases_told_apart(small_guix: MakeGuix) -> None:
    guix = small_guix(("gsl", "2.8", "GNU Scientific Library", ("out", "debug", "lib")))

    assert made("gsl", guix).text == (
        "package gsl {\n"
        '  summary  "GNU Scientific Library"\n'
        "  version  2.7.1  from debian/bookworm\n"
        "  version  2.8    from debian/trixie\n"
        "  version  2.8    from guix\n"
        "  provider debian {\n"
        "    libgsl-dev    for build\n"
        "    libgslcblas0  for run\n"
        "    gsl-bin\n"
        "  }\n"
        "  provider debian/bookworm {\n"
        "    libgsl27  for run\n"
        "  }\n"
        "  provider debian/trixie {\n"
        "    libgsl28  for run\n"
        "  }\n"
        "  provider guix {\n"
        "    gsl\n"
        "    gsl output=lib\n"
        "  }\n"
        "}\n"
    )


@pytest.mark.parametrize("left_out", ["libgsl-dbg", "gsl-doc", "libhdf5-doc"])
def test_what_nobody_builds_with_is_left_out(left_out: str) -> None:
    assert left_out not in made("gsl").text + made("hdf5").text


def test_entries_check_and_are_laid_out() -> None:
    """Of every hundredth source of Debian."""
    names = list(shipped.debian().source_names())[::EVERY_NTH]
    for name in names:
        text = f"envc 1\n\n{made(name).text}".rstrip() + "\n"
        source = Source(f"{name}.envc", text)
        assert [each.message for each in check_source(source).diagnostics] == []
        assert layout(parse(source).file) == text
    assert len(names) > 300


@pytest.mark.parametrize(("name", "own"), [("gcc-defaults", "1.203"), ("gsl", "")])
def test_a_number_of_the_source_alone_is_not_its_version(name: str, own: str) -> None:
    source = shipped.debian().source(name)
    assert source is not None

    assert own not in [number for _, number in versions_of(source)]


def test_of_a_large_source_what_is_near_the_name_is_taken() -> None:
    one = made("libstdc++6")
    assert "    libstdc++6  for run\n" in one.text
    assert one.text.count("for run") == 1
    assert one.left_out > 50
    assert made("llvm-toolchain-19").text.count("\n") < 60


@pytest.mark.parametrize(
    ("name", "written"), [("gtk+", "gtk"), ("7zip", "_7zip"), ("libstdc++6", "libstdc6")]
)
def test_names_that_cannot_be_written(name: str, written: str) -> None:
    assert spec_name(name) == written
    assert is_word(written)


def test_it_says_what_it_cannot_write(small_guix: MakeGuix) -> None:
    told = made("gtk+", small_guix(("gtk+", "3.24.51")))
    assert told.unwritable == ("gtk+",)
    assert "provider guix" not in told.text
    assert made("7zip").text == ""
