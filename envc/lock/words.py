"""What changed from one lock to another, as people would tell it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from envc.lock.model import BLOCKS, Block, Lock
from envc.lock.text import FIELDS, Value
from envc.lock.together import about

Verb = Literal["added", "removed", "changed"]


class Fact(NamedTuple):
    """What a block said, and what it says now."""

    name: str
    before: Value
    after: Value


class Change(NamedTuple):
    table: str
    verb: Verb
    what: str
    origin: str
    """The archive or channel that it comes from; empty for what comes from none."""
    facts: tuple[Fact, ...] = ()
    """Of what was changed."""


class _Kind(NamedTuple):
    heading: str
    what: str
    """With the facts of a block in braces; those that say nothing leave no gap."""
    version: str = ""
    """The fact that the others follow from, so that they are not told beside it."""


_KINDS: Mapping[str, _Kind] = {
    "archives": _Kind("origins", "{name}", "snapshot"),
    "channels": _Kind("origins", "{name}", "commit"),
    "images": _Kind("images to start from", "{reference}", "digest"),
    "modules": _Kind("specs taken in", "{name}", "digest"),
    "requests": _Kind("asked for", "{app}: {name}", "versions"),
    "targets": _Kind("targets", "{app} on {target}: {compiler} ({language})", "version"),
    "components": _Kind("components", "{name} {options} {target}", "version"),
    "environments": _Kind("environments", "{app} {choices} for {architecture}"),
    "debs": _Kind("packages", "{name} {architecture}", "version"),
    "items": _Kind("packages", "{name} {output} {system} {tune}", "version"),
    "wheels": _Kind("packages", "{name} {architecture}", "version"),
    "sources": _Kind("sources", "{kind} of {of}", "sha256"),
    "patches": _Kind("patches", "{place} of {of}", "sha256"),
    "outputs": _Kind("outputs", "{kind} of {app} {choices} on {target}", "digest"),
}
_MOST = 4
"""Entries of a list that are told one by one."""
_ORDERED = frozenset({"flags", "codegen", "link", "pins", "urls"})
"""Lists in which the place of a word means something: they are told whole."""
_DIGITS = 12
"""Of a digest or commit."""


def changes(old: Lock, new: Lock) -> Iterator[Change]:
    if (old.archspec, old.archspec_digest) != (new.archspec, new.archspec_digest):
        facts = (
            Fact("version", old.archspec, new.archspec),
            Fact("digest", old.archspec_digest, new.archspec_digest),
        )
        different = tuple(fact for fact in facts if fact.before != fact.after)
        yield Change("archspec", "changed", "archspec", "", different)
    for name in BLOCKS:
        before, after = _alike(name, old, new), _alike(name, new, old)
        for key in sorted(before.keys() | after.keys(), key=repr):
            yield from _changed(name, before.get(key, []), after.get(key, []))


def told(found: Iterable[Change]) -> Iterator[str]:
    """The lines, under a heading for each kind."""
    heading = ""
    headings = {BLOCKS[name].TABLE: kind.heading for name, kind in _KINDS.items()}
    for each in found:
        own = headings.get(each.table, "data on CPUs")
        if own != heading:
            yield from ["", own] if heading else [own]
            heading = own
        yield from (f"  {line}" for line in _lines(each))


# ---- finding -------------------------------------------------------------------------------------


def _alike(name: str, lock: Lock, other: Lock) -> dict[tuple[object, ...], list[Block]]:
    """The blocks that the other lock has not, by what they are about."""
    known = frozenset(getattr(other, name))
    found: dict[tuple[object, ...], list[Block]] = {}
    for block in getattr(lock, name):
        if block not in known:
            found.setdefault(about(name, block), []).append(block)
    return found


def _changed(name: str, before: Sequence[Block], after: Sequence[Block]) -> Iterator[Change]:
    if len(before) == len(after) == 1:
        yield _change(name, "changed", after[0], _facts(name, before[0], after[0]))
    else:
        yield from (_change(name, "removed", each) for each in before)
        yield from (_change(name, "added", each) for each in after)


def _change(name: str, verb: Verb, block: Block, facts: tuple[Fact, ...] = ()) -> Change:
    kind = _KINDS[name]
    values = {field.name: getattr(block, field.name) for field in FIELDS[name]}
    shown = {key: " ".join(_words(value)) for key, value in values.items()}
    what = " ".join(kind.what.format(**shown).replace(" out ", " ").split())
    if verb != "changed" and kind.version and values[kind.version]:
        what = f"{what} {_short(values[kind.version])}"
    return Change(block.TABLE, verb, what, str(values.get("origin", "")), facts)


def _facts(name: str, before: Block, after: Block) -> tuple[Fact, ...]:
    pairs = (
        Fact(field.key, getattr(before, field.name), getattr(after, field.name))
        for field in FIELDS[name]
    )
    return tuple(fact for fact in pairs if fact.before != fact.after)


# ---- telling -------------------------------------------------------------------------------------


def _lines(change: Change) -> Iterator[str]:
    origin = f" ({change.origin})" if change.origin else ""
    if change.verb != "changed":
        yield f"{'+' if change.verb == 'added' else '-'} {change.what}{origin}"
        return
    leading = [fact for fact in change.facts if fact.name == _LEADING.get(change.table)]
    rest = list(change.facts)
    if leading:
        before, after = (_short(value) or "any" for value in leading[0][1:])
        yield f"{change.what} {before} -> {after}{origin}"
        followed = (leading[0].name, *_FOLLOWING.get(change.table, ()))
        rest = [fact for fact in rest if fact.name not in followed]
    else:
        yield f"{change.what}{origin}"
    yield from (f"  {fact.name}: {_difference(fact)}" for fact in rest)


_LEADING = {BLOCKS[name].TABLE: kind.version for name, kind in _KINDS.items() if kind.version}
_FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "archive": ("release",),
    "deb": ("path", "size", "sha256", "source"),
    "item": ("path",),
    "wheel": ("file", "size", "sha256", "urls"),
    "image": ("platforms",),
    "source": ("file", "modules", "nar", "size", "swhid"),
    "patch": ("size",),
    "output": ("size", "closure"),
}
"""What is another where the version is another, and says nothing more."""


def _difference(fact: Fact) -> str:
    if not isinstance(fact.before, tuple) or not isinstance(fact.after, tuple):
        return f"{_short(fact.before) or 'nothing'} -> {_short(fact.after) or 'nothing'}"
    if fact.name in _ORDERED:
        return f"{' '.join(fact.before) or 'none'} -> {' '.join(fact.after) or 'none'}"
    gone = [word for word in fact.before if word not in fact.after]
    come = [word for word in fact.after if word not in fact.before]
    return ", ".join(_counted(sign, words) for sign, words in (("-", gone), ("+", come)) if words)


def _counted(sign: str, words: Sequence[str]) -> str:
    first = ", ".join(f"{sign} {word}" for word in words[:_MOST])
    more = len(words) - _MOST
    return f"{first} and {more} more" if more > 0 else first


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _short(value: Value) -> str:
    """Enough of a digest to tell it from another."""
    text = " ".join(_words(value))
    kind, colon, digits = text.rpartition(":")
    is_hex = len(digits) >= 40 and set(digits) <= set("0123456789abcdef")
    return f"{kind}{colon}{digits[:_DIGITS]}…" if is_hex else text
