"""Two changes of a lock become one, or a clash that is told; never a lock that is wrong."""

import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.lock.marks import Texts, is_marked, split
from envc.lock.merge import Merged, merge
from envc.lock.model import Lock, LockedEnvironment, LockedItem, LockedPatch, LockedSource
from envc.lock.text import read, write
from tests.lock.worlds import MACHINES, PACKAGES, Spec, is_whole, lock

APPS = ("heat", "waves", "plasma")
LATER = "20261115T000000Z"
MERGES = 150
PAGE = Path(__file__).parents[2] / "docs" / "merging.md"
"""Tells how the merges ended."""


def text(spec: Spec) -> str:
    return write(lock(spec))


def first(random: Random) -> Spec:
    apps = {
        app: {f"pkg{number}": "1:" for number in random.sample(range(PACKAGES), 5)} for app in APPS
    }
    return Spec(apps, dict.fromkeys(APPS, ("x86_64_v2", "x86_64_v3")))


def changed(spec: Spec, random: Random) -> Spec:
    """One thing that a person does between two commits."""
    app = random.choice(APPS)
    asked, targets = dict(spec.apps[app]), spec.targets[app]
    match random.choices(("add", "drop", "target", "move", "bump"), (8, 3, 3, 1, 2))[0]:
        case "add":
            asked[f"pkg{random.randrange(PACKAGES)}"] = "1:"
        case "drop":
            del asked[random.choice(sorted(asked))]
        case "target":
            targets = tuple(sorted({*targets, random.choice(sorted(MACHINES))}))
        case "move":
            return spec._replace(moment=LATER)
        case _:
            asked[random.choice(sorted(asked))] = random.choice(("1.0:", "1:2"))
    return spec._replace(apps={**spec.apps, app: asked}, targets={**spec.targets, app: targets})


def both(base: Spec, ours: Spec, theirs: Spec) -> Spec | None:
    """What the spec says when the two people have merged it; None where they cannot."""
    apps: dict[str, dict[str, str]] = {}
    for app in APPS:
        merged = _three(base.apps[app], ours.apps[app], theirs.apps[app])
        if merged is None:
            return None
        apps[app] = merged
    targets = {app: tuple(sorted({*ours.targets[app], *theirs.targets[app]})) for app in APPS}
    moments = {base.moment, ours.moment, theirs.moment}
    return Spec(apps, targets, max(moments))


def _three(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for name in {*base, *ours, *theirs}:
        was, here, there = base.get(name), ours.get(name), theirs.get(name)
        if here != there and was not in (here, there):
            return None
        now = there if here == was else here
        if now is not None:
            found[name] = now
    return found


def by_git(folder: Path, base: str, ours: str, theirs: str) -> str | None:
    for name, content in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_text(content)
    words = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else None


@pytest.mark.tool("git")
def test_a_merge_is_right_or_told(tmp_path: Path) -> None:
    """As many merges as the plain merge of lines gets wrong some of."""
    ends: dict[str, Counter[str]] = {"envc": Counter(), "git": Counter()}
    for number in range(MERGES):
        random = Random(number)
        base = first(random)
        ours, theirs = base, base
        for _ in range(random.randint(1, 3)):
            ours, theirs = changed(ours, random), changed(theirs, random)
        wanted = both(base, ours, theirs)
        right = None if wanted is None else text(wanted)
        texts = (text(base), text(ours), text(theirs))
        merged = merge(*texts)
        assert isinstance(merged, Merged)
        found = {
            "envc": None if merged.clashes else merged.text,
            "git": by_git(tmp_path, *texts),
        }
        for tool, result in found.items():
            end = "clash" if result is None else "right" if result == right else "wrong"
            ends[tool][end] += 1
    told = f"of {MERGES} merges: " + ", ".join(f"{tool} {dict(ends[tool])}" for tool in ends)
    assert ends["envc"]["wrong"] == 0, told
    assert ends["git"]["wrong"] > 0, told
    assert ends["envc"]["right"] > ends["git"]["right"], told
    page = " ".join(PAGE.read_text().split())
    envc, git = ends["envc"], ends["git"]
    assert f"Of {MERGES} merges" in page
    assert (
        f"merged {envc['right']} as a fresh lock would have been, refused {envc['clash']}" in page
    )
    assert f"got {git['right']} right, refused {git['clash']} and got {git['wrong']} wrong" in page


# ---- one by one ----------------------------------------------------------------------------------

BASE = Spec(
    {app: {f"pkg{number}": "1:" for number in numbers} for app, numbers in
     zip(APPS, ((20, 31), (42, 53), (64, 75)), strict=True)},
    dict.fromkeys(APPS, ("x86_64_v3",)),
)  # fmt: skip


def with_packages(app: str, **asked: str) -> Spec:
    return BASE._replace(apps={**BASE.apps, app: {**BASE.apps[app], **asked}})


def with_targets(app: str, *targets: str) -> Spec:
    return BASE._replace(targets={**BASE.targets, app: targets})


def merged(ours: Spec, theirs: Spec, base: Spec | None = BASE) -> Merged:
    found = merge("" if base is None else text(base), text(ours), text(theirs))
    assert isinstance(found, Merged)
    return found


def test_two_packages_for_one_app_come_together() -> None:
    ours, theirs = with_packages("heat", pkg90="1:"), with_packages("heat", pkg120="1:")
    wanted = with_packages("heat", pkg90="1:", pkg120="1:")
    assert merged(ours, theirs) == Merged(text(wanted), ())


def test_targets_and_packages_of_one_app_come_together() -> None:
    ours, theirs = with_packages("heat", pkg90="1:"), with_targets("heat", "x86_64_v3", "zen4")
    wanted = with_packages("heat", pkg90="1:")._replace(targets=theirs.targets)
    assert merged(ours, theirs) == Merged(text(wanted), ())


def test_what_only_one_side_dropped_stays_for_the_other() -> None:
    """Each side takes away one of the two things that need a library, or one adds a third."""
    for left, right in (("pkg20", "pkg31"), ("pkg31", "pkg20")):
        dropped = BASE._replace(
            apps={**BASE.apps, "heat": {left: "1:"}},
        )
        added = with_packages("heat", pkg140="1:")
        wanted = BASE._replace(apps={**BASE.apps, "heat": {left: "1:", "pkg140": "1:"}})
        assert merged(dropped, added) == Merged(text(wanted), ())
        assert merged(added, dropped) == Merged(text(wanted), ())
        nothing = BASE._replace(apps={**BASE.apps, "heat": {}})
        other = BASE._replace(apps={**BASE.apps, "heat": {right: "1:"}})
        assert merged(dropped, other) == Merged(text(nothing), ())


def test_an_archive_that_moved_and_a_package_from_where_it_was() -> None:
    moved, added = BASE._replace(moment=LATER), with_packages("waves", pkg90="1:")
    for found in (merged(moved, added), merged(added, moved)):
        assert (
            "one side moved debian/trixie, and the other side changed what comes from it"
            in found.clashes
        )


def test_a_row_more_and_a_column_more() -> None:
    """Machines of another kind on one side, a package on the other: nobody solved for both."""
    ours, theirs = (
        with_packages("heat", pkg90="1:"),
        with_targets("heat", "x86_64_v3", "neoverse_v1"),
    )
    assert merged(ours, theirs).clashes == (
        "both sides changed the environments of heat, in ways that cross",
    )


def test_one_request_in_two_versions() -> None:
    found = merged(with_packages("heat", pkg20="1.0:"), with_packages("heat", pkg20="2:"))
    assert found.clashes == ("both sides changed request heat pkg20",)


def test_the_same_on_both_sides_is_no_clash() -> None:
    one = with_packages("heat", pkg90="1:")
    assert merged(one, one) == Merged(text(one), ())
    assert merged(one, one, None) == Merged(text(one), ())
    assert merged(one, BASE) == merged(BASE, one) == Merged(text(one), ())


def test_two_locks_that_come_from_none_clash() -> None:
    assert merged(with_packages("heat", pkg90="1:"), BASE, None).clashes


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_a_clash_keeps_both_sides_whole(seed: int) -> None:
    random = Random(seed)
    base = first(random)
    sides = changed(base, random), changed(base, random)
    found = merged(*sides, base)
    swapped = merged(sides[1], sides[0], base)
    assert bool(found.clashes) == bool(swapped.clashes)
    if not found.clashes:
        assert found == swapped
        lock_found = read(found.text)
        assert not isinstance(lock_found, Problem)
        assert is_whole(lock_found)
    else:
        assert is_marked(found.text)
        texts = split(found.text)
        assert isinstance(texts, Texts)
        assert merge(*texts) == found


def test_marks_of_git_are_told_and_not_guessed_at(tmp_path: Path) -> None:
    ours, theirs = with_packages("heat", pkg20="1.0:"), with_packages("heat", pkg20="2:")
    for name, spec in (("base", BASE), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(text(spec))
    words = ["git", "merge-file", "-p", "ours", "base", "theirs"]
    marked = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    found = split(marked)
    assert isinstance(found, Problem)
    assert "git merged this lock line by line and marked" in found.message
    assert "git checkout --merge envc.lock" in found.help


def test_a_side_that_is_no_lock_is_told() -> None:
    found = merge(text(BASE), "not a lock", text(BASE))
    assert isinstance(found, Problem)
    assert "our side: this is not a lock" in found.message


# ---- what belongs together -----------------------------------------------------------------------

LOCK = lock(BASE)


def clashes(ours: Lock, theirs: Lock, base: Lock = LOCK) -> tuple[str, ...]:
    """The same whichever side is called ours."""
    told = [merge(write(base), write(a), write(b)) for a, b in ((ours, theirs), (theirs, ours))]
    first, second = (each.clashes for each in told if isinstance(each, Merged))
    assert set(first) == set(second)
    return first


def test_other_data_on_cpus_and_another_target() -> None:
    other = replace(LOCK, archspec="0.2.8", archspec_digest="sha256:1")
    more = lock(with_targets("heat", "x86_64_v3", "zen4"))
    assert clashes(other, more) == (
        "one side has other data on CPUs, and the other side changed targets",
    )
    third = replace(LOCK, archspec="0.2.9", archspec_digest="sha256:2")
    assert clashes(other, third) == ("both sides have other data on CPUs",)
    assert not clashes(other, lock(with_packages("heat", pkg90="1:")))


def test_a_compiler_more_and_a_target_more() -> None:
    clang = tuple(replace(each, compiler="clang", language="cxx") for each in LOCK.targets)
    compilers = replace(LOCK, targets=tuple(sorted((*LOCK.targets, *clang))))
    targets = lock(with_targets("heat", "x86_64_v3", "zen4"))
    assert "both sides changed the targets of heat, in ways that cross" in clashes(
        compilers, targets
    )


def test_tuned_packages_for_two_targets() -> None:
    """Of a package and a target that came on different sides, nobody has the tuned form."""
    hdf5 = LockedItem("guix", "hdf5", "1.14.5", "out", "x86_64-linux", "x86_64_v3")
    fftw = replace(hdf5, name="fftw", version="3.3.10")
    base = replace(LOCK, items=(hdf5,))
    package = replace(base, items=(fftw, hdf5))
    target = replace(base, items=(hdf5, replace(hdf5, tune="zen4")))
    assert clashes(package, target, base) == (
        "both sides changed the items of guix x86_64-linux, in ways that cross",
    )


def test_two_moments_of_an_archive() -> None:
    later = replace(LOCK.archives[0], name="debian/trixie+20261120T000000Z", release="sha256:2")
    base = replace(LOCK, archives=(*LOCK.archives, later))
    ours, theirs = (
        replace(lock(with_packages("heat", **{name: "1:"})), archives=base.archives)
        for name in ("pkg90", "pkg120")
    )
    assert clashes(ours, theirs, base) == (
        "both sides changed what comes from debian/trixie, of which there are two moments",
    )


def test_another_source_and_another_patch() -> None:
    source = LockedSource(
        of="heat", kind="git", place="https://example.org/heat", name="heat",
        file="heat.tar", size=10, sha256="1" * 64, swhid="", nar="",
    )  # fmt: skip
    patch = LockedPatch("heat", "fix.patch", 10, "2" * 64)
    base = replace(LOCK, sources=(source,))
    moved, patched = (
        replace(base, sources=(replace(source, sha256="3" * 64),)),
        replace(base, patches=(patch,)),
    )
    assert clashes(moved, patched, base) == (
        "one side changed the source of heat, and the other side its patches",
    )
    assert not clashes(replace(moved, patches=(patch,)), replace(moved, patches=(patch,)), base)


def test_a_component_in_another_version_and_one_who_uses_the_old() -> None:
    old = LOCK.components[0]
    new = replace(old, version="9.9")

    def renamed(each: LockedEnvironment) -> LockedEnvironment:
        names = (str(new) if name == str(old) else name for name in each.components)
        return replace(each, components=tuple(sorted(names)))

    ours = replace(
        LOCK,
        components=tuple(sorted((new, *LOCK.components[1:]))),
        environments=tuple(renamed(each) for each in LOCK.environments),
    )
    user = replace(LOCK.environments[0], app="zeta", components=(str(old),))
    theirs = replace(LOCK, environments=tuple(sorted((*LOCK.environments, user))))
    assert clashes(ours, theirs) == (
        f"one side uses component {old} of debian/trixie, the other side has none",
    )
