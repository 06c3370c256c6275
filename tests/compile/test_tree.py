"""Trees as values: names of folders, records, tags, pages."""

import json
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.compile import names
from envc.compile.make import Tree, make
from envc.compile.readme import prose
from envc.compile.tags import page, tag
from envc.compile.tree import RECORD, Copy, Folder, Text, folder, is_safe, known, recorded
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.plan.backend import File
from envc.plan.model import Plan
from tests.compile.plans import CODE, PLACE, SPEC, Toy, jobs, plan, toy

V3, V4 = plan(), plan("x86_64_v4")
ZEN, ARM = plan("zen4"), plan("neoverse_v1")


def made(*plans: Plan) -> Tree:
    tree = make(jobs(*plans), toy, "heat.envc")
    assert isinstance(tree, Tree)
    return tree


def text(of: Folder, path: str) -> str:
    found = next(each for each in of.entries if each.path == path)
    assert isinstance(found, Text)
    return found.text


# ---- folders -------------------------------------------------------------------------------------


def test_a_folder_for_each_target() -> None:
    tree = made(V3, V4)
    assert [each.path for each in tree.leaves] == ["heat/x86_64_v3", "heat/x86_64_v4"]
    assert [each.path for each in tree.leaves[0].entries] == [
        "README.md",
        "apptainer.sh",
        "dockerfile.sh",
        "heat.apptainer",
        "heat.dockerfile",
        "inputs/heat-1.0.tar",
        "inputs/warm.patch",
        "packages-build.txt",
        RECORD,
    ]
    assert [each.path for each in tree.top.entries] == ["README.md", "heat/tags.json", RECORD]
    assert any(isinstance(each, Copy) and each.size == len(CODE) for each in tree.leaves[0].entries)


def test_choices_are_named_where_there_are_some() -> None:
    choices = [("+mpi", "precision=double"), ("~mpi", "precision=double")]
    tree = made(*(plan(choices=each) for each in choices))
    assert [each.path for each in tree.leaves] == ["heat/mpi/x86_64_v3", "heat/no-mpi/x86_64_v3"]
    images = ("heat:1.0-mpi-x86_64_v3", "heat:1.0-no-mpi-x86_64_v3")
    assert all(f"`{image}`" in text(tree.top, "README.md") for image in images)
    for leaf, image in zip(tree.leaves, images, strict=True):
        assert f"image='{image}'" in text(leaf, "heat.dockerfile")


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["a", "a-b", "mpi"]),
            st.sampled_from(["yes", "no", "b-c", "c"]),
            min_size=3,
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["heat", "Heat", "heat.x"]),
)
def test_no_two_builds_share_a_folder(found: list[dict[str, str]], name: str) -> None:
    plans = [
        plan(
            choices=tuple(f"{key}={value}" for key, value in sorted(each.items())),
            app=f"{app}@1.0",
            name=app,
        )
        for each in found
        for app in ("heat", name)
    ]
    folders = names.folders(plans)
    assert len(set(folders.values())) == len({names.build(each) for each in plans})
    assert all(is_safe(each) for each in folders.values())


def test_two_versions_of_an_app_have_folders_of_their_own() -> None:
    older = plan(app="heat@0.9", version="0.9")
    assert list(names.folders([V3, older]).values()) == [
        "heat@1.0/x86_64_v3",
        "heat@0.9/x86_64_v3",
    ]


def test_the_order_of_plans_does_not_show() -> None:
    trees = [made(*order) for order in permutations((V3, V4, ZEN))]
    assert all(each == trees[0] for each in trees)


def test_formats_of_two_origins_share_a_folder() -> None:
    other = plan(origin="guix", closure="sha256:" + "d" * 64, build=None, run=None)
    tree = make((*jobs(V3), *jobs(other, formats=("guix",))), toy, "heat.envc")
    assert isinstance(tree, Tree)
    (leaf,) = tree.leaves
    shown = text(leaf, "README.md")
    assert all(
        each in shown for each in (V3.closure, other.closure, "heat.guix", "heat.dockerfile")
    )


# ---- what a backend may do -----------------------------------------------------------------------


def test_refusals_of_all_formats_come_at_once_and_each_once() -> None:
    told = [
        Diagnostic(rules.LOCK_STALE, f"no {word}", (Label(SPEC, PLACE.span),))
        for word in ("snow", "ice")
    ]
    refusing = {
        "dockerfile": Toy("dockerfile", refuses=(told[0],)),
        "apptainer": Toy("apptainer", refuses=(told[0], told[1])),
    }
    assert make(jobs(V3, V4), refusing.__getitem__, "heat.envc") == tuple(told)


@pytest.mark.parametrize(
    "path", ["../up", "/etc/passwd", "a//b", "a/./b", "", ".", "a b", "a\n", "ä", RECORD, "a" * 300]
)
def test_a_file_that_leaves_its_folder_is_a_bug(path: str) -> None:
    with pytest.raises(ValueError, match="is no name for a file in heat"):
        folder("heat", [Text(path, "")])


def test_two_files_of_one_name_are_a_bug_unless_they_are_the_same() -> None:
    assert len(folder("heat", [Text("a", "1"), Text("a", "1")]).entries) == 2
    with pytest.raises(ValueError, match="two files are called a"):
        folder("heat", [Text("a", "1"), Text("a", "2")])


# ---- records -------------------------------------------------------------------------------------


def test_a_record_says_all_and_the_one_above_says_the_record() -> None:
    tree = made(V3, V4)
    for leaf in tree.leaves:
        told = known(text(leaf, RECORD))
        assert told == {each.path: {each.digest} for each in leaf.entries[:-1]}
        above = known(text(tree.top, RECORD))
        assert above[f"{leaf.path}/{RECORD}"] == {leaf.entries[-1].digest}


@given(
    st.lists(
        st.tuples(
            st.text("0123456789abcdef", min_size=64, max_size=64), st.sampled_from(["a", "b/c"])
        )
    )
)
def test_records_are_read_as_they_were_written(lines: list[tuple[str, str]]) -> None:
    told = known(recorded(lines))
    assert {(digest, path) for path in told for digest in told[path]} == set(lines)


@given(st.text())
def test_no_record_leads_out_of_its_folder(text: str) -> None:
    hostile = f"{'0' * 64}  {text}\n{'0' * 64}  ../{text}\n{'0' * 64}  /{text}\n"
    assert all(is_safe(path) for path in known(hostile))
    assert not any(path.startswith(("/", "..")) for path in known(hostile))


# ---- tags ----------------------------------------------------------------------------------------


def tags(*plans: Plan) -> "dict[str, object]":
    found: dict[str, object] = json.loads(page([("", [(each.target, each) for each in plans])]))
    return found


def test_every_target_has_a_tag_and_general_ones_are_in_the_index() -> None:
    told = tags(V3, V4, ZEN, ARM)
    assert told["repository"] == "heat"
    assert [each["tag"] for each in told["tags"]] == [  # type: ignore[attr-defined]
        "1.0-x86_64_v3",
        "1.0-x86_64_v4",
        "1.0-zen4",
        "1.0-neoverse_v1",
    ]
    assert told["indexes"] == [
        {
            "tag": "1.0",
            "images": [
                {"platform": "linux/amd64", "tag": "1.0-x86_64_v3"},
                {"platform": "linux/amd64/v3", "tag": "1.0-x86_64_v3"},
                {"platform": "linux/amd64/v4", "tag": "1.0-x86_64_v4"},
            ],
        }
    ]


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=20))
def test_tags_are_what_registries_take(version: str, choices: str) -> None:
    from re import fullmatch

    assert fullmatch(r"[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}", tag(plan(version=version), choices))


# ---- pages ---------------------------------------------------------------------------------------


def test_the_page_says_what_each_file_is_and_how_to_use_it() -> None:
    shown = text(made(V3).leaves[0], "README.md")
    for sentence in (
        "# heat 1.0 for x86_64_v3",
        "| `heat.dockerfile` | A recipe. |",
        "```sh\ndockerfile build heat\n```",
        "```sh\nenvc compile --check heat.envc\n```",
        f"```sh\nsha256sum -c {RECORD}\n```",
        f"`{V3.closure}`",
        "`-march=x86-64-v3`",
        "`inputs/warm.patch`",
    ):
        assert sentence in shown


@given(st.text())
def test_somebodys_words_stay_words(summary: str) -> None:
    (leaf,) = made(replace(V3, summary=summary, license=summary)).leaves
    lines = text(leaf, "README.md").splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert len(headings) == 6
    assert "\n" not in prose(summary)


def test_uses_of_several_lines_stay_in_their_fence() -> None:
    class Odd(Toy):
        def files(self, plan: Plan) -> tuple[File, ...]:
            return (File("a", "a\n", "A | b ` c", "echo '```'\necho 2"),)

    tree = make(jobs(V3, formats=("guix",)), Odd, "heat.envc")
    assert isinstance(tree, Tree)
    shown = text(tree.leaves[0], "README.md")
    assert "````sh\necho '```'\necho 2\n````" in shown
    assert "| `a` | A \\| b \\` c |" in shown
