"""Licences as SPDX expressions."""

import re
from collections.abc import Iterable

from envc.facts.problem import Problem
from envc.facts.words import close, listed

# Most specs stop here, and need not wait for the whole list to be read.
_COMMON = frozenset(
    {
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "BSL-1.0",
        "CECILL-2.1",
        "CECILL-B",
        "CECILL-C",
        "GPL-2.0-only",
        "GPL-2.0-or-later",
        "GPL-3.0-only",
        "GPL-3.0-or-later",
        "ISC",
        "LGPL-2.1-only",
        "LGPL-2.1-or-later",
        "LGPL-3.0-only",
        "LGPL-3.0-or-later",
        "MIT",
        "MPL-2.0",
        "Zlib",
    }
)

_OPERATORS = frozenset({"AND", "OR", "WITH"})

# Names people use, without case and punctuation. Where one has several meanings, nobody but the
# author can say which.
_SPOKEN = {
    "apache": ("Apache-2.0",),
    "apache2": ("Apache-2.0",),
    "apachev2": ("Apache-2.0",),
    "apachelicense20": ("Apache-2.0",),
    "asl20": ("Apache-2.0",),
    "boost": ("BSL-1.0",),
    "bsd": ("BSD-3-Clause", "BSD-2-Clause"),
    "bsdlicense": ("BSD-3-Clause", "BSD-2-Clause"),
    "bsd2": ("BSD-2-Clause",),
    "bsd3": ("BSD-3-Clause",),
    "2clausebsd": ("BSD-2-Clause",),
    "3clausebsd": ("BSD-3-Clause",),
    "newbsd": ("BSD-3-Clause",),
    "modifiedbsd": ("BSD-3-Clause",),
    "simplifiedbsd": ("BSD-2-Clause",),
    "cecill": ("CECILL-2.1", "CECILL-2.0"),
    "expat": ("MIT",),
    "agpl": ("AGPL-3.0-only", "AGPL-3.0-or-later"),
    "gpl": ("GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"),
    "lgpl": ("LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later"),
    "mitlicense": ("MIT",),
    "publicdomain": ("CC0-1.0", "Unlicense"),
    "psf": ("PSF-2.0",),
}

# https://spdx.org/licenses, where it names what replaces an id; the GNU family follows a rule.
_REPLACED = {
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "StandardML-NJ": "SMLNJ",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}


def licence(text: str) -> str | Problem:
    """
    licence = id "+"? ("WITH" exception)?
            | licence ("AND" | "OR") licence
            | "(" licence ")"

    A suggestion replaces the whole expression.
    """
    if text in _COMMON:
        return text
    if meant := _spoken(text):
        return _write(f"`{text}` is not the SPDX name of a licence", meant)
    words = re.findall(r"[()]|[^()\s]+", text)
    for place, word in enumerate(words):
        problem = _exception(word) if words[place - 1 : place] == ["WITH"] else _word(word)
        if problem:
            return _within(problem, words, place)
    return _expression(text, words)


def _word(word: str) -> Problem | None:
    if word in _OPERATORS or word in "()":
        return None
    if word.upper() in _OPERATORS:
        return _write(f"`{word}` is written in capitals in a licence", [word.upper()])
    if "/" in word or "," in word:
        # Between two licences it means `or` to some and `and` to others.
        return Problem(f"`{word}` lists licences", "join them with `AND` or `OR`")
    if word.lower().startswith("licenseref-"):
        return _own(word)
    return _id(word)


def _id(word: str) -> Problem | None:
    """The ids are packaging's own list, which it has no public name for."""
    from packaging.licenses._spdx import LICENSES

    known = LICENSES.get(word.lower()) or LICENSES.get(word.lower().removesuffix("+"))
    if known is None:
        message = f"`{word}` is not the SPDX name of a licence"
        return _unknown(message, word, [each["id"] for each in LICENSES.values()])
    plus = word[len(known["id"]) :]
    if known["deprecated"]:
        return _deprecated(known["id"] + plus)
    if word != known["id"] + plus:
        return _write(f"`{word}` is spelled `{known['id'] + plus}`", [known["id"] + plus])
    if plus and re.search("-(only|or-later)$", known["id"]):
        meant = known["id"].replace("-only", "-or-later")
        return _write(f"`{word}` says `or later` in two ways", [meant])
    return None


def _exception(word: str) -> Problem | None:
    from packaging.licenses._spdx import EXCEPTIONS

    known = EXCEPTIONS.get(word.lower())
    if known is None:
        message = f"`{word}` is not the SPDX name of a licence exception"
        return _unknown(message, word, [each["id"] for each in EXCEPTIONS.values()])
    if word != known["id"]:
        return _write(f"`{word}` is spelled `{known['id']}`", [known["id"]])
    return None


def _deprecated(name: str) -> Problem:
    message = f"`{name}` is deprecated by SPDX"
    if later := re.fullmatch(r"(.*)\+", name):
        return _write(message, [f"{later[1]}-or-later"])
    if re.fullmatch(_TWO_FORMS, name):
        # SPDX says that the old id means `only`; many who wrote it did not know.
        advice = f"write `{name}-only`, which it means, or `{name}-or-later`"
        return Problem(message, advice, f"{name}-only")
    return _write(message, [_REPLACED[name]] if name in _REPLACED else [])


_TWO_FORMS = r"(?:[AL]?GPL|GFDL)-[0-9.]+"


def _current(name: str) -> list[str]:
    """What is to be written for an id that may be deprecated."""
    if re.fullmatch(_TWO_FORMS, name):
        return [f"{name}-only", f"{name}-or-later"]
    return [_REPLACED.get(name, name)]


def _unknown(message: str, word: str, known: Iterable[str]) -> Problem:
    if meant := _spoken(word) or [name for near in close(word, known) for name in _current(near)]:
        return _write(message, meant[:3])
    own = re.sub("[^A-Za-z0-9.]+", "-", word).strip("-") or "name"
    return Problem(message, f"write `LicenseRef-{own}` for a licence that SPDX does not list")


def _own(word: str) -> Problem | None:
    name = word[len("LicenseRef-") :]
    if not re.fullmatch("[A-Za-z0-9.-]+", name):
        return Problem(f"`{word}` has characters other than letters, digits, `.` and `-`")
    meant = f"LicenseRef-{name}"
    return None if word == meant else _write(f"`{word}` is spelled `{meant}`", [meant])


def _spoken(text: str) -> list[str]:
    """`GPLv3`, `LGPL 2.1 or later`, `Apache License, Version 2.0`"""
    folded = re.sub(r"[^a-z0-9.+]|\bgnu\b|\bthe\b", "", text.lower())
    gnu = r"([al]?gpl)(?:v|version)?([0-9])(?:\.([0-9]))?(\+|orlater|only)?"
    if found := re.fullmatch(gnu, folded):
        name = f"{found[1].upper()}-{found[2]}.{found[3] or 0}"
        written = re.fullmatch(r"[AL]?GPL-[0-9]\.[0-9]\+?|.*-(only|or-later)", text)
        ends = {"+": ["or-later"], "orlater": ["or-later"], "only": ["only"]}
        meant = [f"{name}-{end}" for end in ends.get(found[4] or "", ["only", "or-later"])]
        return [] if written else meant
    plain = folded.replace(".", "").replace("version", "")
    return list(_SPOKEN.get(plain, ())) if plain != "mit" else []


def _expression(text: str, words: list[str]) -> str | Problem:
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonical = str(canonicalize_license_expression(" ".join(words)))
    except InvalidLicenseExpression:
        return Problem(f"`{text}` is not a licence", "join SPDX names with `AND`, `OR` and `WITH`")
    if canonical != text:
        return _write(f"`{text}` is spaced oddly", [canonical])
    return canonical


def _write(message: str, meant: list[str]) -> Problem:
    """A licence is the author's to choose: a machine may write it only where there is one."""
    only = meant[0] if len(meant) == 1 else None
    return Problem(message, f"write {listed(meant)}" if meant else "", only)


def _within(problem: Problem, words: list[str], place: int) -> Problem:
    """The same problem, with a suggestion for the whole expression if all the rest is right."""
    if problem.suggestion is None:
        return problem
    whole = " ".join([*words[:place], problem.suggestion, *words[place + 1 :]])
    read = licence(whole.replace("( ", "(").replace(" )", ")"))
    meant = read if isinstance(read, str) else read.suggestion
    return Problem(problem.message, problem.help, meant)
