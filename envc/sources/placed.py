"""A tree, written out where something is to be built from it."""

import os

from envc.sources.tree import File, Folder, Link, Path, walk


def place(folder: Folder, where: str, only: frozenset[Path] | None = None) -> None:
    """
    Into an empty folder; of the files, all or `only` some.

    Nothing is written through a link: no tree has a name behind one.
    """
    top = os.fsencode(where)
    for path, node in walk(folder):
        target = os.path.join(top, *path)
        if isinstance(node, Folder):
            os.makedirs(target, mode=0o755, exist_ok=True)
        elif isinstance(node, Link):
            os.symlink(node.target, target)
        elif only is None or path in only:
            _write(target, node)


def _write(target: bytes, file: File) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    mode = 0o755 if file.executable else 0o644
    with open(os.open(target, flags, mode), "wb") as written:
        written.writelines(file.content.chunks())
        os.fchmod(written.fileno(), mode)  # whatever the umask
