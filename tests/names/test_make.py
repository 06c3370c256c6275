"""The tables are made of Debian's indexes, and those that are shipped still say what these say."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from envc import names
from envc.names import shipped
from envc.names.debian import Debian, Held, Kind
from envc.names.make import Index, kind, main, tables
from tests.names.conftest import REWRITE

HEAT = """\
Package: libheat-dev
Source: heat (2.0-1)
Version: 2.0-1+b2
Section: libdevel
Description: heat equation - development files
"""
HEAT_LIBRARY = """\
Package: libheat2
Source: heat (2.0-1)
Version: 1:2.0~rc1+dfsg-1
Provides: libheat, libheat-abi (= 2)
Section: libs
Description: heat equation
"""
OLD = "Package: libheat1\nSource: heat\nVersion: 1.9-3\nSection: libs\nDescription: heat\n"


@pytest.mark.parametrize(
    ("name", "section", "is_for"),
    [
        ("libhdf5-dev", "libdevel", "development"),
        ("python3-numpy-dev", "python", "development"),
        ("libhdf5-310", "libs", "library"),
        ("hdf5-tools", "science", "other"),
        ("libhdf5-doc", "doc", "aside"),
        ("gsl-examples", "science", "aside"),
        ("libold-dev", "oldlibs", "aside"),
        ("libfoo-dbg", "contrib/debug", "aside"),
    ],
)
def test_what_a_package_is_for(name: str, section: str, is_for: Kind) -> None:
    assert kind(name, section) == is_for


def made(folder: Path, *indexes: Index) -> Debian:
    for name, content in zip(
        ("sources", "binaries"), tables(("bookworm", "trixie"), indexes), strict=True
    ):
        (folder / f"debian-{name}").write_bytes(content)
    return Debian(str(folder))


def test_a_source_and_its_packages(tmp_path: Path) -> None:
    debian = made(
        tmp_path,
        ("trixie", "amd64", f"{HEAT}\n{HEAT_LIBRARY}"),
        ("trixie", "arm64", HEAT),
        ("bookworm", "amd64", OLD),
    )

    source = debian.source("heat")
    assert source is not None
    assert [each.name for each in source.binaries] == ["libheat-dev", "libheat1", "libheat2"]
    assert source.held == (Held("bookworm", "1.9"), Held("trixie", "2.0"))
    library = debian.binary("libheat2")
    assert library is not None
    assert library.held == (Held("trixie", "2.0", ("amd64",)),)
    assert library.kind == "library"
    development = debian.binary("libheat-dev")
    assert development is not None
    assert development.held == (Held("trixie", "2.0", ("amd64", "arm64")),)
    assert debian.providers("libheat") == ("libheat2",)
    assert debian.binary("libheat") is None
    assert debian.providers("libheat2") == ()
    assert debian.binary("heat") is None


def test_a_package_that_changed_its_source(tmp_path: Path) -> None:
    debian = made(
        tmp_path,
        ("trixie", "amd64", OLD.replace("Source: heat", "Source: heat1").replace("1.9", "1.10")),
        ("bookworm", "amd64", OLD),
    )

    found = debian.binary("libheat1")
    assert found is not None
    assert found.source == "heat1"
    assert [(each.release, each.version) for each in found.held] == [
        ("bookworm", "1.9"), ("trixie", "1.10"),
    ]  # fmt: skip


def test_order_does_not_matter() -> None:
    one = ("trixie", "amd64", f"{HEAT}\n{HEAT_LIBRARY}\n{OLD}")
    other = ("trixie", "amd64", f"{OLD}\n{HEAT_LIBRARY}\n{HEAT}")
    old = ("bookworm", "amd64", OLD)
    releases = ("bookworm", "trixie")

    assert tables(releases, [one, old]) == tables(releases, [old, other])


def test_of_two_versions_the_newer_counts(tmp_path: Path) -> None:
    newer = OLD.replace("1.9-3", "1.10-1")
    for text in (f"{OLD}\n{newer}", f"{newer}\n{OLD}"):
        found = made(tmp_path, ("trixie", "amd64", text)).binary("libheat1")
        assert found is not None
        assert [each.version for each in found.held] == ["1.10"]


def test_the_command_writes_both_tables(tmp_path: Path) -> None:
    (tmp_path / "index").write_text(HEAT)

    assert main([str(tmp_path), f"trixie/amd64={tmp_path}/index"]) == 0
    found = Debian(str(tmp_path)).binary("libheat-dev")
    assert found is not None
    assert found.held == (Held("trixie", "2.0", ("amd64",)),)


# ---- what is shipped, beside what Debian has today -----------------------------------------------

MOST_GONE = 0.002
"""A point release takes a few dozen packages away, and renames those of the kernel."""
MOST_MOVED = 0.02
"""It brings a few hundred fixes, most of them of the same version of upstream's."""
REMAKE = "remake the tables with ENVC_REWRITE=1 pytest tests/names/test_make.py"


@pytest.mark.tool("apt-get")
@pytest.mark.xdist_group("debian-indexes")
def test_the_tables_are_not_stale(indexes: Sequence[Index], tmp_path: Path) -> None:
    """New names, moved versions and a few that went away are what releases live with: a spec with
    such a name is judged a few days late, and `envc lock` asks the index itself. More of them mean
    that the tables are of another time, or that what makes them has changed.
    """
    if REWRITE:
        made(Path(names.__file__).parent, *indexes)
        return
    today, ours = facts(made(tmp_path, *indexes)), facts(shipped.debian())

    gone, new = ours.keys() - today.keys(), today.keys() - ours.keys()
    assert len(gone) < MOST_GONE * len(ours), f"{REMAKE}: {sorted(gone)[:20]} are gone"
    assert len(new) < MOST_MOVED * len(ours), f"{REMAKE}: {sorted(new)[:20]} are new"
    moved = [name for name in ours.keys() & today.keys() if ours[name] != today[name]]
    assert len(moved) < MOST_MOVED * len(ours), f"{REMAKE}: {sorted(moved)[:20]} moved"


def facts(debian: Debian) -> dict[tuple[str, str, str], tuple[str, str]]:
    """What is judged by: each package of each release, its version and what it is for. Of amd64
    alone, whose indexes are read.
    """
    return {
        (source.name, binary.name, held.release): (held.version, binary.kind)
        for source in debian.sources()
        for binary in source.binaries
        for held in binary.held
        if "amd64" in held.architectures
    }
