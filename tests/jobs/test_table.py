"""docs/schedulers.md says what becomes of each field; `ENVC_REWRITE=1` writes it anew."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from envc.jobs.asked import key
from envc.jobs.backend import Answer, backend
from envc.jobs.model import FIELDS
from envc.vocabulary import SCHEDULERS
from tests.jobs.test_contract import NAMES

PAGE = Path(__file__).parents[2] / "docs" / "schedulers.md"
SHORT = {
    Answer.SAID: "yes",
    Answer.EMULATED: "script",
    Answer.REFUSED: "no",
    Answer.MEANINGLESS: "–",  # noqa: RUF001 - a dash, as in other tables
}


def fields() -> Iterator[str]:
    yield f"| | {' | '.join(f'`{name}`' for name in NAMES)} |"
    yield "|---" * (len(NAMES) + 1) + "|"
    for field in FIELDS:
        answers = [SHORT[backend(name).fields[field].answer] for name in NAMES]
        yield f"| `{key(field)}` | {' | '.join(answers)} |"


def notes() -> Iterator[str]:
    yield "| | | |"
    yield "|---|---|---|"
    for name in NAMES:
        for field in FIELDS:
            answer, note = backend(name).fields[field]
            if note:
                yield f"| {SCHEDULERS[name]} | `{key(field)}` | {SHORT[answer]}: {note} |"


def test_the_table_is_what_the_backends_say() -> None:
    text = PAGE.read_text()
    for name, rows in (("fields", fields()), ("notes", notes())):
        made = f"<!-- made: {name} -->\n" + "\n".join(rows) + "\n<!-- end -->"
        pattern = rf"<!-- made: {name} -->.*?<!-- end -->"
        text, count = re.subn(pattern, lambda _, made=made: made, text, flags=re.DOTALL)  # type: ignore[misc]
        assert count == 1
    if os.environ.get("ENVC_REWRITE"):
        PAGE.write_text(text)
    assert PAGE.read_text() == text


CALLED = {
    "compose": "Docker Swarm",
    "dirac": "DIRAC",
    "kubernetes": "Kubernetes",
    "lsf": "LSF",
    "local": "without a scheduler",
    "chronos": "Chronos",
    "nomad": "Nomad",
    "pbspro": "PBS Professional",
}
"""On the page, where that is not the vocabulary's name."""


def test_the_page_has_every_scheduler() -> None:
    text = PAGE.read_text()
    head = next(line for line in text.splitlines() if line.startswith("| | `"))
    assert re.findall("`(.+?)`", head) == list(SCHEDULERS)
    judged = text.partition("## How each is judged")[2].partition("## ")[0]
    rows = [line.split("|")[1] for line in judged.splitlines() if line.startswith("| ")]
    known = {name.strip() for row in rows for name in row.split(",")}
    assert known - {""} == {CALLED.get(name, SCHEDULERS[name]) for name in SCHEDULERS}


def test_every_scheduler_has_notes() -> None:
    folder = PAGE.parents[1] / "backends" / "envc_backends"
    assert [name for name in SCHEDULERS if not (folder / name / "README.md").exists()] == []
