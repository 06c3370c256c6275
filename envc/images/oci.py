"""What an image says of itself, in OCI's documents: the same as that of the plan's Dockerfile.

https://github.com/opencontainers/image-spec/blob/main/config.md
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from envc.build.model import Layer
from envc.facts.problem import Problem
from envc.images.tree import RefusedError
from envc.plan import image, roots
from envc.plan.model import Plan
from envc.registry import reference
from envc.registry.documents import OCI_INDEX, OCI_MANIFEST
from envc.store.content import Content

CONFIG = "application/vnd.oci.image.config.v1+json"
GZIPPED = "application/vnd.oci.image.layer.v1.tar+gzip"
_TAG = "org.opencontainers.image.ref.name"
_NAME = "io.containerd.image.name"


class PackedLayer(NamedTuple):
    layer: Layer
    packed: Content


def moment(plan: Plan) -> str:
    """The one time of all that is in the image."""
    return datetime.fromtimestamp(plan.epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def platform(plan: Plan) -> dict[str, str]:
    keys = ("os", "architecture", "variant")
    return dict(zip(keys, plan.platform.split("/"), strict=False))


def config(plan: Plan, layers: Iterable[Layer]) -> dict[str, Any]:
    layers = tuple(layers)
    created = moment(plan)
    return {
        **platform(plan),
        "created": created,
        "config": {
            "User": image.USER,
            "Env": [f"{name}={value}" for name, value in plan.variables],
            "Entrypoint": [roots.ENTRY],
            "Cmd": list(plan.command),
            "WorkingDir": image.HOME,
            "Labels": dict(sorted(plan.labels.items())),
        },
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{each.sha256}" for each in layers]},
        "history": [
            {"created": created, "created_by": "envc build", "comment": each.about}
            for each in layers
        ],
    }


def manifest(config: Content, layers: Sequence[PackedLayer]) -> dict[str, Any]:
    return {
        "schemaVersion": 2,
        "mediaType": OCI_MANIFEST,
        "config": _descriptor(CONFIG, config),
        "layers": [_descriptor(GZIPPED, each.packed) for each in layers],
    }


def index(manifest: Content, name: str) -> dict[str, Any]:
    """Of a folder with one image, called `heat2d:1.4.0-zen4` by whoever loads it."""
    called = reference.read(name)
    if isinstance(called, Problem):
        raise RefusedError(called)
    notes = {_NAME: str(called), _TAG: called.tag}
    named = {**_descriptor(OCI_MANIFEST, manifest), "annotations": notes}
    return {"schemaVersion": 2, "mediaType": OCI_INDEX, "manifests": [named]}


def _descriptor(media_type: str, content: Content) -> dict[str, Any]:
    return {"mediaType": media_type, "digest": content.digest, "size": content.size}
