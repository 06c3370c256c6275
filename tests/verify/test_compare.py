"""Two trees, held against each other."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.images import canonical
from envc.images.tree import File, Folder, Held, Link, Node
from envc.verify import compare
from envc.verify.compare import Pair, layers, trees
from envc.verify.difference import Difference, What


def folder(entries: dict[bytes, Node]) -> Folder:
    return Folder(entries=entries)


nodes: st.SearchStrategy[Node] = st.recursive(
    st.builds(
        lambda mode, data: File(mode, len(data), Held(data)),
        st.sampled_from([0o644, 0o755]),
        st.binary(max_size=4),
    )
    | st.builds(Link, st.sampled_from([b"a", b"b"])),
    lambda below: st.builds(
        folder,
        st.dictionaries(st.sampled_from([b"a", b"b", b"c"]), below, max_size=3),
    ),
    max_leaves=8,
)
folders = st.dictionaries(st.sampled_from([b"a", b"b", b"c"]), nodes, max_size=3).map(folder)


def file(data: bytes, mode: int = 0o644) -> File:
    return File(mode, len(data), Held(data))


def tree(**entries: Node) -> Folder:
    return Folder(entries={name.encode(): node for name, node in entries.items()})


def told(one: Folder, other: Folder) -> list[Difference]:
    return [each.difference for each in trees(one, other)]


def packed(top: Folder) -> bytes:
    out = io.BytesIO()
    canonical.write(top, out, 0)
    return out.getvalue()


@given(folders, folders)
def test_trees_differ_where_their_archives_do(one: Folder, other: Folder) -> None:
    assert bool(told(one, other)) == (packed(one) != packed(other))
    assert not told(one, one)


@given(folders, folders)
def test_both_ways_tell_of_the_same_files(one: Folder, other: Folder) -> None:
    assert [each.path for each in told(one, other)] == [each.path for each in told(other, one)]


def test_layers_are_read_as_they_lie(tmp_path: Path) -> None:
    for name, text in (("one", b"1"), ("other", b"2")):
        (tmp_path / name).write_bytes(packed(tree(a=file(text), b=file(b"same"))))
    with (tmp_path / "one").open("rb") as one, (tmp_path / "other").open("rb") as other:
        (found,) = layers(one, other)
    assert found.difference.path == "a"


def test_each_part_of_a_header_is_told() -> None:
    one = File(0o644, 1, Held(b"x"), uid=0, capability=b"\1")
    other = File(0o600, 1, Held(b"x"), uid=5, capability=b"\2")
    (found,) = told(tree(a=one, b=Link(b"x")), tree(a=other, b=Link(b"x")))
    assert {each.what for each in found.details} == {What.MODE, What.OWNER, What.CAPABILITY}
    (found,) = told(tree(b=Link(b"x")), tree(b=Link(b"y")))
    assert [(each.what, each.one, each.other) for each in found.details] == [
        (What.LINK, b"x", b"y")
    ]


def test_what_only_one_has_is_told_once() -> None:
    (found,) = told(tree(a=tree(b=file(b""), c=file(b""))), tree())
    assert (found.path, found.details[0].what) == ("a", What.ONLY_ONE)
    (found,) = told(tree(a=file(b"")), tree(a=tree()))
    assert found.details[0].what is What.KIND


def test_all_is_counted_and_some_is_kept() -> None:
    one, other = (file("".join(f"{side}{n}\n" for n in range(50)).encode()) for side in "ab")
    (found,) = told(tree(a=one), tree(a=other))
    assert (len(found.details), found.count) == (compare.MOST, 50)


def test_a_large_file_is_never_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compare, "_LARGEST", 10)
    one, other = file(b"a" * 100), file(b"a" * 50 + b"b" * 50)
    (found,) = compare._details(Pair((b"a",), one, other))
    assert found.offset == 50
    assert found.what is What.BYTES
