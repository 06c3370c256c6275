"""The images of all targets of an app as one folder: a name for each, and one name for all.

`heat2d:1.4.0-x86_64_v3` is the image of a target. `heat2d:1.4.0` is an index, from which whoever
pulls it gets the image of the platform asked for. Docker asks a PC for `linux/amd64`, whatever its
CPU is, and never takes a variant instead; so the least demanding image of each architecture stands
there without a variant, before those that are asked for as `linux/amd64/v3`. A platform promises to
run on every CPU of its level: images that are built for one maker's CPUs have only their names.
"""

import os
import shutil
from collections.abc import Sequence
from typing import Any, NamedTuple

from envc.cpu import lattice
from envc.facts.problem import Problem
from envc.registry.documents import OCI_INDEX, Descriptor, Manifest, entries, read
from envc.registry.layout import VERSION, canonical
from envc.store.content import Content, chunks, digits, of_bytes, of_chunks, open_plain

_NAMED = "org.opencontainers.image.ref.name"


class Built(NamedTuple):
    """The image of one target."""

    target: str
    platform: str
    """`linux/amd64/v3`."""
    layout: str
    """A folder with an OCI image layout that holds this image alone."""
    tag: str
    """`1.4.0-x86_64_v3`."""


class _Image(NamedTuple):
    built: Built
    manifest: Descriptor
    parts: tuple[Descriptor, ...]


def write(tag: str, images: Sequence[Built], folder: str) -> Problem | None:
    """Makes the folder, whole or not at all; the same bytes for the same images in any order."""
    if os.path.lexists(folder):
        return Problem(f"`{folder}` is there already", "name a folder that is not there yet")
    found = _read_all(images)
    if isinstance(found, Problem):
        return found
    spare = f"{folder}.{os.getpid()}.new"
    try:
        problem = _fill(spare, tag, found)
        if problem is None:
            os.rename(spare, folder)
    finally:
        shutil.rmtree(spare, ignore_errors=True)
    return problem


def _read_all(images: Sequence[Built]) -> tuple[_Image, ...] | Problem:
    """The least demanding first."""
    found = []
    for each in sorted(images, key=lambda each: (lattice.rank(each.target), each)):
        image = _read(each)
        if isinstance(image, Problem):
            return image
        found.append(image)
    if len({image.built.tag for image in found}) < len(found):
        return Problem("two images have the same tag")
    if all(lattice.vendor(image.built.target) != "generic" for image in found):
        return Problem(
            "each image is for one maker's CPUs, and none for all of an architecture",
            "add a general target such as `x86_64_v2`",
        )
    return tuple(found)


def _read(built: Built) -> _Image | Problem:
    try:
        with open(os.path.join(built.layout, "index.json"), "rb") as file:
            named = entries(file.read())
        if len(named) != 1:
            return Problem(f"`{built.layout}` holds {len(named)} images", "name a folder with one")
        with open(_blob(built.layout, named[0].digest), "rb") as file:
            data = file.read()
    except OSError as error:
        return Problem(f"`{built.layout}` is no image layout: {error.strerror}")
    manifest = read(data, named[0].media_type)
    if of_bytes(data).digest != named[0].digest or not isinstance(manifest, Manifest):
        return Problem(f"`{built.layout}` holds no image under the name that its index gives")
    described = Descriptor(manifest.media_type, named[0].digest, len(data))
    return _Image(built, described, (described, manifest.config, *manifest.layers))


def _fill(folder: str, tag: str, images: tuple[_Image, ...]) -> Problem | None:
    blobs = os.path.join(folder, "blobs", "sha256")
    os.makedirs(blobs)
    for image in images:
        for part in image.parts:
            if problem := _copy(part, image.built.layout, folder):
                return problem
    together = canonical(_index(images))
    content = of_bytes(together)
    _put(_blob(folder, content.digest), together)
    named = [_named(Descriptor(OCI_INDEX, *content), tag)]
    named += [_named(image.manifest, image.built.tag) for image in images]
    top = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": named}
    _put(os.path.join(folder, "index.json"), canonical(top))
    _put(os.path.join(folder, "oci-layout"), canonical({"imageLayoutVersion": VERSION}))
    return None


def _index(images: tuple[_Image, ...]) -> dict[str, Any]:
    general = [each for each in images if lattice.vendor(each.built.target) == "generic"]
    chosen: dict[tuple[str, ...], Descriptor] = {}
    for length in (2, 3):  # of an architecture first, then of its variants
        for image in general:
            words = tuple(image.built.platform.split("/"))
            chosen.setdefault(words[:length], image.manifest)
    listed = [
        {**_described(manifest), "platform": _platform(words)} for words, manifest in chosen.items()
    ]
    return {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": listed}


def _platform(words: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(("os", "architecture", "variant"), words, strict=False))


def _described(part: Descriptor) -> dict[str, Any]:
    return {"mediaType": part.media_type, "digest": part.digest, "size": part.size}


def _named(part: Descriptor, name: str) -> dict[str, Any]:
    return {**_described(part), "annotations": {_NAMED: name}}


def _copy(part: Descriptor, layout: str, folder: str) -> Problem | None:
    target = _blob(folder, part.digest)
    if os.path.exists(target):  # a layer that several targets share
        return None
    try:
        with open_plain(_blob(layout, part.digest)) as source, open(target, "xb") as file:
            file.writelines(chunks(source))
        with open(target, "rb") as file:
            whole = of_chunks(chunks(file)) == Content(part.digest, part.size)
    except OSError as error:
        return Problem(f"{part.digest} cannot be taken from `{layout}`: {error.strerror}")
    return None if whole else Problem(f"{part.digest} is damaged in `{layout}`")


def _blob(folder: str, digest: str) -> str:
    return os.path.join(folder, "blobs", "sha256", digits(digest))


def _put(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
