"""An engine is given the packages of the store, as a mirror would give them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from envc.engines import packages
from envc.facts.problem import Problem
from envc.plan.model import Plan, Root
from envc.store.content import of_bytes
from envc.store.objects import Store
from tests.compile.plans import PLAN, deb

NAMES = ("libc6", "libstdc++6")

# The address follows from the packages: two tests of the same ones at once would each want it.
pytestmark = pytest.mark.xdist_group("packages")


def data(name: str) -> bytes:
    return f"the package {name}\n".encode() * 1000


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(str(tmp_path / "store"))
    for name in NAMES:
        found.add(data(name))
    return found


@pytest.fixture
def plan() -> Plan:
    debs = tuple(
        replace(deb(name), sha256=of_bytes(data(name)).digest.removeprefix("sha256:"))
        for name in NAMES
    )
    return replace(PLAN, build=Root(debs), run=Root(debs[:1]))


@pytest.fixture
def found(plan: Plan, store: Store) -> packages.Packages:
    made = packages.packages(plan, store)
    assert not isinstance(made, Problem)
    return made


@pytest.fixture
def mirror(found: packages.Packages) -> Iterator[str]:
    with packages.served(found) as address:
        yield address


def test_each_package_is_under_its_path_in_the_archive(mirror: str, plan: Plan) -> None:
    assert plan.build is not None
    for each in plan.build.debs:
        # As apt asks for it.
        path = each.path.replace("+", "%2b")
        with urlopen(f"{mirror}/{path}", timeout=30) as answer:
            assert answer.read() == data(each.name)


@pytest.mark.parametrize("path", ["", "pool/main/l/less/less_1_amd64.deb", "../../etc/passwd"])
def test_there_is_nothing_else(mirror: str, path: str) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{mirror}/{path}", timeout=30)
    assert refused.value.code == 404
    refused.value.close()


def test_only_this_machine_can_ask(mirror: str) -> None:
    assert mirror.startswith("http://127.0.0.1:")


def test_the_address_is_the_same_for_the_same_packages(found: packages.Packages) -> None:
    """Or engines would build again what they have."""
    addresses = []
    for _ in range(2):
        with packages.served(found) as address:
            addresses.append(address)
    assert addresses[0] == addresses[1]


def test_two_at_once_have_an_address_each(found: packages.Packages) -> None:
    with packages.served(found) as one, packages.served(found) as other:
        assert one != other
        for each in (one, other):
            with urlopen(f"{each}/{next(iter(found))}", timeout=30) as answer:
                assert answer.status == 200


def test_a_package_that_the_store_lacks_is_named(plan: Plan, tmp_path: Path) -> None:
    empty = Store(str(tmp_path / "empty"))
    said = packages.packages(plan, empty)
    assert said == Problem("`libc6` is not in the store", "`envc fetch` brings it")


def test_they_can_be_shown_as_files(found: packages.Packages, tmp_path: Path) -> None:
    packages.lay_out(found, str(tmp_path / "shown"))
    for name, path in found.items():
        assert (tmp_path / "shown" / name).read_bytes() == Path(path).read_bytes()
