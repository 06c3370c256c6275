"""A merge keeps what an environment needs, and not what serves the same need in another one."""

from collections.abc import Iterable
from dataclasses import replace

from envc.lock.merge import Merged, merge
from envc.lock.model import (
    Block,
    LockedArchive,
    LockedComponent,
    LockedDeb,
    LockedEnvironment,
    LockedRequest,
    of_blocks,
)
from envc.lock.text import write

ORIGIN = "debian/trixie"
DEPENDS = {
    "mutt": ("exim4", "postfix"),  # the one for `one`, the other for `two`
    "exim4": (),
    "postfix": (),
    "left": (),
    "other": (),
    "right": ("postfix",),
}


def text(**apps: Iterable[str]) -> str:
    """For each app the packages that it asks for; what serves mutt is `exim4` for one of them."""
    blocks: list[Block] = [LockedArchive(ORIGIN, "20261101T000000Z", "sha256:0", ("KEY",))]
    for app, asked in apps.items():
        names = {*asked, *(("exim4" if app == "one" else "postfix",) if "mutt" in asked else ())}
        names |= {"postfix"} if "right" in asked else set()
        listed = tuple(sorted(names))
        components = tuple(f"{name}@1" for name in sorted(asked))
        blocks.append(
            LockedEnvironment(app, ORIGIN, (), "amd64", ("x86_64_v3",), components, listed, listed)
        )
        blocks += [LockedRequest(app, name) for name in asked]
        blocks += [LockedComponent(ORIGIN, name, "1", build=(name,), run=(name,)) for name in asked]
        blocks += [_deb(name) for name in names]
    return write(of_blocks("0.2.7", "sha256:0", blocks))


def _deb(name: str) -> LockedDeb:
    deb = LockedDeb(ORIGIN, name, "amd64", "1", name, f"pool/{name}.deb", 1, name)
    return replace(deb, depends=DEPENDS[name])


def test_what_serves_another_environment_does_not_come_along() -> None:
    two = ("mutt",)
    base = text(one=("mutt",), two=two)
    ours, theirs = text(one=("mutt", "left"), two=two), text(one=("mutt", "other"), two=two)
    assert merge(base, ours, theirs) == Merged(text(one=("mutt", "left", "other"), two=two), ())


def test_what_one_side_needs_it_for_comes_along() -> None:
    two = ("mutt",)
    base = text(one=("mutt",), two=two)
    ours, theirs = text(one=("mutt", "left"), two=two), text(one=("mutt", "right"), two=two)
    assert merge(base, ours, theirs) == Merged(text(one=("mutt", "left", "right"), two=two), ())
