"""Trees to pack: by chance, with names that programs stumble over, or with a program that runs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from hypothesis import strategies as st

from envc.images.tree import File, Folder, Held, Link, Node

AWKWARD = (
    b" ", b"*", b"-rf", b"--", b"~", b"#", b"a\nb", b"a\\nb", b"a\tb", b"'", b'"', b"$HOME", b"%41",
    "Größe".encode(), "数据".encode(), b"\xff\xfe", b"\x01", b"x" * 101, "é".encode() * 127,
    b"a=b", b".", b"..",
)[:-2]  # fmt: skip
"""Names that a file of Linux can have."""

names = st.sampled_from(AWKWARD) | st.binary(min_size=1, max_size=255).filter(
    lambda name: (
        not {0, ord("/")} & {*name} and name not in (b".", b"..") and not name.startswith(b".wh.")
    )
)
_ids = st.sampled_from((0, 1000, 65534, 2**21 - 1, 2**21, 2**31 - 2))
_modes = st.integers(0, 0o1777)
files = st.builds(
    lambda mode, data, uid, gid: File(mode, len(data), Held(data), uid, gid),
    _modes,
    st.binary(max_size=1500),
    _ids,
    _ids,
)
links = st.builds(Link, st.binary(min_size=1, max_size=300).filter(lambda to: 0 not in to), _ids)


def _folders(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Folder]:
    return st.builds(Folder, _modes, _ids, _ids, st.dictionaries(names, nodes, max_size=5))


@st.composite
def trees(draw: st.DrawFn) -> Folder:
    """With files that have more than one name."""
    shared = draw(st.lists(files, min_size=1, max_size=2))
    leaves: st.SearchStrategy[Node] = files | links | st.sampled_from(shared)
    top = draw(_folders(st.recursive(leaves, _folders, max_leaves=12)))
    return Folder(entries=top.entries)


# ---- on a disk -----------------------------------------------------------------------------------


_FOLDERS = (
    *("dev", "etc", "home/envc", "opt/envc", "opt/heat/bin", "proc", "root"),
    *("run", "sys", "tmp", "usr/bin", "usr/share", "var/tmp"),
)


def small_root(folder: Path) -> Path:
    """A system of one program, with an app that says what it was given."""
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True)
    (folder / "bin").symlink_to("usr/bin")
    _copy_program(Path("/bin/busybox"), folder)
    for name in ("sh", "env", "cat", "ls", "id", "test", "pwd"):
        (folder / "bin" / name).symlink_to("busybox")
    users = "root:x:0:0::/root:/bin/sh\nenvc:x:1000:1000::/home/envc:/bin/sh\n"
    (folder / "etc" / "passwd").write_text(users)
    (folder / "etc" / "group").write_text("root:x:0:\nenvc:x:1000:\n")
    (folder / "tmp").chmod(0o1777)
    (folder / "var" / "tmp").chmod(0o1777)
    program(folder / "opt" / "envc" / "entry", 'exec "$@"\n')
    program(folder / "opt" / "heat" / "bin" / "heat", 'printf "<%s>" heat "$@"\n')
    os.link(folder / "etc" / "group", folder / "usr" / "share" / "group")
    return folder


def _copy_program(program: Path, folder: Path) -> None:
    """With the libraries that it starts with."""
    said = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    for path in (str(program), *re.findall(r"(/\S+) \(0x", said)):
        place = folder / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)


def program(path: Path, text: str) -> None:
    path.write_text(f"#!/bin/sh\n{text}")
    path.chmod(0o755)
