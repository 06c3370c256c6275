"""The same software under its names in Debian and in Guix.

Most have one name in both, or names that two conventions make of one: Debian's `python3-h5py` and
Guix's `python-h5py` are both PyPI's `h5py`. Other names that are alike do not prove that they mean
one thing, so what both say of themselves is compared as well: a version in common, or words of
their summaries. What is not borne out is a guess, and is said to be one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from envc.names.debian import Debian, Source
from envc.names.guix import Guix, GuixPackage


class Twin(NamedTuple):
    name: str
    is_sure: bool


_CONVENTIONS = (
    ("python3-{}", "python-{}"),
    ("r-cran-{}", "r-{}"),
    ("r-bioc-{}", "r-{}"),
    ("lib{}-perl", "perl-{}"),
    ("libghc-{}-dev", "ghc-{}"),
    ("lib{}-ocaml-dev", "ocaml-{}"),
    ("elpa-{}", "emacs-{}"),
    ("fonts-{}", "font-{}"),
    ("golang-github-{}-dev", "go-github-com-{}"),
)
"""What a Debian package and a Guix package of one thing are called."""
_AFTERTHOUGHT = re.compile(r"(-?v?[0-9][0-9.]*|-defaults|-dfsg|-free|-stable|-snapshot)$")
_NOT_TELLING = re.compile(
    r"\b(?:a|an|and|applications?|based|be|by|c|collection|data|development|extra|files?|for|free|"
    r"from|fast|gnu|in|interface|is|its?|language|libraries|library|lightweight|like|modules?|of|"
    r"on|or|packages?|perl|programs?|python3?|r|runtime|set|shared|simple|small|support|system|"
    r"that|the|this|to|tools?|use|used|using|utilities|utility|via|which|with|written|your)\b"
)


def in_guix(source: Source, guix: Guix, also: str = "") -> Twin | None:
    """What Guix calls a source of Debian; `also` is a name that it may have too."""
    names = dict.fromkeys((*_likely_names(source), also, *_names_of_parts(source)))
    pairs = ((name, name, source, guix.named(name)) for name in names)
    return _best(pairs, enough=_BORNE_OUT)


def in_debian(name: str, guix: Guix, debian: Debian) -> Twin | None:
    """The source of Debian's that Guix packs by this name."""
    found = guix.named(name)
    sources = (debian.source(each) for each in _debian_sources(name, debian))
    pairs = ((source.name, name, source, found) for source in sources if source is not None)
    # Debian keeps old and new beside each other, `fftw` and `fftw3`: the version tells.
    return _best(pairs, enough=_SAME_VERSION)


_UNLIKELY, _GUESS, _BORNE_OUT, _SAME_VERSION = range(4)


def _best(
    pairs: Iterable[tuple[str, str, Source, Sequence[GuixPackage]]], *, enough: int
) -> Twin | None:
    """That with most to bear it out, the first of several: its name, and what both call it."""
    best, most = "", _UNLIKELY
    for name, in_guix_called, source, found in pairs:
        strength = _strength(in_guix_called, source, found) if found else _UNLIKELY
        if strength > most:
            best, most = name, strength
        if strength >= enough:
            break
    return Twin(best, is_sure=most >= _BORNE_OUT) if best else None


def _strength(name: str, source: Source, found: Sequence[GuixPackage]) -> int:
    if _share_a_version(source, found):
        return _SAME_VERSION
    if name not in _likely_names(source):
        return _UNLIKELY
    is_borne_out = name in _by_convention(source) or _share_words(source, found)
    return _BORNE_OUT if is_borne_out else _GUESS


# ---- names ---------------------------------------------------------------------------------------


def _likely_names(source: Source) -> Iterator[str]:
    """What it may be called in Guix, the likeliest first."""
    own = source.name
    stem = _AFTERTHOUGHT.sub("", own)
    names = [own, *_by_convention(source)]
    if any(each.name.startswith("python3-") for each in source.binaries):
        names += [f"python-{own}", f"python-{own.removeprefix('py')}"]
    names += [stem, own.removeprefix("lib"), stem.removeprefix("lib"), f"lib{own}", f"lib{stem}"]
    return (name for name in dict.fromkeys(names) if name)


def _names_of_parts(source: Source) -> Iterator[str]:
    """What its libraries are called, which may be all of it: `onetbb` has only `libtbb-dev`."""
    for binary in source.binaries:
        if binary.kind == "development":
            yield binary.name.removesuffix("-dev").removeprefix("lib")


def _by_convention(source: Source) -> Iterator[str]:
    """Those packages alone whose names the source's own name holds: others are parts of it."""
    for debian, guix in _CONVENTIONS:
        before, _, after = debian.partition("{}")
        for binary in source.binaries:
            if binary.name.startswith(before) and binary.name.endswith(after):
                bare = binary.name[len(before) : len(binary.name) - len(after)]
                if bare and _folded(bare) in _folded(source.name):
                    yield guix.format(bare.replace(".", "-"))


def _debian_sources(name: str, debian: Debian) -> Iterator[str]:
    seen: set[str] = set()
    for each in _debian_names(name):
        binary = debian.binary(each)
        for source in (each, binary.source if binary is not None else each):
            if source not in seen:
                seen.add(source)
                yield source
    yield from (each for each in debian.numbered(name) if each not in seen)


def _debian_names(name: str) -> Iterator[str]:
    """Sources and packages of Debian that may be it."""
    yield name
    for debian, guix in _CONVENTIONS:
        before, _, after = guix.partition("{}")
        if name.startswith(before) and name.endswith(after):
            bare = name[len(before) : len(name) - len(after)]
            yield from (debian.format(bare), bare, f"py{bare}")
            yield debian.format(bare.replace("-", "."))
    yield from (f"lib{name}-dev", f"{name}-dev", f"lib{name}", name.removeprefix("lib"))
    yield f"{name}-defaults"


def _folded(name: str) -> str:
    return re.sub(r"[-._]", "", name)


# ---- what they say of themselves -----------------------------------------------------------------


def _share_a_version(source: Source, found: Sequence[GuixPackage]) -> bool:
    theirs = {part for each in found if (part := _release_of(each.version))}
    return any(_release_of(each.version) in theirs for each in source.held)


def _share_words(source: Source, found: Sequence[GuixPackage]) -> bool:
    said = _telling(found[0].synopsis, source.name)
    return any(len(said & _telling(each.summary, source.name)) >= 2 for each in source.binaries)


def _release_of(version: str) -> tuple[str, ...]:
    """Enough of a version to be no accident: `1.10.8` and `1.10.9` agree, and so do dates."""
    parts = re.findall(r"[0-9]+", version)
    return tuple(parts[:2]) if len(parts) > 1 else ()


def _telling(summary: str, name: str) -> set[str]:
    """The words that say what it is for, without their endings and its own name."""
    words = re.findall(r"[a-z0-9]+", _NOT_TELLING.sub("", summary.lower()))
    own = set(re.findall(r"[a-z0-9]+", name))
    return {re.sub(r"(ing|es|ed|s)$", "", word) for word in words if word not in own}
