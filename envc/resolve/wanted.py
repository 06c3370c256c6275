"""What a lock has to say of a spec as it is now, as far as that needs no solving.

The versions that were chosen are the lock's own; everything that follows from them without an
index is found anew.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from envc import library
from envc.check import Checked
from envc.cpu import lattice
from envc.lock import asked
from envc.lock.compare import Wanted
from envc.lock.model import (
    Block,
    Lock,
    LockedImage,
    LockedPatch,
    LockedSource,
    LockedTarget,
    of_blocks,
)
from envc.lock.modules import modules
from envc.reading import read
from envc.resolve.targets import again
from envc.source import Source
from envc.spec import App, Patch, SourceCode

Changed = Callable[[SourceCode, LockedSource], bool]
"""Whether a folder is no longer what was locked."""
ChangedPatch = Callable[[Patch, LockedPatch], bool]


def wanted(checked: Checked, locked: Lock, changed: Changed, changed_patch: ChangedPatch) -> Wanted:
    spec = checked.spec
    apps = {asked.label(app): app for app in spec.apps}
    blocks: list[Block] = [*asked.requests(spec)]
    blocks += modules(checked.file, spec, _library(locked))
    blocks += _targets(apps, locked)
    blocks += _code(apps, locked, changed, changed_patch)
    blocks += _images(apps)
    lock = of_blocks(lattice.data_version(), lattice.data_digest(), blocks)
    builds = tuple(
        (label, asked.said(choices.items()), target)
        for label, app in apps.items()
        for choices, target in asked.builds(app)
    )
    return Wanted(lock, builds, tuple((label, asked.suppliers(app)) for label, app in apps.items()))


def _library(locked: Lock) -> Iterator[Source]:
    """What the lock took from envc's library, as it is now; what is gone from it, not."""
    for module in locked.modules:
        if module.name.startswith(library.OWN):
            found = read(library.path_on_disk(Source(module.name, "")))
            if found.source is not None:
                yield Source(module.name, found.source.text)


def _targets(apps: dict[str, App], locked: Lock) -> Iterator[LockedTarget]:
    """Those of a target that is no longer built go with its builds, and are not told twice."""
    for each in locked.targets:
        app = apps.get(each.app)
        built = {target for _, target in asked.builds(app)} if app is not None else frozenset()
        found = again(app, each) if app is not None and each.target in built else None
        yield found or each


def _code(
    apps: dict[str, App], locked: Lock, changed: Changed, changed_patch: ChangedPatch
) -> Iterator[Block]:
    sources = {each.key: each for each in locked.sources}
    patches = {each.key: each for each in locked.patches}
    for of, app in apps.items():
        for code in app.sources:
            new = LockedSource(of, code.kind, asked.code(code), "", "", 0, "", "", "")
            kept = sources.get(new.key)
            yield new if kept is None else replace(kept, sha256="") if changed(code, kept) else kept
        for patch in app.patches:
            fresh = LockedPatch(of, asked.change(patch), 0, "")
            had = patches.get(fresh.key)
            stays = had is not None and not changed_patch(patch, had)
            yield had if had is not None and stays else fresh
    # What the library's packages are built from follows from the library's words.
    yield from (each for each in locked.sources if each.of not in apps)
    yield from (each for each in locked.patches if each.of not in apps)


def _images(apps: dict[str, App]) -> Iterator[LockedImage]:
    for app in apps.values():
        for fact in app.facts:
            if fact.key == "base":
                yield LockedImage(str(fact.value), "", ())
