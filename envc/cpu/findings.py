"""What is wrong with targets, conditions and compilers: the sentences, without their places.

The checker knows where the words stand and turns a finding into a diagnostic there.
"""

from typing import NamedTuple

from envc.cpu import lattice
from envc.cpu.conditions import Condition, members
from envc.cpu.flags import Flags, Language, Refusal, flags, minimum
from envc.cpu.profile import profile
from envc.cpu.tables.bases import floor
from envc.cpu.tables.guix import tune
from envc.cpu.versions import parse
from envc.diagnostics import rules
from envc.diagnostics.model import Rule
from envc.facts.words import listed


class Finding(NamedTuple):
    rule: Rule
    message: str
    help: str = ""
    notes: tuple[str, ...] = ()


def target(name: str) -> tuple[lattice.Resolved | None, list[Finding]]:
    """A target as written: archspec's name for it, and what is to be said about the spelling."""
    if lattice.is_host_word(name):
        return None, [_host_word(name)]
    found = lattice.resolve(name)
    if found is None:
        return None, [
            Finding(
                rules.UNKNOWN_TARGET,
                f"there is no target `{name}`",
                _did_you_mean(lattice.suggest(name)) or "`envc targets list` names them all",
            )
        ]
    return found, [Finding(rules.TARGET_ALIAS, found.note)] if found.note else []


def feature(name: str) -> list[Finding]:
    if lattice.is_feature(name):
        return []
    help_ = _did_you_mean(lattice.suggest_feature(name))
    return [
        Finding(
            rules.UNKNOWN_FEATURE,
            f"no target has a feature `{name}`",
            help_ or "features are named as /proc/cpuinfo names them",
        )
    ]


def vendor(name: str) -> list[Finding]:
    if lattice.is_vendor(name):
        return []
    return [
        Finding(
            rules.UNKNOWN_VENDOR,
            f"no target is made by `{name}`",
            _did_you_mean(lattice.suggest_vendor(name)) or f"one of {listed(lattice.vendors())}",
        )
    ]


def family(name: str) -> list[Finding]:
    if lattice.is_family(name):
        return []
    return [
        Finding(
            rules.UNKNOWN_FAMILY,
            f"`{name}` is not a family of targets",
            _did_you_mean(lattice.suggest_family(name)) or f"one of {listed(lattice.families())}",
        )
    ]


def empty_range(low: str, high: str) -> list[Finding]:
    """Both ends by archspec's names."""
    if lattice.covers(low, high):
        return []
    message = f"no target lies in `{low}..{high}`: code for `{low}` does not run on `{high}`"
    if lattice.covers(high, low):
        return [Finding(rules.EMPTY_RANGE, message, f"write `{high}..{low}`")]
    common = lattice.meet((low, high))
    notes = (f"the best that runs on both is {listed(common, 'and')}",) if common else ()
    help_ = f"write `{low}.., {high}..` for each and what runs it"
    return [Finding(rules.EMPTY_RANGE, message, help_, notes)]


def never_holds(condition: Condition, among: tuple[str, ...]) -> list[Finding]:
    """A condition that none of the targets it is asked about meets."""
    if not among or members(condition, among):
        return []
    return [
        Finding(
            rules.CONDITION_NEVER_HOLDS,
            "none of the app's targets meets this condition",
            notes=(f"the targets are {listed(among, 'and')}",),
        )
    ]


def codegen(
    name: str, compiler: str, version: str, language: Language = "c"
) -> tuple[Flags | Refusal, list[Finding]]:
    """The flags a locked compiler gets for a target, and what is to be said about them."""
    answer = flags(name, compiler, version, language)
    if isinstance(answer, Refusal):
        return answer, [_refused(name, compiler, version, answer)]
    found: list[Finding] = []
    if answer.why:
        found.append(_fallen_back(name, compiler, version, answer))
    found += [
        Finding(rules.COMPILER_HOLDS_BACK, f"{compiler} holds back on `{name}`", notes=(each,))
        for each in answer.warnings
    ]
    return answer, found


def numeric(name: str, compiler: str, among: tuple[str, ...]) -> list[Finding]:
    """`reproducibility numeric` where no flags are known to keep it."""
    doubts = profile(name, compiler, reproducibility="numeric", among=among).notes
    if not doubts:
        return []
    lower = lattice.generic(name)
    plain = "x86_64_v3" if lattice.covers("x86_64_v3", lower) else lower
    return [
        Finding(
            rules.NUMERIC_NOT_HELD,
            f"results on `{name}` may differ from those on other targets",
            f"target {plain}, or compare the results with a tolerance",
            doubts,
        )
    ]


def guix_tuning(name: str, compiler: str = "gcc") -> list[Finding]:
    """Guix can tune to a target only by a name that its compiler knows."""
    tuned = tune(name, compiler)
    if not tuned.why:
        return []
    notes = [f"`--tune={tuned.name}` is used" if tuned.name else "nothing is tuned"]
    have = lattice.vectors(tuned.of) if tuned.of else ()
    if lost := [each for each in lattice.vectors(name) if each not in have]:
        notes.append(f"tuned packages do without {' and '.join(lost)}")
    notes.append("images and source builds are not affected")
    return [Finding(rules.GUIX_LACKS_TUNE, tuned.why, notes=tuple(notes))]


def base_image(image: str, name: str) -> list[Finding]:
    """A base image whose own programs do not run on the target."""
    needs = floor(image, lattice.family(name))
    if needs is None or lattice.covers(needs, name):
        return []
    return [
        Finding(
            rules.BASE_NEEDS_MORE,
            f"`{image}` needs `{needs}`, and `{name}` has less",
            f"use an older base image, or drop `{name}`",
            ("the image's own programs fault there, whatever flags the app is built with",),
        )
    ]


def node(name: str, built: tuple[str, ...]) -> list[Finding]:
    """A node whose CPU none of the targets runs on."""
    if any(lattice.covers(each, name) for each in built):
        return []
    usable = lattice.generic(name)
    more = f", or `{usable}`, which it also runs" if usable != name else ""
    return [
        Finding(
            rules.NO_COMMON_TARGET,
            f"no target of the app runs on `{name}`",
            f"add `{name}`{more}",
            (f"the targets are {listed(built, 'and')}",),
        )
    ]


def overridden(variables: tuple[str, ...]) -> list[Finding]:
    """archspec's own variables, set where envc was started."""
    return [
        Finding(
            rules.ARCHSPEC_OVERRIDDEN,
            f"{name} is set",
            f"unset {name}",
            ("it replaces archspec's data; the same spec would mean something else elsewhere",),
        )
        for name in variables
    ]


def _host_word(name: str) -> Finding:
    return Finding(
        rules.HOST_AS_TARGET,
        f"`{name}` is whatever machine envc happens to run on",
        "name the target; `envc targets host` says which ones this machine runs",
    )


def _refused(name: str, compiler: str, version: str, refusal: Refusal) -> Finding:
    ways = []
    if newer := _newer(name, compiler, version):
        ways.append(f"use {compiler}@{newer}:")
    if refusal.nearest:
        ways.append(f"target {refusal.nearest}, which {name} nodes also run")
    why = () if refusal.nearest else (refusal.reason,)
    needs = f"needs {' or '.join(refusal.needs)}" if refusal.needs else "no compiler has"
    return Finding(
        rules.COMPILER_CANNOT_TARGET,
        f"{compiler} {version} cannot generate code for {name}",
        ", or ".join(ways),
        (*why, f"{needs} (archspec {lattice.data_version()})"),
    )


def _fallen_back(name: str, compiler: str, version: str, answer: Flags) -> Finding:
    newer = _newer(name, compiler, version)
    return Finding(
        rules.FLAGS_OF_AN_ANCESTOR,
        f"{compiler} {version} builds `{answer.of}` code for `{name}`",
        f"use {compiler}@{newer}: to tune to it" if newer else "",
        (f"{answer.why}; the lock records it",),
    )


def _newer(name: str, compiler: str, version: str) -> str | None:
    """The version of the same compiler from which on it can."""
    lowest = minimum(name, compiler) or ""
    ours, wanted = parse(version), parse(lowest)
    return lowest if ours and wanted and ours < wanted else None


def _did_you_mean(names: list[str]) -> str:
    return f"did you mean {listed(names)}?" if names else ""
