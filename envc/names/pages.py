"""Names beyond the library in prose, and as data: what `envc explain` says of them."""

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from envc.names import twins
from envc.names.debian import Binary, Debian, Held, Source
from envc.names.entry import entry, is_word, versions_of
from envc.names.finding import Found, find
from envc.names.guix import Guix, GuixPackage


def plain(name: str, debian: Debian, guix: Guix, library: Container[str]) -> dict[str, Any] | None:
    """Software that the library does not hold, with an entry for a spec."""
    found = find(name, debian, guix)
    if found is None:
        return None
    made = entry(found)
    other = next((each for each in found.names if each in library), "")
    page = "\n\n".join(_plain(found, other)) + "\n"
    return {**_described(found), "entry": made.text, "page": page}


def direct(name: str, debian: Debian, guix: Guix) -> dict[str, Any] | None:
    """A package by its provider's own name, such as `debian/libqhull-dev`."""
    provider, _, own = name.partition("/")
    blocks: Iterable[str]
    if provider == "debian" and (binary := debian.binary(own)) is not None:
        found = find(binary.source, debian, guix)
        blocks = _binary(binary, found)
    elif provider == "guix" and (packages := guix.named(own)):
        found = _of_guix(own, packages, debian, guix)
        blocks = _package(found)
    else:
        return None
    described = _described(found) if found is not None else {}
    return {**described, "name": name, "page": "\n\n".join(blocks) + "\n"}


def _of_guix(name: str, packages: Sequence[GuixPackage], debian: Debian, guix: Guix) -> Found:
    twin = twins.in_debian(name, guix, debian)
    source = debian.source(twin.name) if twin is not None else None
    return Found(name, source, None, packages, twin is not None and not twin.is_sure)


# ---- in prose ------------------------------------------------------------------------------------


def _plain(found: Found, in_library: str) -> Iterator[str]:
    yield f"# {found.name}"
    known = f"The library has it as `{in_library}`." if in_library else "It is not in the library."
    yield f"{_sentence(found.summary)} {known}"
    yield "## Who has it"
    yield "\n".join(_who(found))
    if found.is_guess:
        yield _guess(found)
    made = entry(found)
    yield "## In a spec"
    yield "\n".join(_lines(found, in_library)) or "No spec can write its name."
    if made.unwritable:
        yield f"The language cannot write {_listed(made.unwritable)}."
    if made.left_out:
        yield f"{made.left_out} more packages of this source are not in the entry."
    if made.text:
        yield (
            "This entry makes a package of it, which `needs` can ask for by name. It is made from "
            "names and sections: keep the lines that you need. Then write "
            f"`needs {made.name}`."
        )


def _who(found: Found) -> Iterator[str]:
    if found.source is not None:
        yield f"* Debian: source `{found.source.name}`, {_source_versions(found.source)}"
    if found.packages:
        yield f"* Guix: `{found.packages[0].name}`, {_guix_versions(found.packages)}"


def _guess(found: Found) -> str:
    return (
        f"That Debian's `{found.source.name if found.source else ''}` and Guix's "
        f"`{found.packages[0].name}` are the same is a guess from their names."
    )


def _lines(found: Found, in_library: str) -> Iterator[str]:
    """How a spec asks for it: from the library, or directly."""
    if in_library:
        yield f"* `needs {in_library}`"
    foremost = found.source.foremost() if found.source is not None else []
    own = found.binary or next(iter(foremost), None)
    if own is not None and is_word(f"debian/{own.name}"):
        yield f"* `needs debian/{own.name}`"
    if found.packages and is_word(f"guix/{found.packages[0].name}"):
        yield f"* `needs guix/{found.packages[0].name}`"


def _binary(binary: Binary, found: Found | None) -> Iterator[str]:
    yield f"# debian/{binary.name}"
    yield f"{_sentence(binary.summary)} A package of Debian's, from its source `{binary.source}`."
    yield "## Versions"
    yield "\n".join(f"* {each.version} in {each.release}{_missing(each)}" for each in binary.held)
    if found is not None and found.packages:
        yield "## In Guix"
        told = f"`{found.packages[0].name}`, {_guix_versions(found.packages)}."
        yield told + (f" {_guess(found)}" if found.is_guess else "")
    yield "## In a spec"
    yield from _needs(f"debian/{binary.name}")


def _package(found: Found) -> Iterator[str]:
    yield f"# guix/{found.name}"
    yield f"{_sentence(found.packages[0].synopsis)} A package of Guix's."
    yield "## Versions"
    yield "\n".join(f"* {each.version}{_outputs(each)}" for each in found.packages)
    if found.source is not None:
        yield "## In Debian"
        told = f"Source `{found.source.name}`, {_source_versions(found.source)}."
        yield told + (f" {_guess(found)}" if found.is_guess else "")
        useful = [each.name for each in found.source.binaries if each.kind == "development"]
        if useful:
            yield f"To build with it: {_listed(useful[:6])}."
    yield "## In a spec"
    yield from _needs(f"guix/{found.name}")


def _needs(name: str) -> Iterator[str]:
    if is_word(name):
        yield f"```envc\nneeds {name}\n```"
    else:
        yield "The language cannot write this name."


def _missing(held: Held) -> str:
    return "" if len(held.architectures) > 1 else f", for {held.architectures[0]} only"


def _outputs(package: GuixPackage) -> str:
    return "" if package.outputs == ("out",) else f", with outputs {_listed(package.outputs)}"


def _source_versions(source: Source) -> str:
    return told_versions(versions_of(source))


def told_versions(held: Iterable[tuple[str, str]]) -> str:
    """`1.10.8 in bookworm and 1.14.5 in trixie`."""
    by_number: dict[str, list[str]] = {}
    for release, number in held:
        by_number.setdefault(number, []).append(release)
    return " and ".join(
        f"{number} in {' and '.join(releases)}" for number, releases in by_number.items()
    )


def _guix_versions(packages: Sequence[GuixPackage]) -> str:
    return " and ".join(dict.fromkeys(each.version for each in packages))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _sentence(summary: str) -> str:
    said = summary[:1].upper() + summary[1:]
    return said.rstrip(".") + "." if said else "It says nothing of itself."


# ---- as data -------------------------------------------------------------------------------------


def _described(found: Found) -> dict[str, Any]:
    source, packages = found.source, found.packages
    return {
        "name": found.name,
        "summary": found.summary,
        "debian": None
        if source is None
        else {
            "source": source.name,
            "versions": dict(versions_of(source)),
            "packages": [each.name for each in source.binaries],
        },
        "guix": [{"name": each.name, "version": each.version} for each in packages],
        "same": "guess" if found.is_guess else "sure" if source and packages else None,
    }
