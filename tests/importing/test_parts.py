"""The small readers that formats share, each by itself."""

import ast

import pytest

from envc.importing import compiler_options, conda_names, pieces, ranges, shell
from envc.importing.command_text import command_text
from envc.importing.debian_entries import entries
from envc.importing.easyconfig_words import TEMPLATE_CONSTANTS, templates
from envc.importing.formats import FORMATS, read
from envc.importing.found import Found, Note, Refused, Wanted
from envc.importing.packages import Asked, want
from envc.importing.python_constants import UNKNOWN, value
from envc.importing.requirements import require
from envc.importing.script import Script
from envc.importing.spack_specs import SpackSpec, parse
from envc.importing.tables import names
from envc.importing.writing import write
from envc.library import standard
from envc.source import Source


@pytest.mark.parametrize(
    ("form", "text", "line", "part"),
    [
        ("dockerfile", "", 1, "no `FROM`"),
        ("dockerfile", "# c\n\nRUN a\nFROM b\n", 3, "before the first `FROM`"),
        ("dockerfile", "FROM a\nRNU b\n", 2, "`RNU` is no instruction"),
        ("dockerfile", "FROM\n", 1, "names no image"),
        ("singularity", "%post\n", 1, "no `Bootstrap:`"),
        ("singularity", "Bootstrap: docker\n%pots\n", 2, "`%pots` is no section"),
        ("singularity", "Bootstrap: docker\nfrom debian\n", 2, "no line of a header"),
        ("conda", "name: x\n", 1, "no `dependencies:`"),
        ("conda", "a: [b\nc: d\n", 2, "no YAML"),
        ("conda", "", 1, "holds nothing"),
        ("spack", "specs: []\n", 1, "no `spack:`"),
        ("easyconfig", "name = 'a'\n", 1, "no `name` and `version`"),
        ("easyconfig", "x = 1\nname = (\n", 2, "no Python"),
        ("easyconfig", "version = '1'\nname = f()\n", 2, "no plain text"),
        ("hpccm", "x = 1\n", 1, "nothing is added"),
    ],
)
def test_what_is_something_else_is_refused_where_it_shows(
    form: str, text: str, line: int, part: str
) -> None:
    refused = read(Source("given", text), form)
    assert isinstance(refused, Refused)
    assert (refused.line, part in refused.message) == (line, True), refused


def test_every_alias_names_a_package_and_choices_of_it() -> None:
    shelf = standard()
    tables = (names.DEBIAN, names.CONDA, names.SPACK, names.EASYBUILD, names.PYPI, names.YUM,
              names.TOOLCHAINS)  # fmt: skip
    for listed in {text for table in tables for text in table.values()}:
        for each in listed.split(", "):
            name, *choices = each.split(" ")
            signature = shelf.signature(name)
            assert signature is not None, name
            for choice in choices:
                key, _, said = choice.partition("=")
                assert said in signature.variants[key].choices


def test_aliases_are_in_small_letters_as_they_are_looked_up() -> None:
    for table in (names.CONDA, names.SPACK, names.EASYBUILD, names.TOOLCHAINS, names.PROPRIETARY):
        assert [each for each in table if each != each.lower()] == []


@pytest.mark.parametrize(
    ("debian", "package", "choices"),
    [
        ("libhdf5-dev", "hdf5", ()),
        ("libhdf5-openmpi-dev", "hdf5", (("mpi", "yes"),)),
        ("libhdf5-openmpi-fortran-310", "hdf5", (("fortran", "yes"), ("mpi", "yes"))),
        ("libfftw3-long3", "fftw", (("precision", "long_double"),)),
        ("libopenblas0-openmp", "openblas", (("threads", "openmp"),)),
    ],
)
def test_debian_packages_belong_to_packages_with_choices(
    debian: str, package: str, choices: tuple[tuple[str, str], ...]
) -> None:
    entry = entries()[debian]
    assert (entry.package, entry.choices) == (package, choices)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">=1.24,<2", "1.24:1"),
        ("== 1.2", "=1.2"),
        ("~=1.4.2", "1.4.2:1.4"),
        ("1.2.*", "1.2"),
        ("!=1.0", None),
        (">1.0", None),
        ("nonsense version", None),
        ("9" * 500, None),
    ],
)
def test_ranges_are_those_of_envc_or_none(text: str, expected: str | None) -> None:
    assert ranges.read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fftw", Wanted("fftw", 1)),
        ("fftw=3.3", Wanted("fftw", 1, "3.3")),
        ("fftw==3.3.10", Wanted("fftw", 1, "=3.3.10")),
        ("fftw 3.3.10 nompi_abc", Wanted("fftw", 1, "=3.3.10")),
        ("conda-forge::fftw>=3.3,<4=mpi_mpich_*", Wanted("fftw", 1, "3.3:3", (("mpi", "yes"),))),
        ("fftw[version='>=3.3', build='mpi_*']", Wanted("fftw", 1, "3.3:", (("mpi", "yes"),))),
        ("gfortran_linux-64", Wanted("gcc", 1, "", (("fortran", "yes"),))),
        ("h5py", Wanted("python-h5py", 1)),
        ("r-base=4.2", Wanted("r", 1, "4.2")),
    ],
)
def test_names_of_conda(text: str, expected: Wanted) -> None:
    found = Found()
    conda_names.want_conda(found, text, 1)
    assert found.wanted == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hdf5@1.12:+mpi~fortran", [SpackSpec("hdf5", "", "1.12:", (("mpi", "yes"),
                                                                    ("fortran", "no")))]),
        ("a -b c=d,e", [SpackSpec("a", "", choices=(("b", "no"), ("c", "d,e")))]),
        ("a-b %gcc@13 ^c+d", [SpackSpec("a-b", ""), SpackSpec("gcc", "%", "13"),
                              SpackSpec("c", "^", choices=(("d", "yes"),))]),
        ('a cflags="-O3 -g"', [SpackSpec("a", "", flags=(("cflags", "-O3 -g"),))]),
        ("a target=zen3:", [SpackSpec("a", "", target="zen3")]),
        ("a arch=linux-rhel8-zen2", [SpackSpec("a", "", target="zen2")]),
        ("a/abc", [SpackSpec("a", "", left_out=("/abc",))]),
    ],
)  # fmt: skip
def test_specs_of_spack(text: str, expected: list[SpackSpec]) -> None:
    assert parse(text) == expected


@pytest.mark.parametrize("text", ["a ^", "@@", "a %", "a;b"])
def test_what_is_no_spec_of_spack_is_refused(text: str) -> None:
    assert isinstance(parse(text), Refused)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("a b", [("a", "b")]),
        ("a 'b c' \"d e\" f\\ g", [("a", "b c", "d e", "f g")]),
        ("V=1; a $V ${V}x ${W:-2} '$V'", [("V=1",), ("a", "1", "1x", "2", "$V")]),
        ("a && b || c | d & e", [("a",), ("b",), ("c",), ("d",), ("e",)]),
        ("a # b\nc", [("a",), ("c",)]),
        ("a \\\n  b", [("a", "b")]),
        ("a > f 2>&1 b", [("a", "b")]),
        ("a <<E\nb\nE\nc", [("a",), ("c",)]),
        ("a $(b (c) d) e", [("a", "$(b (c) d)", "e")]),
    ],
)
def test_words_of_a_shell(script: str, expected: list[tuple[str, ...]]) -> None:
    assert [each.texts for each in shell.commands(script, 1, {})] == expected


def test_commands_of_a_shell_know_their_lines_and_what_they_stand_in() -> None:
    found = list(shell.commands("a\nif b; then\n  c\nfi\nd | e", 10, {}))
    assert [(each.line, each.texts[0], each.nested, each.before) for each in found] == [
        (10, "a", False, ""),
        (12, "c", True, "\n"),
        (14, "d", False, "\n"),
        (14, "e", False, "|"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'a' + \"b\"", "ab"),
        ("[1] + [x]", [1, 2]),
        ("f'{x}.{y}'", "2.z"),
        ("'%s-%s' % (x, y)", "2-z"),
        ("'%(a)s%%' % {'a': y}", "z%"),
        ("'{}{{{b}'.format(x, b=y)", "2{z"),
        ("{'a': [y]}", {"a": ["z"]}),
        ("-1", -1),
        ("x()", UNKNOWN),
        ("'%d' % x", UNKNOWN),
        ("'{:>9}'.format(x)", UNKNOWN),
        ("f'{x:>9}'", UNKNOWN),
        ("'a' * 9", UNKNOWN),
        ("missing", UNKNOWN),
        ("'a' + 1", UNKNOWN),
    ],
)
def test_constants_of_python(text: str, expected: object) -> None:
    node = ast.parse(text, mode="eval").body
    assert value(node, {"x": 2, "y": "z"}) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a/hdf5-1.12.2.tar.gz", ("hdf5", "1.12.2")),
        ("https://a/heat/archive/refs/tags/v1.4.0.tar.gz", ("heat", "1.4.0")),
        ("https://a/hdf5-1_14_3.tar.bz2", ("hdf5", "1.14.3")),
        ("https://a/plain.zip", ("plain", "")),
        ("https://a/x-1.0.tgz?download=1", ("x", "1.0")),
    ],
)
def test_archives_are_named_after_what_they_hold(url: str, expected: tuple[str, str]) -> None:
    assert pieces.is_archive(url)
    assert pieces.named(url) == expected


def test_words_of_commands_are_quoted_as_the_language_wants_them() -> None:
    assert command_text(["a", "b c", "it's", "{x}", '$"']) == "a 'b c' \"it's\" '{{x}}' '$\"'"


@pytest.mark.parametrize(
    ("option", "target"),
    [
        ("-march=znver3", "zen3"),
        ("-march=x86-64-v3", "x86_64_v3"),
        ("-march=skylake-avx512", "skylake_avx512"),
        ("-mcpu=neoverse-n1", "neoverse_n1"),
        ("-march=haswell", "haswell"),
    ],
)
def test_options_that_choose_a_cpu_become_targets(option: str, target: str) -> None:
    found = Found()
    assert compiler_options.without_cpu(found, ["-O3", option], 4) == ["-O3"]
    assert found.targets == [(target, 4)]


def test_what_pip_pins_and_the_library_lacks_keeps_its_pin() -> None:
    found = Found()
    require(found, "numpy==1.26.4", 1)
    require(found, "pandas==2.1.0", 2)
    require(found, "Some_Thing", 3)
    assert [(each.name, each.versions) for each in found.wanted] == [
        ("python-numpy", "=1.26.4"),
        ("pypi/pandas", "=2.1.0"),
        ("pypi/some-thing", ""),
    ]


def test_two_requests_for_one_package_become_one() -> None:
    found = Found()
    want(found, Asked("libhdf5-dev", 1), "debian")
    want(found, Asked("libhdf5-openmpi-dev", 2), "debian")
    want(found, Asked("gfortran-13", 3), "debian")
    want(found, Asked("gcc-14", 4), "debian")
    assert found.wanted == [
        Wanted("hdf5", 1, choices=(("mpi", "yes"),)),
        Wanted("gcc", 3, "13", (("fortran", "yes"),)),
    ]
    assert found.notes == [Note(4, "`gcc` is also asked for as `@14`; `@13` was kept")]


def test_a_fact_that_the_checker_refuses_becomes_a_note() -> None:
    found = Found(name="x", emits=("dockerfile",))
    found.fact("license", "GPLv3", 7)
    found.variable("A-B", "b", 8)
    made = write(found, "f")
    assert "license" not in made.spec.partition("app x")[2]
    assert "env" not in made.spec.partition("app x")[2]
    assert [note.line for note in made.notes] == [7, 8]


def test_libraries_built_on_the_way_become_packages() -> None:
    found = Found()
    script = Script(found)
    script.run(
        "cd /tmp\n"
        "git clone -b 1.0 https://example.org/app.git && cd app && cmake . && make && cd ..\n"
        "wget https://example.org/hdf5-1.14.5.tar.gz && tar xf hdf5-1.14.5.tar.gz\n"
        "cd hdf5-1.14.5 && ./configure --enable-parallel && make install",
        1,
    )
    script.finish()
    assert found.name == "app"
    assert found.wanted == [Wanted("hdf5", 3, "1.14.5", (("mpi", "yes"),))]


def test_a_hash_belongs_to_the_archive_beside_it() -> None:
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for script in (
        f"wget https://e.org/a-1.0.tgz && echo '{digest}  a-1.0.tgz' | sha256sum -c && cmake .",
        f"echo '{digest}  a-1.0.tgz' > sums; wget https://e.org/a-1.0.tgz; cmake .",
    ):
        found = Found()
        reader = Script(found)
        reader.run(script, 1)
        reader.finish()
        assert [each.hashes for each in found.sources] == [(f"sha256:{digest}",)]


def test_templates_of_easybuild_are_all_filled_in() -> None:
    known = templates({"name": "Heat", "version": "1.2.3", "github_account": "x"})
    texts = [each for each in TEMPLATE_CONSTANTS.values() if isinstance(each, str)]
    assert all(each % known for each in texts)


def test_the_command_offers_the_formats_that_there_are() -> None:
    from envc.commands import import_

    assert tuple(FORMATS) == import_._FORMATS
