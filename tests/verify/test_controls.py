"""What is planted is found, and its cause is named; what is repaired comes out the same."""

import pytest

from envc.verify.report import Verdict
from tests.verify.conftest import CONTROLS, Verify

KEPT_ALIKE = {"build-path", "compiled-date", "hash-order", "locale-sort", "umask"}
"""What comes out the same by envc's own care."""
REPAIRED = {
    "archive-header", "coverage", "file-order", "gzip-time", "lto-seed", "native-code",
}  # fmt: skip
"""What only the spec or the source can repair: the app of the same name with `-fixed`."""

pytestmark = [
    pytest.mark.xdist_group("builder"),
    pytest.mark.tool("qemu-x86_64-static"),
    pytest.mark.slow,
]


def causes(verdict: Verdict) -> set[str]:
    return {each.cause for file in verdict.differences for each in file.causes}


def test_each_control_is_of_one_kind() -> None:
    assert {each.name for each in CONTROLS.iterdir() if each.is_dir()} == KEPT_ALIKE | REPAIRED


@pytest.mark.parametrize("name", sorted(KEPT_ALIKE))
def test_without_care_each_is_found_and_explained(name: str, verify: Verify) -> None:
    """Without envc's care, new files also have the rights that each umask leaves."""
    verdict = verify(name, unprotected=True)
    assert not verdict.is_good
    assert causes(verdict) == {name, "umask"}
    assert all(file.causes for file in verdict.differences)


@pytest.mark.parametrize("name", sorted(KEPT_ALIKE))
def test_with_care_these_come_out_the_same(name: str, verify: Verify) -> None:
    verdict = verify(name)
    assert (verdict.differences, verdict.is_good) == ((), True)


@pytest.mark.parametrize("name", sorted(REPAIRED))
def test_with_care_these_are_found_still(name: str, verify: Verify) -> None:
    verdict = verify(name)
    (file,) = verdict.differences
    assert [each.cause for each in file.causes] == [name]
    assert file.path.startswith(f"opt/{name}/bin/")


@pytest.mark.parametrize("name", sorted(REPAIRED))
def test_the_fix_that_is_named_repairs_them(name: str, verify: Verify) -> None:
    verdict = verify(f"{name}-fixed")
    assert (verdict.differences, verdict.is_good) == ((), True)


def test_more_rounds_are_more_worlds(verify: Verify) -> None:
    verdict = verify("umask", rounds=3)
    assert len(verdict.layers) == 3
    assert verdict.is_good
    days = next(each.values for each in verdict.varied if each.what == "clock")
    assert len({day[:4] for day in days}) == 3


def test_what_cannot_be_varied_is_told(verify: Verify) -> None:
    told = {each.what for each in verify("umask").fixed}
    assert {"kernel", "packages"} <= told
    assert not told & {"CPU", "clock", "files"}
