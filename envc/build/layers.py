"""Layers of images, as objects of the store."""

import os
import tempfile
from collections.abc import Sequence

from envc.build import trees
from envc.build.bench import Bench
from envc.build.entering import Streams, call
from envc.build.room import Call, Mount, Room
from envc.build.trees import Place
from envc.facts.problem import Problem
from envc.store.content import Content


def pack(
    bench: Bench, places: Sequence[Place], epoch: int, mounts: tuple[Mount, ...] = ()
) -> Content | Problem:
    descriptor, path = tempfile.mkstemp(prefix="layer-", dir=bench.scratch)
    with open(descriptor, "wb") as file:
        task = Call(trees.pack, (tuple(places), epoch))
        said = call(Room(mounts=mounts), task, bench.identities, Streams(stdout=file))
    if isinstance(said, Problem):
        os.unlink(path)
        return said
    content = Content(*said)
    bench.store.adopt(path, content)
    return content
