"""What a script says of itself: what made it, from which lock, and where each number came from."""

from collections.abc import Iterator

from envc.facts.command import CommandWord
from envc.jobs.asked import asked, key
from envc.jobs.model import (
    FIELDS,
    Amount,
    Array,
    Checkpoint,
    Environment,
    Event,
    Job,
    Launch,
    Per,
)
from envc.jobs.names import title
from envc.spec import Place


def text(job: Job) -> str:
    return "".join(f"{line.rstrip()}\n" for line in _lines(job))


def _lines(job: Job) -> Iterator[str]:
    app = f"{job.name} {job.version}".rstrip()
    where = f" at {job.where.site}" if job.where.site else ""
    choices = f" ({' '.join(job.choices)})" if job.choices else ""
    yield _plain(f"# {app}{choices}: run {job.run}, for {title(job.where.scheduler)}{where}")
    yield "#"
    yield _plain(f"# Written by `envc compile` from {job.spec}: change the spec, not this file.")
    yield f"# lock {job.lock}"
    yield "#"
    rows = list(_rows(job))
    names = max(len(name) for name, _, _ in rows)
    values = min(max(len(value) for _, value, _ in rows), 56)
    for name, value, place in rows:
        yield f"#   {name:<{names}}  {value:<{values}}  {place}"


def _rows(job: Job) -> Iterator[tuple[str, str, str]]:
    yield "command", _shown(job.command.value), _told(job.command.place)
    for name in FIELDS:
        for said in asked(job, name):
            yield key(name), _amount(name, said.value), _told(said.place)


def _amount(name: str, value: object) -> str:
    match name, value:
        case "walltime", int():
            return f"{value} s"
        case "memory", Amount(count, Per.JOB):
            return f"{count} MiB"
        case "memory", Amount(count, per):
            return f"{count} MiB per {per.value}"
        case _:
            return _shown(value)


def _told(place: Place) -> str:
    line, _ = place.source.position(place.span.start)
    return _plain(f"{place.source.name.rpartition('/')[2]}:{line}")


def _shown(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Amount(count, per):
            return str(count) if per is Per.JOB else f"{count} per {per.value}"
        case Array(start, stop, step, limit):
            counted = f"{start}..{stop} step {step}" if step > 1 else f"{start}..{stop}"
            return f"{counted} limit {limit}" if limit is not None else counted
        case Checkpoint(signal, before):
            return f"{signal}, {before} s before the end"
        case Environment() | Launch() | Event():
            return str(value.value)
        case tuple():
            blank = " " if value and isinstance(value[0], CommandWord) else ", "
            return _plain(blank.join(map(_shown, value)))
        case CommandWord(parts):
            return "".join(part if isinstance(part, str) else f"{{{part.name}}}" for part in parts)
        case _:
            return _plain(str(value))


def _plain(text: str) -> str:
    """In one line, as in a comment; nothing in it is an order to anybody."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
