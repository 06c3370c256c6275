"""Archives that want to do harm, and damaged ones: refused with a sentence, whatever is in them."""

import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.images import canonical, reading
from envc.images.tree import File, Folder, Gone, Held, Link, RefusedError, at, laid

Fill = Callable[[tarfile.TarFile], None]


def made(path: Path, fill: Fill, form: int = tarfile.PAX_FORMAT) -> Path:
    with tarfile.open(path, "w", format=form) as archive:
        fill(archive)
    return path


def read(path: Path) -> Folder:
    """What a file holds is not looked at later."""
    with path.open("rb") as file:
        return reading.read(file)


def add(name: str, kind: bytes | None = None, target: str = "", **pax: str) -> Fill:
    def fill(archive: tarfile.TarFile) -> None:
        member = tarfile.TarInfo(name)
        member.type, member.linkname, member.pax_headers = kind or tarfile.REGTYPE, target, pax
        archive.addfile(member)

    return fill


def both(*fills: Fill) -> Fill:
    def fill(archive: tarfile.TarFile) -> None:
        for each in fills:
            each(archive)

    return fill


REFUSED = {
    "a path that leads out": (add("a/../../etc/passwd"), "leads out of the image with `..`"),
    "an absolute path": (add("/etc/passwd"), "is an absolute path"),
    "a hard link out": (add("a", tarfile.LNKTYPE, "../b"), "leads out of the image"),
    "a hard link to nothing": (add("a", tarfile.LNKTYPE, "b"), "which is no file before it"),
    "a file below a file": (both(add("a"), add("a/b")), "lies below `a`, which is no folder"),
    "a file below a link": (
        both(add("a", tarfile.SYMTYPE, "/etc"), add("a/passwd")),
        "lies below `a`, which is no folder",
    ),
    "two files of one name": (both(add("a"), add("./a")), "holds `a` twice"),
    "a file where a folder was": (both(add("a/b"), add("a")), "holds `a` twice"),
    "a name with a zero": (add("x", path="a\0b"), "Linux has no file called"),
    "a name too long": (add("x" * 256), "Linux has no file called"),
    "a path too long": (add("/".join(["x"] * 3000)), "Linux has no file called"),
    "holes": (add("a", None, "", **{"GNU.sparse.major": "1"}), "has files with holes"),
    "an unknown kind": (add("a", b"M"), "of a kind that envc does not know"),
    "a header of megabytes": (add("a", comment="x" * (2 << 20)), "than fits into a header"),
    "a folder above gone": (add("a/.wh..."), "leads out of the image"),
    "nothing gone": (add("a/.wh."), "says of no file that it is gone"),
    "the whole image hidden": (add(".wh..wh..opq"), "hides all that is in `/`"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(tmp_path: Path, name: str) -> None:
    fill, said = REFUSED[name]
    with pytest.raises(RefusedError) as caught:
        read(made(tmp_path / "one.tar", fill))
    assert said in caught.value.problem.message


def test_what_is_no_tar_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"x", b"not a tar" * 100, b"\x1f\x8b" + bytes(600)):
        (tmp_path / "one").write_bytes(data)
        with pytest.raises(RefusedError):
            read(tmp_path / "one")


def held(path: Path) -> bytes:
    tree = Folder(
        entries={
            "größe".encode(): File(0o644, 3, Held(b"abc")),
            b"sub": Folder(entries={b"x" * 150: File(0o755, 700, Held(b"y" * 700))}),
            b"to": Link(b"sub"),
        }
    )
    data = b"".join(canonical.chunks(tree, 1))
    path.write_bytes(data)
    return data


def test_one_that_breaks_off_is_refused_wherever(tmp_path: Path) -> None:
    """Until its end is said by an empty block."""
    path = tmp_path / "one.tar"
    data = held(path)
    whole = len(data) - 1024
    for length in (*range(1, whole, 97), *range(0, whole, 512), whole):
        path.write_bytes(data[:length])
        with pytest.raises(RefusedError):
            read(path)
    path.write_bytes(data[: whole + 512])
    assert len(read(path).entries) == 3


def test_any_damage_is_refused_or_read(tmp_path: Path) -> None:
    """Nothing but a sentence: no other error, no endless loop, no memory without end."""
    path = tmp_path / "one.tar"
    data = held(path)
    dice = random.Random(7)
    refused = 0
    for _ in range(1500):
        changed = bytearray(data)
        for _ in range(dice.randint(1, 4)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        path.write_bytes(changed)
        try:
            with path.open("rb") as file:
                b"".join(canonical.chunks(reading.read(file), 1))
        except RefusedError:
            refused += 1
    assert refused > 500


def test_a_device_is_told_only_where_it_is_packed(tmp_path: Path) -> None:
    """Images of others have them in `/dev`, which nobody looks at."""
    tree = read(made(tmp_path / "one.tar", add("dev/null", tarfile.CHRTYPE)))
    with pytest.raises(RefusedError) as caught:
        list(canonical.chunks(tree, 1))
    assert "`dev/null` is a device" in caught.value.problem.message


# ---- layers --------------------------------------------------------------------------------------


def one(text: str) -> File:
    return File(0o644, len(text), Held(text.encode()))


def test_layers_lie_on_each_other() -> None:
    below = Folder(
        entries={
            b"etc": Folder(0o700, 1, 2, {b"a": one("old"), b"b": one("stays"), b"c": one("goes")}),
            b"var": Folder(entries={b"x": one("hidden")}),
            b"file": one("was a file"),
            b"dir": Folder(entries={b"x": one("was below")}),
        }
    )
    above = Folder(
        implied=True,
        entries={
            b"etc": Folder(implied=True, entries={b"a": one("new"), b"c": Gone()}),
            b"var": Folder(entries={b"y": one("seen")}, opaque=True),
            b"file": Folder(entries={b"in": one("now a folder")}),
            b"dir": Link(b"file"),
            b"nothing": Gone(),
        },
    )
    found = laid(below, above)
    etc = found.entries[b"etc"]
    assert isinstance(etc, Folder)
    assert (etc.mode, etc.uid, etc.gid, sorted(etc.entries)) == (0o700, 1, 2, [b"a", b"b"])
    assert at(found, (b"etc", b"a")) is at(above, (b"etc", b"a"))
    assert at(found, (b"var", b"x")) is None
    assert isinstance(at(found, (b"file", b"in")), File)
    assert found.entries[b"dir"] == Link(b"file")
    assert b"nothing" not in found.entries
    assert at(below, (b"etc", b"c")) is not None  # what was given is as it was


def test_whiteouts_are_read_in_whatever_order(tmp_path: Path) -> None:
    """They hide what is below, never what comes in the same layer."""
    for names in (["a/.wh..wh..opq", "a/x"], ["a/x", "a/.wh..wh..opq"]):
        tree = read(made(tmp_path / "one.tar", both(*map(add, names))))
        below = Folder(entries={b"a": Folder(entries={b"old": one("")})})
        assert sorted(at(laid(below, tree), (b"a",)).entries) == [b"x"]  # type: ignore[union-attr]
    for names in ([".wh.x", "x"], ["x", ".wh.x"]):
        tree = read(made(tmp_path / "one.tar", both(*map(add, names))))
        assert isinstance(tree.entries[b"x"], File)


def test_files_in_what_is_a_link_below_are_refused(tmp_path: Path) -> None:
    """Builders of images disagree about where they are."""
    tree = read(made(tmp_path / "one.tar", add("lib/x.so")))
    with pytest.raises(RefusedError):
        laid(Folder(entries={b"lib": Link(b"usr/lib")}), tree)
