"""What the editor is told, asked of the pure functions. `|` in a text is the cursor."""

import pytest

from envc import library
from envc.check import check_source
from envc.editor import answers, completion, hover, navigation, quickfix, symbols
from envc.editor.document import Document, offset, position
from envc.editor.offers import MOST_OFFERED, Known
from envc.source import Source, Span

SPEC = """\
envc 1

targets tier1 = zen2, zen4

toolchain gnu {
  c, cxx  gcc@13.3
  cuda    cuda@12  when gpu is cuda
}

app one@1.0 {
  summary  "One"
  license  MIT
  source   dir "."
  variant  gpu = none | cuda default none "GPU back end"
  variant  mpi default yes
  using    gnu
  needs    hdf5@1.10: +mpi, fftw
  build cmake {
    SIMD  avx  on has avx2 when gpu is none
    GPU   yes  when gpu is cuda
  }
  matrix {
    target  tier1
    gpu     none, cuda
    skip    when gpu is cuda on zen2
  }
  run demo {
    nodes     2
    memory    16 GiB
    walltime  30 min
    command   "one"
  }
  run later {
    command  "two"
    after    demo
  }
}
"""


def document(text: str) -> Document:
    return Document(Source("/nowhere/a.envc", text))


def known(text: str) -> Known:
    checked = check_source(Source("/nowhere/a.envc", text))
    return Known(checked.file, checked.spec, library.standard(), ("sites/adastra",))


def at(marked: str) -> tuple[Document, int]:
    place = marked.index("|")
    return document(marked[:place] + marked[place + 1 :]), place


def written(line: str, behind: str) -> tuple[Document, int]:
    """The spec with a line put in behind another; the cursor is at its end."""
    place = SPEC.index("\n", SPEC.index(behind)) + 1
    text = SPEC[:place] + line + "\n" + SPEC[place:]
    return document(text), place + len(line)


def offered(line: str, behind: str) -> set[str]:
    doc, place = written(line, behind)
    return {item.text for item in completion.complete(doc, place, known(doc.text)).items}


# ---- completion ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "behind", "among", "not_among"),
    [
        ("", "envc 1", {"app", "site", "targets"}, {"needs", "when"}),
        ("  ", 'summary  "One"', {"needs", "build", "license"}, {"app", "partition"}),
        ("  bu", 'summary  "One"', {"build"}, {"app"}),
        ("  using ", 'summary  "One"', {"gnu"}, {"when"}),
        ("  build ", 'summary  "One"', {"cmake", "shell"}, {"needs"}),
        ("  source ", 'summary  "One"', {"git", "tar"}, {"zen4"}),
        ('  source git "x" ', 'summary  "One"', {"tag", "commit"}, {"strip"}),
        ("  emit ", 'summary  "One"', {"slurm", "dockerfile"}, {"zen4"}),
        ("  targets ", 'summary  "One"', {"zen4", "tier1"}, {"hdf5"}),
        ("  needs hd", 'summary  "One"', {"hdf5", "fftw"}, {"zen4"}),
        ("  needs debian/libnov", 'summary  "One"', {"debian/libnova-dev"}, {"hdf5"}),
        ("  needs fftw, guix/libnov", 'summary  "One"', {"guix/libnova"}, {"hdf5"}),
        ("  needs hdf5 +", 'summary  "One"', {"mpi"}, {"fftw"}),
        ("  needs hdf5@", 'summary  "One"', set(), {"fftw"}),
        ("    jobs 4 ", "build cmake", {"when", "on"}, {"needs"}),
        ("    X y when ", "build cmake", {"gpu", "mpi", "not"}, {"zen4"}),
        ("    X y when gpu is ", "build cmake", {"none", "cuda"}, {"mpi"}),
        ("    X y on ", "build cmake", {"zen4", "tier1", "has", "vendor"}, {"gpu"}),
        ("    X y on has ", "build cmake", {"avx2", "avx512f"}, {"zen4"}),
        ("    X y on vendor ", "build cmake", {"amd", "intel"}, {"zen4"}),
        ("    X y on zen2..", "build cmake", {"zen4"}, {"hdf5"}),
        ("    ", "run demo", {"tasks", "gpus", "walltime"}, {"cflags", "when"}),
        ("    tasks 8 ", "run demo", {"per"}, {"GiB"}),
        ("    tasks 8 per ", "run demo", {"node"}, {"task"}),
        ("    memory 16 ", "run demo", {"GiB", "per"}, {"min"}),
        ("    walltime 30 ", "run demo", {"min", "h"}, {"GiB"}),
        ("    launch ", "run demo", {"plain", "mpi_hybrid"}, {"node"}),
        ("    after ", "run later", {"demo"}, {"node"}),
        ("    gpu ", "  matrix", {"none", "cuda"}, {"zen4"}),
        ("use ", "envc 1", {"sites/adastra"}, {"app"}),
    ],
)
def test_completion(line: str, behind: str, among: set[str], not_among: set[str]) -> None:
    found = offered(line, behind)
    assert among <= found
    assert not found & not_among


def test_completion_replaces_what_is_written() -> None:
    doc, place = written("  using gn", 'summary  "One"')
    offer = completion.complete(doc, place, known(doc.text))
    assert doc.text[offer.start : place] == "gn"


@pytest.mark.parametrize("line", ["  # need", '  homepage "htt'])
def test_nothing_is_offered_in_comments_and_texts(line: str) -> None:
    assert offered(line, 'summary  "One"') == set()


def test_completion_of_sites() -> None:
    text = "envc 1\n\nsite a {\n  scheduler |\n}\n"
    doc, place = at(text)
    found = {item.text for item in completion.complete(doc, place, known(doc.text)).items}
    assert {"slurm", "oar"} <= found
    doc, place = at("envc 1\n\nsite a {\n  partition p {\n    |\n  }\n}\n")
    found = {item.text for item in completion.complete(doc, place, known(doc.text)).items}
    assert {"cores", "memory", "target"} <= found


def test_completion_anywhere_in_a_broken_file_does_not_fail() -> None:
    broken = SPEC.replace("}", "", 2).replace("=", "", 1).replace('"', "", 1)
    for place in range(0, len(broken), 3):
        doc = document(broken[:place])
        completion.complete(doc, place, known(doc.text))


# ---- hover ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("zen4", "-march=znver4"),
        ("tier1", "zen4"),
        ("hdf5", "package `hdf5`"),
        ("gpu =", "GPU back end"),
        ("using", "The toolchain."),
        ("gnu\n", "gcc@13.3"),
        ("memory ", "Memory in all"),
        ("summary", "One line"),
    ],
)
def test_hover(word: str, said: str) -> None:
    found = hover.hover(document(SPEC), SPEC.index(word) + 1, known(SPEC))
    assert found is not None
    assert said in found.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("debian/libnova-dev", "* 0.16 in trixie"),
        ("guix/libnova", "Celestial mechanics"),
    ],
)
def test_hover_of_a_direct_name(name: str, said: str) -> None:
    text = SPEC.replace("hdf5@1.10: +mpi", name)
    found = hover.hover(document(text), text.index(name) + 1, known(text))
    assert found is not None
    assert said in found.text


def test_names_of_a_provider_are_offered_in_part() -> None:
    doc, place = written("  needs debian/l", 'summary  "One"')
    offer = completion.complete(doc, place, known(doc.text))
    assert len(offer.items) == MOST_OFFERED
    assert answers.completion(doc.source, offer, place).is_incomplete


def test_nothing_is_said_of_numbers_and_blanks() -> None:
    for text in ("16 GiB", "  c, cxx"):
        assert hover.hover(document(SPEC), SPEC.index(text) + 1, known(SPEC)) is None


# ---- navigation ----------------------------------------------------------------------------------


def defined(word: str) -> str:
    spec = check_source(Source("/nowhere/a.envc", SPEC)).spec
    doc = document(SPEC)
    place = SPEC.rindex(word)
    found = navigation.definition(doc, place, spec, library.standard(), library.Beside())
    assert found is not None
    return f"{found.source.name}:{found.source.line(found.source.position(found.span.start).line)}"


@pytest.mark.parametrize(
    ("word", "where"),
    [
        ("gpu is cuda on", "/nowhere/a.envc:  variant  gpu = none"),
        ("gnu", "/nowhere/a.envc:toolchain gnu {"),
        ("tier1", "/nowhere/a.envc:targets tier1"),
        ("demo", "/nowhere/a.envc:  run demo {"),
        ("hdf5", "envc:packages/hdf5.envc:package hdf5 {"),
        ("mpi, fftw", "envc:packages/hdf5.envc:"),
    ],
)
def test_definition(word: str, where: str) -> None:
    assert defined(word).startswith(where)


def renamed(word: str, name: str) -> str:
    found = navigation.rename(document(SPEC), SPEC.index(word), name)
    assert not isinstance(found, navigation.Refusal), found
    text = SPEC
    for span in reversed(found):
        text = text[: span.start] + name + text[span.end :]
    return text


@pytest.mark.parametrize("word", ["gpu =", "gnu {", "tier1 =", "demo {", "one@1.0"])
def test_rename_keeps_what_the_file_says(word: str) -> None:
    text = renamed(word, "another-name")
    assert check_source(Source("a.envc", text)).diagnostics == check_old()
    old = word.split("@", maxsplit=1)[0].split(maxsplit=1)[0]
    back = navigation.rename(document(text), text.index("another-name"), old)
    assert not isinstance(back, navigation.Refusal)
    for span in reversed(back):
        text = text[: span.start] + old + text[span.end :]
    assert text == SPEC


def check_old() -> tuple[object, ...]:
    return check_source(Source("a.envc", SPEC)).diagnostics


def test_rename_of_a_variant_reaches_its_toolchain() -> None:
    text = renamed("gpu =", "device")
    assert "cuda@12  when device is cuda" in text
    assert "gpu" not in text


@pytest.mark.parametrize(
    ("word", "name", "why"),
    [
        ("gpu =", "mpi", "already"),
        ("gpu =", "two words", "not a name"),
        ("hdf5", "hdf6", "elsewhere"),
        ("zen4", "zen9", "only names that this file declares"),
    ],
)
def test_rename_is_refused(word: str, name: str, why: str) -> None:
    found = navigation.rename(document(SPEC), SPEC.index(word), name)
    assert isinstance(found, navigation.Refusal)
    assert why in found.why


def test_rename_is_refused_where_a_toolchain_is_shared() -> None:
    second = "\napp two@1 {\n  variant gpu = none | cuda\n  using gnu\n}\n"
    found = navigation.rename(document(SPEC + second), SPEC.index("gpu ="), "device")
    assert isinstance(found, navigation.Refusal)
    assert "`two`" in found.why


# ---- the rest ------------------------------------------------------------------------------------


def test_symbols() -> None:
    found = symbols.symbols(document(SPEC).file)
    assert [(each.name, each.detail) for each in found] == [
        ("tier1", "targets"),
        ("gnu", "toolchain"),
        ("one", "app"),
    ]
    assert [each.name for each in found[2].below] == ["gpu", "mpi", "demo", "later"]


def test_quick_fix() -> None:
    source = Source("a.envc", SPEC.replace("build cmake", "biuld cmake"))
    place = source.text.index("biuld")
    found = quickfix.fixes(source, check_source(source).diagnostics, Span(place, place))
    assert [each.title for each in found] == ["Replace `biuld` with `build`"]
    assert quickfix.fixes(source, check_source(source).diagnostics, Span(0, 0)) == []


def test_positions_are_counted_in_utf16() -> None:
    source = Source("a.envc", 'envc 1\n# é😀x\n"😀" y\n')
    for place in range(len(source.text) + 1):
        assert offset(source, *position(source, place)) == place
    assert position(source, source.text.index("x\n")) == (1, 5)
    assert offset(source, 1, 99) == source.text.index("\n", 10)
    assert offset(source, 99, 0) == len(source.text)
