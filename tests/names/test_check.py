"""What `check` says of names beyond the library."""

import pytest

from envc.check import check_source
from envc.diagnostics.model import Diagnostic
from envc.source import Source

SPEC = 'envc 1\n\napp a@1.0 {{\n  source dir "."\n  needs {{\n{}\n  }}\n}}\n'


def told(*needs: str) -> tuple[Diagnostic, ...]:
    return check_source(Source("a.envc", SPEC.format("\n".join(needs)))).diagnostics


def only(need: str) -> Diagnostic:
    [found] = told(need)
    return found


@pytest.mark.parametrize(
    "need",
    [
        "debian/libqhull-dev",
        "debian/hdf5-tools@1.10",
        "debian/hdf5-tools@1.14: from debian",
        "debian/hdf5-tools@1.14: from debian/trixie",
        "debian/libhdf5-103-1 from debian/bookworm",
        "debian/libstdc++6",
        "debian/linux-image-arm64",
        "guix/qhull",
        "guix/hdf5@1.10",
        "guix/hdf5@1.14 from guix",
        "pypi/whatever-it-is",
    ],
)
def test_names_that_are_there_are_passed(need: str) -> None:
    assert told(need) == ()


@pytest.mark.parametrize(
    "need",
    [
        "debian/nonsense-of-sid from debian/sid",
        "debian/hdf5-tools@2: from debian/forky",
        "guix/nonsense from guix/0123456789abcdef",
    ],
)
def test_what_the_tables_do_not_hold_is_left_to_lock(need: str) -> None:
    assert told(need) == ()


@pytest.mark.parametrize(
    ("need", "code", "message", "help_"),
    [
        ("debian/libqhul-dev", "E0301",
         "Debian's bookworm and trixie have no package `libqhul-dev`",
         "did you mean `debian/libqhull-dev`, `debian/libghdl-dev` or `debian/libhkl-dev`?"),
        ("debian/qhull", "E0301", "Debian's bookworm and trixie have no package `qhull`",
         "did you mean `debian/libqhull-dev`, `debian/libqhull8.0` or `debian/libqhull-r8.0`?"),
        ("guix/qhul", "E0301", "Guix has no package `qhul`", "did you mean `guix/qhull`?"),
        ("guix/numpy", "E0301", "Guix has no package `numpy`", "did you mean `guix/python-numpy`?"),
        ("debian/hdf5-tools@1.12", "E0302", "there is no `debian/hdf5-tools` 1.12",
         "the newest is `debian/hdf5-tools@1.14.5`"),
        ("debian/hdf5-tools@1.14 from debian/bookworm", "E0302",
         "there is no `debian/hdf5-tools` 1.14", "the newest is `debian/hdf5-tools@1.10.8`"),
        ("guix/hdf5@2:", "E0302", "there is no `guix/hdf5` 2:",
         "the newest is `guix/hdf5@1.14.6`"),
        ("debian/libhdf5-310 from debian/bookworm", "E0306",
         "bookworm has no `debian/libhdf5-310`", "write `from debian/trixie`"),
        ("debian/libsz2 from guix", "E0306", "`guix` does not supply `debian/libsz2`",
         "leave `from guix` out: `debian/` says who supplies it"),
        ("libnova", "E0301", "the library holds no package `libnova`",
         "`envc explain libnova` prints an entry for it"),
        ("libnovaa", "E0301", "the library holds no package `libnovaa`",
         "did you mean `libnova`? `envc explain libnova` says who has it"),
        ("numpy", "E0301", "the library holds no package `numpy`", "did you mean `python-numpy`?"),
        ("opnmpi", "E0301", "the library holds no package `opnmpi`", "did you mean `openmpi`?"),
        ("xyzzyqqqq", "E0301", "the library holds no package `xyzzyqqqq`",
         "declare it in this file with `package`, or name one of Debian's or Guix's directly"),
    ],
)  # fmt: skip
def test_names_that_are_not_there_are_told(need: str, code: str, message: str, help_: str) -> None:
    found = only(need)
    assert (found.rule.code, found.message, found.help) == (code, message, help_)


@pytest.mark.parametrize(
    ("need", "note"),
    [
        ("debian/hdf5-tools@1.12",
         "`debian/hdf5-tools` is 1.10.8 in bookworm and 1.14.5 in trixie"),
        ("debian/qhull", "`qhull` is a source, which several packages are built from"),
        ("debian/mail-transport-agent",
         "`mail-transport-agent` is a virtual package, which others stand in for"),
        ("libnova", "Debian and Guix have it"),
        ("numpy", "Debian and Guix have a `numpy`: `envc explain numpy` prints an entry for it"),
    ],
)  # fmt: skip
def test_what_is_known_is_said(need: str, note: str) -> None:
    assert only(need).notes == (note,)


def test_only_a_slip_is_mended() -> None:
    [edit] = only("guix/qhul").fix
    assert edit.text == "guix/qhull"
    assert only("debian/libnumpy").fix == ()


def test_many_unknown_names_are_told_in_time() -> None:
    needs = [f"debian/libnot-there-{number}-dev\nnot-there-{number}" for number in range(300)]

    assert len(told(*needs)) == 600
