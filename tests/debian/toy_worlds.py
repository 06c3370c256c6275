"""Small archives, made at random from a seed, and every way to install from one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from random import Random

from envc.debian.relations import Atom, parse
from envc.debian.solve_universe import Candidate, Universe

Stanza = dict[str, str]


def packages(random: Random, prefix: str = "", versions: int = 1) -> list[Stanza]:
    """Packages that need, refuse and provide each other."""
    names = [f"{prefix}{letter}" for letter in "abcdefghijkl"[: random.randint(4, 12)]]
    virtual = [f"{prefix}virtual{number}" for number in range(3)]

    def atom(own: str) -> str:
        if random.random() < 0.2:
            name = random.choice(virtual)
            return name if random.random() < 0.8 else f"{name} (>= {random.randint(1, 2)})"
        # Where a package needs itself, apt gives up only when it puts packages in order.
        name = random.choice([name for name in names if name != own])
        operator = random.choice([">=", "<<", "=", ">>", "<="])
        return name if random.random() < 0.9 else f"{name} ({operator} {random.randint(1, 3)})"

    def needs(own: str) -> str:
        return " | ".join(atom(own) for _ in range(random.choice([1, 1, 1, 2, 2, 3])))

    found: list[Stanza] = []
    for name in names:
        for version in random.sample([1, 2, 3], versions):
            stanza = {"Package": name, "Version": str(version)}
            stanza["Priority"] = random.choice(["optional"] * 6 + ["important", "required"])
            if random.random() < 0.05:
                stanza["Essential"] = "yes"
            stanza["Depends"] = ", ".join(
                needs(name) for _ in range(random.choice([0, 1, 1, 2, 3]))
            )
            if random.random() < 0.2:
                stanza[random.choice(["Conflicts", "Breaks"])] = atom(name)
            if random.random() < 0.4:
                number = f" (= {random.randint(1, 2)})" if random.random() < 0.3 else ""
                stanza["Provides"] = random.choice(virtual) + number
            if random.random() < 0.2:
                stanza["Recommends"] = atom(name)
            found.append({field: value for field, value in stanza.items() if value})
    return found


def asked(random: Random, stanzas: Sequence[Stanza]) -> list[str]:
    names = sorted({stanza["Package"] for stanza in stanzas})
    return sorted(random.sample(names, random.randint(1, 3)))


def installations(universe: Universe, names: Iterable[str]) -> Iterator[dict[str, Candidate]]:
    """Every consistent set, found by trying all."""
    choices = [(None, *universe.versions(name)) for name in names]
    for picked in product(*choices):
        some = {one.name: one for one in picked if one is not None}
        if is_consistent(universe, some):
            yield some


def is_consistent(universe: Universe, chosen: Mapping[str, Candidate]) -> bool:
    def there(atom: Atom) -> list[Candidate]:
        return [one for one in universe.targets(atom) if chosen.get(one.name) is one]

    return all(
        all(any(map(there, group)) for group in one.needs)
        and not any(other is not one for atom in one.refuses for other in there(atom))
        for one in chosen.values()
    )


def groups_of(text: str) -> tuple[tuple[Atom, ...], ...]:
    found = parse(text)
    assert isinstance(found, tuple)
    return found
