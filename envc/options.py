"""How commands read their options: argparse, with messages that help."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from envc import exits
from envc.facts.words import close, listed

_CHOICE = re.compile(r"argument (.+?): invalid choice: '(.*)' \(choose from (.*)\)")
_SENTENCES = (
    (r"the following arguments are required: (.*)", r"\1 is missing"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 needs a value"),
    (r"argument (.+?): not allowed with argument (.*)", r"\1 cannot stand beside \2"),
    (r"argument (.+?): ignored explicit argument .*", r"\1 takes no value"),
    (r"argument (.+?): (.*)", r"\1: \2"),
)
"""What argparse says, and how envc says it."""


class Parser(argparse.ArgumentParser):
    """Takes options by their whole names only: an abbreviation would change its meaning one day."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("allow_abbrev", False)
        super().__init__(*args, **options)

    def error(self, message: str) -> NoReturn:
        said = _wrong_choice(message) or _reworded(message)
        self.exit(exits.USAGE, f"{self.prog}: {said}\n  see `{self.prog} --help`\n")

    def refuse(self, unknown: Iterable[str]) -> NoReturn:
        """Says which of the words are no options, and what they may have meant."""
        self.error("; ".join(self._unknown(word) for word in unknown))

    def _unknown(self, word: str) -> str:
        if not word.startswith("-"):
            return f"`{word}` is one word too many"
        name = word.partition("=")[0]
        known = [option for action in self._actions for option in action.option_strings]
        likely = close(name, known)
        return f"unknown option {name}{did_you_mean(likely)}"


def did_you_mean(likely: list[str]) -> str:
    return f", did you mean {listed(likely).replace('`', '')}?" if likely else ""


def _reworded(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message)
        if found is not None:
            return found.expand(sentence)
    return message


def _wrong_choice(message: str) -> str:
    found = _CHOICE.match(message)
    if found is None:
        return ""
    option, said, choices = found.groups()
    known = re.findall(r"[\w-]+", choices)
    return f"{option} takes {listed(known)}, not `{said}`{did_you_mean(close(said, known))}"
