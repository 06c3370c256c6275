"""What belongs together in a lock though it stands in several blocks: both sides may not change it.

Each rule compares two sides with what they come from, and says a clash where a fresh lock of the
merged spec could hold something that neither side has seen.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from envc.lock.contents import archive
from envc.lock.model import BLOCKS, Block, Lock, LockedArchive, LockedChannel

ALIKE: dict[str, tuple[str, ...]] = {
    "requests": ("app", "name", "condition", "toolchain"),
    "targets": ("app", "origin", "target", "language"),
    "components": ("origin", "name", "target"),
    "environments": ("app", "origin", "choices", "architecture"),
    "debs": ("origin", "name", "architecture"),
    "items": ("origin", "name", "output", "system", "tune"),
    "wheels": ("origin", "name", "architecture"),
    "sources": ("of",),
}
"""The facts by which blocks are about the same thing, in whatever version."""


class Sides(NamedTuple):
    base: Lock
    ours: Lock
    theirs: Lock


class Group(NamedTuple):
    """The blocks about one thing."""

    base: frozenset[Block]
    ours: frozenset[Block]
    theirs: frozenset[Block]


Groups = Mapping[tuple[object, ...], Group]


def grouped(sides: Sides, name: str) -> Groups:
    found: dict[tuple[object, ...], list[set[Block]]] = {}
    for place, lock in enumerate(sides):
        for block in getattr(lock, name):
            found.setdefault(about(name, block), [set(), set(), set()])[place].add(block)
    return {key: Group(*map(frozenset, found[key])) for key in sorted(found, key=repr)}


def group_name(name: str, group: Group) -> str:
    """What it is about, without what the sides made of it."""
    block = next(iter(group.base | group.ours | group.theirs))
    words = (str(word) for word in about(name, block) if isinstance(word, str))
    return " ".join((block.TABLE, *filter(None, words)))


def clashes(sides: Sides) -> Iterator[str]:
    yield from _other_data(sides)
    yield from _moved(sides)
    yield from _two_moments(sides)
    yield from _patched(sides)
    yield from _wheels(sides)
    for grid in _GRIDS:
        yield from _grown(sides, grid)


def about(name: str, block: Block) -> tuple[object, ...]:
    return tuple(getattr(block, key) for key in ALIKE[name]) if name in ALIKE else block.key


def _changed(base: Lock, side: Lock, name: str) -> set[Block]:
    return set(getattr(base, name)) ^ set(getattr(side, name))


def _each_way(sides: Sides) -> tuple[tuple[Lock, Lock, Lock], ...]:
    """Each side as the one that moved, and the other as the one that did not."""
    base, ours, theirs = sides
    return ((base, ours, theirs), (base, theirs, ours))


# ---- data on CPUs, archives and channels ---------------------------------------------------------


def _other_data(sides: Sides) -> Iterator[str]:
    for base, moved, other in _each_way(sides):
        known = (base.archspec_digest, other.archspec_digest)
        has_other = "" not in known and moved.archspec_digest not in known
        if has_other and _changed(base, other, "targets"):
            yield "one side has other data on CPUs, and the other side changed targets"


def _moved(sides: Sides) -> Iterator[str]:
    """An archive at another moment has other versions of everything."""
    for base, moved, other in _each_way(sides):
        for root in sorted(_roots(base) & _roots_changed(base, moved)):
            if _archives(moved, root) == _archives(other, root):
                continue
            if any(
                _root(block) == root
                for name in ("components", "environments", "debs", "items", "wheels", "targets")
                for block in _changed(base, other, name)
            ):
                yield f"one side moved {root}, and the other side changed what comes from it"


def _two_moments(sides: Sides) -> Iterator[str]:
    """Beside a second moment of an archive, names say their version too: they do not compare."""
    base, ours, theirs = sides
    for root in sorted(_roots(base)):
        several = any(len(_archives(lock, root)) > 1 for lock in sides)
        both = all(
            any(_root(each) == root for each in _changed(base, side, "environments"))
            for side in (ours, theirs)
        )
        if several and both:
            yield f"both sides changed what comes from {root}, of which there are two moments"


def _patched(sides: Sides) -> Iterator[str]:
    """A patch is made for one state of a source."""
    for base, one, other in _each_way(sides):
        patched = _of(_changed(base, other, "patches") - set(one.patches))
        for name in sorted(_of(_changed(base, one, "sources") - set(other.sources)) & patched):
            yield f"one side changed the source of {name}, and the other side its patches"


def _wheels(sides: Sides) -> Iterator[str]:
    """What one wheel needs may rule out the version of another: only an index tells."""
    base, ours, theirs = sides
    if {*ours.wheels} not in ({*base.wheels}, {*theirs.wheels}) and _changed(
        base, theirs, "wheels"
    ):
        yield "both sides changed the wheels"


def _of(blocks: set[Block]) -> set[str]:
    return {"".join(_facts(each, ("of",))) for each in blocks}


def _root(block: Block) -> str:
    """The archive or channel that a block comes from, at whatever moment."""
    return archive(*_facts(block, ("origin",)))


def _roots(lock: Lock) -> set[str]:
    return {archive(each.name) for each in _origins(lock)}


def _roots_changed(base: Lock, side: Lock) -> set[str]:
    blocks = _changed(base, side, "archives") | _changed(base, side, "channels")
    return {archive(str(block.key[0])) for block in blocks}


def _archives(lock: Lock, root: str) -> set[Block]:
    return {each for each in _origins(lock) if archive(each.name) == root}


def _origins(lock: Lock) -> tuple[LockedArchive | LockedChannel, ...]:
    return (*lock.archives, *lock.channels)


# ---- tables with rows and columns ----------------------------------------------------------------


class _Grid(NamedTuple):
    """Blocks that a spec asks for in all combinations: of each row with each column."""

    name: str
    scope: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...]
    content: tuple[str, ...]


_GRIDS = (
    _Grid(
        "targets",
        ("app",),
        (("target",), ("origin",), ("compiler", "version", "language")),
        ("flags", "codegen", "link", "pins", "stands_in"),
    ),
    _Grid(
        "environments",
        ("app",),
        (("architecture",), ("origin",), ("choices",)),
        ("components", "build", "run", "untuned", "build_wheels", "run_wheels", "tools"),
    ),
    _Grid("items", ("origin", "system"), (("tune",), ("name", "version", "output")), ("path",)),
)


def _grown(sides: Sides, grid: _Grid) -> Iterator[str]:
    """One side with a row more and the other with a column more: nobody has seen the corner."""
    scopes = {_facts(each, grid.scope) for lock in sides for each in getattr(lock, grid.name)}
    for scope in sorted(scopes):
        base, ours, theirs = (
            [each for each in getattr(lock, grid.name) if _facts(each, grid.scope) == scope]
            for lock in sides
        )
        if set(ours) == set(theirs) or not base:
            continue
        left, right = _ways(base, ours, grid), _ways(base, theirs, grid)
        if left and right and (left != right or len(left) > 1):
            table = BLOCKS[grid.name].TABLE
            yield f"both sides changed the {table}s of {' '.join(scope)}, in ways that cross"


def _ways(base: list[Block], side: list[Block], grid: _Grid) -> set[tuple[str, ...]]:
    """The ways in which a side differs: rows, columns, or what stands in them."""
    found = {
        way
        for way in grid.ways
        if {_facts(each, way) for each in base} != {_facts(each, way) for each in side}
    }
    place = tuple(name for way in grid.ways for name in way)
    before = {_facts(each, place): _facts(each, grid.content) for each in base}
    if any(
        before.get(_facts(each, place), _facts(each, grid.content)) != _facts(each, grid.content)
        for each in side
    ):
        found.add(grid.content)
    return found


def _facts(block: Block, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(block, name)) for name in names)
