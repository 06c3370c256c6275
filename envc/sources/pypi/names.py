"""How projects are called: one name may be spelled in several ways."""

import re


def normalised(project: str) -> str:
    """As PEP 503 has it: `Grid_Tools` is `grid-tools`."""
    return re.sub(r"[-_.]+", "-", project).lower()
