"""Trees of every kind, made by chance, and a `source` line as the checker gives it."""

import os

from hypothesis import strategies as st

from envc.source import Source, Span
from envc.sources.tree import File, Folder, Held, Link, Node
from envc.spec import Place, SourceCode

PLACE = Place(Source("heat2d.envc", ""), Span(0, 0))

_BYTES = st.sampled_from([b"a", b"b", b"A", b".", b"-", b"~", b" ", b"\xc3\xa9", b"\xff", b"\n"])
names = (
    st.lists(_BYTES, min_size=1, max_size=4)
    .map(b"".join)
    .filter(lambda name: name not in {b".", b".."} and len(name) < 200)
)
files = st.builds(File, st.binary(max_size=40).map(Held), st.booleans())
links = st.lists(names, min_size=1, max_size=2).map(lambda parts: Link(b"/".join(parts)))


def folders(leaves: st.SearchStrategy[Node], least: int = 0) -> st.SearchStrategy[Folder]:
    inner = st.recursive(
        leaves,
        lambda below: st.builds(Folder, st.dictionaries(names, below, min_size=least, max_size=4)),
        max_leaves=12,
    )
    return st.builds(Folder, st.dictionaries(names, inner, min_size=least, max_size=5))


trees = folders(st.one_of(files, links))
without_empty_folders = folders(st.one_of(files, links), least=1)


def source(kind: str, where: str, /, *hashes: str, versions: str = "", **more: str) -> SourceCode:
    return SourceCode(kind, where, versions, tuple(more.items()), hashes, PLACE)


def mixed(folder: str) -> None:
    """Files that are run, links, names that are not UTF-8, on the disk."""
    top = os.fsencode(folder)
    os.makedirs(os.path.join(top, b"src", b"deep"))
    for name, data in (
        (b"README", b"Heat.\n"),
        (b"src/main.c", b"int main(void) { return 0; }\n"),
        (b"src/deep/\xff\xfe", b"not UTF-8\n"),
        (b"src/na\xc3\xafve.txt", b""),
        (b"eight.bin", b"12345678"),
    ):
        with open(os.path.join(top, name), "wb") as file:
            file.write(data)
    with open(os.path.join(top, b"run.sh"), "wb") as file:
        file.write(b"#!/bin/sh\n")
        os.fchmod(file.fileno(), 0o755)
    os.symlink(b"../README", os.path.join(top, b"src", b"link"))
