"""Values that stand in directives as they are, or are refused at their line: nothing is escaped."""

import re
from collections.abc import Iterator

from envc.diagnostics.model import Diagnostic
from envc.jobs.model import Job, Said, Words
from envc.jobs.refused import cannot

PLAIN = r"[A-Za-z0-9_][A-Za-z0-9_.+@:/-]*"
"""What no scheduler reads as more than itself."""
ADDRESS = r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
TEXTS = ("queue", "account", "project", "qos")


def refused(
    job: Job, scheduler: str, names: Words = TEXTS, pattern: str = PLAIN
) -> Iterator[Diagnostic]:
    """Of these fields the values that do not look so from their first letter to their last."""
    for name in names:
        said: Said[str] | None = getattr(job, name)
        if said is not None and not fits(said.value, pattern):
            yield cannot(
                f"{scheduler} cannot be told the `{name}` {said.value!r}",
                said.place,
                "write it with letters of English, digits, `_`, `.` and `-`",
            )


def fits(value: str, pattern: str = PLAIN) -> bool:
    return re.fullmatch(pattern, value, re.ASCII) is not None
