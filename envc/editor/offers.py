"""The names that can stand at a place, from the tables of words, the file, and the library."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal, NamedTuple

from envc import vocabulary
from envc.check.signatures import Library, Signature, signature, variants
from envc.cpu import lattice
from envc.cpu.tables.gpus import GPUS
from envc.editor.place import Place
from envc.facts.units import DURATION_UNITS, MEMORY_UNITS
from envc.spec import Spec, Variant
from envc.syntax import nodes
from envc.vocabulary import Key, Keys, Shape

Look = Literal["keyword", "key", "value", "variant", "package", "target", "name", "unit"]


class Item(NamedTuple):
    text: str
    look: Look
    about: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that a name in the file can mean."""

    file: nodes.SpecFile
    spec: Spec
    shelf: Library
    uses: tuple[str, ...] = ()
    """What `use` could take in."""

    def signature(self, name: str) -> Signature | None:
        for item in self.file.items:
            if isinstance(item, nodes.Package | nodes.App) and item.name.text == name:
                return signature(item, self.file.source)
        return self.shelf.signature(name)

    def variants(self, owner: str) -> Mapping[str, Variant]:
        for item in self.file.items:
            if isinstance(item, nodes.App | nodes.Package) and item.name.text == owner:
                return {each.name: each for each in variants(item.body, self.file.source)}
        return {}


def offers(here: Place, known: Known) -> Iterator[Item]:
    texts = here.texts
    if here.prefix.startswith("@"):
        return _versions(texts[-1] if texts else "", known)
    last = max((i for i, text in enumerate(texts) if text in ("on", "when")), default=0)
    if last and texts[last] == "on":
        return _cpus(texts, known)
    if last:
        return _conditions(here, texts[last:], known)
    if not texts:
        return _beginnings(here, known)
    return _words(here, texts, known)


# ---- conditions ----------------------------------------------------------------------------------


def _cpus(texts: tuple[str, ...], known: Known) -> Iterator[Item]:
    match texts[-1]:
        case "has":
            return (Item(each, "value", "CPU feature") for each in lattice.features())
        case "vendor":
            return (Item(each, "value", "CPU vendor") for each in lattice.vendors())
        case "family":
            return (Item(each, "value", "CPU family") for each in lattice.families())
        case _:
            return _targets(known)


def _targets(known: Known) -> Iterator[Item]:
    for each in known.spec.target_sets:
        yield Item(each.name, "target", ", ".join(each.members))
    for name in lattice.names():
        yield Item(name, "target", f"{lattice.vendor(name)}, {lattice.family(name)}")


def _conditions(here: Place, texts: tuple[str, ...], known: Known) -> Iterator[Item]:
    mine = _variants_here(here, known)
    asked = texts[-2] if texts[-1] == "is" else texts[-3] if texts[-2:] == ("is", "not") else ""
    if asked in mine:
        return (Item(choice, "value") for choice in mine[asked].choices)
    return _variant_items(mine)


def _variants_here(here: Place, known: Known) -> Mapping[str, Variant]:
    head = here.blocks[0] if here.blocks else ()
    if head[:1] in (("app",), ("package",)):
        return known.variants(head[1]) if len(head) > 1 else {}
    found: dict[str, Variant] = {}
    for app in known.spec.apps:  # a toolchain's conditions ask about those who use it
        found.update({variant.name: variant for variant in app.variants})
    return found


def _variant_items(known: Mapping[str, Variant]) -> Iterator[Item]:
    for each in known.values():
        yield Item(each.name, "variant", each.about or " | ".join(each.choices))


# ---- the first word of a line --------------------------------------------------------------------


def _beginnings(here: Place, known: Known) -> Iterator[Item]:
    match here.block:
        case "needs" | "provider":
            return _packages(known, here.prefix)
        case "toolchain":
            return _described(vocabulary.LANGUAGES, "key")
        case "matrix":
            mine = _variant_items(_variants_here(here, known))
            return iter([Item("target", "key", "CPU targets or sets."), *mine])
        case _:
            return _key_items(_keys(here))


def _keys(here: Place) -> Keys:
    head = here.blocks[-1] if here.blocks else ()
    if head[:1] == ("build",):
        return vocabulary.BUILD.get(head[1], {}) if len(head) > 1 else {}
    if head[:1] == ("source",):
        return _attributes(head)
    closed: Mapping[str, Keys] = {
        "run": vocabulary.RUN,
        "site": vocabulary.SITE,
        "scheduler": vocabulary.SCHEDULER,
        "partition": vocabulary.PARTITION,
        "campaign": vocabulary.CAMPAIGN,
        "flags": vocabulary.FLAGS,
    }
    return closed.get(here.block, {})


def _attributes(texts: tuple[str, ...]) -> Keys:
    _, allowed = vocabulary.SOURCE_KINDS.get(texts[1] if len(texts) > 1 else "", ("", ()))
    return {name: vocabulary.ATTRIBUTES[name] for name in allowed}


def _key_items(keys: Keys) -> Iterator[Item]:
    return (Item(name, "key", key.about) for name, key in keys.items())


# ---- the words behind it -------------------------------------------------------------------------


def _words(here: Place, texts: tuple[str, ...], known: Known) -> Iterator[Item]:
    """The names behind a statement's first word, or behind a key."""
    first = texts[0]
    if here.block in ("needs", "provider") or first in ("needs", "include", "host"):
        return _request(texts, known, here.prefix)
    if here.block not in ("", "app", "package", "site", "campaign"):
        return _setting(here, texts, known)
    if first in _DESCRIBED:
        return _described(_DESCRIBED[first], "value")
    match first:
        case "use":
            return (Item(each, "name", "spec") for each in known.uses)
        case "using":
            return (Item(each.name, "name", "toolchain") for each in known.spec.toolchains)
        case "targets" | "prefer":
            return _targets(known)
        case "source":
            return _key_items(_attributes(texts)) if len(texts) > 1 else _sources()
        case "reproducibility":
            return _values(vocabulary.FACTS[first], texts, known)
        case _:
            return _setting(here, texts, known)


_DESCRIBED: Mapping[str, Mapping[str, str]] = {
    "build": vocabulary.BUILD_ABOUT,
    "emit": vocabulary.EMITS,
    "scheduler": vocabulary.SCHEDULERS,
    "provider": vocabulary.ORIGINS,
    "version": vocabulary.ORIGINS,
}


def _sources() -> Iterator[Item]:
    kinds = {kind: about for kind, (about, _) in vocabulary.SOURCE_KINDS.items()}
    return _described(kinds, "value")


def _setting(here: Place, texts: tuple[str, ...], known: Known) -> Iterator[Item]:
    if here.block == "toolchain":
        return _packages(known, here.prefix)
    if here.block == "matrix":
        variant = _variants_here(here, known).get(texts[0])
        if variant is not None:
            return (Item(choice, "value") for choice in variant.choices)
        return _targets(known) if texts[0] == "target" else iter(())
    keys = _keys(here)
    place = max((i for i, text in enumerate(texts) if text in keys), default=None)
    if place is None:
        return iter(())
    return _values(keys[texts[place]], texts[place:], known)


def _values(key: Key, texts: tuple[str, ...], known: Known) -> Iterator[Item]:
    if texts[-1] == "per":
        yield from (Item(each, "value") for each in key.per)
        return
    if key.per and texts[-1][:1].isalnum() and len(texts) > 1:
        yield Item("per", "value", "counts for each of them")
    yield from (Item(each, "value") for each in key.choices)
    yield from _of_shape(key.shape, known)


def _of_shape(shape: Shape, known: Known) -> Iterable[Item]:
    match shape:
        case Shape.MEMORY:
            return [Item(each, "unit") for each in MEMORY_UNITS]
        case Shape.DURATION:
            return [Item(each, "unit") for each in DURATION_UNITS]
        case Shape.TARGETS:
            return _targets(known)
        case Shape.GPU:
            return [Item(each.name, "value", each.architecture) for each in GPUS.values()]
        case Shape.YES_NO:
            return [Item("yes", "value"), Item("no", "value")]
        case Shape.SITES:
            return [Item(each.name, "name", "site") for each in known.spec.sites]
        case Shape.RUNS:
            runs = (run.name for app in known.spec.apps for run in app.runs)
            return [Item(each, "name", "run") for each in runs]
        case Shape.SITE_FACT:
            return [Item("required", "value", "whoever runs it has to say it")]
        case _:
            return []


# ---- requests: name@versions +variant ------------------------------------------------------------


def _request(texts: tuple[str, ...], known: Known, prefix: str) -> Iterator[Item]:
    if texts[-1] in ("needs", ","):
        return _packages(known, prefix)
    if texts[-1] == "include":
        return (Item(each.name, "name", "app") for each in known.spec.apps)
    if texts[-1] == "for" or "for" in texts:
        return _described(vocabulary.ROLES, "value")
    if texts[-1] == "from":
        return _described(vocabulary.ORIGINS, "value")
    start = max((i + 1 for i, text in enumerate(texts) if text in _STARTS), default=0)
    named = known.signature(texts[start]) if start < len(texts) else None
    if named is None:
        return iter(())
    if texts[-1] == "=" and (variant := named.variants.get(texts[-2])) is not None:
        return (Item(choice, "value") for choice in variant.choices)
    return _options(named, bare=texts[-1] not in "+~")


MOST_OFFERED = 200
"""Names of a provider. An editor shows a dozen, and asks again when more is written."""
_STARTS = (",", "needs", "include", "host")


def _options(signature: Signature, *, bare: bool) -> Iterator[Item]:
    """Behind a sign only what can be switched; without one what takes a value."""
    for each in signature.variants.values():
        switch = set(each.choices) == {"yes", "no"}
        if bare != switch:
            yield Item(each.name, "variant", each.about or " | ".join(each.choices))


def _packages(known: Known, prefix: str) -> Iterator[Item]:
    provider, slash, begun = prefix.partition("/")
    if slash and begun:
        return _direct_names(provider, begun)
    return _named_packages(known)


def _direct_names(provider: str, begun: str) -> Iterator[Item]:
    """Only of those that go on so: all of them are tens of thousands."""
    from envc.names import shipped

    for name in islice(shipped.beginning(provider, begun), MOST_OFFERED):
        yield Item(f"{provider}/{name}", "package", f"in {provider.capitalize()}")


def _named_packages(known: Known) -> Iterator[Item]:
    own = [each for each in known.file.items if isinstance(each, nodes.Package)]
    yield from (Item(each.name.text, "package", "in this file") for each in own)
    for name in known.shelf.names():
        yield Item(name, "package")


def _versions(name: str, known: Known) -> Iterator[Item]:
    signature = known.signature(name)
    numbers: Iterable[tuple[str, str]] = signature.versions if signature is not None else ()
    return (Item(f"@{number}", "value", origin) for number, origin in numbers)


def _described(words: Mapping[str, str], look: Look) -> Iterator[Item]:
    return (Item(word, look, about) for word, about in words.items())
