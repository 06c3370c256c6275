"""An image of Apptainer's, written again without what differs each time: a random name, who built
it, and when it and each of its parts were made."""

import os
import shutil
from typing import IO

from envc.facts.problem import Problem
from envc.images import oci, sif
from envc.images.reading import Piece
from envc.images.tree import RefusedError
from envc.plan.model import Plan
from envc.store.content import of_chunks


def settle(path: str, plan: Plan) -> Problem | None:
    """Its parts stay as they are."""
    spare = f"{path}.settled"
    try:
        with open(path, "rb") as file, open(spare, "xb") as out:
            parts = [_part(file, each) for each in sif.read(file)]
            out.writelines(sif.chunks(parts, oci.platform(plan)["architecture"], plan.epoch))
    except RefusedError as error:
        return error.problem
    shutil.copymode(path, spare)
    os.replace(spare, path)
    return None


def _part(file: IO[bytes], found: sif.Found) -> sif.Part:
    piece = Piece(file, found.start, found.size)
    return sif.Part(found.kind, found.name, of_chunks(piece.chunks()), piece)
