"""Package URLs, the names by which scanners and databases of vulnerabilities know packages.

https://github.com/package-url/purl-spec: `pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS`
"""

import re
from collections.abc import Mapping
from urllib.parse import quote

_DEBIAN = "debian/"


def deb(name: str, version: str, architecture: str, origin: str) -> str:
    """`origin` is `debian/trixie`; of a later moment of it, the release is the same."""
    release = origin.removeprefix(_DEBIAN).partition("+")[0]
    said = {"arch": architecture, "distro": release}
    return f"pkg:deb/debian/{_quoted(name.lower())}{_tail(version, said)}"


def pypi(name: str, version: str) -> str:
    return f"pkg:pypi/{_quoted(re.sub('[-_.]+', '-', name).lower())}{_tail(version, {})}"


def oci(name: str, digest: str) -> str:
    """`name` is where the image is had from: `docker.io/library/debian`."""
    last = name.rpartition("/")[2].lower()
    return f"pkg:oci/{_quoted(last)}{_tail(digest, {'repository_url': name})}"


def _tail(version: str, qualifiers: Mapping[str, str]) -> str:
    said = "&".join(
        f"{key}={quote(value, safe=':/')}" for key, value in sorted(qualifiers.items()) if value
    )
    return (f"@{_quoted(version)}" if version else "") + (f"?{said}" if said else "")


def _quoted(text: str) -> str:
    return quote(text, safe=":")
