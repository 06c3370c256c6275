"""Licences are SPDX expressions; what people call them is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.licenses._spdx import LICENSES

from envc.facts import licences
from envc.facts.licences import licence
from envc.facts.problem import Problem


@pytest.mark.parametrize(
    "text",
    [
        "MIT",
        "0BSD",
        "LGPL-2.1-or-later",
        "Apache-2.0+",
        "LicenseRef-Vendor-EULA",
        "MIT OR Apache-2.0",
        "(MIT OR Apache-2.0) AND BSD-3-Clause",
        "GPL-3.0-only WITH GCC-exception-3.1",
    ],
)
def test_reads(text: str) -> None:
    assert licence(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mit", "MIT"),
        ("CeCILL-B", "CECILL-B"),
        ("Apache 2", "Apache-2.0"),
        ("Apache2", "Apache-2.0"),
        ("Apache License, Version 2.0", "Apache-2.0"),
        ("MIT License", "MIT"),
        ("3-clause BSD", "BSD-3-Clause"),
        ("GPL-3.0", "GPL-3.0-only"),
        ("LGPL-2.1", "LGPL-2.1-only"),
        ("GPL-3.0+", "GPL-3.0-or-later"),
        ("GPLv3+", "GPL-3.0-or-later"),
        ("LGPL 2.1 or later", "LGPL-2.1-or-later"),
        ("GPL-3.0-only+", "GPL-3.0-or-later"),
        ("gpl-3.0-or-later", "GPL-3.0-or-later"),
        ("GPL-2.0-with-GCC-exception", "GPL-2.0-only WITH GCC-exception-2.0"),
        ("mit or Apache2", "MIT OR Apache-2.0"),
        ("( MIT )", "(MIT)"),
        ("GPL-3.0-only WITH gcc-exception-3.1", "GPL-3.0-only WITH GCC-exception-3.1"),
        ("licenseref-x", "LicenseRef-x"),
        ("Apache-2,0", None),
        ("GPLv3", None),
        ("GPL3", None),
        ("BSD", None),
        ("GNU GPL", None),
        ("MIT/Apache-2.0", None),
        ("Use-it-after-midnight", None),
        ("LicenseRef-ü", None),
        ("MIT OR", None),
        ("(MIT", None),
        ("MIT MIT", None),
        ("GPL-3.0-only WITH bananas", None),
        ("WITH", None),
        ("", None),
    ],
)
def test_suggests(text: str, meant: str | None) -> None:
    read = licence(text)
    assert isinstance(read, Problem)
    assert read.suggestion == meant
    assert meant is None or licence(meant) == meant


def test_names_the_alternatives() -> None:
    read = licence("GPLv3")
    assert isinstance(read, Problem)
    assert read.help == "write `GPL-3.0-only` or `GPL-3.0-or-later`"
    read = licence("LGPL")
    assert isinstance(read, Problem)
    assert read.help == "write `LGPL-2.1-or-later`, `LGPL-3.0-only` or `LGPL-3.0-or-later`"
    read = licence("GPL-3.0")
    assert isinstance(read, Problem)
    assert read.help == "write `GPL-3.0-only`, which it means, or `GPL-3.0-or-later`"
    read = licence("Commercial licence!")
    assert isinstance(read, Problem)
    assert read.help == "write `LicenseRef-Commercial` for a licence that SPDX does not list"


def test_every_listed_licence_is_read_and_every_deprecated_one_is_not() -> None:
    for each in LICENSES.values():
        read = licence(each["id"])
        if each["deprecated"]:
            assert isinstance(read, Problem)
            assert "deprecated" in read.message
            assert read.suggestion is None or licence(read.suggestion) == read.suggestion
        else:
            assert read == each["id"]


def test_own_tables_hold_only_listed_licences() -> None:
    current = {each["id"] for each in LICENSES.values() if not each["deprecated"]}
    assert current >= licences._COMMON
    assert all(current.issuperset(ids) for ids in licences._SPOKEN.values())
    assert {each["id"] for each in LICENSES.values()} >= licences._REPLACED.keys()


WORDS = st.sampled_from(
    [
        "MIT",
        "mit",
        "GPL-3.0",
        "GPLv3+",
        "(",
        ")",
        "AND",
        "or",
        "WITH",
        "GCC-exception-3.1",
        "+",
        "x",
    ]
)


@given(st.lists(WORDS | st.text("GPLv3 +()-.", max_size=4), max_size=6).map(" ".join))
def test_no_text_fails_and_every_suggestion_is_right(text: str) -> None:
    read = licence(text)
    if isinstance(read, Problem):
        assert read.suggestion is None or licence(read.suggestion) == read.suggestion
    else:
        assert read == text
