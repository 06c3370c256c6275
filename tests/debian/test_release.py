"""A release says what it must, or why it is not read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.debian.release import Listed, Release, read, refusal, snapshots_with_release
from envc.facts.problem import Problem
from tests.debian.archive_maker import NEW_YEAR, snapshot_of

DIGEST = "ab" * 32
TEXT = f"""\
Suite: stable
Version: 13.2
Codename: trixie
Date: Thu, 01 Jan 2026 00:00:00 UTC
Valid-Until: Thu, 08 Jan 2026 00:00:00 UTC
Acquire-By-Hash: yes
No-Support-for-Architecture-all: Packages
Architectures: all amd64 arm64
Components: main contrib
MD5Sum:
 d41d8cd98f00b204e9800998ecf8427e        0 main/binary-amd64/Packages
SHA256:
 {DIGEST}       17 main/binary-amd64/Packages
"""
RELEASE = Release(
    suite="stable",
    codename="trixie",
    version="13.2",
    date=int(NEW_YEAR.timestamp()),
    valid_until=int(NEW_YEAR.timestamp()) + 7 * 24 * 3600,
    components=("main", "contrib"),
    architectures=("amd64", "arm64"),
    files={"main/binary-amd64/Packages": Listed(DIGEST, 17)},
    acquire_by_hash=True,
    all_apart=False,
)


def test_a_release_is_read() -> None:
    assert read(TEXT) == RELEASE


def test_what_may_be_left_out_is_left_out() -> None:
    less = "".join(
        line
        for line in TEXT.splitlines(keepends=True)
        if not line.startswith(("Suite", "Version", "Valid", "Acquire", "No-Support"))
    )
    bare = replace(
        RELEASE, suite="", version="", valid_until=None, acquire_by_hash=False, all_apart=True
    )
    assert read(less) == bare


def test_the_snapshot_is_a_matter_of_the_release_alone() -> None:
    assert RELEASE.snapshot == "20260101T120000Z" == snapshot_of(NEW_YEAR)
    first, *others = snapshots_with_release(RELEASE.snapshot)
    assert first == RELEASE.snapshot
    assert all("20260101T000000Z" < each < first for each in others)


WRONG = {
    "two parts": (TEXT + "\nA: 1\n", "it has 2 parts where a release has one"),
    "nothing": ("", "it has 0 parts where a release has one"),
    "no field": ("<html>\n", "`<html>` is not a field"),
    "no codename": (TEXT.replace("Codename", "X-Name"), "it has no field `Codename`"),
    "weak hashes": (
        TEXT.replace("SHA256", "SHA1"),
        "it lists no SHA-256 of its indexes, and other hashes can be forged",
    ),
    "another zone": (
        TEXT.replace("00:00:00 UTC", "00:00:00 +0100", 1),
        "`Thu, 01 Jan 2026 00:00:00 +0100` is not a date as releases write it",
    ),
    "no such day": (
        TEXT.replace("08 Jan", "32 Jan"),
        "`Thu, 32 Jan 2026 00:00:00 UTC` is a date that does not exist",
    ),
    "the year 0": (
        TEXT.replace("01 Jan 2026", "01 Jan 0000"),
        "`Thu, 01 Jan 0000 00:00:00 UTC` is a date that does not exist",
    ),
    "a line that lists nothing": (
        TEXT.replace("       17 ", " many "),
        f"`{DIGEST} many main/binary"[:81] + "` is not a hash, a size and a path",
    ),
    "one path twice": (
        TEXT + f" {DIGEST} 18 main/binary-amd64/Packages\n",
        "it lists `main/binary-amd64/Packages` with two different hashes",
    ),
}


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG)
def test_a_release_that_is_none_is_told(text: str, message: str) -> None:
    found = read(text)
    assert isinstance(found, Problem)
    assert found.message == message


@given(st.integers(0, len(TEXT)), st.integers(0, 20), st.text(max_size=10))
def test_any_text_is_a_release_or_a_problem(place: int, gone: int, more: str) -> None:
    assert isinstance(read(TEXT[:place] + more + TEXT[place + gone :]), Release | Problem)


@pytest.mark.parametrize("suite", ["stable", "oldstable", "testing", "stable-updates", "unstable"])
def test_a_suite_that_moves_is_refused(suite: str) -> None:
    assert refusal(suite) == Problem(
        f"`{suite}` means another release from time to time",
        "name the release itself: `bookworm`, `trixie`, `forky` or `sid`",
    )


@pytest.mark.parametrize("suite", ["", "../etc", "Trixie", "a b", "trixie/updates"])
def test_a_suite_that_is_no_name_is_refused(suite: str) -> None:
    found = refusal(suite)
    assert found is not None
    assert found.message == f"`{suite}` is not the name of a release"


@pytest.mark.parametrize("suite", ["bookworm", "trixie", "sid", "trixie-security", "toy"])
def test_a_codename_is_taken(suite: str) -> None:
    assert refusal(suite) is None
