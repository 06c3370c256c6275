"""An image as one file that docker, podman, buildah and apptainer read: a tar with its parts, and
a list that says which is which.

https://github.com/moby/docker-image-spec/blob/main/spec.md
"""

import io
import json
import os
import tarfile

from envc.facts.problem import Problem
from envc.registry.documents import Descriptor, Manifest, entries, read
from envc.store.content import digits


def write(layout: str, name: str, path: str) -> Problem | None:
    """Of an image layout with one image, under the name that it is to have."""
    try:
        manifest = _manifest(layout)
        if isinstance(manifest, Problem):
            return manifest
        with tarfile.open(path, "x") as archive:
            for part in dict.fromkeys((manifest.config, *manifest.layers)):
                _add(archive, _name(part), _blob(layout, part))
            _add_text(archive, "manifest.json", _list(manifest, name))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Problem(f"`{layout}` cannot be read as an image layout: {reason}")
    return None


def _manifest(layout: str) -> Manifest | Problem:
    with open(os.path.join(layout, "index.json"), "rb") as file:
        named = entries(file.read())
    if len(named) != 1:
        return Problem(f"`{layout}` holds {len(named)} images", "name a folder with one")
    with open(_blob(layout, named[0]), "rb") as file:
        found = read(file.read(), named[0].media_type)
    if isinstance(found, Manifest | Problem):
        return found
    return Problem(f"`{layout}` holds an index of images", "name a folder with one image")


def _list(manifest: Manifest, name: str) -> str:
    layers = [_name(each) for each in manifest.layers]
    return json.dumps([{"Config": _name(manifest.config), "RepoTags": [name], "Layers": layers}])


def _name(part: Descriptor) -> str:
    return f"blobs/sha256/{digits(part.digest)}"


def _blob(layout: str, part: Descriptor) -> str:
    return os.path.join(layout, "blobs", "sha256", digits(part.digest))


def _add(archive: tarfile.TarFile, name: str, path: str) -> None:
    with open(path, "rb") as file:
        entry = tarfile.TarInfo(name)
        entry.size = os.fstat(file.fileno()).st_size
        archive.addfile(entry, file)


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(text.encode())
    archive.addfile(entry, io.BytesIO(text.encode()))
