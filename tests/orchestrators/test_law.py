"""The law of tests/jobs/test_law.py for orchestrators: what each of them hands to sh, run by sh.

A file is read as its orchestrator does, which replaces nothing in it but what it says it would.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from envc.facts.command import CommandWord, Placeholder
from envc.jobs.backend import backend
from envc.jobs.model import Array
from envc.plan.roots import ENTRY
from envc_backends.nomad import reading
from envc_backends.nomad.reading import Found
from tests.jobs.samples import at, command, job, said

ARRAY = Array(5, 17, 3, None)
SHOW = "#!/bin/sh\nprintf '%s\\0' \"$@\"\nexit 7\n"
HARD = 'it\'s "so" $HOME ${HOME} $$(HOME) $(touch bad) `touch bad` %{if} {{.Task}}\n\t* ~ \\ é'
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
NAMES = TEXTS.map(lambda text: text.replace("/", "_")).filter(
    lambda name: name not in ("", ".", "..") and len(name.encode()) < 200
)


def kubernetes(text: str) -> list[str]:
    (container,) = yaml.safe_load(text)["spec"]["template"]["spec"]["containers"]
    words: list[str] = [*container["command"], *container.get("args", ())]
    # A variable that is not there stays as it is.
    return [re.sub(r"\$\$", "$", word) for word in words]


def compose(text: str) -> list[str]:
    service: dict[str, Any] = next(iter(yaml.safe_load(text)["services"].values()))
    words: list[str] = [*service["entrypoint"], *service.get("command", ())]
    assert not any(re.search(r"(?<!\$)(\$\$)*\$(?!\$)", word) for word in words)
    return [word.replace("$$", "$") for word in words]


def nomad(text: str) -> list[str]:
    found = reading.parse(text)
    assert isinstance(found, Found), found
    config = found
    for name in ("job", "group", "task", "config"):
        config = next(block for key, block in config.blocks if key == name)
    words: list[str] = [*config.says["entrypoint"], *config.says.get("args", ())]
    # Nomad would replace these itself once the file is read.
    assert not any("${" in word for word in words)
    return words


def chronos(text: str) -> list[str]:
    request = json.loads(text)
    assert request["shell"] is False
    options = {each["key"]: each["value"] for each in request["container"]["parameters"]}
    return [options["entrypoint"], request["command"], *request["arguments"]]


READERS: Mapping[str, Callable[[str], list[str]]] = {
    "kubernetes": kubernetes,
    "nomad": nomad,
    "compose": compose,
    "chronos": chronos,
}
COUNTS = {"kubernetes": ("JOB_COMPLETION_INDEX", 0), "nomad": ("NOMAD_ALLOC_INDEX", 0)}
"""The variable of each that counts an array, and the first that it says."""


def run(name: str, text: str, folder: Path, **variables: str) -> tuple[int, list[str]]:
    entry = folder / "entry"
    entry.write_text(SHOW)
    entry.chmod(0o755)
    here = folder / "here"
    here.mkdir(exist_ok=True)
    words = [word.replace(ENTRY, str(entry)) for word in READERS[name](text)]
    done = subprocess.run(
        words,
        cwd=here,
        env={"PATH": "/usr/bin:/bin", "ENVC_INDEX": "5", **variables},
        capture_output=True,
        check=False,
    )
    assert not list(here.iterdir())
    return done.returncode, done.stdout.decode().split("\0")[:-1]


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@example(words=[HARD, "", "-n", "A=b"], around="x", file="-rf")
@example(words=["${"], around=HARD, file=HARD.replace("/", "_"))
@given(words=st.lists(TEXTS, max_size=3), around=TEXTS, file=NAMES)
def test_words_reach_the_program_unchanged(
    name: str, words: list[str], around: str, file: str
) -> None:
    of = backend(name)
    mixed = tuple(part for part in (around, Placeholder("index", 0, 7), around) if part)
    asked = said((*command("heat", *words).value, CommandWord(mixed, 0, 0)))
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / file
        path.touch()
        for more in ({}, {"array": said(ARRAY)}, {"inputs": (said(str(path)),)}):
            found = at(name, job(command=asked, **more))
            if of.refusals(found):
                continue
            number = 5 if "array" in more else 0
            variable, first = COUNTS.get(name, ("NONE", 0))
            seen = run(name, of.files(found)[0].text, Path(made), **{variable: str(first)})
            assert seen == (7, ["heat", *words, f"{around}{number}{around}"])
