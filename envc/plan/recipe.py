"""One component that is built from its source: its lines, as they are for one choice and target."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from envc.choices import Choices
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.words import listed
from envc.lock import asked
from envc.lock.model import Lock, LockedPatch, LockedSource
from envc.plan import filled
from envc.plan.model import Check, Compiler, Input, Option, Recipe, Variables, Words
from envc.plan.toolchain import Own
from envc.spec import Build, Command, Place, Quantity, Setting, SourceCode, Value
from envc.spec import Recipe as Spec
from envc.vocabulary import BUILD

JOBS = 4
"""Where the spec says nothing: fixed, so that a build is the same on every machine."""

_BETWEEN = {"cmake": ";", "make": " "}
"""What stands between the members of a list; elsewhere a comma."""
_OF_LANGUAGE = {"c": "cflags", "cxx": "cxxflags", "fortran": "fflags"}
_BY_VARIABLE = {"cudaflags": "NVCC_APPEND_FLAGS", "hipflags": "HIPCC_COMPILE_FLAGS_APPEND"}

Found = TypeVar("Found")
Told = list[Diagnostic]


@dataclass(frozen=True, slots=True)
class Case:
    """For which choice and target, and what is filled in for placeholders."""

    choices: Choices
    target: str
    values: filled.Values

    def of(self, settings: Iterable[Setting]) -> tuple[Setting, ...]:
        """Those that hold; a value under a condition takes the place of one that has none."""
        holding = [each for each in settings if each.guard.holds(self.choices, self.target)]
        refined = {each.key for each in holding if not _bare(each)}
        return tuple(each for each in holding if not (_bare(each) and each.key in refined))

    def all(self, settings: Iterable[Setting]) -> tuple[Setting, ...]:
        """Of keys that may stand more than once, and then add to each other."""
        return tuple(each for each in settings if each.guard.holds(self.choices, self.target))


def _bare(setting: Setting) -> bool:
    return setting.guard.when is None and setting.guard.on is None


def own_flags(spec: Spec, case: Case) -> Own:
    said = _flags(spec, case)
    common = said.get("cppflags", ())
    return Own(
        {language: (*common, *said.get(key, ())) for language, key in _OF_LANGUAGE.items()},
        said.get("ldflags", ()),
    )


def by_variable(spec: Spec, case: Case) -> Variables:
    """Options of compilers that have no program of ours before them."""
    said = _flags(spec, case)
    return tuple((name, " ".join(said[key])) for key, name in _BY_VARIABLE.items() if key in said)


def _flags(spec: Spec, case: Case) -> Mapping[str, Words]:
    found: dict[str, Words] = {}
    for line in case.all(spec.flags):
        found[line.key] = (*found.get(line.key, ()), *str(line.value).split())
    return found


def recipe(
    spec: Spec, version: str, case: Case, lock: Lock, compilers: tuple[Compiler, ...]
) -> Recipe | tuple[Diagnostic, ...] | None:
    """None where nothing is built: an app may be no more than what it needs."""
    builds = [each for each in spec.builds if each.guard.holds(case.choices, case.target)]
    # As of settings: one under a condition takes the place of one that has none.
    chosen = (
        min(builds, key=lambda each: each.guard.when is None and each.guard.on is None)
        if (builds)
        else None
    )
    if chosen is None:
        return None
    told: Told = []
    of = f"{spec.name}@{version}" if version else spec.name
    settings = _settings(chosen, case)
    made = Recipe(
        name=spec.name,
        version=version,
        summary=fact(spec, "summary"),
        license=fact(spec, "license"),
        homepage=fact(spec, "homepage"),
        source=_source(spec, of, lock, told),
        patches=tuple(_patches(spec, of, case, lock)),
        compilers=compilers,
        variables=by_variable(spec, case),
        system=chosen.system,
        folder=_last(settings, "folder"),
        bootstrap=any(
            each.name in ("autoconf", "automake") and each.guard.holds(case.choices, case.target)
            for each in spec.wants
        ),
        options=tuple(_options(chosen.system, settings, case, told)),
        commands=tuple(_commands(settings, case, told)),
        goals=_names(settings, "goal"),
        extras=_names(settings, "extras"),
        installed=tuple(str(each.value) for each in settings if each.key == "install"),
        jobs=jobs(spec, case),
        checks=tuple(_checks(spec, case, told)),
        place=chosen.place,
    )
    return tuple(told) or made


def jobs(spec: Spec, case: Case) -> int:
    builds = [each for each in spec.builds if each.guard.holds(case.choices, case.target)]
    said = [each.value for build in builds for each in _settings(build, case) if each.key == "jobs"]
    return next((each.amount for each in said if isinstance(each, Quantity)), JOBS)


def fact(spec: Spec, key: str) -> str:
    return next((str(each.value) for each in spec.facts if each.key == key), "")


# ---- settings ------------------------------------------------------------------------------------


def _settings(build: Build, case: Case) -> tuple[Setting, ...]:
    keys = BUILD[build.system]
    more = {name for name, key in keys.items() if key.repeat}
    kept = {
        id(each)
        for each in (
            *case.of(line for line in build.settings if line.key not in more),
            *case.all(line for line in build.settings if line.key in more),
        )
    }
    return tuple(each for each in build.settings if id(each) in kept)


def _last(settings: Iterable[Setting], key: str) -> str:
    return next((str(each.value) for each in settings if each.key == key), "")


def _names(settings: Iterable[Setting], key: str) -> Words:
    said = (each.value for each in settings if each.key == key)
    return tuple(name for value in said for name in (value if isinstance(value, tuple) else ()))


def _options(system: str, settings: Iterable[Setting], case: Case, told: Told) -> Iterator[Option]:
    """The project's own: what is no word of envc's for this system."""
    for each in settings:
        if each.key not in BUILD[system]:
            written = _text(each.value, _BETWEEN.get(system, ","))
            value = filled.foreign(written, case.values, each.place)
            if isinstance(value, Diagnostic):
                told.append(value)
            else:
                yield Option(each.key, value, each.place)


def _text(value: Value, between: str) -> str:
    return between.join(value) if isinstance(value, tuple) else str(value)


def _commands(settings: Iterable[Setting], case: Case, told: Told) -> Iterator[Words]:
    for each in settings:
        if each.key == "script":
            yield ("sh", "-eu", str(each.value))
        elif each.key == "run" and isinstance(each.value, Command):
            words = filled.command(each.value.words, case.values, each.place)
            if isinstance(words, Diagnostic):
                told.append(words)
            else:
                yield words


def _checks(spec: Spec, case: Case, told: Told) -> Iterator[Check]:
    for test in spec.tests:
        if test.guard.holds(case.choices, case.target):
            words = filled.command(test.command.words, case.values, test.place)
            if isinstance(words, Diagnostic):
                told.append(words)
            else:
                yield Check(words, test.expect, test.place)


# ---- code ----------------------------------------------------------------------------------------


def _source(spec: Spec, of: str, lock: Lock, told: Told) -> Input | None:
    if len(spec.sources) > 1:
        second = spec.sources[1]
        told.append(
            not_built(
                f"`{spec.name}` has {len(spec.sources)} sources, and a build starts from one",
                second.place,
                "keep one; another may be a package of its own",
            )
        )
    for code in spec.sources[:1]:
        for each in lock.sources:
            if (each.of, each.kind, each.place) == (of, code.kind, asked.code(code)):
                if each.file.endswith(".zip"):
                    told.append(_zip(each, code.place))
                return _input(each, code)
    return None


def _input(locked: LockedSource, code: SourceCode) -> Input:
    said = dict(code.attributes)
    whole = 0 if locked.kind in ("dir", "git") else None
    return Input(
        file=locked.file,
        sha256=locked.sha256,
        size=locked.size,
        kind=locked.kind,
        urls=locked.urls,
        commit=locked.commit,
        nar=locked.nar,
        strip=int(said["strip"]) if "strip" in said else whole,
        folder=said.get("folder", ""),
        modules=locked.modules,
    )


def _patches(spec: Spec, of: str, case: Case, lock: Lock) -> Iterator[Input]:
    known = {(each.of, each.place): each for each in lock.patches}
    for patch in spec.patches:
        if patch.guard.holds(case.choices, case.target):
            found: LockedPatch | None = known.get((of, asked.change(patch)))
            if found is not None:
                name = patch.path.rstrip("/").rpartition("/")[2]
                yield Input(name, found.sha256, found.size, "patch")


def _zip(source: LockedSource, place: Place) -> Diagnostic:
    message = f"`{source.file}` is a zip, and recipes unpack tar"
    return not_built(message, place, "name the tar of the same release, or its repository")


def not_built(message: str, place: Place, advice: str) -> Diagnostic:
    labels = (Label(place.source, place.span),)
    return Diagnostic(rules.NOT_BUILT, message, labels, help=advice)


def lacks(program: str, what: str, packages: Iterable[str], place: Place) -> Diagnostic:
    return Diagnostic(
        rules.BUILD_LACKS_PROGRAM,
        f"{what} needs `{program}`, which nothing installs for the build",
        (Label(place.source, place.span),),
        help=f"add {listed(f'{each} for build' for each in packages)} to `needs`",
    )
