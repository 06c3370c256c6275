"""Debian's version numbers as a spec compares them: upstream's part alone."""

import re

_PACKED = re.compile(r"[+~]|[.-](?:dfsg|ds|repack)\d*(?!\w)")
"""Where what upstream released ends, and how it was packed begins."""
_REALLY = re.compile(r"really(?=\d)|[+.~-]really[+.-]+(?=\d)")
"""What stands behind it is what was packed, under a number that must not fall."""


def upstream(version: str) -> str:
    """Without the epoch, Debian's revision, and what was only said to be packed.

    `2.12.7+dfsg+really2.9.14-2.1` is 2.9.14.
    """
    bare = version.partition(":")[2] or version
    really = _REALLY.split(bare)[-1]
    return _PACKED.split(really.rpartition("-")[0] or really)[0]
