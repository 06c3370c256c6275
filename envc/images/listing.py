"""A tree as a text: a line for each path. Whoever packed it and in what, its digest is the same.

```
d 0755 0 0 - usr/bin
f 0755 0 0 SHA256 usr/bin/ls
h 0755 0 0 usr/bin/perl usr/bin/perl5.40.1
l 0777 0 0 usr/bin bin
```

Kind, rights, owner, group; what it holds, where it leads, or the first name of the same file; path.
Blanks and all that is not plain ASCII are written as `%20`. What a program may do by itself stands
behind its digest. Times have no part in it, and neither have the files that builders of images and
whatever starts them write for themselves.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import quote

from envc.images.tree import File, Folder, Gone, Link, Node, Path, Special, walk

_EMPTIED = frozenset({(b"dev",), (b"proc",), (b"run",), (b"sys",), (b"tmp",)})
"""Folders over which something is mounted: what is in them is never seen."""
_MOUNTED = frozenset(
    {
        (b".dockerenv",),
        (b"etc", b"hostname"),
        (b"etc", b"hosts"),
        (b"etc", b"mtab"),
        (b"etc", b"resolv.conf"),
    }
)
_APPTAINER = b".singularity.d"
_APPS = b"scif"
_SAFE = "/!#$&'()*+,:;=?@[]^`{|}<>\\\""


def lines(top: Folder) -> Iterator[str]:
    """RefusedError where a file cannot be read."""
    names: dict[int, bytes] = {}
    for path, node in walk(without_builders(top)):
        name = b"/".join(path)
        first = names.setdefault(id(node), name) if isinstance(node, File) else name
        yield f"{_said(node, first, name)} {_quoted(name)}\n"


def digest(listed: Iterable[str]) -> str:
    hashed = sha256()
    for line in listed:
        hashed.update(line.encode())
    return f"sha256:{hashed.hexdigest()}"


def _said(node: Node, first: bytes, name: bytes) -> str:
    match node:
        case File():
            what, kind = (_held(node), "f") if first == name else (_quoted(first), "h")
            return f"{kind} {node.mode:04o} {node.uid} {node.gid} {what}"
        case Link():
            return f"l 0777 {node.uid} {node.gid} {_quoted(node.target)}"
        case Folder():
            return f"d {node.mode:04o} {node.uid} {node.gid} -"
        case Special():
            return f"s 0000 0 0 {node.kind}"
        case Gone():
            return "g 0000 0 0 -"


def _held(node: File) -> str:
    hashed = sha256()
    for chunk in node.data.chunks():
        hashed.update(chunk)
    may = f"+{node.capability.hex()}" if node.capability else ""
    return hashed.hexdigest() + may


def _quoted(text: bytes) -> str:
    return quote(text, safe=_SAFE)


# ---- what is nobody's ----------------------------------------------------------------------------


def without_builders(top: Folder) -> Folder:
    """Without the files of those who build and start images; the tree itself stays as it is."""
    apptainer = isinstance(top.entries.get(_APPTAINER), Folder)
    entries = {
        name: _thinned((name,), node)
        for name, node in top.entries.items()
        if (name,) not in _MOUNTED
        and name != _APPTAINER
        and not (apptainer and (name == _APPS or _leads_there(node)))
    }
    return Folder(top.mode, top.uid, top.gid, entries)


def _leads_there(node: Node) -> bool:
    return isinstance(node, Link) and node.target.startswith(_APPTAINER + b"/")


def _thinned(path: Path, node: Node) -> Node:
    if not isinstance(node, Folder):
        return node
    if path in _EMPTIED:
        return Folder(node.mode, node.uid, node.gid)
    if not any(each[:-1] == path for each in _MOUNTED):
        return node
    entries = {name: below for name, below in node.entries.items() if (*path, name) not in _MOUNTED}
    return Folder(node.mode, node.uid, node.gid, entries)
