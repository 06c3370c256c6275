"""Our readers against the programs of those whose formats they are."""

import re
from pathlib import Path

import dockerfile as buildkit  # type: ignore[import-not-found]  # compiled, without stubs
import hpccm  # type: ignore[import-untyped]
import hpccm.config  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spython.main.parse.parsers import SingularityParser  # type: ignore[import-untyped]

from envc.importing.dockerfile_lines import Instruction, instructions, listed
from envc.importing.singularity import Definition, parse

SAMPLES = Path(__file__).parent / "samples"
DOCKERFILES = sorted(path for path in SAMPLES.iterdir() if "Dockerfile" in path.name)
DEFINITIONS = sorted(path for path in SAMPLES.glob("*.def") if "\nFrom:" in path.read_text())
"""spython asks for a base that has a name."""
RECIPES = sorted(SAMPLES.glob("*.hpccm"))


def plain(text: str) -> list[str]:
    """Words only: how lines are joined again is each reader's own business."""
    return text.replace("\\\n", " ").split()


def same_as_buildkit(text: str) -> None:
    ours = instructions(text)
    assert isinstance(ours, list)
    theirs = buildkit.parse_string(text)
    assert [each.word for each in ours] == [(each.cmd or "").upper() for each in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert other.start_line <= mine.line <= max(other.end_line, other.start_line)
        assert mine.flags == other.flags
        if mine.word in ("RUN", "CMD", "ENTRYPOINT"):
            given = listed(mine.text)
            assert (given is not None) == other.json
            assert given == list(other.value) if given else plain(mine.text) == plain(
                other.value[0])  # fmt: skip
        assert mine.documents == tuple(each.content for each in other.heredocs)


@pytest.mark.parametrize("path", DOCKERFILES, ids=lambda path: path.name)
def test_instructions_are_those_of_buildkit(path: Path) -> None:
    same_as_buildkit(path.read_text())


PIECES = [
    "RUN", "run", "COPY", "a", "b", "--from=x", '["a", "b"]', "A=1", " ", "#", "# c", "\\", "\\\n",
    "\n", "\n\n", "\n  ", "RUN a \\\n", "ENV a b\n", "# c\n", "&& b", "'x", '"'
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_instructions_are_those_of_buildkit_however_they_are_written(pieces: list[str]) -> None:
    text = "FROM a\n" + " ".join(pieces)
    try:
        theirs = buildkit.parse_string(text)
    except buildkit.GoParseError:
        return
    ours = instructions(text)
    known = [each for each in theirs if (each.cmd or "").upper() in ("FROM", "RUN", "COPY", "ENV")]
    if len(known) < len(theirs):  # BuildKit's parser leaves unknown words to who reads on
        assert not isinstance(ours, list)
        return
    assert isinstance(ours, list)
    assert [each.word for each in ours] == [(each.cmd or "").upper() for each in theirs]
    assert [each.flags for each in ours] == [each.flags for each in theirs]


def test_an_instruction_knows_where_its_text_begins() -> None:
    text = "FROM a\nRUN \\\n\n  # c\n  b \\\n  c\n"
    assert instructions(text) == [
        Instruction("FROM", (), "a", 1, (), 2),
        Instruction("RUN", (), "b \\\n  c", 5, (), 7),
    ]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.name)
def test_sections_are_those_of_spython(path: Path, tmp_path: Path) -> None:
    """spython knows images of Docker alone, so that is what all of them begin with for it."""
    text = path.read_text()
    ours = parse(text)
    assert isinstance(ours, Definition)
    copy = tmp_path / path.name
    copy.write_text(re.sub("(?i)^bootstrap:.*$", "Bootstrap: docker", text, flags=re.MULTILINE))
    theirs = next(iter(SingularityParser(str(copy)).parse().values()))
    found = {each.name: each.text for each in ours.sections}
    post, added = _lines(found.get("post", "")), _lines("\n".join(theirs.install))
    assert post == added[: len(post)]
    # spython adds what is tested, and what is started by several lines, as scripts to be written.
    said = [*added[len(post) :], theirs.cmd or ""]
    for name in ("runscript", "test"):
        for line in _lines(found.get(name, "")):
            assert any(line in each for each in said)
    header = {key: value for key, value, _ in ours.header}
    if "from" in header:
        assert theirs.fromHeader == header["from"]


def _lines(text: str) -> list[str]:
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_the_plain_recipe_is_one_that_hpccm_accepts() -> None:
    """The other one asks for what the environment holds, and for more than hpccm has."""
    hpccm.config.set_linux_distro("ubuntu22")
    text = str(hpccm.recipe(str(SAMPLES / "heat.hpccm"), single_stage=True))
    assert "openmpi-4.1.4" in text
    assert "libsz2" in text
