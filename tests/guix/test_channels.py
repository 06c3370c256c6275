"""Channels that are told apart by a commit, and nothing less."""

import dataclasses

import pytest

from envc.facts.problem import Problem
from envc.guix.channels import DEFAULT, Channel, Introduction, channel, official, scheme

COMMIT = "a" * 40


def test_guix_itself_at_another_commit() -> None:
    assert official(COMMIT) == dataclasses.replace(DEFAULT, commit=COMMIT)


@pytest.mark.parametrize(
    ("name", "url", "branch", "commit", "message"),
    [
        ("guix", DEFAULT.url, "master", "master", "`master` is not a commit"),
        ("guix", DEFAULT.url, "master", "230aa373", "`230aa373` is 8 of the 40 digits of a commit"),
        ("Mine", DEFAULT.url, "master", COMMIT, "`Mine` is not a name of a channel"),
        ("mine", "git@example", "master", COMMIT, "`git@example` is not a URL"),
        ("mine", 'https://x/")', "master", COMMIT, "is not a URL"),
        ("mine", "https://x/y", 'a"b', COMMIT, "is not a branch"),
    ],
)
def test_what_is_no_channel(name: str, url: str, branch: str, commit: str, message: str) -> None:
    said = channel(name, url, branch, commit)
    assert isinstance(said, Problem)
    assert message in said.message


def test_an_introduction_is_checked() -> None:
    half = channel("mine", "https://x/y", "main", COMMIT, Introduction(COMMIT, "BBB0 2DDF"))
    assert isinstance(half, Problem)
    assert "fingerprint" in half.message
    assert isinstance(
        channel("mine", "https://x/y", "main", COMMIT, Introduction("ab12", "A" * 40)), Problem
    )
    whole = channel("mine", "https://x/y", "main", COMMIT, DEFAULT.introduction)
    assert isinstance(whole, Channel)


def test_as_scheme() -> None:
    mine = Channel("mine", "https://example.org/mine.git", "main", COMMIT)
    assert scheme([DEFAULT, mine]) == (
        """\
(list (channel
        (name 'guix)
        (url "https://git.guix.gnu.org/guix.git")
        (branch "master")
        (commit "230aa373f315f247852ee07dff34146e9b480aec")
        (introduction
         (make-channel-introduction "9edb3f66fd807b096b48283debdcddccfea34bad"
          (openpgp-fingerprint
           "BBB0 2DDF 2CEA F6A8 0D1D  E643 A2A0 6DF2 A33A 54FA"))))
      (channel
        (name 'mine)
        (url "https://example.org/mine.git")
        (branch "main")
        (commit "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")))
"""
    )
