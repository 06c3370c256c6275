"""`source pypi`: what indexes say, which file is meant, and its bytes."""

import gzip
import io
import json
import tarfile
import zipfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.sources.asking import World
from envc.sources.pypi.choose import Chosen, choose
from envc.sources.pypi.index import PUBLIC, Listed, indexes, listing, read
from envc.sources.pypi.wheels import Interpreter, ranks
from envc.sources.resolve import Pypi, resolve, serves
from envc.sources.resolved import Resolved
from envc.store.files import url_of
from tests.sources.conftest import Pip
from tests.sources.trees import source

PY312 = Interpreter("3.12.7", "x86_64", (2, 36))
HEX = "ab" * 32


# ---- indexes -------------------------------------------------------------------------------------

HTML = f"""\
<!DOCTYPE html>
<html><head><base href="https://files.example.org/d/"></head><body>
<a href="heat-1.0.tar.gz#sha256={HEX}" data-requires-python="&gt;=3.9">heat-1.0.tar.gz</a>
<a href="https://other.example.org/heat-1.1.tar.gz#md5=00" data-yanked="broken">heat-1.1.tar.gz</a>
<a name="nothing">no file</a>
</body></html>
"""
JSON = {
    "meta": {"api-version": "1.1"},
    "name": "heat",
    "files": [
        {
            "filename": "heat-1.0.tar.gz",
            "url": "https://files.example.org/d/heat-1.0.tar.gz",
            "hashes": {"sha256": HEX},
            "requires-python": ">=3.9",
            "yanked": False,
            "size": 7,
        },
        {
            "filename": "heat-1.1.tar.gz",
            "url": "https://other.example.org/heat-1.1.tar.gz",
            "hashes": {},
            "requires-python": None,
            "yanked": "broken",
        },
    ],
}
PAGE = "https://index.example.org/simple/heat/"
FIRST = Listed(
    "heat-1.0.tar.gz",
    "https://files.example.org/d/heat-1.0.tar.gz",
    f"sha256:{HEX}",
    python=">=3.9",
)
SECOND = Listed("heat-1.1.tar.gz", "https://other.example.org/heat-1.1.tar.gz", yanked=True)


def test_html_and_json_say_the_same() -> None:
    assert read(HTML.encode(), PAGE) == (FIRST, SECOND)
    assert read(json.dumps(JSON).encode(), PAGE) == (FIRST._replace(size=7), SECOND)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"not a page",
        b"{",
        b"{}",
        b'{"files": 3}',
        b'{"files": [{"filename": "../x", "url": "x", "hashes": {}}]}',
        b'<a href="file:///etc/passwd">x</a>',
        b'<a href="ftp://example.org/x">x</a>',
    ],
)
def test_what_is_no_page(data: bytes) -> None:
    assert isinstance(read(data, PAGE), Problem)


@given(
    st.binary(max_size=60) | st.text(alphabet='<a href="x">{}[]:,&#;', max_size=60).map(str.encode)
)
def test_no_page_raises(data: bytes) -> None:
    read(data, PAGE)


@pytest.mark.parametrize(
    ("environ", "asked"),
    [
        ({}, (PUBLIC,)),
        ({"PIP_INDEX_URL": "https://a"}, ("https://a",)),
        ({"ENVC_PYPI_INDEX": "https://b file:///c", "PIP_INDEX_URL": "https://a"},
         ("https://b", "file:///c")),
    ],
)  # fmt: skip
def test_which_indexes_are_asked(environ: dict[str, str], asked: tuple[str, ...]) -> None:
    assert indexes(environ) == asked


# ---- choosing ------------------------------------------------------------------------------------


def files(*names: str, yanked: bool = False, python: str = "") -> list[Listed]:
    return [Listed(name, f"https://x/{name}", yanked=yanked, python=python) for name in names]


def chosen(found: Chosen | Problem) -> str:
    assert isinstance(found, Chosen), found
    return found.file.name


SDISTS = files("heat-1.0.tar.gz", "heat-1.2.tar.gz", "heat-1.10.tar.gz", "heat-2.0rc1.tar.gz")


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("1.0", "heat-1.0.tar.gz"),
        ("1.0:1.5", "heat-1.2.tar.gz"),
        ("1.0:", "heat-1.10.tar.gz"),
        ("=2.0rc1", "heat-2.0rc1.tar.gz"),
    ],
)
def test_the_newest_in_the_range(wanted: str, name: str) -> None:
    assert chosen(choose("heat", wanted, "sdist", SDISTS)) == name
    assert chosen(choose("heat", wanted, "sdist", reversed(SDISTS))) == name


def test_yanked_files_are_for_who_asks_for_them() -> None:
    offered = [*SDISTS, *files("heat-1.11.tar.gz", yanked=True)]

    assert chosen(choose("heat", "1.0:1.99", "sdist", offered)) == "heat-1.10.tar.gz"
    assert chosen(choose("heat", "=1.11", "sdist", offered)) == "heat-1.11.tar.gz"


WHEELS = (
    "heat-1.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "heat-1.0-cp312-cp312-manylinux_2_28_x86_64.whl",
    "heat-1.0-cp312-cp312-manylinux_2_38_x86_64.whl",
    "heat-1.0-cp312-cp312-musllinux_1_2_x86_64.whl",
    "heat-1.0-cp312-cp312-manylinux_2_28_aarch64.whl",
    "heat-1.0-cp311-cp311-manylinux_2_28_x86_64.whl",
    "heat-1.0-cp39-abi3-manylinux_2_28_x86_64.whl",
    "heat-1.0-py3-none-any.whl",
    "heat-1.0-1-py3-none-any.whl",
    "heat-1.0-cp312-cp312-win_amd64.whl",
    "heat-1.0-cp312-cp312t-manylinux_2_28_x86_64.whl",
    "heat-bad.whl",
)


@pytest.mark.parametrize(
    ("python", "name"),
    [
        (PY312, WHEELS[1]),
        (PY312._replace(glibc=(2, 39)), WHEELS[2]),
        (PY312._replace(glibc=(2, 17)), WHEELS[0]),
        (PY312._replace(machine="aarch64"), WHEELS[4]),
        (PY312._replace(version="3.11.2"), WHEELS[5]),
        (PY312._replace(version="3.10.0"), WHEELS[6]),
        (PY312._replace(version="3.8.0"), WHEELS[8]),
    ],
)
def test_the_best_wheel_for_a_python(python: Interpreter, name: str) -> None:
    offered = files(*WHEELS)

    assert chosen(choose("heat", "1.0", "wheel", offered, python)) == name
    assert chosen(choose("heat", "1.0", "wheel", reversed(offered), python)) == name


def test_a_python_that_a_release_is_not_for() -> None:
    old = files("heat-1.0-py3-none-any.whl", python=">=3.8")
    new = files("heat-1.1-py3-none-any.whl", python=">=3.13")

    assert chosen(choose("heat", "1.0:", "wheel", [*old, *new], PY312)) == old[0].name


@pytest.mark.parametrize(
    ("wanted", "kind", "offered", "message", "advice"),
    [
        ("3.0", "sdist", SDISTS, "heat has no version 3.0",
         "the newest are `1.2`, `1.10` and `2.0rc1`"),
        ("1.0", "wheel", SDISTS, "heat@1.0 has no wheel that can be used",
         'it has the other kind: write `kind "sdist"`'),
        ("1.0", "sdist", [], "heat has no file", ""),
        ("1.0", "sdist", files("heater-1.0.tar.gz"), "heat has no file", ""),
    ],
)  # fmt: skip
def test_nothing_to_choose(
    wanted: str, kind: str, offered: list[Listed], message: str, advice: str
) -> None:
    python = PY312 if kind == "wheel" else None

    assert choose("heat", wanted, kind, offered, python) == Problem(message, advice)


def test_tags_are_those_of_the_python_that_is_told() -> None:
    from packaging.tags import Tag

    best = next(iter(ranks(PY312)))

    assert best == Tag("cp312", "cp312", "manylinux_2_36_x86_64")
    assert Tag("py3", "none", "any") in ranks(PY312)
    assert Tag("cp312", "cp312", "manylinux_2_37_x86_64") not in ranks(PY312)


# ---- bytes ---------------------------------------------------------------------------------------


def sdist(text: bytes = b"x") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        info = tarfile.TarInfo("heat-1.0/PKG-INFO")
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
    return gzip.compress(file.getvalue(), mtime=0)


def wheel() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("heat.py"), "")
    return file.getvalue()


def index(folder: Path, data: bytes, said: str) -> Pypi:
    """A folder that is an index of one file, with a hash that may be wrong."""
    (folder / "simple" / "heat").mkdir(parents=True)
    (folder / "heat-1.0.tar.gz").write_bytes(data)
    page = f'<a href="../../heat-1.0.tar.gz{said}">heat-1.0.tar.gz</a>'
    (folder / "simple" / "heat" / "index.html").write_text(page)
    return Pypi((url_of(str(folder / "simple")),))


HEAT = source("pypi", "Heat", versions="=1.0")


@pytest.mark.parametrize("said", [f"#sha256={sha256(sdist()).hexdigest()}", ""])
def test_an_sdist(world: World, tmp_path: Path, said: str) -> None:
    found = resolve(HEAT, world, pypi=index(tmp_path, sdist(), said))

    assert isinstance(found, Resolved), found
    assert (found.name, found.version, found.file) == ("heat-1.0", "1.0", "heat-1.0.tar.gz")
    assert found.sha256 == f"sha256:{sha256(sdist()).hexdigest()}"
    offline = replace(world, offline=True)
    assert resolve(HEAT, offline, locked=found) == found
    assert isinstance(resolve(HEAT, offline), Problem)


def test_a_wrong_hash_in_the_index(world: World, tmp_path: Path) -> None:
    found = resolve(HEAT, world, pypi=index(tmp_path, sdist(), f"#sha256={HEX}"))

    assert isinstance(found, Problem)
    assert "sent other bytes" in found.message


def test_a_file_that_is_gone(world: World, tmp_path: Path) -> None:
    pypi = index(tmp_path, sdist(), f"#sha256={sha256(sdist()).hexdigest()}")
    (tmp_path / "heat-1.0.tar.gz").unlink()

    found = resolve(HEAT, world, pypi=pypi)

    assert isinstance(found, Problem)
    assert found.message.startswith("heat-1.0.tar.gz could not be fetched")


def test_no_such_project(world: World, tmp_path: Path) -> None:
    pypi = index(tmp_path, sdist(), "")

    found = resolve(source("pypi", "heat3d", versions="1.0"), world, pypi=pypi)

    assert isinstance(found, Problem)
    assert found.message.startswith("`heat3d` could not be looked up")


def test_a_folder_of_files(world: World, tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "heat-1.0-py3-none-any.whl").write_bytes(wheel())
    pypi = Pypi((url_of(str(tmp_path / "wheels")),), PY312)

    found = resolve(source("pypi", "heat", versions="1.0", kind="wheel"), world, pypi=pypi)

    assert isinstance(found, Resolved), found
    assert found.file == "heat-1.0-py3-none-any.whl"


def test_a_wheel_is_for_a_python(world: World, tmp_path: Path) -> None:
    found = resolve(
        source("pypi", "heat", versions="1.0", kind="wheel"), world, pypi=Pypi(("file:///x",))
    )

    assert found == Problem("the wheel of heat depends on a Python, and none is locked")


@pytest.mark.parametrize(
    ("versions", "kind", "python", "served"),
    [
        ("1.0", "wheel", PY312, True),
        ("1.1", "wheel", PY312, False),
        ("1.0", "sdist", PY312, False),
        ("1.0", "wheel", PY312._replace(version="3.13.0"), False),
    ],
)
def test_what_the_lock_still_serves(
    world: World, tmp_path: Path, versions: str, kind: str, python: Interpreter, *, served: bool
) -> None:
    (tmp_path / "heat-1.0-cp312-cp312-manylinux_2_28_x86_64.whl").write_bytes(wheel())
    asked = source("pypi", "heat", versions="1.0", kind="wheel")
    locked = resolve(asked, world, pypi=Pypi((url_of(str(tmp_path)),), PY312))
    assert isinstance(locked, Resolved), locked

    line = source("pypi", "heat", versions=versions, kind=kind)

    assert serves(locked, line, python) is served


def test_the_first_index_answers(tmp_path: Path) -> None:
    """A newer version in a second index, which anybody may have put there, is not taken."""
    for name, version in (("own", "1.0"), ("public", "9.9")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"heat-{version}.tar.gz").write_bytes(sdist())

    found = listing("heat", [url_of(str(tmp_path / name)) for name in ("own", "public")])

    assert not isinstance(found, Problem)
    assert [each.name for each in found] == ["heat-1.0.tar.gz"]


# ---- the real index ------------------------------------------------------------------------------


@pytest.fixture
def real(real_index: tuple[str, ...]) -> Pypi:
    return Pypi(real_index, Interpreter("3.11.2", "x86_64", (2, 28)))


@pytest.mark.slow
def test_what_pip_downloads(world: World, tmp_path: Path, real: Pypi, pip: Pip) -> None:
    pip(
        *("download", "-q", "-d", str(tmp_path), "--no-deps", "--only-binary=:all:"),
        *("--python-version=3.11", "--implementation=cp", "--platform=manylinux_2_28_x86_64"),
        *("--platform=manylinux_2_17_x86_64", "six==1.17.0", "markupsafe==3.0.2"),
    )
    for project, versions in (("six", "=1.17.0"), ("MarkupSafe", "=3.0.2")):
        line = source("pypi", project, versions=versions, kind="wheel")

        found = resolve(line, world, pypi=real)

        assert isinstance(found, Resolved), found
        assert sha256((tmp_path / found.file).read_bytes()).hexdigest() in found.sha256


@pytest.mark.slow
def test_a_real_sdist(world: World, real: Pypi) -> None:
    found = resolve(source("pypi", "six", versions="=1.17.0"), world, pypi=real)

    assert isinstance(found, Resolved), found
    assert (found.file, found.size) == ("six-1.17.0.tar.gz", 34031)
    assert found.swhid == "swh:1:dir:06d75b2068453349f94529b5d491c3f8cdcbb3eb"
