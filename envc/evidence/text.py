"""How evidence is written: the same facts, the same bytes."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid5

_ENVC = UUID("8f0c4d0e-5d5b-5f0a-9c1e-2a3f5e0c7b61")
"""Under which names made of contents are envc's own."""


def document(facts: object) -> str:
    """For people too."""
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def line(facts: object) -> str:
    """The one way to write it without a choice: what is signed, and what stands in a list."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def moment(epoch: int) -> str:
    return datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def serial(facts: object) -> str:
    """A UUID that these facts have wherever and whenever they are written."""
    return str(uuid5(_ENVC, line(facts)))


def digits(digest: str) -> str:
    """`sha256:ab…` without its first word."""
    return digest.rpartition(":")[2]
