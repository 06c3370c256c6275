"""Names of images: short ones mean what engines take them for, long ones say everything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.facts.problem import Problem
from envc.registry.reference import Reference, read

DIGEST = "sha256:" + "0123456789abcdef" * 4
WRITTEN = {
    "debian": "docker.io/library/debian:latest",
    "debian:12": "docker.io/library/debian:12",
    "docker.io/debian:12": "docker.io/library/debian:12",
    "index.docker.io/debian:12": "docker.io/library/debian:12",
    "docker.io/library/debian:12-slim": "docker.io/library/debian:12-slim",
    "rocm/dev-ubuntu-22.04": "docker.io/rocm/dev-ubuntu-22.04:latest",
    f"ghcr.io/x/y@{DIGEST}": f"ghcr.io/x/y@{DIGEST}",
    f"ghcr.io/x/y:1.2@{DIGEST}": f"ghcr.io/x/y:1.2@{DIGEST}",
    "localhost/a": "localhost/a:latest",
    "localhost:5000/a/b:tag": "localhost:5000/a/b:tag",
    "[::1]:5000/a": "[::1]:5000/a:latest",
    "quay.io/a__b/c-d--e.f:V1.0_x": "quay.io/a__b/c-d--e.f:V1.0_x",
    "REG/a:1": "reg/a:1",
}
REFUSED = {
    "": "the image has no name",
    " debian": "an image's name has blanks around it",
    "docker://debian:12": "begins as a web address",
    "https://ghcr.io/x/y": "begins as a web address",
    "Debian:12": "has capital letters",
    "debian:": "ends with a colon",
    "debian:-x": "`-x` is not a tag",
    "a..b": "cannot be part of an image's name",
    "a//b": "has an empty part",
    "debian@sha256:12": "the sha256 has 2 digits",
    "debian@sha512:" + "0" * 128: "by sha256 here",
    "debian@md5:" + "0" * 32: "can be forged",
    "ghcr.io/" + "a" * 300: "more than 255",
    "a.b:x/c": "is not a host",
    "../../etc": "is not a host",
}

labels = st.from_regex(r"[a-z0-9]{1,8}(?:[._-][a-z0-9]{1,4})?", fullmatch=True)
references = st.builds(
    Reference,
    st.sampled_from(["docker.io", "ghcr.io", "localhost:5000", "127.0.0.1", "[::1]:80"]),
    st.lists(labels, min_size=2, max_size=4).map("/".join),
    st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True),
    st.sampled_from(["", DIGEST]),
)


@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_written_means(written: str) -> None:
    assert str(read(written)) == WRITTEN[written]


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_refused(written: str) -> None:
    found = read(written)
    assert isinstance(found, Problem)
    assert REFUSED[written] in found.message


@given(references)
def test_the_canonical_form_means_itself(reference: Reference) -> None:
    assert read(str(reference)) == reference


@given(st.text(max_size=40) | st.text("aA0:/@.-_[]", max_size=20))
def test_any_text_is_a_reference_or_a_problem(text: str) -> None:
    found = read(text)
    if isinstance(found, Reference):
        assert read(str(found)) == found
        assert found.tag or found.digest
    elif found.suggestion is not None:
        assert isinstance(read(found.suggestion), Reference)


def test_the_digest_decides_beside_a_tag() -> None:
    found = read(f"debian:12@{DIGEST}")
    assert isinstance(found, Reference)
    assert found.version == DIGEST
