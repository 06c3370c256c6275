"""Whether the files beside a spec that are part of its code are still what was locked."""

import hashlib
import os

from envc.lock.model import LockedPatch, LockedSource
from envc.resolve.wanted import Changed, ChangedPatch
from envc.spec import Patch, SourceCode


def changed_in(folder: str) -> tuple[Changed, ChangedPatch]:
    """For the sources and the patches of a spec in that folder; the web is not asked."""

    def changed(code: SourceCode, kept: LockedSource) -> bool:
        if code.kind != "dir":
            return False
        # Few specs need it, and reading folders takes more imports than comparing locks does.
        from envc.resolve.kept_code import resolved
        from envc.sources import local

        return local.changed(code, resolved(kept), folder) is not None

    def changed_patch(patch: Patch, kept: LockedPatch) -> bool:
        path = os.path.join(folder, patch.folder, patch.path)
        return "://" not in patch.path and _digest(path) != kept.sha256

    return changed, changed_patch


def _digest(path: str) -> str:
    """Empty where there is no file."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
