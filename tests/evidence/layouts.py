"""Small image layouts."""

import json
from pathlib import Path
from typing import Any

from envc.registry.documents import OCI_INDEX, OCI_MANIFEST
from envc.registry.layout import canonical
from envc.store.content import of_bytes

_CONFIG = "application/vnd.oci.image.config.v1+json"
_LAYER = "application/vnd.oci.image.layer.v1.tar"
Entry = dict[str, Any]


def layout(folder: Path, *layers: bytes) -> str:
    """Its digest."""
    (folder / "blobs" / "sha256").mkdir(parents=True)
    entry = image(folder, *layers)
    top(folder, entry)
    return str(entry["digest"])


def image(folder: Path, *layers: bytes) -> Entry:
    config = put(folder, canonical({"os": "linux", "architecture": "amd64"}), _CONFIG)
    packed = [put(folder, each, _LAYER) for each in layers or (b"layer",)]
    manifest = {"schemaVersion": 2, "mediaType": OCI_MANIFEST, "config": config, "layers": packed}
    return put(folder, canonical(manifest), OCI_MANIFEST)


def index(folder: Path, *images: Entry) -> Entry:
    found = {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": list(images)}
    return put(folder, canonical(found), OCI_INDEX)


def top(folder: Path, *entries: Entry) -> None:
    (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": entries}))
    (folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')


def put(folder: Path, data: bytes, kind: str) -> Entry:
    content = of_bytes(data)
    (folder / "blobs" / "sha256" / content.digest.removeprefix("sha256:")).write_bytes(data)
    return {"mediaType": kind, "digest": content.digest, "size": content.size}
