"""Where things are asked for, by what the environment says."""

import pytest

from envc.facts.problem import Problem
from envc.store.places import Places, places

DIGEST = "sha256:" + "ab" * 32
THERE = f"sha256/ab/{'ab' * 32}"


def known(**environ: str) -> Places:
    found = places(environ)
    assert isinstance(found, Places)
    return found


def test_without_a_word_the_public_places_are_asked() -> None:
    assert known().urls(DIGEST, ("https://a/b",)) == ("https://a/b",)
    assert known().bases("debian", "20260101T000000Z") == (
        "https://snapshot.debian.org/archive/debian/20260101T000000Z",
    )


def test_without_a_moment_only_what_needs_none_is_asked() -> None:
    assert known().bases("debian") == ()
    assert known(ENVC_DEBIAN_MIRROR="http://m/debian").bases("debian") == ("http://m/debian",)


def test_mirrors_of_the_user_come_first() -> None:
    found = known(
        ENVC_MIRROR="/mnt/a%20disk https://m.example/envc/  /mnt/a%20disk",
        ENVC_DEBIAN_MIRROR="http://one/debian/ http://two/{snapshot}/debian",
    )
    assert found.urls(DIGEST, ("https://a/b",)) == (
        f"file:///mnt/a%2520disk/{THERE}",
        f"https://m.example/envc/{THERE}",
        "https://a/b",
    )
    assert found.bases("debian", "2026") == (
        "http://one/debian",
        "http://two/2026/debian",
        "https://snapshot.debian.org/archive/debian/2026",
    )


@pytest.mark.parametrize("variable", ["ENVC_MIRROR", "ENVC_DEBIAN_MIRROR"])
@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("mirror", "holds `mirror`, which is neither a URL nor a folder"),
        ("/mnt ftp://me:pass@a/", "holds `ftp://a/`, which is neither a URL nor a folder"),
        ("http://[", "holds `http://[`, which is no URL"),
        ("http://a:b/", "holds `http://a:b/`, which is no URL"),
        ("http://", "holds `http://`, which names no host"),
        ("http://a/?b", "holds `http://a/?b`: paths are put behind it, which `?` and `#` forbid"),
        ("http://a/{arch}", "holds `{arch}`, and only `{snapshot}` is replaced"),
        ("http://a/{b", "holds `{b`, and only `{snapshot}` is replaced"),
    ],
)
def test_what_is_no_place_is_told(variable: str, value: str, message: str) -> None:
    found = places({variable: value})
    assert isinstance(found, Problem)
    assert found.message == f"`{variable}` {message}"
