"""Whether the compilers of an app can generate code for its targets."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from envc.check import uncompiled
from envc.check.reading import target_words
from envc.check.report import Report
from envc.check.requests import known_versions
from envc.check.scope import Scope
from envc.check.signatures import Signature
from envc.cpu import conditions, findings, lattice
from envc.cpu.flags import Language
from envc.facts import versions
from envc.spec import App, Setting, Toolchain, Want
from envc.syntax import nodes
from envc.syntax.words import Word

COMPILERS: Mapping[str, str] = {"gcc": "gcc", "llvm": "clang", "clang": "clang"}
"""Packages that are compilers, by the name that archspec knows them under."""
LANGUAGES: tuple[Language, ...] = ("c", "cxx", "fortran")

Find = Callable[[str], Signature | None]
"""Looks a package up: those of the file first, then the library's."""


class Compiler(NamedTuple):
    name: str
    version: str
    languages: tuple[Language, ...]
    want: Want
    chosen: str
    """How it came to be chosen, for the label."""


def check(scope: Scope, app: App, written: nodes.App, chains: Mapping[str, Toolchain]) -> None:
    words = _target_words(scope, written)
    compilers = list(compilers_of(app, chains, scope.find_package))
    if not compilers:
        packages = {want.name: scope.find_package(want.name) for want in app.wants}
        uncompiled.check(scope.report, app, words, packages)
    bases = [fact for fact in app.facts if fact.key == "base"]
    for target in app.targets:
        word = words.get(target, written.name)
        for compiler in compilers:
            if serves(compiler, target):
                _check_one(scope.report, app, target, word, compiler)
        if "guix" in app.emits:
            scope.report.findings(findings.guix_tuning(target), word.span)
        for base in bases:
            _check_base(scope.report, target, word, base)


def _check_base(report: Report, target: str, word: Word, base: Setting) -> None:
    for each in findings.base_image(str(base.value), target):
        also = ((base.place, "the image to start from"),)
        report.tell(each.rule, each.message, word.span, also=also, notes=each.notes, help=each.help)


def _check_one(report: Report, app: App, target: str, word: Word, compiler: Compiler) -> None:
    """What holds for C, C++ and Fortran alike is told once."""
    found: dict[findings.Finding, None] = {}
    for language in compiler.languages:
        _, said = findings.codegen(target, compiler.name, compiler.version, language)
        found.update(dict.fromkeys(said))
    if "numeric" in [fact.value for fact in app.facts if fact.key == "reproducibility"]:
        found.update(dict.fromkeys(findings.numeric(target, compiler.name, app.targets)))
    for each in found:
        report.tell(
            each.rule,
            each.message,
            word.span,
            also=((compiler.want.place, compiler.chosen),),
            notes=each.notes,
            help=each.help,
        )


def compilers_of(app: App, chains: Mapping[str, Toolchain], find: Find) -> Iterator[Compiler]:
    """From the toolchains that the app uses and from its own needs, each once."""
    wants = [(want, languages_of(want), "asked for here") for want in app.wants]
    for name, _, _ in app.toolchains:
        wants += [
            (tool.want, languages, f"toolchain {name} chosen here")
            for tool in (chains[name].tools if name in chains else ())
            if (languages := _compiled(tool.languages))
        ]
    seen: set[tuple[str, str]] = set()
    for want, languages, chosen in wants:
        compiler = COMPILERS.get(want.name)
        version = _version(find, want) if compiler is not None else ""
        if compiler is not None and version and (compiler, version) not in seen:
            seen.add((compiler, version))
            yield Compiler(compiler, version, languages, want, chosen)


def languages_of(want: Want, of_toolchain: tuple[str, ...] = ()) -> tuple[Language, ...]:
    """What a compiler is there for: what its toolchain says, else what it can."""
    if of_toolchain:
        return _compiled(of_toolchain)
    return LANGUAGES if ("fortran", "yes") in want.choices else ("c", "cxx")


def _compiled(languages: tuple[str, ...]) -> tuple[Language, ...]:
    return tuple(each for each in LANGUAGES if each in languages)


def _version(find: Find, want: Want) -> str:
    """The newest version that fits: if that one cannot, no older one can."""
    wanted = versions.read_range(want.versions) if want.versions else versions.ANY
    found = find(want.name)
    if not isinstance(wanted, versions.Range) or found is None:
        return ""
    best = versions.newest(wanted, known_versions(found))
    return str(best) if best is not None else ""


def serves(compiler: Compiler, target: str) -> bool:
    on = compiler.want.guard.on
    return on is None or conditions.holds(on, target)


def _target_words(scope: Scope, written: nodes.App) -> dict[str, Word]:
    """The word by which each target came in: its own name, or that of a set."""
    found: dict[str, Word] = {}
    for word in target_words(written.body):
        known = scope.target_sets.get(word.text)
        resolved = lattice.resolve(word.text)
        members = known.members if known else (resolved.name,) if resolved else ()
        for member in members:
            found.setdefault(member, word)
    return found
