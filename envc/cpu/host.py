"""Which targets a machine runs: the only part of envc/cpu that is told about a machine.

It asks for the features that code for a target can really use, as the run-time selector does, so a
virtual machine that hides `pku` still counts as the CPU it is.
"""

import re
from dataclasses import dataclass

from envc.cpu import lattice
from envc.cpu.selector.needs import Needs, NoRuleError, needs

FAMILIES = {
    "x86_64": "x86_64",
    "amd64": "x86_64",
    "i686": "x86",
    "aarch64": "aarch64",
    "arm64": "aarch64",
    "ppc64le": "ppc64le",
    "ppc64": "ppc64",
    "riscv64": "riscv64",
}


@dataclass(frozen=True, slots=True)
class Machine:
    """What /proc/cpuinfo says: the words of every core, and the maker's marks."""

    family: str
    words: frozenset[str]
    marks: frozenset[str]
    model: str


def read(machine: str, cpuinfo: str) -> Machine | None:
    """From `uname -m` and the text of /proc/cpuinfo; None for a family that has no targets."""
    family = FAMILIES.get(machine)
    if family is None:
        return None
    cores = [_fields(block) for block in re.split(r"\n\s*\n", cpuinfo) if block.strip()]
    words = [_words(core) for core in cores]
    shown = [each for each in words if each]  # the last block of some kernels is no core
    return Machine(
        family,
        # A core without a feature faults wherever the scheduler puts the program.
        frozenset.intersection(*shown) if shown else frozenset(),
        frozenset().union(*map(_marks, cores)),
        next((found for core in cores if (found := _model(core))), ""),
    )


def runs(machine: Machine) -> tuple[str, ...]:
    """The targets whose code runs here, most specific last."""
    return tuple(
        name
        for name in lattice.by_family(machine.family)
        if (wanted := _needs(name)) is not None and _meets(machine, wanted)
    )


def lacks(machine: Machine, target: str) -> tuple[str, ...]:
    """What stands between this machine and a target: features, or who made it."""
    wanted = _needs(target)
    if wanted is None or lattice.family(target) != machine.family:
        return (f"a {lattice.family(target)} machine",)
    missing = [each for each in wanted.words if each not in machine.words]
    if wanted.kin and not machine.marks & set(wanted.kin):
        missing.append("its maker")
    return tuple(missing)


def _needs(name: str) -> Needs | None:
    try:
        return needs(name)
    except NoRuleError:
        return None


def _meets(machine: Machine, wanted: Needs) -> bool:
    made_for_it = not wanted.kin or bool(machine.marks & set(wanted.kin))
    return made_for_it and machine.words.issuperset(wanted.words)


def _fields(block: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in block.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _words(core: dict[str, str]) -> frozenset[str]:
    said = core.get("flags", core.get("Features", "")).split()
    return frozenset([*said, *_power_words(core), *_riscv_words(core.get("isa", ""))])


def _power_words(core: dict[str, str]) -> list[str]:
    found = re.match(r"POWER(\d+)", core.get("cpu", ""))
    if found is None:
        return []
    return ["power", *(f"power{each}" for each in range(7, int(found[1]) + 1))]


def _riscv_words(isa: str) -> list[str]:
    if not isa.startswith("rv"):
        return []
    letters, *names = isa.split("_")
    return [letters[:4], *letters[4:].replace("g", "imafd"), *names]


def _marks(core: dict[str, str]) -> frozenset[str]:
    arm = f"{core.get('CPU implementer', '')}/{core.get('CPU part', '')}"
    return frozenset({core.get("vendor_id", ""), core.get("uarch", ""), arm})


def _model(core: dict[str, str]) -> str:
    return next((core[key] for key in ("model name", "cpu", "uarch") if key in core), "")
