"""The JSON documents that registries keep about images: indexes, manifests and configurations.

https://github.com/opencontainers/image-spec: manifests of OCI and of Docker's version 2 differ in
their media types alone.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from envc.facts.problem import Problem

OCI_INDEX = "application/vnd.oci.image.index.v1+json"
OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json"
DOCKER_INDEX = "application/vnd.docker.distribution.manifest.list.v2+json"
DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
INDEXES = (OCI_INDEX, DOCKER_INDEX)
MANIFESTS = (OCI_MANIFEST, DOCKER_MANIFEST)

_CONFIGS = (
    "application/vnd.oci.image.config.v1+json",
    "application/vnd.docker.container.image.v1+json",
)
_SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1"
_ATTESTATION = "vnd.docker.reference.type"
_DIGEST = re.compile("sha256:[0-9a-f]{64}")
_LARGEST = 1 << 40
"""Bytes of one layer: a terabyte is a mistake or a trap."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """Names bytes by what they are."""

    media_type: str
    digest: str
    size: int
    platform: str = ""
    """`linux/amd64`, where it is said."""


@dataclass(frozen=True, slots=True)
class Index:
    media_type: str
    images: tuple[Descriptor, ...]
    """Without what is no image: attestations, artifacts, indexes in the index."""


@dataclass(frozen=True, slots=True)
class Manifest:
    media_type: str
    config: Descriptor
    layers: tuple[Descriptor, ...]


@dataclass(frozen=True, slots=True)
class Config:
    platform: str
    layers: int


def read(data: bytes, said: str = "") -> Index | Manifest | Problem:
    """`said` is the type that the registry gave the bytes; the bytes have to agree with it."""
    found = _object(data)
    if isinstance(found, Problem):
        return found
    said = said.partition(";")[0].strip()
    own = found.get("mediaType", "")
    if found.get("schemaVersion") == 1 or said.startswith(_SCHEMA_1):
        return Problem(
            "the image's manifest has the form of before 2016 (schema 1), which does not name its "
            "layers safely",
            "push the image again with a current tool",
        )
    known = (*INDEXES, *MANIFESTS)
    if own and said in known and own != said:
        return Problem(f"the registry calls a document `{said}` that calls itself `{own}`")
    media_type = own or (said if said in known else _guessed(found))
    if "manifests" in found and ("layers" in found or "config" in found):
        return Problem("a document is an index and a manifest at once, so that tools may disagree")
    if media_type in INDEXES:
        return _index(media_type, found)
    if media_type in MANIFESTS:
        return _manifest(media_type, found)
    return Problem(f"the registry answers with `{media_type or said}`, which is no image")


def entries(index: bytes) -> tuple[Descriptor, ...]:
    """All that an index names, what is no image included: an index is pushed whole."""
    found = _object(index)
    named = found.get("manifests") if isinstance(found, dict) else None
    read_entries = [_descriptor(each) for each in named] if isinstance(named, list) else []
    return tuple(each for each in read_entries if isinstance(each, Descriptor))


def only(index: bytes, digest: str) -> bytes:
    """The index as if it named nothing else."""
    found = _object(index)
    named = found.get("manifests") if isinstance(found, dict) else None
    meant = [
        each
        for each in (named if isinstance(named, list) else [])
        if isinstance(each, dict) and each.get("digest") == digest
    ]
    return json.dumps({"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": meant[:1]}).encode()


def read_config(data: bytes) -> Config | Problem:
    found = _object(data)
    if isinstance(found, Problem):
        return found
    rootfs = found.get("rootfs")
    layers = rootfs.get("diff_ids") if isinstance(rootfs, dict) else None
    platform = _platform(found)
    if not platform or not isinstance(layers, list):
        return Problem("the image's configuration does not say its platform and its layers")
    return Config(platform, len(layers))


def _object(data: bytes) -> dict[str, Any] | Problem:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return Problem("the registry answers with something that is not JSON")
    return found if isinstance(found, dict) else Problem("a document of the image is no object")


def _guessed(found: dict[str, Any]) -> str:
    """OCI's documents need not say their type, and blobs in a folder come with none."""
    if "manifests" in found:
        return OCI_INDEX
    return OCI_MANIFEST if "layers" in found else ""


def _index(media_type: str, found: dict[str, Any]) -> Index | Problem:
    entries = found["manifests"] if isinstance(found.get("manifests"), list) else []
    images: list[Descriptor] = []
    for entry in entries:
        read_entry = _descriptor(entry)
        if isinstance(read_entry, Problem):
            return read_entry
        if read_entry.media_type in MANIFESTS and not _is_attestation(entry):
            images.append(read_entry)
    return Index(media_type, tuple(images))


def _is_attestation(entry: dict[str, Any]) -> bool:
    notes = entry.get("annotations")
    noted = isinstance(notes, dict) and _ATTESTATION in notes
    return noted or "artifactType" in entry or _platform(entry.get("platform")) == "unknown/unknown"


def _manifest(media_type: str, found: dict[str, Any]) -> Manifest | Problem:
    config = _descriptor(found.get("config"))
    if isinstance(config, Problem):
        return config
    if config.media_type not in _CONFIGS:
        return Problem(f"this is no image of a file system: it is of `{config.media_type}`")
    layers: list[Descriptor] = []
    for entry in found["layers"] if isinstance(found.get("layers"), list) else []:
        layer = _descriptor(entry)
        if isinstance(layer, Problem):
            return layer
        if entry.get("urls") or "nondistributable" in layer.media_type:
            return Problem("a layer of the image lies outside of the registry, on another server")
        layers.append(layer)
    return Manifest(media_type, config, tuple(layers))


def _descriptor(entry: object) -> Descriptor | Problem:
    if not isinstance(entry, dict):
        return Problem("a part of the image is not named by a descriptor")
    media_type, digest, size = (entry.get(key) for key in ("mediaType", "digest", "size"))
    if not isinstance(media_type, str) or not isinstance(digest, str) or type(size) is not int:
        return Problem("a part of the image is named without its type, digest or size")
    if not _DIGEST.fullmatch(digest):
        return Problem(f"a part of the image is named by `{digest[:80]}`, which is not a sha256")
    if not 0 <= size <= _LARGEST:
        return Problem(f"a part of the image is said to have {size} bytes")
    return Descriptor(media_type, digest, size, _platform(entry.get("platform")))


def _platform(entry: object) -> str:
    """`linux/arm/v7`; the version 8 of arm64 goes without saying."""
    if not isinstance(entry, dict):
        return ""
    words = [entry.get(key, "") for key in ("os", "architecture", "variant")]
    if not all(isinstance(word, str) for word in words) or not words[0] or not words[1]:
        return ""
    if words[1:] == ["arm64", "v8"]:
        words.pop()
    return "/".join(filter(None, words))
