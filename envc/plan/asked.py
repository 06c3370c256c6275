"""What a command that makes or starts something is asked for: a spec, its lock and their plans."""

import os
from collections.abc import Mapping
from typing import NamedTuple

from envc.check import Checked, check_path
from envc.diagnostics.model import Diagnostic
from envc.library import standard
from envc.plan.make import plans
from envc.plan.model import Plan
from envc.resolve.needed import Needed, Refused, needed

OUT = "envc-out"


class Asked(NamedTuple):
    needed: Needed
    checked: Checked
    plans: tuple[Plan, ...]
    out: str
    """The folder of all that is made of the spec."""


def asked(
    file: str, out: str | None, environ: Mapping[str, str]
) -> Asked | Refused | tuple[Diagnostic, ...]:
    """`file` is the spec; its lock stands beside it, and what is made too if `out` is nowhere."""
    found = needed(file, None, environ)
    if isinstance(found, Refused):
        return found
    checked = check_path(file)
    if not isinstance(checked, Checked):
        return tuple(checked)
    planned = plans(checked, found.lock, standard())
    if planned.diagnostics:
        return planned.diagnostics
    beside = os.path.join(os.path.dirname(file), OUT)
    return Asked(found, checked, planned.plans, out or beside)
