"""Whatever is read: readers answer, what they find has no mistakes, and nothing of it runs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.check import check_source
from envc.diagnostics.model import Severity
from envc.importing import formats
from envc.importing.found import Found, Refused
from envc.importing.writing import write
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import parse

SAMPLES = Path(__file__).parent / "samples"
LINES = sorted({line for path in SAMPLES.iterdir() for line in path.read_text().splitlines()})
BEGINNINGS = {
    "dockerfile": "FROM debian:12\n",
    "singularity": "Bootstrap: docker\nFrom: debian:12\n%post\n",
    "conda": "dependencies:\n",
    "spack": "spack:\n  specs:\n",
    "easyconfig": "name = 'a'\nversion = '1'\neasyblock = 'CMakeMake'\n",
    "hpccm": "Stage0 += baseimage(image='debian:12')\n",
}
each_format = pytest.mark.parametrize("form", formats.FORMATS)


def holds(form: str, text: str) -> None:
    found = formats.read(Source("given", text), form)
    if isinstance(found, Refused):
        assert found.line >= 1
        assert found.message
        return
    assert all(note.line >= 1 for note in found.notes)
    made = write(found, "given").spec
    source = Source("made.envc", made)
    told = check_source(source).diagnostics
    assert [each.message for each in told if each.rule.severity is Severity.ERROR] == []
    assert layout(parse(source).file) == made


words = st.text("aZ09-_=@+~^%:.,/ \t\"'`\\${}()[]<>|&;#!*?é\n", max_size=80)


@each_format
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=200))
def test_any_text_is_answered(form: str, text: str) -> None:
    holds(form, text)


@each_format
@settings(max_examples=80, deadline=None)
@given(
    lines=st.lists(
        st.one_of(st.sampled_from(LINES), words, st.builds("  - {}".format, words)), max_size=8
    )
)
def test_lines_of_files_in_any_order_are_answered(form: str, lines: list[str]) -> None:
    holds(form, BEGINNINGS[form] + "\n".join(lines) + "\n")


@each_format
def test_half_a_file_is_answered(form: str) -> None:
    for path in sorted(SAMPLES.iterdir()):
        text = path.read_text()
        if formats.recognised(Source(path.name, text)) == form:
            for part in range(1, 8):
                holds(form, text[: len(text) * part // 8])


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("easyconfig", "name = " + "(" * 5000 + ")" * 5000),
        ("easyconfig", "name = " + "-" * 50_000 + "1"),
        ("easyconfig", "name = 'a'\nversion = '1'\n" + "name = name + name\n" * 60),
        ("easyconfig", "name = '%1000000000d' % 1\nversion = '1'\n"),
        ("hpccm", "Stage0 += f(a='{:>1000000000}'.format(1))\n"),
        ("hpccm", "Stage0 += f(a='a' * 10 ** 10)\n"),
        ("conda", "dependencies: " + "[" * 5000),
        ("conda", "a: &a [x, x]\n" + "".join(f"b{n}: &b [*{'a' if not n else 'b'}, *b]\n"
                                              for n in range(1)) + "dependencies: [*a]\n"),
        ("conda", "dependencies: &a [*a]\n"),
        ("conda", "a0: &a0 [x]\n"
                  + "".join(f"a{n}: &a{n} [{f'*a{n - 1}, ' * 9}]\n" for n in range(1, 12))
                  + "dependencies: *a11\n"),
        ("conda", "dependencies: [!!python/object/apply:os.system ['touch ran']]\n"),
        ("dockerfile", "FROM a\nRUN " + "$(" * 20_000 + "\n"),
        ("dockerfile", "FROM a\n" + "RUN a \\\n" * 20_000),
        ("singularity", "Bootstrap: docker\n%post\n" + "(" * 20_000),
    ],
)  # fmt: skip
def test_what_is_made_to_hurt_is_answered(
    form: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    holds(form, text)
    assert os.listdir(tmp_path) == []


def test_the_same_file_gives_the_same_spec_whatever_python_hashes(tmp_path: Path) -> None:
    script = (
        "import sys; from envc.cli import main\nfor path in sys.argv[1:]: main(['import', path])"
    )
    said = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, sorted(SAMPLES.iterdir()))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert done.stdout
        said.add(done.stdout + done.stderr)
    assert len(said) == 1


PACKAGES = {
    "libhdf5-openmpi-dev": ("hdf5", (("mpi", "yes"),)),
    "libfftw3-single3": ("fftw", (("precision", "float"),)),
    "gfortran": ("gcc", (("fortran", "yes"),)),
    "libopenmpi-dev": ("openmpi", ()),
    "libnova-dev": ("debian/libnova-dev", ()),
    "python3-numpy": ("python-numpy", ()),
}


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from(sorted(PACKAGES)), unique=True, min_size=1),
    st.dictionaries(
        st.from_regex(r"X[A-Z]{1,5}", fullmatch=True), st.text("ab {}", max_size=9), max_size=3
    ),
    st.lists(st.text("ab-.'{} \"", min_size=1, max_size=9).filter(str.strip), max_size=3),
)
def test_what_a_plain_dockerfile_says_is_carried_whole(
    packages: list[str], variables: dict[str, str], arguments: list[str]
) -> None:
    """Few instructions, all of them known: nothing is lost and there is no note."""
    from json import dumps

    from envc.facts.command import split_command

    lines = ["FROM debian:12", f"RUN apt-get update && apt-get install -y {' '.join(packages)}"]
    lines += [f'ENV {name}="{value}"' for name, value in variables.items()]
    lines += [f"CMD {dumps(['prog', *arguments])}"]
    found = formats.read(Source("Dockerfile", "\n".join(lines)), "dockerfile")
    assert isinstance(found, Found)
    assert found.notes == []
    assert {(each.name, each.choices) for each in found.wanted} == {
        PACKAGES[each] for each in packages
    }
    told = {each.key: each.value.replace("{{", "{").replace("}}", "}") for each in
            found.environment}  # fmt: skip
    assert told == variables
    assert found.command is not None
    split = split_command(found.command.text)
    assert isinstance(split, list)
    assert [word.filled({}) for word in split] == ["prog", *arguments]
