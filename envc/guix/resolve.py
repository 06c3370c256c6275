"""Which package of Guix a request means, and whether what was chosen goes into one profile."""

from collections.abc import Sequence
from dataclasses import dataclass

from envc.facts import versions
from envc.facts.problem import Problem
from envc.facts.versions import ANY, Range, Version, matches
from envc.facts.words import close, listed, one_of
from envc.guix.collisions import Collision, collisions, ways_in
from envc.guix.index import GuixIndex, GuixPackage


@dataclass(frozen=True, slots=True)
class Chosen:
    package: GuixPackage
    output: str
    system: str
    tune: str = ""
    """The CPU that it is built anew for; empty where Guix builds the same for every CPU.

    Guix is to tune these packages and no others: it would also graft what depends on them, and
    where that lies only a build would tell.
    """
    path: str | None = None
    """The store path on every machine; None where only a Guix can tell."""
    notes: tuple[str, ...] = ()

    @property
    def specification(self) -> str:
        named = self.package.specification
        return named if self.output == "out" else f"{named}:{self.output}"


def choose(
    index: GuixIndex,
    name: str,
    wanted: Range = ANY,
    output: str = "out",
    system: str = "x86_64-linux",
    *,
    tune: str = "",
) -> Chosen | Problem:
    """The newest that is wanted, as Guix takes the newest of a name."""
    there = index.named(name)
    if not there:
        return _no_such_name(index, name)
    fitting = [each for each in there if _lies_in(wanted, each)]
    if not fitting:
        return _no_such_version(index, there, wanted)
    # Guix' order, not ours: to it 1.0-rc1 is a release, and 1.0-1.a9ffbad, made of a commit, too.
    asked = package = fitting[0]
    if package.superseded:
        package = _successor(index, package)
    if system not in package.systems:
        return _not_for(index, package, system, fitting)
    if output not in package.outputs:
        return _no_such_output(index, package, output, fitting)
    notes = []
    if package is not asked:
        notes.append(f"Guix gives {package} to who asks for `{asked.name}`, which it took over")
    if tune and not package.tunable:
        notes.append(
            f"{package} is not tunable: Guix builds it once, for every {_family(system)} CPU"
        )
        tune = ""
    path = index.output_path(package, output, system, tune)
    return Chosen(package, output, system, tune, path, tuple(notes))


def check_profile(index: GuixIndex, chosen: Sequence[Chosen]) -> list[Problem]:
    """What Guix would refuse, or worse, accept, if all of it went into one profile."""
    found = [*_twice(chosen), *_systems(chosen)]
    # What was asked for twice collides, too; one sentence is enough.
    told = {each.package.name for each in chosen if _versions_of(each.package.name, chosen) > 1}
    entries = [(each.package, each.output) for each in chosen]
    system = chosen[0].system if chosen else ""
    collided = [one for one in collisions(index, entries, system) if one.name not in told]
    found += [Problem(one.message, _way_out(one)) for one in collided]
    return found + _tuned_and_not(index, chosen, system)


def _lies_in(wanted: Range, package: GuixPackage) -> bool:
    """A version that is no number, such as 9.0+coq8.18, lies in no range."""
    read = versions.version(package.version)
    return wanted == ANY or (isinstance(read, Version) and matches(wanted, read))


def _successor(index: GuixIndex, package: GuixPackage) -> GuixPackage:
    name, _, version = package.superseded.rpartition("@")
    found = (each for each in index.named(name) if each.version == version)
    return next(found, package)


def _family(system: str) -> str:
    return system.removesuffix("-linux")


# ---- what is not there ---------------------------------------------------------------------------


def _no_such_name(index: GuixIndex, name: str) -> Problem:
    near = close(name, index.names())
    message = f"{index.title} has no package `{name}`"
    if near:
        return Problem(message, f"did you mean {listed(near)}?", one_of(near))
    return Problem(message, f"`guix time-machine -- show {name}` says whether a newer Guix has it")


def _no_such_version(index: GuixIndex, there: Sequence[GuixPackage], wanted: Range) -> Problem:
    name = there[0].name
    return Problem(
        f"{index.title} has no `{name}@{wanted}`; it has {_versions(there)}",
        f"ask for one of these, or name another commit of Guix: `guix time-machine -- show {name}` "
        "says what a newer one has",
    )


def _not_for(
    index: GuixIndex, package: GuixPackage, system: str, others: Sequence[GuixPackage]
) -> Problem:
    where = listed(package.systems, "and") if package.systems else "no system of envc's targets"
    message = f"{package} is not for {system}: {index.title} has it for {where}"
    if able := [each for each in others if system in each.systems]:
        return Problem(message, f"ask for `{able[0].name}@{able[0].version}`")
    return Problem(message, f"leave it out where the target is {_family(system)}")


def _no_such_output(
    index: GuixIndex, package: GuixPackage, output: str, others: Sequence[GuixPackage]
) -> Problem:
    message = f"{package} has no output `{output}` in {index.title}"
    if able := [each for each in others if output in each.outputs]:
        return Problem(message, f"ask for `{able[0].name}@{able[0].version}`, which has it")
    if near := close(output, package.outputs):
        return Problem(message, f"did you mean {listed(near)}?", one_of(near))
    return Problem(message, f"it has {listed(package.outputs, 'and')}")


def _versions(there: Sequence[GuixPackage]) -> str:
    return listed((each.version for each in there), "and").replace("`", "")


# ---- what does not go together -------------------------------------------------------------------


def _twice(chosen: Sequence[Chosen]) -> list[Problem]:
    found = []
    for name in dict.fromkeys(each.package.name for each in chosen):
        same = [each for each in chosen if each.package.name == name]
        if _versions_of(name, chosen) > 1:
            both = listed(dict.fromkeys(each.package.version for each in same), "and")
            found.append(
                Problem(
                    f"one profile holds one version of `{name}`, not {both.replace('`', '')}",
                    "ask for one of them, or for two images",
                )
            )
        elif len({each.tune for each in same}) > 1:
            tunes = " and ".join(
                f"`{tune}`" if tune else "any CPU" for tune in sorted({each.tune for each in same})
            )
            found.append(
                Problem(
                    f"one profile holds one build of `{name}`, not those for {tunes}",
                    "ask for one of them, or for two images",
                )
            )
    return found


def _way_out(collision: Collision) -> str:
    asked, brought = collision.left, collision.right
    if len(asked) > 1:
        return "ask for two images, or for other versions of what brings them"
    if brought[-1].variant:
        return f"leave `{collision.name}` out, which the other brings"
    return f"ask for `{brought[-1].specification}`, or leave it out: the other brings it"


def _versions_of(name: str, chosen: Sequence[Chosen]) -> int:
    return len({each.package.version for each in chosen if each.package.name == name})


def _tuned_and_not(index: GuixIndex, chosen: Sequence[Chosen], system: str) -> list[Problem]:
    """What another brings is not tuned: slepc brings petsc as it was when slepc was built."""
    found = []
    for tuned in chosen:
        others = [(each.package, each.output) for each in chosen if each != tuned]
        way = ways_in(index, others, system).get((tuned.package, tuned.output), ())
        if tuned.tune and len(way) > 1:
            found.append(
                Problem(
                    f"{tuned.package} for `{tuned.tune}` does not go with {way[0]}, which brings "
                    "the one for every CPU",
                    f"take `{tuned.package.name}` without tuning",
                )
            )
    return found


def _systems(chosen: Sequence[Chosen]) -> list[Problem]:
    systems = sorted({each.system for each in chosen})
    if len(systems) < 2:
        return []
    return [Problem(f"one profile is for one system, not for {listed(systems, 'and')}")]
