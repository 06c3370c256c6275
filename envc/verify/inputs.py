"""What has to be right before anything is built again: inputs, and signatures of what is there."""

import os
from collections.abc import Iterable, Iterator, Mapping

from envc.evidence import signatures
from envc.evidence.signatures import Signed, Subject
from envc.facts.problem import Problem
from envc.images.make import LAYOUT
from envc.plan.model import Words
from envc.resolve.needed import Needed
from envc.store.fetch import Wanted
from envc.store.objects import Store
from envc.store.parallel import in_parallel


def damaged(store: Store, wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """Digests of what the store lacks, or has with other bytes: each byte is read."""
    every = tuple({each.digest: each for each in wanted}.values())
    found = in_parallel(lambda each: store.verified(each.digest, each.size), every, 2)
    pairs = zip(every, found, strict=True)
    return tuple(each.digest for each, path in pairs if isinstance(path, Problem))


# ---- signatures ----------------------------------------------------------------------------------


def signed(
    needed: Needed, folders: Iterable[str], environ: Mapping[str, str], *, required: bool
) -> Words | Problem:
    """Who stands for the lock, and for images that lie there from an earlier build."""
    signers = signatures.signers(needed.path, environ)
    said: list[str] = []
    for path in (needed.path, *_images(folders)):
        if not required and not os.path.lexists(f"{path}.sig"):
            continue
        found = _checked(path, signers, is_lock=path == needed.path)
        if isinstance(found, Problem):
            return found
        if found is None:
            return Problem(
                f"`{path}` is signed by nobody", f"sign it: `envc sign {path} --key KEY`"
            )
        said.append(f"{found.path} is signed by {found.who}, {found.fingerprint}")
    return tuple(said)


def _images(folders: Iterable[str]) -> Iterator[str]:
    for folder in folders:
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        yield from (
            os.path.join(folder, each) for each in names if each == LAYOUT or each.endswith(".sif")
        )


def _checked(path: str, signers: str, *, is_lock: bool) -> Signed | Problem | None:
    subject: Subject | Problem = signatures.lock(path) if is_lock else signatures.image(path)
    return subject if isinstance(subject, Problem) else signatures.check(subject, signers)
