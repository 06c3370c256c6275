"""A squashfs, read without mounting it: as the program that wrote it lists and unpacks it."""

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from envc.images import folder, listing, squashfs
from envc.images.tree import File, Folder, RefusedError, at, walk
from tests.conftest import Tool
from tests.images.trees import AWKWARD

pytestmark = pytest.mark.tool("mksquashfs")


@pytest.fixture(scope="session")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of all lengths, holes, names, links and a folder that needs the longer form."""
    found = tmp_path_factory.mktemp("top")
    dice = random.Random(1)
    for size in (0, 1, 4095, 4096, 4097, 131_072, 300_000):
        (found / f"random-{size}").write_bytes(dice.randbytes(size))
        (found / f"same-{size}").write_bytes(b"x" * size)
    with (found / "holes").open("wb") as file:
        file.seek(400_000)
        file.write(b"end")
        file.truncate(900_000)
    (found / "many").mkdir(mode=0o1777)
    for number in range(2000):
        (found / "many" / f"{number}-{'n' * (number % 90)}").write_text(str(number))
    for name in AWKWARD:
        with open(os.path.join(os.fsencode(found), name), "wb") as file:
            file.write(name)
    (found / "link").symlink_to("many/../nowhere")
    os.link(found / "random-4097", found / "again")
    (found / "random-1").chmod(0o750)
    if not os.geteuid():
        os.chown(found / "random-1", 1000, 70_000)
    return found


def squashed(top: Path, image: Path, *words: str) -> Path:
    image.unlink(missing_ok=True)
    subprocess.run(
        ["mksquashfs", top, image, "-no-progress", "-quiet", "-no-xattrs", *words], check=True
    )
    return image


@contextmanager
def opened(image: Path, start: int = 0) -> Iterator[Folder]:
    with image.open("rb") as file:
        yield squashfs.read(file, start, image.stat().st_size - start)


@pytest.mark.parametrize(
    "words",
    [
        "-comp gzip", "-comp xz", "-comp zstd", "-comp lzma", "-b 4096", "-b 1M", "-noI -noD",
        "-no-fragments", "-always-use-fragments", "-no-duplicates", "-no-exports",
    ],
)  # fmt: skip
def test_it_reads_what_was_packed(top: Path, tmp_path: Path, words: str) -> None:
    want = folder.read(str(top))
    assert isinstance(want, Folder)
    with opened(squashed(top, tmp_path / "image", *words.split())) as found:
        assert list(listing.lines(found)) == list(listing.lines(want))


def test_its_own_program_lists_the_same(top: Path, tmp_path: Path, tool: Tool) -> None:
    """With owners as numbers; a name that is no text is not compared."""
    image = squashed(top, tmp_path / "image")
    done = subprocess.run(
        [tool("unsquashfs", "squashfs-tools"), "-lln", image], capture_output=True, check=True
    )
    listed = {
        line.split(None, 5)[-1]: line.split(None, 2)[:2]
        for line in done.stdout.split(b"\n")
        if line.startswith(b"-") and line.count(b" ") > 4
    }
    compared = 0
    with opened(image) as found:
        for path, node in walk(found):
            name = b"squashfs-root/" + b"/".join(path)
            if isinstance(node, File) and name in listed:
                assert listed[name][1] == b"%d/%d" % (node.uid, node.gid)
                compared += 1
    assert compared > 2000


def test_other_packings_are_told(top: Path, tmp_path: Path) -> None:
    for name in ("lzo", "lz4"):
        with (
            pytest.raises(RefusedError) as caught,
            opened(squashed(top, tmp_path / "image", "-comp", name)),
        ):
            pass
        assert f"is packed by {name}" in caught.value.problem.message


def test_a_hole_takes_no_room_and_is_read_as_zeros(top: Path, tmp_path: Path) -> None:
    with opened(squashed(top, tmp_path / "image")) as found:
        holes = at(found, (b"holes",))
        assert isinstance(holes, File)
        data = b"".join(holes.data.chunks())
    assert (len(data), data[400_000:400_003], data.count(b"\0")) == (900_000, b"end", 899_997)


def test_any_damage_is_refused_or_read(top: Path, tmp_path: Path) -> None:
    """Nothing but a sentence, and never a folder in itself."""
    small = tmp_path / "small"
    (small / "sub" / "sub").mkdir(parents=True)
    (small / "file").write_bytes(random.Random(2).randbytes(9000))
    (small / "sub" / "link").symlink_to("../file")
    image = squashed(small, tmp_path / "image", "-noI")
    data = image.read_bytes()
    dice = random.Random(3)
    refused = 0
    for number in range(1500):
        changed = bytearray(data)
        # The head and, as they are not packed, names and numbers.
        where = range(96) if number % 2 else range(9000, int.from_bytes(data[40:48], "little"))
        changed[dice.choice(where)] = dice.randrange(256)
        image.write_bytes(changed)
        try:
            with opened(image) as found:
                list(listing.lines(found))
        except RefusedError:
            refused += 1
    assert refused > 300
    image.write_bytes(data[:5000])
    with pytest.raises(RefusedError), opened(image):
        pass
