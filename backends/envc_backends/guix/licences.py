"""Licences in Guix' words: variables of `(guix licenses)`, by their SPDX identifiers."""

import re

from envc.quoting.scheme import Symbol
from envc_backends.guix.forms import form, listed
from envc_backends.guix.layout import Node

_KNOWN = {
    "0BSD": "bsd-0",
    "AGPL-3.0-only": "agpl3",
    "AGPL-3.0-or-later": "agpl3+",
    "Apache-1.1": "asl1.1",
    "Apache-2.0": "asl2.0",
    "Artistic-2.0": "artistic2.0",
    "BSD-2-Clause": "bsd-2",
    "BSD-3-Clause": "bsd-3",
    "BSD-4-Clause": "bsd-4",
    "BSL-1.0": "boost1.0",
    "CC-BY-3.0": "cc-by3.0",
    "CC-BY-4.0": "cc-by4.0",
    "CC-BY-SA-3.0": "cc-by-sa3.0",
    "CC-BY-SA-4.0": "cc-by-sa4.0",
    "CC0-1.0": "cc0",
    "CDDL-1.0": "cddl1.0",
    "CECILL-2.1": "cecill",
    "CECILL-B": "cecill-b",
    "CECILL-C": "cecill-c",
    "EPL-1.0": "epl1.0",
    "EPL-2.0": "epl2.0",
    "EUPL-1.1": "eupl1.1",
    "EUPL-1.2": "eupl1.2",
    "GPL-1.0-only": "gpl1",
    "GPL-1.0-or-later": "gpl1+",
    "GPL-2.0-only": "gpl2",
    "GPL-2.0-or-later": "gpl2+",
    "GPL-3.0-only": "gpl3",
    "GPL-3.0-or-later": "gpl3+",
    "ISC": "isc",
    "LGPL-2.0-only": "lgpl2.0",
    "LGPL-2.0-or-later": "lgpl2.0+",
    "LGPL-2.1-only": "lgpl2.1",
    "LGPL-2.1-or-later": "lgpl2.1+",
    "LGPL-3.0-only": "lgpl3",
    "LGPL-3.0-or-later": "lgpl3+",
    "LPPL-1.3c": "lppl1.3c",
    "MIT": "expat",
    "MIT-0": "expat-0",
    "MPL-1.1": "mpl1.1",
    "MPL-2.0": "mpl2.0",
    "NCSA": "ncsa",
    "PSF-2.0": "psfl",
    "Unlicense": "unlicense",
    "W3C": "w3c",
    "X11": "x11",
    "ZPL-2.1": "zpl2.1",
    "Zlib": "zlib",
}
PREFIX = "license:"
"""As `#:use-module ((guix licenses) #:prefix license:)` has it."""


def licence(expression: str, homepage: str) -> Node:
    """Of an SPDX expression. Guix knows lists, not whether one may choose among them; of an
    exception it knows nothing, and a licence that it does not know is named by where it stands.
    It is #f where the spec states none."""
    plain = re.sub(r"\bWITH\s+[\w.+-]+", "", expression)
    names = [name for name in re.findall(r"[\w.+-]+", plain) if name not in {"AND", "OR"}]
    found = tuple(dict.fromkeys(_one(name, homepage) for name in names))
    if not found:
        return False
    return found[0] if len(found) == 1 else listed(found)


def _one(name: str, homepage: str) -> Node:
    if name in _KNOWN:
        return Symbol(PREFIX + _KNOWN[name])
    own = name.startswith("LicenseRef-") and homepage
    return form(
        f"{PREFIX}fsdg-compatible", homepage if own else f"https://spdx.org/licenses/{name}.html"
    )
