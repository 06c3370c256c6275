"""Files in a file: what archives of each format have in common."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from envc.verify.difference import Detail, What

ORDERED = "list of members"
Inside = Callable[[bytes, bytes], Iterator[Detail]]
"""What differs in what a file holds."""


class Member(NamedTuple):
    name: str
    data: bytes
    facts: Mapping[What, str]
    """Of its header: time, owner, mode."""


def details(
    one: Iterable[Member], other: Iterable[Member], inside: Inside, called: str = "member"
) -> Iterator[Detail]:
    left, right = _named(one), _named(other)
    for name in dict.fromkeys((*left, *right)):
        if name not in right:
            yield Detail(What.ONLY_ONE, name.encode(), b"")
        elif name not in left:
            yield Detail(What.ONLY_OTHER, b"", name.encode())
        else:
            place = f"{called} {name}"
            yield from (each.inside(place) for each in _facts(left[name], right[name]))
            yield from (each.inside(place) for each in inside(left[name].data, right[name].data))
    common = [[name for name in side if name in left and name in right] for side in (left, right)]
    if common[0] != common[1]:
        before, after = ("\n".join(each).encode() for each in common)
        yield Detail(What.ORDER, before, after, (ORDERED,))


def _named(members: Iterable[Member]) -> dict[str, Member]:
    """The second of a name is told from the first."""
    found: dict[str, Member] = {}
    for each in members:
        name, number = each.name, 2
        while name in found:
            name, number = f"{each.name} ({number})", number + 1
        found[name] = each
    return found


def _facts(one: Member, other: Member) -> Iterator[Detail]:
    for what in one.facts:
        if one.facts[what] != other.facts.get(what, ""):
            yield Detail(what, one.facts[what].encode(), other.facts.get(what, "").encode())
