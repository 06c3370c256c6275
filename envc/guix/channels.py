"""Where Guix' packages are defined: git repositories, each held at one commit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from envc.facts import hashes
from envc.facts.problem import Problem


@dataclass(frozen=True, slots=True)
class Introduction:
    """From this commit on, Guix accepts only what keys signed that the repository itself names."""

    commit: str
    fingerprint: str
    """Of the OpenPGP key that signed the commit, in groups as gpg prints them."""


@dataclass(frozen=True, slots=True)
class Channel:
    name: str
    url: str
    branch: str
    commit: str
    introduction: Introduction | None = None


DEFAULT = Channel(
    name="guix",
    url="https://git.guix.gnu.org/guix.git",
    branch="master",
    commit="230aa373f315f247852ee07dff34146e9b480aec",  # v1.5.0
    introduction=Introduction(
        "9edb3f66fd807b096b48283debdcddccfea34bad",
        "BBB0 2DDF 2CEA F6A8 0D1D  E643 A2A0 6DF2 A33A 54FA",
    ),
)


def official(commit: str) -> Channel | Problem:
    """Guix' own channel at another commit."""
    return channel(DEFAULT.name, DEFAULT.url, DEFAULT.branch, commit, DEFAULT.introduction)


def channel(
    name: str, url: str, branch: str, commit: str, introduction: Introduction | None = None
) -> Channel | Problem:
    """Checked: a branch, a tag or half a commit would be another thing tomorrow."""
    if not re.fullmatch("[a-z][a-z0-9-]*", name):
        return Problem(f"`{name}` is not a name of a channel", "write letters, digits and dashes")
    if not re.fullmatch(r"[a-z+]+://[^\s\"\\]+", url):
        return Problem(f"`{url}` is not a URL of a git repository")
    if not re.fullmatch(r"[^\s\"\\]+", branch):
        return Problem(f"`{branch}` is not a branch")
    said = (commit,) if introduction is None else (commit, introduction.commit)
    for each in said:
        if isinstance(read := hashes.commit(each), Problem):
            return read
    if introduction is not None and not _is_fingerprint(introduction.fingerprint):
        return Problem(
            f"`{introduction.fingerprint}` is not the fingerprint of a key",
            "write the 40 digits that `gpg --fingerprint` prints",
        )
    return Channel(name, url, branch, commit, introduction)


def scheme(channels: Iterable[Channel]) -> str:
    """A `channels.scm`, as `guix style` lays it out."""
    listed = "\n      ".join(_scheme(each).replace("\n", "\n      ") for each in channels)
    return f"(list {listed})\n"


def _is_fingerprint(text: str) -> bool:
    return re.fullmatch("[0-9A-F]{40}", text.replace(" ", "")) is not None


def _scheme(said: Channel) -> str:
    introduced = said.introduction
    lines = [
        "(channel",
        f"  (name '{said.name})",
        f'  (url "{said.url}")',
        f'  (branch "{said.branch}")',
        f'  (commit "{said.commit}")',
    ]
    if introduced is not None:
        lines += [
            "  (introduction",
            f'   (make-channel-introduction "{introduced.commit}"',
            "    (openpgp-fingerprint",
            f'     "{introduced.fingerprint}")))',
        ]
    return "\n".join(lines) + ")"
