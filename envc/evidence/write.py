"""Puts the evidence of an image beside it."""

import os
from collections.abc import Sequence

from envc.evidence import statements
from envc.evidence.copyrights import of_image
from envc.evidence.cyclonedx import cyclonedx
from envc.evidence.spdx import spdx
from envc.evidence.statements import Run
from envc.lock.model import Lock, LockedOutput
from envc.plan.model import Plan
from envc.store.content import of_bytes
from envc.writing import write

CYCLONEDX = "sbom.cdx.json"
SPDX = "sbom.spdx.json"
PROVENANCE = "provenance.json"
REPRODUCED = "reproduced.jsonl"


def beside(
    folder: str,
    plan: Plan,
    lock: Lock,
    outputs: Sequence[LockedOutput],
    run: Run,
    *,
    layer: str | None = None,
) -> tuple[str, ...]:
    """The names of what is there now; `layer` is a tar of the packages that are in the image.

    Without it the lists know no licences of packages. Signatures of an earlier build stay.
    """
    names = [each.name for each in plan.run.debs] if plan.run is not None else []
    said = of_image(layer, names) if layer is not None else {}
    lists = {CYCLONEDX: cyclonedx(plan, lock, said), SPDX: spdx(plan, lock, said)}
    digests = {name: of_bytes(text.encode()).digest for name, text in lists.items()}
    texts = {
        **lists,
        PROVENANCE: statements.provenance(plan, lock, outputs, run, digests),
        REPRODUCED: statements.reproduced(plan, outputs, run.builder),
    }
    for name, text in texts.items():
        write(os.path.join(folder, name), text)
    return tuple(texts)
