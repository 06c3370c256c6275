"""Podman, which builds with buildah's code and has its words."""

from envc.engines.buildah import Buildah
from envc.engines.model import Form

PODMAN = Buildah(
    "podman", "dockerfile", Form.OCI, Form.PACK, oldest=(4, 3), measured=((4, 3), (5, 8))
)
