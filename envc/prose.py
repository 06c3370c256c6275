"""A package in prose: what it is, which versions and variants there are, how a spec asks for it."""

from collections.abc import Iterator

from envc import choices
from envc.facts.words import listed
from envc.spec import Package, Variant, Version


def page(package: Package) -> str:
    """Markdown, as the pages of rules are."""
    return "\n\n".join(_blocks(package)) + "\n"


def example(package: Package) -> str:
    """A line of a spec that asks for it, with one variant other than it is by default."""
    newest = f"@{package.versions[0].number}" if package.versions else ""
    words = [_asked(variant) for variant in package.variants[:1]]
    return " ".join([f"needs {package.name}{newest}", *words])


def _blocks(package: Package) -> Iterator[str]:
    facts = {fact.key: fact.value for fact in package.facts}
    yield f"# {package.name}"
    yield f"{facts.get('summary', 'A package')}, from the library of envc."
    yield (
        "\n".join(f"* {key}: {facts[key]}" for key in ("homepage", "license") if key in facts)
        or "It names no homepage and no licence."
    )
    yield "## Versions"
    yield "\n".join(map(_version, package.versions)) or "None are listed: any may be asked for."
    if package.variants:
        yield "## Variants"
        yield "\n".join(map(_variant, package.variants))
    yield "## In a spec"
    yield f"```envc\n{example(package)}\n```"


def _version(version: Version) -> str:
    return f"* {version.number}" + (f" from {version.origin}" if version.origin else "")


def _variant(variant: Variant) -> str:
    about = f" {variant.about}." if variant.about else ""
    return f"* `{variant.name}` is {listed(_choices(variant))}, else `{variant.default}`.{about}"


def _choices(variant: Variant) -> tuple[str, ...]:
    return variant.choices or choices.YES_NO


def _asked(variant: Variant) -> str:
    other = next((each for each in _choices(variant) if each != variant.default), variant.default)
    if _choices(variant) == choices.YES_NO:
        return f"+{variant.name}" if other == "yes" else f"~{variant.name}"
    return f"{variant.name}={other}"
