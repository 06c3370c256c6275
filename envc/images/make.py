"""From what a build left to images: an OCI layout and a SIF of the same files.

Each is put into its place whole, and only where what is there differs.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from typing import NamedTuple

from envc.build.model import Built, Workshop
from envc.facts.problem import Problem
from envc.images import apptainer, listing, oci, packing, place, reading, sif
from envc.images.folder import OnDisk
from envc.images.kept import Kept, key
from envc.images.packing import Packer, whole
from envc.images.tree import Folder, Held, RefusedError, laid
from envc.plan import roots
from envc.plan.model import Plan
from envc.registry.layout import canonical
from envc.store.content import Content, chunks, of_bytes, of_chunks
from envc.store.incoming import Incoming
from envc.store.objects import Store
from envc.store.parallel import both
from envc.store.progress import Show, Silent
from envc.store.trouble import NotStoredError, of_disk

LAYOUT = "image"
"""What the folder with the OCI layout is called."""


class Packed(NamedTuple):
    tree: str
    """Digest of all files, whatever they are packed in."""
    oci: Content
    """The manifest of the image."""
    sif: Content | None
    """None where the lock has no `squashfs-tools`, or Apptainer does not know the architecture."""
    size: int
    """Of the OCI image, with its layers."""


def make(
    built: Built,
    workshop: Workshop,
    store: Store,
    folder: str,
    name: str = "",
    *,
    show: Show | None = None,
) -> Packed | Problem:
    """`name` is what the image is called by whoever loads it: `heat2d:1.4.0-zen4`."""
    plan = built.plan
    called = name or plan.image or f"{plan.name}:{plan.version}-{plan.target}"
    try:
        kept = Kept(store, show or Silent())
        return _Maker(built, kept, Packer(kept, workshop, _tools(plan))).make(folder, called)
    except RefusedError as error:
        return error.problem
    except NotStoredError as error:
        return error.problem
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else folder
        return of_disk(error, where, "an image", None, "name another folder with `-o`")


def _tools(plan: Plan) -> str:
    said = roots.packages(plan.tools_root) if plan.tools_root else ""
    return sha256(said.encode()).hexdigest()


def can_squash(plan: Plan) -> bool:
    tools = plan.tools_root.debs if plan.tools_root else ()
    packs = any(deb.name == "squashfs-tools" for deb in tools)
    return packs and sif.known(oci.platform(plan)["architecture"])


@dataclass(frozen=True, slots=True)
class _Maker:
    built: Built
    kept: Kept
    packer: Packer

    def make(self, folder: str, name: str) -> Packed:
        plan, layers = self.built.plan, self.built.layers
        packed, (listed, squashed) = both(self._gzipped, lambda: (self._listing(), self._sif()))
        config = canonical(oci.config(plan, layers))
        manifest = canonical(oci.manifest(of_bytes(config), packed))
        held = {of_bytes(each).digest: each for each in (config, manifest)}
        blobs = {each.packed.digest: whole(self.kept.store, each.packed.digest) for each in packed}
        os.makedirs(folder, exist_ok=True)
        with place.alone(folder):
            top = canonical(oci.index(of_bytes(manifest), name))
            place.layout(os.path.join(folder, LAYOUT), top, held, blobs)
            if squashed is not None:
                source = whole(self.kept.store, squashed.digest)
                place.file(os.path.join(folder, f"{plan.name}.sif"), squashed, source, 0o755)
        size = sum(each.packed.size for each in packed) + len(config) + len(manifest)
        return Packed(listed.digest, of_bytes(manifest), squashed, size)

    def _gzipped(self) -> list[oci.PackedLayer]:
        return [oci.PackedLayer(each, self.packer.gzipped(each)) for each in self.built.layers]

    def _listing(self) -> Content:
        return self.kept.made(self._key("listing"), self._list)

    def _list(self, coming: Incoming) -> None:
        with self._tree() as tree:
            for line in listing.lines(tree):
                coming.write(line.encode())

    @contextmanager
    def _tree(self) -> Iterator[Folder]:
        """Of all layers together; its bytes are in the store."""
        with ExitStack() as opened:
            paths = [whole(self.kept.store, f"sha256:{each.sha256}") for each in self.built.layers]
            files = [opened.enter_context(open(path, "rb")) for path in paths]
            yield reduce(laid, map(reading.read, files), Folder())

    def _key(self, *facts: str) -> str:
        return key(*facts, *(each.sha256 for each in self.built.layers))

    def _sif(self) -> Content | None:
        plan = self.built.plan
        if not can_squash(plan):
            return None
        said = json.dumps((*apptainer.files(plan), apptainer.metadata(plan)), sort_keys=True)
        of = self._key("sif", self.packer.tools, *packing.SQUASH, str(plan.epoch), said)
        return self.kept.made(of, self._make_sif)

    def _make_sif(self, coming: Incoming) -> None:
        plan = self.built.plan
        squashed = f"{coming.path}.squashfs"
        with suppress(FileNotFoundError):
            os.unlink(squashed)
        try:
            with self._tree() as tree:
                self.packer.squashed(apptainer.dressed(tree, plan), plan.epoch, squashed)
            definition = apptainer.origin(plan).encode()
            metadata = canonical(apptainer.metadata(plan))
            with open(squashed, "rb") as file:
                parts = (
                    sif.Part(sif.DEFINITION, "", of_bytes(definition), Held(definition)),
                    sif.Part(sif.JSON, sif.METADATA, of_bytes(metadata), Held(metadata)),
                    sif.Part(
                        sif.PARTITION, "", of_chunks(chunks(file)), OnDisk(os.fsencode(squashed))
                    ),
                )
            for chunk in sif.chunks(parts, oci.platform(plan)["architecture"], plan.epoch):
                coming.write(chunk)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(squashed)
