"""The digest of a module: what it says, not how it is laid out."""

import pytest

from envc.lock.modules import digest

PACKAGE = """package waves {
  version 3.1 from debian
  variant mpi
  patch "first.patch"
  patch "second.patch"
  provider debian {
    libwaves-dev for build
    libwaves3 for run
  }
}
"""

SAME = {
    "comments": PACKAGE.replace("variant mpi", "variant mpi  # not yet\n  # nor this"),
    "blanks": PACKAGE.replace("\n", "\n\n").replace("  ", "      "),
    "another order": PACKAGE.replace("  variant mpi\n", "").replace(
        "  version 3.1 from debian\n", "  variant mpi\n  version 3.1 from debian\n"
    ),
    "another order below": PACKAGE.replace("    libwaves3 for run\n", "").replace(
        "    libwaves-dev", "    libwaves3 for run\n    libwaves-dev"
    ),
}
OTHER = {
    "another word": PACKAGE.replace("3.1", "3.2"),
    "a line gone": PACKAGE.replace("    libwaves3 for run\n", ""),
    "a line of another block": PACKAGE.replace(
        "    libwaves3 for run\n  }", "  }\n  libwaves3 for run"
    ),
    "patches in another order": PACKAGE.replace("first", "x")
    .replace("second", "first")
    .replace("x", "second"),
    "words joined": PACKAGE.replace("libwaves3 for run", '"libwaves3 for run"'),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_layout_and_order_do_not_count(text: str) -> None:
    assert digest(text) == digest(PACKAGE)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_what_is_said_does(text: str) -> None:
    assert digest(text) != digest(PACKAGE)
