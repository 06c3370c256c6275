"""The order in which the packages of Debian are configured, in groups."""

from collections.abc import Iterable, Mapping

from envc.debian.solve_order import rings
from envc.lock.model import LockedDeb

Groups = tuple[tuple[LockedDeb, ...], ...]

_FIRST = frozenset(
    {
        "base-files",
        "base-passwd",
        "bash",
        "bsdutils",
        "coreutils",
        "dash",
        "debianutils",
        "diffutils",
        "dpkg",
        "findutils",
        "grep",
        "gzip",
        "hostname",
        "init-system-helpers",
        "libc-bin",
        "login",
        "login.defs",
        "mawk",
        "ncurses-base",
        "ncurses-bin",
        "perl-base",
        "sed",
        "sysvinit-utils",
        "tar",
        "util-linux",
        "usr-is-merged",
    }
)
"""What Debian calls essential: the scripts of all packages rely on it, and none says so."""


def groups(debs: Iterable[LockedDeb]) -> Groups:
    """What a package depends on is in an earlier group, or in the same: only rings need each other.

    The first group is what packages rely on without a word; in it, too, what another depends on
    comes first. Else the order is that of names, so that it follows from the packages alone.
    """
    by_name = {deb.name: deb for deb in sorted(debs)}
    edges = {
        name: tuple(each for each in sorted(deb.depends) if each in by_name)
        for name, deb in by_name.items()
    }
    first = _below(edges, _FIRST & by_name.keys())
    below = _layers({name: edges[name] for name in first})
    found = [tuple(by_name[name] for name in sorted(first, key=lambda each: (below[each], each)))]
    rest = {
        name: tuple(each for each in needs if each not in first)
        for name, needs in edges.items()
        if name not in first
    }
    layers: dict[int, list[str]] = {}
    for name, layer in _layers(rest).items():
        layers.setdefault(layer, []).append(name)
    found += [tuple(by_name[name] for name in sorted(layers[each])) for each in sorted(layers)]
    return tuple(group for group in found if group)


def _below(edges: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> frozenset[str]:
    reached = set(names)
    waiting = list(reached)
    while waiting:
        more = set(edges[waiting.pop()]) - reached
        reached |= more
        waiting += more
    return frozenset(reached)


def _layers(edges: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """How many rings lie below each; those of one ring are in one layer."""
    found: dict[str, int] = {}
    for ring in rings(edges):
        below = (found[each] + 1 for name in ring for each in edges[name] if each not in ring)
        layer = max(below, default=0)
        found.update(dict.fromkeys(ring, layer))
    return found
