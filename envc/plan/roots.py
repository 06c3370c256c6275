"""File systems made of locked packages alone, and what starts the finished image."""

import pkgutil

from envc.cpu import selector
from envc.plan import order, workplace
from envc.plan.model import Plan, Root, Step, Write

SCRIPT = "roots.sh"
"""The name under which the script lies beside the recipes."""
ENTRY = "/opt/envc/entry"
"""What an image starts with the command and its arguments."""
GUARD = "/opt/envc/fits"
"""Whether the CPU has what the target needs: the script of `envc selector`, for one target."""

_ENTRY = f"""#!/bin/sh
# Refuses a CPU that lacks the target's instructions with a sentence, then starts the command.
if ! said=$({GUARD} 2>&1); then
  printf '%s\\n' "$said" >&2
  exit 3
fi
exec "$@"
"""
_UNGUARDED = """#!/bin/sh
# No test of the CPU is known for this target.
exec "$@"
"""


def script() -> str:
    """Fetches packages, makes a root of them and finishes it; its first lines say how."""
    found = pkgutil.get_data(__name__, SCRIPT)  # also out of a zip file
    if found is None:
        raise RuntimeError(f"{SCRIPT} is missing from the installation")
    return found.decode()


def packages(root: Root) -> str:
    """The list that the script reads: `SHA256  SIZE  PATH`, an empty line between groups."""
    groups = (
        "".join(f"{deb.sha256}  {deb.size}  {deb.path}\n" for deb in group)
        for group in order.groups(root.debs)
    )
    return "\n".join(groups)


def entry(plan: Plan) -> tuple[Step, ...]:
    """The files with which the image starts, and the compilers of one that is worked in."""
    own = tuple(workplace.steps(plan))
    try:
        guard = selector.script([plan.target])
    except selector.NoRuleError:
        return (Write(ENTRY, _UNGUARDED, 0o755), *own)
    return (Write(GUARD, guard, 0o755), Write(ENTRY, _ENTRY, 0o755), *own)
