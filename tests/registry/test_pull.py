"""Images from a real registry: by name, by digest, with a login, and out of the store."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.registry import layout
from envc.registry.client import Image, Pulled, fetch_image, resolve
from envc.registry.documents import DOCKER_MANIFEST
from envc.registry.reference import Reference, read
from envc.store.objects import Store
from tests.conftest import Tool
from tests.registry.conftest import LOGIN, NOBODY, QUICK, Layout, copy, digest_of

pytestmark = [
    pytest.mark.tool("docker-registry"),
    pytest.mark.tool("skopeo"),
    pytest.mark.xdist_group("registry"),
]


def named(text: str) -> Reference:
    found = read(text)
    assert isinstance(found, Reference)
    return found


def meant(text: str, **environ: str) -> Image:
    found = resolve(named(text), environ=environ, patience=QUICK)
    assert isinstance(found, Image), found
    return found


def test_a_name_means_an_index_of_platforms(pushed: str, image: Layout) -> None:
    found = meant(pushed)
    assert found.digest == digest_of(image.top)
    assert found.platforms == image.manifests
    by_digest = meant(f"{pushed}@{found.digest}")
    assert (by_digest.digest, by_digest.platforms) == (found.digest, found.platforms)


def test_a_manifest_says_its_platform_itself(pushed: str, image: Layout) -> None:
    name = pushed.removesuffix(":1")
    digest = image.manifests["linux/arm64"]
    assert meant(f"{name}@{digest}").platforms == {"linux/arm64": digest}


@pytest.mark.parametrize("platform", ["linux/amd64", "linux/arm64"])
def test_what_is_pulled_is_what_was_pushed(
    platform: str, pushed: str, image: Layout, store: Store, tmp_path: Path
) -> None:
    pulled = fetch_image(meant(pushed), platform, store, environ=NOBODY, patience=QUICK)
    assert isinstance(pulled, Pulled), pulled
    for part in (pulled.manifest, *pulled.parts):
        assert image.blob(part.digest) == Path(str(store.find(part.digest))).read_bytes()
    assert layout.write(pulled, store, str(tmp_path / "out")) is None
    asked = ["skopeo", "inspect", "--raw", f"oci:{tmp_path}/out"]
    said = subprocess.run(asked, capture_output=True, check=True).stdout
    assert digest_of(said) == image.manifests[platform]


def test_the_folder_is_the_same_each_time_and_never_half(
    pushed: str, store: Store, tmp_path: Path
) -> None:
    pulled = fetch_image(meant(pushed), "linux/amd64", store, environ=NOBODY, patience=QUICK)
    assert isinstance(pulled, Pulled)
    for name in ("one", "two"):
        assert layout.write(pulled, store, str(tmp_path / name)) is None
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert isinstance(layout.write(pulled, store, str(tmp_path / "one")), Problem)
    layer = Path(str(store.find(pulled.parts[-1].digest)))
    layer.chmod(0o644)
    layer.write_bytes(b"other bytes")
    refused = layout.write(pulled, store, str(tmp_path / "three"))
    assert isinstance(refused, Problem)
    assert "is damaged in the store" in refused.message
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "store", "two"]


def contents(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_once_in_the_store_no_registry_is_asked(pushed: str, store: Store) -> None:
    image = meant(pushed)
    nothing = fetch_image(image, "linux/amd64", store, offline=True)
    assert isinstance(nothing, Problem)
    assert "is not in the store" in nothing.message
    there = fetch_image(image, "linux/amd64", store, environ=NOBODY, patience=QUICK)
    assert fetch_image(image, "linux/amd64", store, offline=True) == there
    gone = image._replace(reference=named("localhost:1/hpc/base:1"))
    again = fetch_image(gone, "linux/amd64", store, environ=NOBODY, patience=QUICK)
    assert isinstance(again, Pulled)


def test_a_damaged_layer_is_brought_anew(pushed: str, image: Layout, store: Store) -> None:
    pulled = fetch_image(meant(pushed), "linux/amd64", store, environ=NOBODY, patience=QUICK)
    assert isinstance(pulled, Pulled)
    layer = Path(str(store.find(pulled.parts[-1].digest)))
    layer.chmod(0o644)
    layer.write_bytes(b"other bytes")
    again = fetch_image(meant(pushed), "linux/amd64", store, environ=NOBODY, patience=QUICK)
    assert again == pulled
    assert layer.read_bytes() == image.layers["linux/amd64"]


def test_another_platform_is_said_to_be_missing(pushed: str, store: Store) -> None:
    found = fetch_image(meant(pushed), "linux/riscv64", store, environ=NOBODY, patience=QUICK)
    assert isinstance(found, Problem)
    assert found.message == f"{pushed} is not made for `linux/riscv64`"
    assert found.help == "it is for `linux/amd64` or `linux/arm64`"


def test_an_image_that_is_not_there(registry: str) -> None:
    found = resolve(named(f"{registry}/hpc/none:1"), environ=NOBODY, patience=QUICK)
    assert found == Problem(
        f"{registry} has no {registry}/hpc/none:1", "check its name and its tag or digest"
    )


def test_nobody_listens(store: Store) -> None:
    found = resolve(named("localhost:1/a:1"), environ=NOBODY, patience=QUICK)
    assert isinstance(found, Problem)
    assert found.message.startswith("localhost:1 took no connection")


# ---- with a login --------------------------------------------------------------------------------


def logins(folder: Path, key: str, login: str = LOGIN) -> dict[str, str]:
    file = folder / "auth.json"
    auth = base64.b64encode(login.encode()).decode()
    file.write_text(json.dumps({"auths": {key: {"auth": auth}}}))
    file.chmod(0o600)
    return {"REGISTRY_AUTH_FILE": str(file)}


def test_a_login_opens_a_closed_registry(
    closed_registry: str, image: Layout, tool: Tool, tmp_path: Path, store: Store
) -> None:
    name = f"{closed_registry}/hpc/base:1"
    copy(tool, image.folder, name, "--dest-creds", LOGIN)
    environ = logins(tmp_path, closed_registry)
    found = meant(name, **environ)
    assert found.platforms == image.manifests
    pulled = fetch_image(found, "linux/amd64", store, environ=environ, patience=QUICK)
    assert isinstance(pulled, Pulled)


def test_without_a_login_it_stays_closed(closed_registry: str, tmp_path: Path) -> None:
    reference = named(f"{closed_registry}/hpc/base:1")
    nobody = resolve(reference, environ=NOBODY, patience=QUICK)
    assert isinstance(nobody, Problem)
    assert "hands" in nobody.message
    assert "without a login" in nobody.message
    environ = logins(tmp_path, closed_registry, "envc:wrong-word")
    wrong = resolve(reference, environ=environ, patience=QUICK)
    assert isinstance(wrong, Problem)
    assert wrong.message.endswith(f"to the login in `{environ['REGISTRY_AUTH_FILE']}`")
    assert "wrong-word" not in wrong.message + wrong.help


def test_images_in_dockers_form(registry: str, image: Layout, store: Store, tmp_path: Path) -> None:
    name = f"{registry}/hpc/docker:1"
    words = ["skopeo", "--insecure-policy", "copy", "-q", "--all", "--format", "v2s2"]
    words += ["--dest-tls-verify=false", f"oci:{single(image, tmp_path / 'one')}"]
    subprocess.run([*words, f"docker://{name}"], check=True)
    pulled = fetch_image(meant(name), "linux/amd64", store, environ=NOBODY, patience=QUICK)
    assert isinstance(pulled, Pulled), pulled
    assert pulled.manifest.media_type == DOCKER_MANIFEST
    assert layout.write(pulled, store, str(tmp_path / "out")) is None
    asked = ["skopeo", "inspect", "--raw", f"oci:{tmp_path}/out"]
    said = subprocess.run(asked, capture_output=True, check=True).stdout
    assert digest_of(said) == pulled.manifest.digest


def single(image: Layout, folder: Path) -> Path:
    """A layout of one image without an attestation, which Docker's form has no place for."""
    shutil.copytree(image.folder, folder)
    index = json.loads(image.top)
    (folder / "index.json").write_text(
        json.dumps({"schemaVersion": 2, "manifests": index["manifests"][:1]})
    )
    return folder
