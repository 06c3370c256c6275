"""What a lock remembers of images: whoever builds the same again has to get the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from envc.build.model import Built
from envc.images.make import Packed
from envc.lock.model import Lock, LockedOutput
from envc.store.content import Content


def outputs(built: Built, packed: Packed) -> tuple[LockedOutput, ...]:
    """`tree` is all files of the image, `oci` its manifest, `sif` the file for Apptainer."""
    plan = built.plan
    tree = Content(packed.tree, sum(each.size for each in built.layers))
    found = {"oci": packed.oci, "tree": tree}
    if packed.sif is not None:
        found["sif"] = packed.sif
    image = (plan.app, plan.target, plan.choices)
    return tuple(LockedOutput(*image, kind, plan.closure, *found[kind]) for kind in sorted(found))


def unmet(lock: Lock, found: Iterable[LockedOutput]) -> Iterator[tuple[LockedOutput, LockedOutput]]:
    """What is recorded of the same closure, and what came out instead."""
    before = {each.key: each for each in lock.outputs}
    for each in found:
        known = before.get(each.key)
        if known is not None and known.closure == each.closure and known.digest != each.digest:
            yield known, each


def recorded(lock: Lock, found: Sequence[LockedOutput]) -> Lock:
    """In the place of what was known of the same images."""
    new = {each.key for each in found}
    kept = (each for each in lock.outputs if each.key not in new)
    return replace(lock, outputs=tuple(sorted((*kept, *found))))
