"""What a run says under each of FIELDS, and what the spec calls them."""

from envc.jobs.model import Job, Said

_KEYS = {"inputs": "input", "outputs": "output", "environment": "env", "launched": "launch"}


def key(field: str) -> str:
    """One of FIELDS, as the spec has it."""
    return _KEYS.get(field, field)


def asked(job: Job, field: str) -> tuple[Said[object], ...]:
    """What a run says under one of FIELDS, which may be nothing, or several times something."""
    found = getattr(job, field)
    if found is None:
        return ()
    return (found,) if isinstance(found, Said) else tuple(found)
