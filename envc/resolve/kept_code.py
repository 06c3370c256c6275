"""Code as a lock holds it, for the stage that reads and unpacks it."""

from envc.lock.model import LockedSource
from envc.sources.resolved import Resolved

SHA256 = "sha256:"
"""Stands before every digest but those of a lock's own facts."""


def resolved(locked: LockedSource) -> Resolved:
    return Resolved(
        kind=locked.kind,
        name=locked.name,
        file=locked.file,
        urls=locked.urls,
        sha256=SHA256 + locked.sha256,
        size=locked.size,
        swhid=locked.swhid,
        nar=SHA256 + locked.nar,
        commit=locked.commit,
        version=locked.version,
        modules=locked.modules,
    )
