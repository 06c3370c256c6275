"""The partial order of targets: what runs where, and what a target has.

Every answer is a function of archspec's data, which is read when first asked for. `covers` is the
order itself; `rank` only sorts for people and is never used to decide.
"""

from functools import cache

from envc.cpu.archspec_json import Target, data, digest
from envc.cpu.tables.aliases import BIG_ENDIAN, HOST_WORDS, NEAREST, SAME, VENDORS
from envc.facts.words import close
from envc.values import dataclass

Rank = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A target by archspec's name; `note` says how it came from what was written, if it differs."""

    name: str
    note: str = ""


@cache
def names() -> tuple[str, ...]:
    """All targets, family by family, each after its ancestors."""
    return tuple(sorted(data().targets, key=lambda name: (family(name), rank(name))))


def target(name: str) -> Target:
    return data().targets[name]


def data_digest() -> str:
    """Changes when archspec, its data or envc's corrections change; belongs in every lock."""
    return digest()


def data_version() -> str:
    return data().version


# ---- names --------------------------------------------------------------------------------------


def resolve(name: str) -> Resolved | None:
    """The target that a written name means. `native` means none: no machine is ever looked at."""
    key = _plain(name)
    if is_host_word(name):
        return None
    if name in data().targets:
        return Resolved(name, _endian_note(name))
    found = _plain_names().get(key)
    if found is not None:
        return Resolved(found, f"`{name}` is archspec's `{found}`")
    nearest = _NEAREST_KEYS.get(key)
    if nearest is not None:
        return Resolved(
            nearest, f"archspec has no `{name}`; code for `{nearest}` is the best that runs on it"
        )
    return None


def is_host_word(name: str) -> bool:
    """`native` and its like: the one kind of name that can never be a target."""
    return _plain(name) in _HOST_KEYS


def suggest(name: str) -> list[str]:
    """At most three targets that may have been meant, by their own names or by others."""
    meant = {**NEAREST, **SAME, **{each: each for each in data().targets}}
    found = [meant[spelt] for spelt in close(name, meant, limit=6)]
    return list(dict.fromkeys(found))[:3]


def _endian_note(name: str) -> str:
    little = BIG_ENDIAN.get(name)
    return f"`{name}` is big-endian; Linux today runs `{little}`" if little else ""


def _plain(name: str) -> str:
    # armv8.2-a, ARMv8.2a; x86-64-v3, x86_64_v3; skylake-avx512; Zen4
    return name.lower().replace("-", "").replace("_", "").replace(" ", "")


_NEAREST_KEYS = {_plain(alias): name for alias, name in NEAREST.items()}
_HOST_KEYS = frozenset(map(_plain, HOST_WORDS))


@cache
def _plain_names() -> dict[str, str]:
    aliases = {_plain(alias): name for alias, name in SAME.items()}
    return {**aliases, **{_plain(name): name for name in data().targets}}


# ---- the order ----------------------------------------------------------------------------------


def covers(a: str, b: str) -> bool:
    """Code for `a` runs on `b`."""
    return a == b or a in target(b).ancestors


def between(low: str, high: str) -> tuple[str, ...]:
    """Everything from `low` to `high`, both included; nothing where `low` does not run on it."""
    return tuple(each for each in upward(low) if covers(each, high))


def upward(low: str) -> tuple[str, ...]:
    """The targets that run code for `low`, itself included."""
    return tuple(each for each in names() if covers(low, each))


def downward(high: str) -> tuple[str, ...]:
    """The targets whose code runs on `high`, itself included."""
    return tuple(each for each in names() if covers(each, high))


def meet(among: tuple[str, ...]) -> tuple[str, ...]:
    """The best targets that run on all of these; more than one where none is the better."""
    return best(tuple(each for each in names() if all(covers(each, one) for one in among)))


def best(among: tuple[str, ...]) -> tuple[str, ...]:
    """Those whose code runs on none of the others."""
    return tuple(
        each for each in among if not any(each != other and covers(each, other) for other in among)
    )


def rank(name: str) -> Rank:
    """A line through the order, for display and for choosing among equals: never for `covers`."""
    this = target(name)
    return len(this.ancestors), len(this.features), name


def generic(name: str) -> str:
    """The best target of no vendor whose code runs on this one."""
    return max((each for each in downward(name) if vendor(each) == "generic"), key=rank)


def family(name: str) -> str:
    return target(name).family


def vendor(name: str) -> str:
    return target(name).vendor


# ---- features, vendors, families ----------------------------------------------------------------


def has(name: str, feature: str) -> bool:
    """A feature that code for this target may use, by its own name or by archspec's alias."""
    this = target(name)
    if feature in this.features:
        return True
    alias = data().aliases.get(feature)
    if alias is None:
        return False
    by_feature = not alias.any_of or bool(alias.any_of & this.features)
    return by_feature and (not alias.families or this.family in alias.families)


_VECTORS = ("avx", "avx2", "fma", "avx512f", "avx512vl", "sve", "sve2")


def vectors(name: str) -> tuple[str, ...]:
    """The features that set one class of numerical code apart from another."""
    return tuple(each for each in _VECTORS if has(name, each))


def having(feature: str) -> tuple[str, ...]:
    return tuple(each for each in names() if has(each, feature))


def features() -> tuple[str, ...]:
    return tuple(
        sorted({*data().aliases, *(f for t in data().targets.values() for f in t.features)})
    )


def is_feature(name: str) -> bool:
    return name in _feature_set()


def suggest_feature(name: str) -> list[str]:
    return close(name, features())


@cache
def _feature_set() -> frozenset[str]:
    return frozenset(features())


def vendors() -> tuple[str, ...]:
    """archspec's vendors as they are written in a spec: short and in small letters."""
    short = {long: word for word, long in VENDORS.items()}
    return tuple(sorted({short.get(t.vendor, t.vendor.lower()) for t in data().targets.values()}))


def is_vendor(name: str) -> bool:
    return bool(by_vendor(name))


def by_vendor(name: str) -> tuple[str, ...]:
    wanted = VENDORS.get(name.lower(), name).lower()
    return tuple(each for each in names() if vendor(each).lower() == wanted)


def suggest_vendor(name: str) -> list[str]:
    return close(name, vendors())


@cache
def families() -> tuple[str, ...]:
    return tuple(each for each in names() if not target(each).ancestors)


def is_family(name: str) -> bool:
    return bool(by_family(name))


def by_family(name: str) -> tuple[str, ...]:
    """The targets of a family, which may also be called amd64, arm64 or x86-64."""
    found = resolve(name)
    if found is None or found.name not in families():
        return ()
    return tuple(each for each in names() if family(each) == found.name)


def suggest_family(name: str) -> list[str]:
    found = resolve(name)
    return [family(found.name)] if found else close(name, families())
