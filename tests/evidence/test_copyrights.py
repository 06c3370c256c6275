"""Licences of packages, as their copyright files say them."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.evidence import write
from envc.evidence.copyrights import declared, of_image
from envc.evidence.cyclonedx import cyclonedx
from envc.evidence.licences import expression
from envc.evidence.spdx import spdx
from envc.evidence.statements import Run
from tests.evidence.conftest import CALM
from tests.evidence.test_lists import STRICT, spdx_document
from tests.evidence.worlds import LOCK, OUTPUTS, PLAN

HEAD = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"


def text(*licences: str) -> str:
    """One stanza for each, and one with the words of a licence, which is about no files."""
    stanzas = (f"Files: {n}/*\nCopyright: Ana\nLicense: {s}\n" for n, s in enumerate(licences))
    return "\n".join((HEAD, *stanzas, "License: Nonsense\n Words of it.\n"))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("Expat",), "MIT"),
        (("GPL-2",), "GPL-2.0-only"),
        (("GPL-2+\n Words of it.",), "GPL-2.0-or-later"),
        (("LGPL-2.1+", "GPL-3+"), "GPL-3.0-or-later AND LGPL-2.1-or-later"),
        (("BSD-3-clause", "bsd-3-Clause"), "BSD-3-Clause"),
        (("GFDL-NIV-1.3+",), "GFDL-1.3-no-invariants-or-later"),
        (("GPL-1+ or Artistic",), "GPL-1.0-or-later OR Artistic-1.0-Perl"),
        (("GPL-2+ or Expat", "ISC"), "(GPL-2.0-or-later OR MIT) AND ISC"),
        (("GPL-2+ and Expat", "Expat"), "GPL-2.0-or-later AND MIT"),
        (("public-domain", "Zlib"), "LicenseRef-public-domain AND Zlib"),
        (
            ("GPL-2+ with Autoconf exception",),
            "LicenseRef-GPL-2-with-Autoconf-exception",
        ),
        (("GPL-2+ or Expat and ISC",), ""),
        (("GPL-2+, and Expat",), ""),
        (("Expat", ""), ""),
        ((), ""),
    ],
)
def test_what_a_package_declares(said: tuple[str, ...], meant: str) -> None:
    found = declared(text(*said))

    assert found == meant
    assert expression(found) == found


def test_a_file_for_people_is_left_to_them() -> None:
    assert declared("This is zlib. It is under the GPL-2+.\n") == ""
    assert declared("") == ""


def test_a_broken_stanza_is_not_skipped() -> None:
    assert declared(text("Expat") + "\nFiles: x\nFiles: y\nLicense: GPL-2\n") == ""


@CALM
@given(st.lists(st.text(alphabet="GPLMIT-+.0123 ,andorxé()", max_size=20)))
def test_whatever_is_said_is_an_expression_or_nothing(said: list[str]) -> None:
    found = declared(text(*said))
    assert expression(found) == found


# ---- in an image ---------------------------------------------------------------------------------


def layer(path: Path, files: dict[str, str], links: dict[str, str]) -> str:
    with tarfile.open(path, "w") as tar:
        for name, words in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(words.encode())
            tar.addfile(member, io.BytesIO(words.encode()))
        for name, target in links.items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            if target.startswith("usr/"):
                member.type = tarfile.LNKTYPE
            tar.addfile(member)
    return str(path)


DOC = "usr/share/doc"


def test_links_lead_to_another_packages_file(tmp_path: Path) -> None:
    files = {
        f"{DOC}/libc6/copyright": text("LGPL-2.1+"),
        f"{DOC}/base/copyright": text("GPL-3+"),
        f"{DOC}/libc6/README": "words",
        "usr/bin/true": "program",
    }
    links = {
        f"{DOC}/libgcc-s1": "base",
        f"{DOC}/other/copyright": "../libc6/copyright",
        f"{DOC}/whole/copyright": "/usr/share/doc/libc6/copyright",
        f"{DOC}/same/copyright": f"{DOC}/libc6/copyright",
        f"{DOC}/lost/copyright": "../../../../../../etc/passwd",
        f"{DOC}/ring": "ring",
    }
    path = layer(tmp_path / "layer.tar", files, links)
    names = ("libc6", "libgcc-s1", "other", "whole", "same", "lost", "ring", "none")

    assert of_image(path, names) == {
        "libc6": "LGPL-2.1-or-later", "libgcc-s1": "GPL-3.0-or-later",
        "other": "LGPL-2.1-or-later", "whole": "LGPL-2.1-or-later",
        "same": "LGPL-2.1-or-later",
    }  # fmt: skip


def test_lists_of_what_was_built_have_them(tmp_path: Path) -> None:
    files = {f"{DOC}/libc6/copyright": text("LGPL-2.1+", "GPL-2+ or Hers", "public-domain")}
    path = layer(tmp_path / "layer.tar", files, {})
    said = (
        "(GPL-2.0-or-later OR LicenseRef-Hers) AND LGPL-2.1-or-later AND LicenseRef-public-domain"
    )
    write.beside(str(tmp_path), PLAN, LOCK, OUTPUTS, Run("envc", "1"), layer=path)
    cdx, listed = ((tmp_path / name).read_text() for name in ("sbom.cdx.json", "sbom.spdx.json"))

    assert STRICT.validate_str(cdx) is None
    spdx_document(listed, tmp_path)
    assert (cdx, listed) == tuple(form(PLAN, LOCK, {"libc6": said}) for form in (cyclonedx, spdx))
    licences = {each["name"]: each["licenseDeclared"] for each in json.loads(listed)["packages"]}
    assert (licences["libc6"], licences["libgcc-s1"]) == (said, "NOASSERTION")


def test_what_is_only_a_tool_is_not_looked_for_in_the_image() -> None:
    listed = cyclonedx(PLAN, LOCK, {"squashfs-tools": "GPL-2.0-or-later"})
    assert listed == cyclonedx(PLAN, LOCK)
