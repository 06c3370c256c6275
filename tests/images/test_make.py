"""Images made of what a build left: the same bytes each time, and images to every other program."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from envc.build.model import Built
from envc.facts.problem import Problem
from envc.images import flatten, folder, listing, make
from envc.images.make import Packed
from envc.images.tree import Folder
from envc.store.objects import Store
from envc.store.progress import Sentences
from tests.backends.conftest import Buildah, buildah  # noqa: F401 - a fixture
from tests.conftest import Tool, missing
from tests.images.conftest import Made, OfThisMachine, built

Pack = Callable[[Built, Path], Packed]
SCHEMAS = Path("/usr/share/gocode/src/github.com/opencontainers/image-spec/schema")


def read(layout: Path, digest: str) -> Any:
    return json.loads((layout / "blobs" / "sha256" / digest.removeprefix("sha256:")).read_bytes())


def config(layout: Path) -> Any:
    top = json.loads((layout / "index.json").read_bytes())
    return read(layout, read(layout, top["manifests"][0]["digest"])["config"]["digest"])


def files(top: Path) -> dict[str, bytes]:
    return {
        str(each.relative_to(top)): each.read_bytes() for each in top.rglob("*") if each.is_file()
    }


# ---- what it says --------------------------------------------------------------------------------


def schema(name: str) -> jsonschema.Draft4Validator:
    if not SCHEMAS.exists():
        missing("golang-github-opencontainers-image-spec-dev brings the schemas of OCI")

    def retrieve(uri: str) -> Resource[Any]:
        text = (SCHEMAS / uri.rpartition("/")[2]).read_text()
        return Resource.from_contents(json.loads(text), default_specification=DRAFT4)

    registry: Registry[Any] = Registry(retrieve=retrieve)  # type: ignore[call-arg]
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / name).read_text()), registry=registry)


def test_its_documents_are_ocis(made: Made) -> None:
    top = json.loads((made.layout / "index.json").read_bytes())
    manifest = read(made.layout, top["manifests"][0]["digest"])
    schema("image-index-schema.json").validate(top)
    schema("image-manifest-schema.json").validate(manifest)
    schema("config-schema.json").validate(config(made.layout))
    schema("image-layout-schema.json").validate(
        json.loads((made.layout / "oci-layout").read_bytes())
    )
    with pytest.raises(jsonschema.ValidationError):
        schema("image-manifest-schema.json").validate({**manifest, "layers": "none"})


def test_it_says_of_itself_what_the_dockerfile_says(made: Made) -> None:
    found = config(made.layout)
    assert {name: found[name] for name in ("os", "architecture", "variant", "created")} == {
        "os": "linux",
        "architecture": "amd64",
        "variant": "v3",
        "created": "2023-11-14T22:13:20Z",
    }
    assert found["config"] == {
        "User": "1000:1000",
        "Env": ["PATH=/opt/heat/bin:/bin", "HOME=/home/envc", "GREETING=it's $HOME"],
        "Entrypoint": ["/opt/envc/entry"],
        "Cmd": ["heat"],
        "WorkingDir": "/home/envc",
        "Labels": dict(made.built.plan.labels),
    }
    assert len(found["rootfs"]["diff_ids"]) == len(found["history"]) == 2


# ---- the same bytes ------------------------------------------------------------------------------


def test_two_stores_and_two_folders_give_the_same(
    root: Path, made: Made, workshop: OfThisMachine, tmp_path: Path
) -> None:
    os.umask(before := os.umask(0o077))
    for number, mask in enumerate((0o077, 0o000)):
        os.umask(mask)
        try:
            store = Store(str(tmp_path / f"store-{number}"))
            out = tmp_path / f"out-{number}"
            found = make.make(built(store, root), workshop, store, str(out))
        finally:
            os.umask(before)
        assert found == made.packed
        assert files(out) == files(made.folder)
        modes = {path.name: path.stat().st_mode & 0o777 for path in out.rglob("*")}
        assert {modes.pop("heat.sif"), modes.pop("image"), modes.pop("blobs")} == {0o755}
        assert modes.pop("sha256") == 0o755
        assert set(modes.values()) == {0o644}


@pytest.mark.parametrize("words", [("taskset", "-c", "0"), ("env", "-i", "TZ=Asia/Tokyo")])
def test_processors_and_variables_have_no_part_in_it(
    root: Path, made: Made, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """Each tool packs the same bytes by one processor as by all."""
    if words[0] == "env":
        words = (*words, f"PATH={os.environ['PATH']}", "SOURCE_DATE_EPOCH=1700000000")
    store = Store(str(tmp_path / "store"))
    found = make.make(built(store, root), OfThisMachine(*words), store, str(tmp_path / "out"))
    assert found == made.packed


def test_a_name_that_is_given_is_the_one_it_is_loaded_by(
    root: Path, store: Store, workshop: OfThisMachine, tmp_path: Path
) -> None:
    found = make.make(built(store, root), workshop, store, str(tmp_path / "out"), "hpc/heat:1-zen4")
    assert isinstance(found, Packed)
    top = json.loads((tmp_path / "out" / "image" / "index.json").read_bytes())
    assert top["manifests"][0]["annotations"] == {
        "io.containerd.image.name": "docker.io/hpc/heat:1-zen4",
        "org.opencontainers.image.ref.name": "1-zen4",
    }


# ---- only what changed ---------------------------------------------------------------------------


def test_what_is_there_is_neither_packed_nor_written_again(
    root: Path, store: Store, workshop: OfThisMachine, pack: Pack, tmp_path: Path
) -> None:
    of, out = built(store, root), tmp_path / "out"
    first = pack(of, out)
    started = len(workshop.started)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert pack(of, out) == first
    assert len(workshop.started) == started == 3
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before
    assert pack(of, tmp_path / "elsewhere") == first
    assert len(workshop.started) == started


def test_another_app_leaves_the_root_packed(
    root: Path, store: Store, workshop: OfThisMachine, pack: Pack, tmp_path: Path
) -> None:
    pack(built(store, root), tmp_path / "out")
    other = tmp_path / "other"
    subprocess.run(["cp", "-a", root, other], check=True)
    (other / "opt" / "heat" / "bin" / "heat").write_text("#!/bin/sh\n")
    started = len(workshop.started)
    pack(built(store, other), tmp_path / "out")
    assert [words[0] for words in workshop.started[started:]] == ["gzip", "mksquashfs"]
    assert not [each for each in (tmp_path / "out").iterdir() if each.name.startswith(".")]


@pytest.mark.parametrize(
    "name", ["image/index.json", "image/oci-layout", "image/blobs", "heat.sif"]
)
def test_what_was_damaged_is_put_right(
    root: Path, store: Store, pack: Pack, tmp_path: Path, name: str
) -> None:
    of, out = built(store, root), tmp_path / "out"
    first = pack(of, out)
    whole = files(out)
    path = out / name
    if path.is_dir():
        path = max(path.rglob("*"), key=lambda each: each.stat().st_size)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert pack(of, out) == first
    assert files(out) == whole


def test_what_was_damaged_in_the_store_is_told_and_packed_again(
    root: Path, store: Store, workshop: OfThisMachine, pack: Pack, tmp_path: Path
) -> None:
    of, heard = built(store, root), io.StringIO()
    first = pack(of, tmp_path / "out")
    packed = Path(store.find(first.sif.digest if first.sif else "") or "")
    packed.chmod(0o644)
    packed.write_bytes(packed.read_bytes()[:-1] + b"x")
    started = len(workshop.started)
    show = Sentences(heard, "envc build")
    again = make.make(of, workshop, store, str(tmp_path / "again"), show=show)
    assert again == first
    assert [words[0] for words in workshop.started[started:]] == ["mksquashfs"]
    assert "is damaged in the store" in heard.getvalue()
    assert heard.getvalue().endswith("; it is made again\n")


def test_what_a_killed_run_left_is_swept(
    root: Path, store: Store, pack: Pack, tmp_path: Path
) -> None:
    of, out = built(store, root), tmp_path / "out"
    pack(of, out)
    whole = files(out)
    (out / "image").rename(out / ".image.envc-old")
    (out / ".image.envc-new" / "blobs").mkdir(parents=True)
    (out / ".heat.sif.envc-new").write_text("half")
    pack(of, out)
    assert files(out) == whole


def test_two_at_once_make_one_image(
    root: Path, store: Store, workshop: OfThisMachine, pack: Pack, tmp_path: Path
) -> None:
    of = built(store, root)
    with ThreadPoolExecutor(4) as all_at_once:
        done = list(all_at_once.map(lambda _: pack(of, tmp_path / "out"), range(4)))
    assert len(set(done)) == 1
    assert len(workshop.started) == 3


# ---- what goes wrong -----------------------------------------------------------------------------


class Broken(OfThisMachine):
    def run(self, words: tuple[str, ...], **streams: Any) -> int:
        return super().run(("sh", "-c", "head -c 10; exit 3", *words), **streams)


def test_a_program_that_fails_is_told_and_leaves_nothing(
    root: Path, store: Store, tmp_path: Path
) -> None:
    found = make.make(built(store, root), Broken(), store, str(tmp_path / "out"))
    assert isinstance(found, Problem)
    assert found.message == "`gzip` of the locked packages ended with 3"
    assert not (tmp_path / "out").exists()
    assert not list((tmp_path / "store" / "partial").iterdir())


def test_a_layer_that_is_gone_is_told(root: Path, store: Store, pack: Pack, tmp_path: Path) -> None:
    of = built(store, root)
    os.unlink(store.find(f"sha256:{of.layers[0].sha256}") or "")
    found = make.make(of, OfThisMachine(), store, str(tmp_path / "out"))
    assert isinstance(found, Problem)
    assert of.layers[0].sha256 in found.message


def test_a_place_that_cannot_be_written_is_told(root: Path, store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = make.make(built(store, root), OfThisMachine(), store, str(tmp_path / "file" / "out"))
    assert isinstance(found, Problem)
    assert "file" in found.message


def test_without_the_tools_of_a_sif_there_is_none(
    root: Path, store: Store, pack: Pack, tmp_path: Path
) -> None:
    of = built(store, root)
    bare = replace(of, plan=replace(of.plan, tools_root=of.plan.run))
    assert pack(bare, tmp_path / "out").sif is None
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["image"]


# ---- as others read it ---------------------------------------------------------------------------


def test_the_tree_is_that_of_the_folder(made: Made, root: Path) -> None:
    """In each form, and with nothing of what the forms add."""
    found = folder.read(str(root))
    assert isinstance(found, Folder)
    wanted = listing.digest(listing.lines(found))
    assert made.packed.tree == wanted
    assert flatten.digest(str(made.layout)) == wanted
    assert flatten.digest(str(made.sif)) == wanted


@pytest.mark.tool("skopeo")
def test_skopeo_reads_and_copies_it(made: Made, tmp_path: Path, tool: Tool) -> None:
    words = [tool("skopeo"), "--insecure-policy"]
    said = subprocess.run(
        [*words, "inspect", f"oci:{made.layout}"], capture_output=True, check=True
    )
    assert json.loads(said.stdout)["Digest"] == made.packed.oci.digest
    for form in ("oci-archive", "docker-archive"):
        to = f"{form}:{tmp_path}/{form}.tar" + (":envc/heat:1" if form.startswith("docker") else "")
        subprocess.run([*words, "copy", "-q", f"oci:{made.layout}", to], check=True)
        assert flatten.digest(str(tmp_path / f"{form}.tar")) == made.packed.tree


@pytest.mark.tool("umoci")
def test_umoci_unpacks_it(made: Made, tmp_path: Path, tool: Tool) -> None:
    if os.geteuid():
        missing("giving files away needs root")
    tag = json.loads((made.layout / "index.json").read_bytes())["manifests"][0]["annotations"]
    image = f"{made.layout}:{tag['org.opencontainers.image.ref.name']}"
    subprocess.run([tool("umoci"), "unpack", "--image", image, tmp_path / "out"], check=True)
    found = folder.read(str(tmp_path / "out" / "rootfs"))
    assert isinstance(found, Folder)
    assert listing.digest(listing.lines(found)) == made.packed.tree


@pytest.mark.slow
@pytest.mark.tool("buildah")
@pytest.mark.xdist_group("images")
def test_buildah_pulls_and_starts_it(made: Made, buildah: Buildah, tool: Tool) -> None:  # noqa: F811
    name = buildah.say("pull", "--quiet", f"oci:{made.layout}").strip().splitlines()[-1]
    tree, config = buildah.opened(name)

    def start(*words: str) -> str:
        place = (tool("chroot"), f"--userspec={config['User']}", "--groups=", str(tree))
        inside = ("sh", "-c", 'cd "$0" && exec "$@"', config["WorkingDir"])
        started = (*place, *inside, *config["Entrypoint"], *(words or config["Cmd"]))
        variables = dict(each.split("=", 1) for each in config["Env"])
        return subprocess.run(
            started, env=variables, capture_output=True, text=True, check=True
        ).stdout

    assert start() == "<heat>"
    assert start("heat", "a b", "$HOME") == "<heat><a b><$HOME>"
    assert start("sh", "-c", 'id -u; pwd; echo "$GREETING"').splitlines() == [
        "1000",
        "/home/envc",
        "it's $HOME",
    ]


# ---- memory --------------------------------------------------------------------------------------

_LARGE = """
import sys, resource
from pathlib import Path
from envc.images import make
from envc.images.make import Packed
from envc.store.objects import Store
from envc.store.progress import Sentences
from tests.images.conftest import OfThisMachine, built
root, folder = map(Path, sys.argv[1:])
store = Store(str(folder / "store"))
found = make.make(built(store, root), OfThisMachine(), store, str(folder / "out"))
assert isinstance(found, Packed), found
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
LARGE = 256 << 20


@pytest.fixture
def large(root: Path, tmp_path: Path) -> Iterator[Path]:
    """With a file that is much larger than the memory that may be used."""
    top = tmp_path / "large"
    subprocess.run(["cp", "-a", root, top], check=True)
    with (top / "usr" / "large").open("wb") as file:
        file.truncate(LARGE)
    yield top
    for each in (top, tmp_path / "store", tmp_path / "out"):
        shutil.rmtree(each, ignore_errors=True)


@pytest.mark.slow
def test_a_large_image_needs_little_memory(large: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LARGE, large, tmp_path],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    own, children = (int(word) << 10 for word in done.stdout.split())
    assert own < 128 << 20
    assert own + children < 500 << 20
