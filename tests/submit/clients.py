"""A client's own words, started in a folder as at a site, and what it makes of the answers."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from envc.facts.problem import Problem
from envc.submit.model import Answer, Order, Report, Words, client, understood


@dataclass(frozen=True, slots=True)
class Site:
    scheduler: str
    home: Path
    variables: Mapping[str, str]

    def ask(self, words: Words, folder: Path | None = None) -> Answer:
        done = subprocess.run(
            words, cwd=folder or self.home, env=dict(self.variables), capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout, done.stderr)

    def hand_in(self, id_: str, file: str, text: str, before: Words = ()) -> str:
        """The number."""
        folder = self.home / ".envc" / "jobs" / id_
        folder.mkdir(parents=True)
        (folder / file).write_text(text)
        answer = self.ask(client(self.scheduler).hand_in(Order(id_, file, before, ())), folder)
        assert answer.code == 0, answer
        number = client(self.scheduler).number(answer.text)
        assert isinstance(number, str), answer
        return number

    def search(self, id_: str) -> str:
        known = client(self.scheduler)
        return known.found([self.ask(words) for words in known.search(id_)])

    def report(self, number: str) -> Report | Problem:
        known = client(self.scheduler)
        return understood(known, number, [self.ask(each) for each in known.questions(number)])

    def speaks(self, number: str) -> Answer:
        return self.ask(client(self.scheduler).speaks(number))

    def cancel(self, number: str) -> None:
        answer = self.ask(client(self.scheduler).cancel(number))
        assert answer.code == 0, answer
