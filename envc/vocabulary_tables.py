"""The tables of the manual, made from the vocabulary: `python -m envc.vocabulary_tables FILE…`.

In a Markdown file `<!-- table: run -->` and `<!-- end -->` stand around what is written here.
"""

import re
import sys
from collections.abc import Iterable, Mapping

from envc import vocabulary
from envc.facts.units import DURATION_UNITS, MEMORY_UNITS
from envc.facts.words import listed
from envc.vocabulary import Key, Keys, Shape

_TABLE = re.compile(r"(<!-- table: ([\w ]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def refreshed(markdown: str) -> str:
    """The text with every table as the vocabulary has it now."""
    return _TABLE.sub(lambda found: f"{found[1]}{TABLES[found[2]]}{found[3]}", markdown)


def _keys(keys: Keys) -> str:
    rows = ((f"`{name}`", _value(key), key.about) for name, key in keys.items())
    return _table(("key", "value", "what it says"), rows)


def _value(key: Key) -> str:
    said = listed(key.choices) if key.choices else key.shape.value
    if key.choices and key.shape is Shape.NAMES:
        said = f"some of {listed(key.choices)}"
    if key.per:
        said += f", in all or {listed(f'per {each}' for each in key.per)}"
    return said + ("; repeatable" if key.repeat else "")


def _builds() -> str:
    """One table for all systems: the keys that they share come once."""
    systems: dict[tuple[str, Key], list[str]] = {}
    for system, keys in vocabulary.BUILD.items():
        for name, key in keys.items():
            systems.setdefault((name, key), []).append(f"`{system}`")
    rows = (
        (
            f"`{name}`",
            "all" if len(of) == len(vocabulary.BUILD) else ", ".join(of),
            _value(key),
            key.about,
        )
        for (name, key), of in systems.items()
    )
    return _table(("key", "of", "value", "what it says"), rows)


def _words(head: str, words: Mapping[str, str]) -> str:
    return _table((head, "what it is"), ((f"`{word}`", about) for word, about in words.items()))


def _sources() -> str:
    rows = (
        (f"`{kind}`", about, ", ".join(f"`{each}`" for each in attributes))
        for kind, (about, attributes) in vocabulary.SOURCE_KINDS.items()
    )
    return _table(("kind", "what it is", "attributes"), rows)


def _units() -> str:
    memory = ((f"`{unit}`", _bytes(size)) for unit, size in MEMORY_UNITS.items())
    time = ((f"`{unit}`", f"{size:,} s") for unit, size in DURATION_UNITS.items())
    return _table(("unit", "size"), [*memory, *time])


def _bytes(size: int) -> str:
    return f"2^{size.bit_length() - 1} bytes" if size > 1 else "1 byte"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = tuple(head)
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(_cell(each) for each in line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES: Mapping[str, str] = {
    "facts": _keys(vocabulary.FACTS),
    "source kinds": _sources(),
    "source attributes": _keys(vocabulary.ATTRIBUTES),
    "roles": _words("role", vocabulary.ROLES),
    "providers": _words("provider", vocabulary.ORIGINS),
    "languages": _words("word", vocabulary.LANGUAGES),
    "build systems": _words("system", vocabulary.BUILD_ABOUT),
    "build": _builds(),
    "flags": _keys(vocabulary.FLAGS),
    "run": _keys(vocabulary.RUN),
    "placeholders": _words("placeholder", vocabulary.PLACEHOLDERS),
    "emits": _words("word", vocabulary.EMITS),
    "site": _keys(vocabulary.SITE),
    "schedulers": _words("scheduler", vocabulary.SCHEDULERS),
    "scheduler": _keys(vocabulary.SCHEDULER),
    "runtimes": _words("runtime", vocabulary.RUNTIMES),
    "partition": _keys(vocabulary.PARTITION),
    "campaign": _keys(vocabulary.CAMPAIGN),
    "units": _units(),
    "statements": _words("word", vocabulary.STATEMENTS),
    "deprecated": _table(
        ("word", "now"), ((f"`{old}`", f"`{new}`") for old, new in vocabulary.DEPRECATED.items())
    ),
}


def main(paths: list[str]) -> None:
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(refreshed(text))


if __name__ == "__main__":
    main(sys.argv[1:])
