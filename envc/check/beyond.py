"""Names that the library does not hold, judged by the tables of Debian's and Guix's names.

The tables are read only for such names, and only they are looked at: the answer is the same on
every host. What they do not hold, another release or another channel, is left to `envc lock`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from envc.check.report import Report
from envc.diagnostics import rules
from envc.facts import versions
from envc.facts.words import close, distance, listed
from envc.syntax import nodes
from envc.syntax.words import Word
from envc.vocabulary import ORIGINS


class _Direct(NamedTuple):
    """A package by its provider's own name, as the tables have it."""

    name: str
    """With the provider before it, as it is written."""
    held: Sequence[tuple[str, str]]
    """Each release and version; Guix has no releases."""

    @property
    def provider(self) -> str:
        return self.name.partition("/")[0]


_MOST_SEARCHED = 10
"""A search of all names takes a tenth of a second; no file with more mistakes waits for it."""


def _can_search(report: Report) -> bool:
    return len(report.diagnostics) < _MOST_SEARCHED


# ---- plain names ---------------------------------------------------------------------------------


def tell_unknown(report: Report, name: Word, known: tuple[str, ...]) -> None:
    """A name that neither the library nor the file has, and what may have been meant."""
    what = "the library holds no package"
    if report.crowded:
        report.unknown(rules.UNKNOWN_PACKAGE, what, name, ())
        return
    from envc.names import finding, shipped

    found = finding.find(name.text, shipped.debian(), shipped.guix())
    if found is None:
        near = close(name.text, known)
        if near or not _can_search(report):
            report.unknown(rules.UNKNOWN_PACKAGE, what, name, known)
        else:
            _tell(report, name, _elsewhere(name.text))
        return
    same = [each for each in found.names if each in known]
    near = same[:1] or close(name.text, known)
    worlds = " and ".join(found.worlds)
    has = "have" if len(found.worlds) > 1 else "has"
    note = f"{worlds} {has} a `{name.text}`: `envc explain {name.text}` prints an entry for it"
    if near:
        _tell(report, name, f"did you mean {listed(near)}?", note, same[0] if same else None)
    else:
        _tell(
            report, name, f"`envc explain {name.text}` prints an entry for it", f"{worlds} {has} it"
        )


def _tell(
    report: Report, name: Word, hint: str, note: str = "", replace: str | None = None
) -> None:
    message = f"the library holds no package `{name.text}`"
    notes = (note,) if note else ()
    report.tell(rules.UNKNOWN_PACKAGE, message, name.span, notes=notes, help=hint, replace=replace)


def _elsewhere(name: str) -> str:
    """What Debian and Guix have that is called nearly so."""
    from envc.names import shipped

    near = close(name, shipped.names())
    if not near:
        return "declare it in this file with `package`, or name one of Debian's or Guix's directly"
    return f"did you mean {listed(near)}? `envc explain {near[0]}` says who has it"


# ---- direct names --------------------------------------------------------------------------------


def check_direct(report: Report, request: nodes.Request, wanted: str, origin: Word | None) -> None:
    """`wanted` is the range that was asked for, empty for any."""
    provider, _, own = request.name.text.partition("/")
    asked, _, release = (origin.text if origin is not None else provider).partition("/")
    if origin is not None and asked != provider and asked in ORIGINS:
        _tell_other_origin(report, request.name, origin)
        return
    if provider not in ("debian", "guix") or not own:
        return
    from envc.names import shipped

    releases = shipped.debian().releases if provider == "debian" else ()
    if release and release not in releases:
        return
    found = _held(request.name.text)
    if found is None:
        _tell_unknown_direct(report, request.name)
        return
    held = [each for each in found.held if release in ("", each[0])]
    if origin is not None and not held:
        _tell_other_release(report, found, origin, release)
    elif request.versions is not None and wanted:
        _check_range(report, request.versions, wanted, found, held)


def _held(name: str) -> _Direct | None:
    from envc.names import shipped

    provider, _, own = name.partition("/")
    if provider == "guix":
        packages = shipped.guix().named(own)
        return _Direct(name, [("", each.version) for each in packages]) if packages else None
    binary = shipped.debian().binary(own)
    if binary is None:
        return None
    return _Direct(name, [(each.release, each.version) for each in binary.held])


def _check_range(
    report: Report, word: Word, wanted: str, found: _Direct, held: Sequence[tuple[str, str]]
) -> None:
    asked = versions.read_range(wanted)
    numbers = [versions.version(number) for _, number in held]
    known = [each for each in numbers if isinstance(each, versions.Version)]
    # A version that cannot be read cannot be judged either.
    if not isinstance(asked, versions.Range) or len(known) < len(numbers):
        return
    if versions.newest(asked, known) is None:
        newest = versions.newest(versions.ANY, known)
        report.tell(
            rules.NO_SUCH_VERSION,
            f"there is no `{found.name}` {wanted}",
            word.span,
            notes=(f"`{found.name}` is {_told(found)}",),
            help=f"the newest is `{found.name}@{newest}`",
        )


def _told(found: _Direct) -> str:
    from envc.names.pages import told_versions

    if found.provider == "debian":
        return told_versions(found.held)
    return " and ".join(number for _, number in found.held)


def _tell_other_origin(report: Report, name: Word, origin: Word) -> None:
    provider = name.text.partition("/")[0]
    report.tell(
        rules.UNKNOWN_ORIGIN,
        f"`{origin.text}` does not supply `{name.text}`",
        origin.span,
        help=f"leave `from {origin.text}` out: `{provider}/` says who supplies it",
    )


def _tell_other_release(report: Report, found: _Direct, origin: Word, release: str) -> None:
    report.tell(
        rules.UNKNOWN_ORIGIN,
        f"{release} has no `{found.name}`",
        origin.span,
        notes=(f"`{found.name}` is {_told(found)}",),
        help=f"write {listed(f'from debian/{each}' for each, _ in found.held)}",
    )


def _tell_unknown_direct(report: Report, name: Word) -> None:
    from envc.names import shipped

    provider, _, own = name.text.partition("/")
    debian = shipped.debian()
    if provider == "debian":
        where = f"Debian's {' and '.join(debian.releases)} have no package `{own}`"
    else:
        where = f"Guix has no package `{own}`"
    notes, meant = _meant(provider, own)
    if not meant and _can_search(report):
        meant = close(own, shipped.names_of(provider))
    told = [f"{provider}/{each}" for each in meant]
    hint = f"did you mean {listed(told)}?" if told else f"`envc explain {own}` looks in both worlds"
    # Among so many names even a wrong one has a neighbour: only a slip is mended unasked.
    replace = told[0] if len(told) == 1 and distance(own, meant[0], 1) == 1 else None
    report.tell(rules.UNKNOWN_PACKAGE, where, name.span, notes=notes, help=hint, replace=replace)


def _meant(provider: str, own: str) -> tuple[tuple[str, ...], Sequence[str]]:
    """Where the name says something else: a source, a virtual package, or the other world's."""
    from envc.names import finding, shipped

    found = finding.find(own, shipped.debian(), shipped.guix())
    if provider == "guix":
        theirs = found.packages[:1] if found is not None else ()
        return (), [each.name for each in theirs]
    if providers := shipped.debian().providers(own):
        return (f"`{own}` is a virtual package, which others stand in for",), providers[:3]
    if found is None or found.source is None:
        return (), ()
    near = [each.name for each in found.source.foremost()[:3]]
    return (f"`{found.source.name}` is a source, which several packages are built from",), near
