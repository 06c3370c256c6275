"""Small programs that stand before the compilers while something is built.

Each starts the real compiler with the options of the target, of the profile and of the spec before
the build's own, so that nothing is compiled without them, whoever calls it: CMake, a plain
makefile, or MPI's wrappers. Where `ENVC_COMPILED` names a file, each call is noted there.
"""

from collections.abc import Iterable, Iterator

from envc.plan.model import BUILD, SOURCES, TOOLS, Compiler, Link, Step, Words, Write
from envc.quoting import sh

_MPI = {"c": "CC", "cxx": "CXX", "fortran": "FC"}
_PLAIN = {"c": ("CC",), "cxx": ("CXX",), "fortran": ("FC", "F77")}
_AS_GCC = frozenset({"gcc", "clang"})
_MAP = "-ffile-prefix-map="

_TEXT = """#!/bin/sh
# {name} {version} for {language}: the options of the target come first, the build's own last.
links=no
for word; do
  case $word in
    -c | -S | -E | -M | -MM | -fsyntax-only) links=never ;;
    -*) ;;
    *) [ "$links" = never ] || links=yes ;;
  esac
done
set --{flags} \\
  "$@"
if [ "$links" = yes ]; then
  set -- "$@"{link}
fi
[ -z "${{ENVC_COMPILED:-}}" ] || printf '%s\\n' {program}" $*" >>"$ENVC_COMPILED"
exec {program} "$@"
"""


def steps(
    compilers: Iterable[Compiler], prefix: str, among: dict[str, str] | None = None
) -> Iterator[Step]:
    """Those that are not `among` the texts that stand there already."""
    written = among if among is not None else {}
    for each in compilers:
        if not each.called:
            continue
        first, *others = each.called
        path = f"{TOOLS}/{first}"
        said = text(each, prefix)
        if written.get(path) == said:
            continue
        yield Write(path, said, 0o755)
        if path not in written and others:
            yield Link(path, tuple(others))
        written[path] = said


def text(compiler: Compiler, prefix: str) -> str:
    """For a build of ours, which lets no path of its own into what it makes."""
    return _text(compiler, _always(compiler), prefix)


def at_work(compiler: Compiler, prefix: str = "") -> str:
    """For whoever works in an image: a debugger is to find the sources. There may be no prefix."""
    return _text(compiler, (), prefix)


def _text(compiler: Compiler, first: Words, prefix: str) -> str:
    found = (f"-Wl,-rpath,{prefix}/lib",) if prefix else ()
    return _TEXT.format(
        name=compiler.name,
        version=compiler.version,
        language=compiler.language,
        program=sh.word(compiler.program),
        flags="".join(f" \\\n  {sh.word(each)}" for each in (*first, *compiler.flags)),
        link="".join(f" \\\n    {sh.word(each)}" for each in (*compiler.link, *found)),
    )


def emulated(text: str, by: Words) -> str:
    """The same program, where another starts the compiler: one that shows another CPU."""
    return text.replace("\nexec ", f"\nexec {sh.words(by)} ")


def bare(text: str) -> str:
    """The same program, which lets paths of the build into what is built."""
    lines = text.splitlines(keepends=True)
    return "".join(each for each in lines if not each.startswith(f"  {_MAP}"))


def variables(compilers: Iterable[Compiler]) -> dict[str, str]:
    """By which builds and MPI's wrappers are told what to call."""
    found: dict[str, str] = {}
    for each in compilers:
        if each.called:
            name = next(iter(each.called))
            if each.language == "fortran" and "gfortran" in each.called:
                name = "gfortran"  # CMake and MPI know what it is by its name
            found |= dict.fromkeys(_PLAIN[each.language], name)
            kind = _MPI[each.language]
            found |= {f"OMPI_{kind}": name, f"MPICH_{kind}": name}
    return found


def paths(prefix: str) -> dict[str, str]:
    """By which compilers and build systems find what is installed there."""
    return {
        "CMAKE_PREFIX_PATH": prefix,
        "CPATH": f"{prefix}/include",
        "LIBRARY_PATH": f"{prefix}/lib",
        "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig:{prefix}/share/pkgconfig",
    }


def _always(compiler: Compiler) -> Words:
    """No path of the build in what is built."""
    if (compiler.name, compiler.language) == ("clang", "fortran"):
        return ()
    return (f"{_MAP}{SOURCES}=.", f"{_MAP}{BUILD}=.")
