"""The hash by which Guix and Nix know a file or a folder: that of its archive, a NAR.

https://edolstra.github.io/pubs/phd-thesis.pdf, figure 5.2: words, each with its length before it
and filled up to eight bytes.
"""

from collections.abc import Iterator
from hashlib import sha256

from envc.sources.tree import Content, File, Folder, Link, Node

_LETTERS = "0123456789abcdfghijklmnpqrsvwxyz"
"""Without e, o, t and u."""


def nar_digest(node: Node) -> str:
    hashed = sha256()
    for piece in serialised(node):
        hashed.update(piece)
    return f"sha256:{hashed.hexdigest()}"


def serialised(node: Node) -> Iterator[bytes]:
    yield _word(b"nix-archive-1")
    yield from _node(node)


def nix_base32(digest: bytes) -> str:
    """As Guix writes hashes: five bits a letter, the last ones first."""
    number = int.from_bytes(digest, "little")
    count = (len(digest) * 8 + 4) // 5
    return "".join(_LETTERS[number >> 5 * place & 31] for place in reversed(range(count)))


def _node(node: Node) -> Iterator[bytes]:
    yield _words(b"(", b"type")
    match node:
        case File(content, executable):
            yield _words(b"regular", *((b"executable", b"") if executable else ()), b"contents")
            yield from _content(content)
        case Link(target):
            yield _words(b"symlink", b"target", target)
        case Folder(entries):
            yield _word(b"directory")
            for name in sorted(entries):
                yield _words(b"entry", b"(", b"name", name, b"node")
                yield from _node(entries[name])
                yield _word(b")")
    yield _word(b")")


def _content(content: Content) -> Iterator[bytes]:
    yield content.size.to_bytes(8, "little")
    yield from content.chunks()
    yield bytes(-content.size % 8)


def _words(*words: bytes) -> bytes:
    return b"".join(map(_word, words))


def _word(word: bytes) -> bytes:
    return len(word).to_bytes(8, "little") + word + bytes(-len(word) % 8)
