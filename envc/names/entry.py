"""A `package` for a spec, made of what Debian and Guix say: a beginning that its user can change.

Which of Debian's packages a build needs and which a run needs is told by their sections: those for
development, those of shared libraries, and the rest, which is for both. Manuals, symbols and
packages that only lead to others are left out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from envc.facts import versions
from envc.names.debian import Binary, Kind, Source
from envc.names.finding import Found
from envc.names.guix import GuixPackage
from envc.source import Source as Text
from envc.syntax.layout import layout
from envc.syntax.lexer import words
from envc.syntax.parser import parse
from envc.syntax.words import Kind as WordKind

MOST_LINES = 24
"""More packages than this of one source are no beginning: the nearest to its name are taken."""
_ORDER: tuple[Kind, ...] = ("development", "library", "other")
_ROLES: dict[Kind, str] = {"development": " for build", "library": " for run"}
_SELDOM = frozenset({"doc", "debug", "static", "examples", "info", "man", "tests", "out"})
"""Outputs that no build asks for, and the one that a bare name means."""


class Entry(NamedTuple):
    name: str
    """What the package is called in the spec."""
    text: str
    """In canonical form; empty where neither world has anything to name."""
    left_out: int = 0
    """How many of Debian's packages a shorter list goes without."""
    unwritable: tuple[str, ...] = ()
    """Names that the language has no way to write."""


def entry(found: Found) -> Entry:
    binaries = _useful(found.source)
    kept = _nearest(binaries, found)
    name = spec_name(_called(found, whole=len(kept) == len(binaries)))
    by_release = dict(_provider_lines(kept, found.source))
    guix, unwritable = _guix_lines(found.packages)
    unwritable += tuple(each.name for each in kept if not is_word(each.name))
    unwritable = tuple(dict.fromkeys(unwritable))
    blocks = {**by_release, "guix": guix}
    if not any(blocks.values()):
        return Entry(name, "", unwritable=unwritable)
    lines = [f"summary {_quoted(found.summary)}"] if found.summary else []
    lines += _versions(found)
    for provider, needs in blocks.items():
        lines += [f"provider {provider} {{", *needs, "}"] if needs else []
    body = "\n".join(lines)
    text = f"package {name} {{\n{body}\n}}\n"
    laid_out = layout(parse(Text("entry.envc", text)).file)
    return Entry(name, laid_out, len(binaries) - len(kept), unwritable)


def _called(found: Found, *, whole: bool) -> str:
    """Who asks for `libnova-dev` gets all of `libnova`, but of gcc only what was asked for."""
    if found.source is None or not whole or found.name in (each.name for each in found.packages):
        return found.name
    return found.source.name


def is_word(name: str, kind: WordKind = WordKind.NAME) -> bool:
    """Whether a spec can say it: `gtk+` is a name with a variant's sign behind."""
    first = next(words(name, []))
    return (first.kind, first.text) == (kind, name)


def spec_name(name: str) -> str:
    """The nearest name that can be written."""
    spelled = "".join(letter if letter.isalnum() or letter in "-._" else "" for letter in name)
    spelled = spelled.rstrip("-._")
    return spelled if is_word(spelled) else f"_{spelled}"


def versions_of(source: Source) -> Iterator[tuple[str, str]]:
    """Each release and the version most of its packages have: a source may have a number of its
    own, as that of Debian's default compilers does.
    """
    for release, own, _ in source.held:
        held = (each for binary in source.binaries for each in binary.held)
        counted = Counter(each.version for each in held if each.release == release)
        most = max(counted.values(), default=0)
        likely = [version for version, times in counted.items() if times == most]
        yield release, own if own in likely or not likely else min(likely)


# ---- Debian --------------------------------------------------------------------------------------


def _useful(source: Source | None) -> list[Binary]:
    binaries = source.binaries if source is not None else ()
    return [each for each in binaries if each.kind != "aside"]


def _nearest(binaries: list[Binary], found: Found) -> list[Binary]:
    kept = binaries
    if len(binaries) > MOST_LINES:
        related = [each for each in binaries if found.name in each.name]
        kept = sorted(related or binaries, key=lambda each: (len(each.name), each.name))
    kept = kept[:MOST_LINES]
    return sorted(kept, key=lambda each: (_ORDER.index(each.kind), each.name))


def _provider_lines(
    binaries: Iterable[Binary], source: Source | None
) -> Iterator[tuple[str, list[str]]]:
    """Those that every release has, then those of each."""
    releases = tuple(each.release for each in source.held) if source is not None else ()
    wanted = [each for each in binaries if is_word(each.name)]
    yield "debian", [_line(each) for each in wanted if set(each.releases()) == set(releases)]
    for release in releases:
        only = (each for each in wanted if set(each.releases()) != set(releases))
        yield f"debian/{release}", [_line(each) for each in only if release in each.releases()]


def _line(binary: Binary) -> str:
    return binary.name + _ROLES.get(binary.kind, "")


# ---- Guix ----------------------------------------------------------------------------------------


def _guix_lines(packages: Sequence[GuixPackage]) -> tuple[list[str], tuple[str, ...]]:
    if not packages:
        return [], ()
    first = packages[0]
    if not is_word(first.name):
        return [], (first.name,)
    outputs = [each for each in first.outputs if each not in _SELDOM]
    plain = [first.name] if "out" in first.outputs or not outputs else []
    return [*plain, *(f"{first.name} output={each}" for each in outputs)], ()


# ---- the facts -----------------------------------------------------------------------------------


def _versions(found: Found) -> Iterator[str]:
    for release, number in versions_of(found.source) if found.source is not None else ():
        if is_word(number, WordKind.NUMBER):
            yield f"version {number} from debian/{release}"
    numbers = dict.fromkeys(each.version for each in found.packages)
    told = [each for each in numbers if is_word(each, WordKind.NUMBER) and _readable(each)]
    if told:
        yield f"version {', '.join(told)} from guix"


def _readable(number: str) -> bool:
    return isinstance(versions.version(number), versions.Version)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
