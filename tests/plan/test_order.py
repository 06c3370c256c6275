"""The order in which packages are configured."""

from hypothesis import given
from hypothesis import strategies as st

from envc.lock.model import LockedDeb
from envc.plan.order import groups

NAMES = ["dpkg", "libc6", "bash", *"abcdefgh"]
worlds = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=4, unique=True)
)


def deb(name: str, depends: list[str]) -> LockedDeb:
    return LockedDeb("debian/trixie", name, "amd64", "1", "", "", 0, "", tuple(depends))


def ordered(world: dict[str, list[str]]) -> list[list[str]]:
    found = groups(deb(*each) for each in world.items())
    return [[each.name for each in group] for group in found]


def below(world: dict[str, list[str]], name: str) -> set[str]:
    reached, waiting = set[str](), [name]
    while waiting:
        more = {each for each in world[waiting.pop()] if each in world} - reached
        reached |= more
        waiting += more
    return reached


@given(world=worlds)
def test_what_a_package_needs_is_there_before_it(world: dict[str, list[str]]) -> None:
    found = [
        [each.name for each in group] for group in groups(deb(*each) for each in world.items())
    ]
    assert sorted(name for group in found for name in group) == sorted(world)
    place = {name: number for number, group in enumerate(found) for name in group}
    for name in world:
        for other in below(world, name):
            assert place[other] <= place[name]
            if place[other] == place[name] != 0:
                assert name in below(world, other)


@given(world=worlds, data=st.data())
def test_the_order_of_a_lock_has_no_part_in_it(
    world: dict[str, list[str]], data: st.DataObject
) -> None:
    debs = [deb(*each) for each in world.items()]
    assert groups(debs) == groups(data.draw(st.permutations(debs)))


def test_what_everything_relies_on_comes_first() -> None:
    world = {"a": [], "libc6": [], "dpkg": ["libc6"], "bash": [], "b": ["a"]}
    found = [
        [each.name for each in group] for group in groups(deb(*each) for each in world.items())
    ]
    assert found == [["bash", "libc6", "dpkg"], ["a"], ["b"]]
