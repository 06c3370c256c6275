"""A lock of a few objects, and where they are served."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from envc.lock.model import Lock, LockedArchive, LockedDeb, LockedEnvironment
from envc.lock.text import write

OBJECTS = {"libheat1": b"heat\n" * 100, "libwave2": b"wave\n" * 2000, "libarm3": b"arm\n"}
OF_ARM = "libarm3"
ORIGIN = "debian/trixie"
ARCHIVE = LockedArchive(ORIGIN, "20260101T000000Z", "sha256:" + "0" * 64, ("A" * 40,))
"""Nobody has its indexes."""
NO_NETWORK = {"https_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}
"""Nobody answers there: a test asks nothing of the world."""


def digest(name: str) -> str:
    return "sha256:" + sha256(OBJECTS[name]).hexdigest()


def path(name: str) -> str:
    return f"pool/main/{name}_1.0-1_{_architecture(name)}.deb"


def write_lock(folder: Path, *archives: LockedArchive) -> None:
    """Without archives, no place is asked for their indexes."""
    (folder / "envc.lock").write_text(write(_lock(archives)))


def write_mirror(folder: Path, objects: Mapping[str, bytes] = OBJECTS) -> str:
    """A Debian mirror in a folder, and its URL."""
    for name, data in objects.items():
        place = folder / "debian" / path(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return f"file://{folder}/debian"


def _architecture(name: str) -> str:
    return "arm64" if name == OF_ARM else "amd64"


def _lock(archives: tuple[LockedArchive, ...]) -> Lock:
    names = sorted(OBJECTS, key=lambda name: (ORIGIN, name, _architecture(name)))
    debs = tuple(
        LockedDeb(
            origin=ORIGIN,
            name=name,
            architecture=_architecture(name),
            version="1.0-1",
            source=name,
            path=path(name),
            size=len(OBJECTS[name]),
            sha256=digest(name).removeprefix("sha256:"),
        )
        for name in names
    )
    environments = tuple(
        LockedEnvironment(
            app="heat@1",
            origin=ORIGIN,
            choices=(),
            architecture=architecture,
            targets=(target,),
            run=tuple(name for name in names if _architecture(name) == architecture),
        )
        for architecture, target in (("amd64", "x86_64_v3"), ("arm64", "neoverse_v2"))
    )
    return Lock(
        "0.2.7", "sha256:" + "0" * 64, archives=archives, environments=environments, debs=debs
    )
