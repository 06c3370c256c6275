"""Images by name and by digest: what a name means today, and the bytes that a digest means."""

import os
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import NamedTuple, TypeVar

from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.registry import blobs, documents
from envc.registry.documents import INDEXES, MANIFESTS, Descriptor, Index, Manifest
from envc.registry.reference import Reference
from envc.registry.session import Session
from envc.registry.trouble import RegistryError
from envc.store import content
from envc.store.objects import Store
from envc.store.progress import Show, Silent
from envc.store.trouble import NotStoredError, of_disk
from envc.store.web import Patience, Web

MANIFEST_LARGEST = 4 << 20
"""Bytes: what registries have to take, and few take more."""
CONFIG_LARGEST = 16 << 20
_PATIENCE = Patience()
_SILENT = Silent()
_Found = TypeVar("_Found")
_ACCEPT = ", ".join((*INDEXES, *MANIFESTS))


class Image(NamedTuple):
    """What a name meant when it was asked."""

    reference: Reference
    digest: str
    """Of the index, or of the manifest where there is no index."""
    platforms: Mapping[str, str]
    """The digest of the manifest for each: `linux/amd64`."""


class Pulled(NamedTuple):
    """An image for one platform, all of it in the store."""

    image: Image
    platform: str
    manifest: Descriptor
    parts: tuple[Descriptor, ...]
    """The configuration and then the layers, from the lowest up."""


def resolve(
    reference: Reference,
    *,
    environ: Mapping[str, str] = os.environ,
    patience: Patience = _PATIENCE,
) -> Image | Problem:
    """Asks the registry what a name means; keeps nothing."""
    try:
        with Session(reference, environ, Web(patience)) as session:
            return _resolved(session)
    except RegistryError as error:
        return error.problem


def fetch_manifest(
    image: Image,
    platform: str,
    store: Store,
    *,
    environ: Mapping[str, str] = os.environ,
    patience: Patience = _PATIENCE,
    offline: bool = False,
) -> Manifest | Problem:
    """Brings into the store what says which parts an image has, and not the parts."""
    asking = _Asking(image, platform, store, environ, patience, offline, _SILENT)
    return asking.answered(lambda parts: _manifest_of(parts, image, platform)[1])


def fetch_image(
    image: Image,
    platform: str,
    store: Store,
    *,
    environ: Mapping[str, str] = os.environ,
    patience: Patience = _PATIENCE,
    offline: bool = False,
    show: Show = _SILENT,
) -> Pulled | Problem:
    """Brings an image into the store, every part held against its digest and size."""
    asking = _Asking(image, platform, store, environ, patience, offline, show)
    return asking.answered(lambda parts: _fetched(parts, image, platform))


class _Asking(NamedTuple):
    image: Image
    platform: str
    store: Store
    environ: Mapping[str, str]
    patience: Patience
    offline: bool
    show: Show

    def answered(self, bring: Callable[["_Parts"], _Found]) -> _Found | Problem:
        image = self.image
        if self.platform not in image.platforms:
            have = listed(sorted(image.platforms)) if image.platforms else "nothing"
            message = f"{image.reference} is not made for `{self.platform}`"
            return Problem(message, f"it is for {have}")
        web = nullcontext() if self.offline else self._session()
        try:
            with web as session:
                return bring(_Parts(session, self.store, self.show))
        except (RegistryError, NotStoredError) as error:
            return error.problem
        except OSError as error:
            return of_disk(error, self.store.folder, f"{image.reference}", None)

    def _session(self) -> Session:
        return Session(self.image.reference, self.environ, Web(self.patience))


# ---- what a name means ---------------------------------------------------------------------------


def _resolved(session: Session) -> Image:
    reference = session.reference
    found, digest = _manifest(session, reference.version, reference.digest)
    if isinstance(found, Manifest):
        return Image(reference, digest, {_platform(session, found): digest})
    platforms: dict[str, str] = {}
    for entry in found.images:
        platform = entry.platform or _unsaid(session, entry)
        # Where two are for one platform, engines take the first one.
        platforms.setdefault(platform, entry.digest)
    if not platforms:
        raise RegistryError(Problem(f"{reference} is an index of no images"))
    return Image(reference, digest, dict(sorted(platforms.items())))


def _manifest(session: Session, version: str, wanted: str) -> tuple[Index | Manifest, str]:
    path = f"manifests/{version}"
    data, media_type = blobs.document(session, path, _ACCEPT, MANIFEST_LARGEST)
    digest = content.of_bytes(data).digest
    if wanted and digest != wanted:
        message = f"sends {digest} as {wanted}"
        help_ = "it, or something on the way to it, changed the image"
        raise RegistryError(session.problem(message, help_))
    found = documents.read(data, media_type)
    if isinstance(found, Problem):
        raise RegistryError(found)
    return found, digest


def _unsaid(session: Session, entry: Descriptor) -> str:
    found, _ = _manifest(session, entry.digest, entry.digest)
    if not isinstance(found, Manifest):
        raise RegistryError(Problem(f"{entry.digest} is an index where a manifest is announced"))
    return _platform(session, found)


def _platform(session: Session, manifest: Manifest) -> str:
    wanted = manifest.config
    data, _ = blobs.document(session, f"blobs/{wanted.digest}", "", CONFIG_LARGEST)
    _checked(data, wanted)
    return _good(documents.read_config(data)).platform


# ---- the bytes -----------------------------------------------------------------------------------


class _Parts(NamedTuple):
    session: Session | None
    """None where the store has to do."""
    store: Store
    show: Show

    def read(self, digest: str, most: int) -> bytes:
        """A manifest or an index, from the store or else from the registry."""
        path = self.store.verified(digest) if self.store.find(digest) else None
        if isinstance(path, str):
            with content.open_plain(path, follow=False) as file:
                return file.read(most)
        if self.session is None:
            raise RegistryError(path or blobs.absent(digest))
        data, _ = blobs.document(self.session, f"manifests/{digest}", _ACCEPT, most)
        if content.of_bytes(data).digest != digest:
            message = f"sends {content.of_bytes(data).digest} as {digest}"
            raise RegistryError(self.session.problem(message))
        self.store.add(data)
        return data

    def take(self, wanted: Descriptor) -> str:
        """The path of a blob that is what it is said to be."""
        found = self.store.verified(wanted.digest, wanted.size)
        if isinstance(found, str):
            return found
        if self.session is None:
            raise RegistryError(found)
        blobs.take(self.session, wanted, self.store, self.show)
        return _good(self.store.verified(wanted.digest, wanted.size))


def _fetched(parts: _Parts, image: Image, platform: str) -> Pulled:
    descriptor, manifest = _manifest_of(parts, image, platform)
    everything = (manifest.config, *manifest.layers)
    paths = [parts.take(each) for each in everything]
    _same_image(paths[0], manifest, platform)
    return Pulled(image, platform, descriptor, everything)


def _manifest_of(parts: _Parts, image: Image, platform: str) -> tuple[Descriptor, Manifest]:
    digest = image.platforms[platform]
    if image.digest != digest:
        _named_there(parts, image, digest)
    data = parts.read(digest, MANIFEST_LARGEST)
    manifest = _good(documents.read(data))
    if not isinstance(manifest, Manifest):
        raise RegistryError(Problem(f"{digest} is an index where {image.reference} has a manifest"))
    return Descriptor(manifest.media_type, digest, len(data), platform), manifest


def _named_there(parts: _Parts, image: Image, digest: str) -> None:
    """The index is kept too: it is what a name with a digest is held against."""
    index = _good(documents.read(parts.read(image.digest, MANIFEST_LARGEST)))
    if not isinstance(index, Index) or digest not in {each.digest for each in index.images}:
        raise RegistryError(Problem(f"{image.digest} does not name {digest} among its images"))


def _same_image(config: str, manifest: Manifest, platform: str) -> None:
    with content.open_plain(config, follow=False) as file:
        found = _good(documents.read_config(file.read(CONFIG_LARGEST)))
    if found.platform != platform:
        raise RegistryError(Problem(f"an image for `{platform}` says it is for `{found.platform}`"))
    if found.layers != len(manifest.layers):
        said = f"{len(manifest.layers)} layers where its configuration names {found.layers}"
        raise RegistryError(Problem(f"an image for `{platform}` has {said}"))


def _checked(data: bytes, wanted: Descriptor) -> None:
    if content.of_bytes(data) != (wanted.digest, wanted.size):
        raise RegistryError(
            Problem(f"what the registry sends as {wanted.digest} is something else")
        )


def _good(found: _Found | Problem) -> _Found:
    if isinstance(found, Problem):
        raise RegistryError(found)
    return found
