"""Options of compilers as other tools are given them: those that choose the CPU become targets."""

from collections.abc import Mapping

from envc.importing.found import Found, Setting

VARIABLES: Mapping[str, str] = {
    "CFLAGS": "cflags",
    "CMAKE_C_FLAGS": "cflags",
    "CXXFLAGS": "cxxflags",
    "CMAKE_CXX_FLAGS": "cxxflags",
    "FFLAGS": "fflags",
    "FCFLAGS": "fflags",
    "F90FLAGS": "fflags",
    "CMAKE_Fortran_FLAGS": "fflags",
    "CPPFLAGS": "cppflags",
    "LDFLAGS": "ldflags",
    "CMAKE_EXE_LINKER_FLAGS": "ldflags",
    "NVCCFLAGS": "cudaflags",
    "CMAKE_CUDA_FLAGS": "cudaflags",
    "HIPFLAGS": "hipflags",
}
"""What hands options to compilers, in the environment or on a command line."""

_CHOOSING = ("-march=", "-mcpu=")
_FOLLOWING = ("-mtune=", "-xHost", "-axHost", "-tp=")


def carry(found: Found, variable: str, text: str, line: int) -> None:
    """What stands in a variable of options, into `flags` and `targets`."""
    kept = without_cpu(found, text.split(), line)
    key = VARIABLES[variable]
    same = (key, " ".join(kept))
    if kept and all((each.key, each.value) != same for each in found.flags):
        found.flags.append(Setting(*same, line))


def without_cpu(found: Found, words: list[str], line: int) -> list[str]:
    """The words that do not choose a CPU; what the others choose becomes a target."""
    kept: list[str] = []
    for word in words:
        chosen = next((word[len(each) :] for each in _CHOOSING if word.startswith(each)), None)
        if chosen is not None:
            target(found, chosen, line, word)
        elif word.startswith(_FOLLOWING):
            found.note(line, f"`{word}` was left out: it follows from `targets`")
        else:
            kept.append(word)
    return kept


def target(found: Found, name: str, line: int, written: str = "") -> None:
    """A CPU by another tool's name for it."""
    from envc.cpu import lattice

    shown = written or name
    if lattice.is_host_word(name):
        found.note(line, f"`{shown}` means whichever machine builds: name CPUs with `targets`")
        return
    resolved = lattice.resolve(name) or lattice.resolve(name.replace("-", "_"))
    if resolved is None:
        found.note(line, f"`{shown}` names no CPU that envc knows")
    elif all(resolved.name != before for before, _ in found.targets):
        found.targets.append((resolved.name, line))
