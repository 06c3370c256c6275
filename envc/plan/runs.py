"""The runs of a spec, as far as a build knows them: what only a job knows is left open."""

from collections.abc import Callable, Iterator

from envc.facts.command import CommandWord
from envc.plan.filled import Values
from envc.plan.model import OfJob, Run, RunWord, Words
from envc.plan.recipe import Case
from envc.quoting import sh
from envc.spec import App, Command


def runs(app: App, case: Case) -> tuple[Run, ...]:
    """In the order of the spec."""
    return tuple(_runs(app, case))


def program(found: tuple[Run, ...]) -> Words:
    """Of the first run: what it is given depends on the job."""
    for run in found:
        if len(run.words[0]) == 1 and isinstance(name := run.words[0][0], str):
            return (name,)
    return ("/bin/sh",)


def started(run: Run, word: Callable[[str], str] = sh.word) -> str:
    """As words of sh. What a job says arrives as it is, and none is left out without a sentence."""
    return " ".join("".join(_part(each, word) for each in parts) for parts in run.words)


def variable(name: str) -> str:
    """By which a job tells a program in an image what a placeholder stands for."""
    return f"ENVC_{name.upper()}"


def _runs(app: App, case: Case) -> Iterator[Run]:
    for run in app.runs:
        found = (each for each in case.of(run.settings) if each.key == "command")
        command = next(found, None)
        if command is not None and isinstance(command.value, Command):
            words = tuple(_word(word, case.values) for word in command.value.words)
            yield Run(run.name, words, command.place)


def _word(word: CommandWord, values: Values) -> RunWord:
    parts: list[str | OfJob] = []
    for part in word.parts:
        if not isinstance(part, str) and part.name not in values:
            parts.append(OfJob(part.name))
            continue
        text = part if isinstance(part, str) else values[part.name]
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)
    return tuple(parts) or ("",)


def _part(part: str | OfJob, word: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return word(part)
    return f'"${{{variable(part.name)}:?is set by the job; set it to start this by hand}}"'
