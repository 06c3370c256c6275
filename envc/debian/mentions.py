"""The order in which apt meets the names of packages in an index.

apt numbers each name when it meets it first: as a package's own, or in what an earlier package
says of others. Among providers that are equal in everything else it takes the one with the highest
number, so the number is part of what it chooses.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

_FIELDS: Final = (
    "Pre-Depends",
    "Depends",
    "Conflicts",
    "Breaks",
    "Recommends",
    "Suggests",
    "Replaces",
    "Enhances",
    "Provides",
)
_NAMES: Final = re.compile(r"(?:^|[,|])\s*([^\s,|:(\[<]+)(:any\b)?")


def mentions(fields: Mapping[str, str]) -> Iterator[str]:
    """The names in one stanza of an index, as apt reads it; some come more than once."""
    yield fields["Package"]
    for field in _FIELDS:
        if field in fields:
            # To apt `python3:any` is a name of its own.
            yield from (name for name, kind in _NAMES.findall(fields[field]) if not kind)
