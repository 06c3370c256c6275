"""Identifiers are checked as far as their characters tell, and never changed silently."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.identifiers import SCHEMES, doi, email, iso_date, orcid, url
from envc.facts.problem import Problem

Reader = Callable[[str], object]


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (doi, "10.1016/j.softx.2015.06.001"),
        (doi, "10.1000.10/a(b)<c>;1"),
        (orcid, "0000-0002-1825-0097"),
        (orcid, "0000-0002-1694-233X"),
        (email, "ada@example.org"),
        (email, "a.b+c@sub.example.org"),
        (url, "https://example.org"),
        (url, "http://example.org:8080/a?b#c"),
        (url, "ssh://git@example.org/a.git"),
        (url, "https://[::1]:80/x"),
        (url, "ftp://example.org/~x/a%20b"),
    ],
)
def test_reads(reader: Reader, text: str) -> None:
    assert reader(text) == text


def test_reads_dates_and_tagged_orcids() -> None:
    assert iso_date("2026-10-05") == date(2026, 10, 5)
    assert orcid("orcid:0000-0002-1825-0097") == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("reader", "text", "meant"),
    [
        (doi, "https://doi.org/10.5281/zenodo.1", "10.5281/zenodo.1"),
        (doi, "http://dx.doi.org/10.5281/zenodo.1", "10.5281/zenodo.1"),
        (doi, "doi:10.5281/zenodo.1", "10.5281/zenodo.1"),
        (doi, "DOI: 10.5281/zenodo.1", "10.5281/zenodo.1"),
        (doi, "10.5281", None),
        (doi, "10.5281/a b", None),
        (doi, "zenodo.1", None),
        (orcid, "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        (orcid, "ORCID:0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        (orcid, "orcid:000000021694233x", "orcid:0000-0002-1694-233X"),
        (orcid, "0000000218250097", "0000-0002-1825-0097"),
        (orcid, "0000-0002-1825-0098", None),
        (orcid, "0000-0002-1825", None),
        (email, "Ada <ada@example.org>", "ada@example.org"),
        (email, "mailto:ada@example.org", "ada@example.org"),
        (email, "ada at example.org", "ada@example.org"),
        (email, "ada [at] example [dot] org", "ada@example.org"),
        (email, "ada@localhost", None),
        (email, "ada", None),
        (url, "htttps://example.org/x", "https://example.org/x"),
        (url, "htps://example.org/x", None),
        (url, "HTTPS://example.org/x", "https://example.org/x"),
        (url, "git@example.org:a/b.git", "ssh://git@example.org/a/b.git"),
        (url, " https://example.org", "https://example.org"),
        (url, "example.org/x", None),
        (url, "gopher://example.org", None),
        (url, "https://example.org/a b", None),
        (url, "https://example.org/a\0", None),
        (url, "https:///x", None),
        (url, "https://user:secret@example.org", None),
        (url, "https://example.org:port", None),
        (iso_date, "2026/10/05", "2026-10-05"),
        (iso_date, "20261005", "2026-10-05"),
        (iso_date, "2026-1-5", "2026-01-05"),
        (iso_date, "25/12/2026", "2026-12-25"),
        (iso_date, "12/25/2026", "2026-12-25"),
        (iso_date, "05/10/2026", None),
        (iso_date, "2026-02-30", None),
        (iso_date, "tomorrow", None),
    ],
)
def test_suggests(reader: Reader, text: str, meant: str | None) -> None:
    read = reader(text)
    assert isinstance(read, Problem)
    assert read.suggestion == meant
    assert meant is None or not isinstance(reader(meant), Problem)


def test_messages() -> None:
    read = orcid("0000-0002-1825-0098")
    assert isinstance(read, Problem)
    assert read.message == "the last digit of this ORCID is 8, and the others make it 7"
    read = url("https://example.org/a b")
    assert read == Problem("this URL has a blank in it", "write `%20` for the character itself")


@given(st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_seen(place: int, more: int) -> None:
    digits = "000000021825009"
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert isinstance(
        orcid("-".join([wrong[:4], wrong[4:8], wrong[8:12], wrong[12:] + "7"])), Problem
    )


@given(st.dates())
def test_dates_come_back(day: date) -> None:
    assert iso_date(day.isoformat()) == day
    read = iso_date(day.strftime("%d.%m.") + f"{day.year:04}")
    assert isinstance(read, Problem)
    assert read.suggestion in {None, day.isoformat()}


@given(
    st.sampled_from(
        ["", "doi:", "10.1234/", "orcid:", "git@", *(f"{each}://" for each in SCHEMES)]
    ),
    st.text(max_size=20) | st.text("0123456789-/.:@ax[] <>", max_size=20),
)
def test_no_text_fails_and_every_suggestion_is_right(start: str, text: str) -> None:
    readers: tuple[Reader, ...] = (doi, orcid, email, url, iso_date)
    for reader in readers:
        read = reader(start + text)
        if isinstance(read, Problem) and read.suggestion is not None:
            assert not isinstance(reader(read.suggestion), Problem)
