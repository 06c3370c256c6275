"""One digest for one tree, whoever made the image of it, and in what it is packed."""

import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.images import canonical, flatten, folder, index, listing
from envc.images.tree import File, Folder, Held, Link, Node, Special
from tests.backends.conftest import Buildah, buildah  # noqa: F401 - a fixture
from tests.conftest import Tool
from tests.images.conftest import Made
from tests.images.test_index import built as one_of_many


def of_folder(path: Path) -> str:
    found = folder.read(str(path))
    assert isinstance(found, Folder)
    return listing.digest(listing.lines(found))


def refused(path: Path, platform: str = "") -> str:
    found = flatten.digest(str(path), platform)
    assert isinstance(found, Problem)
    return found.message


# ---- what a tree says ----------------------------------------------------------------------------


def test_a_tree_as_a_text() -> None:
    """Anybody can write it with `find` and `sha256sum`; a change of it is a change of a line."""
    file = File(0o755, 2, Held(b"hi"), 0, 1000)
    tree = Folder(
        entries={
            b"bin": Link(b"usr/bin"),
            b"usr": Folder(
                entries={b"a b": file, "é".encode(): file, b"run": File(0o644, 0, Held(b""))}
            ),
        }
    )
    hi = "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"
    nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert "".join(listing.lines(tree)) == (
        "l 0777 0 0 usr/bin bin\n"
        "d 0755 0 0 - usr\n"
        f"f 0755 0 1000 {hi} usr/a%20b\n"
        f"f 0644 0 0 {nothing} usr/run\n"
        "h 0755 0 1000 usr/a%20b usr/%C3%A9\n"
    )


def test_what_builders_write_for_themselves_has_no_part_in_it() -> None:
    kept: dict[bytes, Node] = {
        b"etc": Folder(entries={b"passwd": File(0o644, 1, Held(b"x"))}),
        b"tmp": Folder(0o1777),
    }
    more: dict[bytes, Node] = {
        b".dockerenv": File(0o755, 0, Held(b"")),
        b".run": Link(b".singularity.d/actions/run"),
        b".singularity.d": Folder(entries={b"runscript": File(0o755, 1, Held(b"x"))}),
        b"scif": Folder(),
        b"etc": Folder(
            entries={
                b"passwd": File(0o644, 1, Held(b"x")),
                b"hosts": File(0o644, 1, Held(b"x")),
                b"hostname": Link(b"x"),
            }
        ),
        b"tmp": Folder(0o1777, entries={b"left": File(0o644, 0, Held(b""))}),
    }
    said = list(listing.lines(Folder(entries=kept)))
    assert list(listing.lines(Folder(entries=more))) == said
    own: dict[bytes, Node] = {
        **kept,
        b"scif": Folder(),
        b".run": Link(b"elsewhere"),
    }  # nobody's but the image's
    assert len(list(listing.lines(Folder(entries=own)))) == len(said) + 2
    dev = Folder(entries={**kept, b"dev": Folder(entries={b"null": Special("device")})})
    assert len(list(listing.lines(dev))) == len(said) + 1


# ---- images of others ----------------------------------------------------------------------------

_CHANGES = """
cd "$0"
rm usr/share/group etc/passwd
rm -r home && mkdir -p home/envc && echo new > home/envc/new
rm -r opt/heat && ln -s envc opt/heat
echo longer >> etc/group && ln etc/group etc/same && chmod 640 etc/group
mkdir -p srv/data && chown 1000:1000 srv/data && chmod 1777 srv
"""


@pytest.mark.slow
@pytest.mark.tool("buildah")
@pytest.mark.xdist_group("images")
@pytest.mark.parametrize("packing", [(), ("--dest-compress-format", "zstd")])
def test_layers_lie_on_each_other_as_buildah_lays_them(
    made: Made,
    buildah: Buildah,  # noqa: F811
    tmp_path: Path,
    tool: Tool,
    packing: tuple[str, ...],
) -> None:
    """Files and folders that are gone, replaced, emptied and linked, in a layer of its own."""
    container = buildah.start("from", "--quiet", f"oci:{made.layout}").stdout.strip()
    mounted = buildah.say("mount", container).strip()
    subprocess.run(["sh", "-euc", _CHANGES, mounted], check=True)
    buildah.say("commit", "--quiet", container, f"oci:{tmp_path}/out:1")
    manifest = json.loads((tmp_path / "out" / "index.json").read_bytes())
    assert len(manifest["manifests"]) == 1
    layout = tmp_path / "out"
    if packing:
        words = (tool("skopeo"), "--insecure-policy", "copy", "-q", "--dest-compress", *packing)
        subprocess.run([*words, f"oci:{layout}", f"dir:{tmp_path}/dir"], check=True)
        subprocess.run([*words, f"oci:{layout}", f"oci:{tmp_path}/again"], check=True)
        layout = tmp_path / "again"
    assert flatten.digest(str(layout)) == of_folder(Path(mounted))
    assert flatten.digest(str(layout)) != made.packed.tree


def test_a_tar_of_all_files_is_an_image_too(made: Made, root: Path, tmp_path: Path) -> None:
    found = folder.read(str(root))
    assert isinstance(found, Folder)
    data = b"".join(canonical.chunks(found, 7))
    (tmp_path / "plain.tar").write_bytes(data)
    (tmp_path / "packed.tar.gz").write_bytes(gzip.compress(data, 1))
    for name in ("plain.tar", "packed.tar.gz"):
        assert flatten.digest(str(tmp_path / name)) == made.packed.tree
    assert flatten.digest(str(root)) == made.packed.tree


def test_one_of_several_platforms(tmp_path: Path) -> None:
    images = [one_of_many(tmp_path, target) for target in ("x86_64_v2", "x86_64_v3", "aarch64")]
    assert index.write("1", images, str(tmp_path / "all")) is None
    assert "there are" in refused(tmp_path / "all")
    top = json.loads((tmp_path / "all" / "index.json").read_bytes())
    top["manifests"] = top["manifests"][:1]
    (tmp_path / "all" / "index.json").write_text(json.dumps(top))
    for image in images:
        own = flatten.digest(image.layout)
        assert flatten.digest(str(tmp_path / "all"), image.platform) == own
    assert "for linux/riscv64" in refused(tmp_path / "all", "linux/riscv64")


# ---- what is not believed ------------------------------------------------------------------------


@pytest.fixture
def copy(made: Made, tmp_path: Path) -> Path:
    shutil.copytree(made.folder, tmp_path / "copy")
    return tmp_path / "copy"


def test_each_blob_is_what_its_name_says(copy: Path) -> None:
    for blob in (copy / "image" / "blobs" / "sha256").iterdir():
        data = blob.read_bytes()
        if b"rootfs" in data and data.startswith(b"{"):
            continue  # a configuration says nothing about files
        blob.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        message = refused(copy / "image")
        assert "damaged" in message or "not JSON" in message, message
        blob.write_bytes(data)
    for blob in (copy / "image" / "blobs" / "sha256").iterdir():
        blob.unlink()
    assert "the image has no `blobs/sha256/" in refused(copy / "image")


def test_a_link_in_a_layout_is_not_followed(copy: Path) -> None:
    """It could lead to a file of whoever looks at the image."""
    blob = max(
        (copy / "image" / "blobs" / "sha256").iterdir(), key=lambda each: each.stat().st_size
    )
    blob.rename(copy / "elsewhere")
    blob.symlink_to(copy / "elsewhere")
    assert "the image has no `blobs/sha256/" in refused(copy / "image")


def test_a_layer_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "bomb.tar.gz", "wb", 9) as file:
        for _ in range(200):
            file.write(bytes(1 << 20))
    assert "unpacks to far too much" in refused(tmp_path / "bomb.tar.gz")


def test_what_is_no_image_is_told(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not an image" * 100)
    assert "not a tar" in refused(tmp_path / "text")
    assert "cannot be read" in refused(tmp_path / "nothing")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.json").write_text("{")
    assert "not JSON" in refused(tmp_path / "sub")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "manifest.json").write_text('[{"Layers": ["../../etc/passwd"]}]')
    assert "leads out of the image" in refused(tmp_path / "saved")


def test_nothing_is_left_behind(made: Made, tmp_path: Path) -> None:
    assert flatten.digest(str(made.layout), scratch=str(tmp_path)) == made.packed.tree
    assert not list(tmp_path.iterdir())
