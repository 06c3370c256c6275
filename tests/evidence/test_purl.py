"""Names of packages for scanners, as the reference library of purl writes and reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packageurl import PackageURL

from envc.evidence import purl
from tests.evidence.conftest import CALM

VERSIONS = st.from_regex(r"([0-9]{1,2}:)?[0-9][A-Za-z0-9.+~-]{0,12}", fullmatch=True)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9+.-]{1,12}", fullmatch=True)


@CALM
@given(name=NAMES, version=VERSIONS, architecture=st.sampled_from(["amd64", "all", "arm64"]))
def test_a_package_of_debian(name: str, version: str, architecture: str) -> None:
    made = purl.deb(name, version, architecture, "debian/trixie")

    said = {"arch": architecture, "distro": "trixie"}
    assert made == PackageURL("deb", "debian", name, version, said).to_string()
    assert PackageURL.from_string(made).version == version


@CALM
@given(name=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,9}[a-z0-9]", fullmatch=True))
def test_a_wheel(name: str) -> None:
    found = PackageURL.from_string(purl.pypi(name, "1.0+cpu"))

    assert found.to_string() == purl.pypi(name, "1.0+cpu")
    assert (found.type, found.version) == ("pypi", "1.0+cpu")


def test_an_image() -> None:
    digest = "sha256:" + "a" * 64
    made = purl.oci("registry.example.org:5000/Labs/debian", digest)

    said = {"repository_url": "registry.example.org:5000/Labs/debian"}
    assert PackageURL.from_string(made) == PackageURL("oci", None, "debian", digest, said)
    assert PackageURL.from_string(made).to_string() == made


@pytest.mark.parametrize("origin", ["debian/trixie", "debian/trixie+20260201T000000Z"])
def test_a_later_moment_is_of_the_same_release(origin: str) -> None:
    assert purl.deb("libc6", "2.41-12", "amd64", origin) == (
        "pkg:deb/debian/libc6@2.41-12?arch=amd64&distro=trixie"
    )
