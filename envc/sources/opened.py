"""What a resolved source holds, read back from the store."""

from typing import IO

from envc.facts.problem import Problem
from envc.sources.asking import attribute
from envc.sources.resolved import Resolved
from envc.sources.tree import Folder
from envc.sources.unpack import unpack
from envc.spec import SourceCode
from envc.store.objects import Store


def opened(
    resolved: Resolved, source: SourceCode, store: Store, spool: IO[bytes]
) -> Folder | Problem:
    """Whole; its bytes lie in the `spool`, which has to stay open as long."""
    path = store.verified(resolved.sha256, resolved.size)
    if isinstance(path, Problem):
        return path
    return unpack(path, spool, strip=_strip(resolved, source))


def _strip(resolved: Resolved, source: SourceCode) -> int | None:
    if resolved.is_remade or resolved.file.endswith(".whl"):
        return 0
    said = attribute(source, "strip")
    return int(said) if said else None
