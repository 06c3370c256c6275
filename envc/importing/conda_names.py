"""What conda is asked for: `hdf5`, `numpy=1.26`, `conda-forge::fftw>=3.3=mpi_openmpi*`."""

import re

from envc.importing import ranges
from envc.importing.found import Found
from envc.importing.packages import Asked, want

_NAMED = re.compile(
    r"(?:[\w./-]+::)?(?P<name>[A-Za-z0-9_.+-]+)\s*(?P<rest>[^\[]*)(?P<more>\[.*\])?"
)
_RANGED = re.compile(
    r"(?P<range>[<>=!~]{0,2}\s*[^=\s,]*(?:\s*[,|]\s*[<>=!~]{0,2}[^=\s,]+)*)"
    r"(?:[=\s]\s*(?P<build>[^=\s]+))?"
)
_KEYED = re.compile(r"(\w+)\s*=\s*['\"]?([^'\"\]]+)")
"""`[version='>=1.2', build=mpi_*]` behind a name."""
_LONGEST = 300
_COMPILERS = re.compile(r"(gcc|gxx|gfortran|clang|clangxx)(_impl)?_linux-(64|aarch64|ppc64le)")


def want_conda(found: Found, text: str, line: int) -> None:
    named = _NAMED.fullmatch(text.strip()[:_LONGEST])
    ranged = _RANGED.fullmatch(named["rest"].strip()) if named is not None else None
    if named is None or ranged is None:
        found.note(line, f"`{text[:80]}` is no name of a package that can be read")
        return
    name = named["name"].lower()
    if compiler := _COMPILERS.fullmatch(name):
        name = {"clangxx": "clang", "gxx": "gcc"}.get(compiler[1], compiler[1])
    keyed = dict(_KEYED.findall(named["more"] or ""))
    for key in sorted(keyed.keys() - {"version", "build"}):
        found.note(line, f"`{key}` of `{name}` was left out")
    build = ranged["build"] or keyed.get("build", "")
    choices = (("mpi", "yes"),) if re.match(r"(\*?_?)?mpi_", build) else ()
    if build and not choices and build != "*":
        found.note(line, f"the build `{build}` of `{name}` was left out")
    asked = Asked(
        name,
        line,
        _range(ranged["range"] or keyed.get("version", "")),
        choices,
        written=text.strip(),
    )
    want(found, asked, "conda")


def _range(text: str) -> str | None:
    """conda's `=1.2` is 1.2 and what begins with it, as envc's `@1.2`."""
    spelled = text.strip().removesuffix(".*")
    if spelled in ("", "*", "=*"):
        return ""
    if re.fullmatch(r"=[^=].*", spelled):
        return ranges.series(spelled[1:])
    is_number = re.fullmatch(r"[0-9][\w.]*", spelled) is not None
    return ranges.exactly(spelled) if is_number else ranges.read(spelled)
