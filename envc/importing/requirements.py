"""What pip is asked for: `numpy>=1.24,<2`, `h5py[mpi]==3.12.1; python_version > "3.8"`."""

from envc.importing import ranges
from envc.importing.found import Found
from envc.importing.packages import Asked, want


def require(found: Found, text: str, line: int) -> None:
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        read = Requirement(text)
    except InvalidRequirement:
        found.note(line, f"`{text[:80]}` is no requirement that can be carried")
        return
    if read.url is not None:
        found.note(line, f"`{text[:80]}` comes from an address: name a `source` instead")
        return
    if read.marker is not None:
        found.note(line, f"the condition `{read.marker}` of `{read.name}` was left out")
    if read.extras:
        extras = ", ".join(sorted(read.extras))
        found.note(line, f"the extras {extras} of `{read.name}` were left out")
    asked = str(read.specifier)
    versions = ranges.read(asked) if asked else ""
    want(found, Asked(read.name, line, versions, written=text.strip()), "pypi")
