"""The page of a rule: what it means, a text that fails, one that does not, and what to do."""

import os
import re
from typing import NamedTuple

from envc.diagnostics.model import Rule

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pages")

FAILING = "Failing"
CORRECTED = "Corrected"
TO_DO = "What to do"

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, and its text with the last line end."""

    language: str
    text: str


class Page(NamedTuple):
    title: str
    meaning: str
    sections: dict[str, str]
    markdown: str

    def blocks(self, section: str) -> list[Block]:
        return [Block(*found) for found in _FENCE.findall(self.sections.get(section, ""))]


def path(rule: Rule) -> str:
    return os.path.join(FOLDER, f"{rule.code}.md")


def load(rule: Rule) -> Page | None:
    """None only while a rule has no page, which a test forbids."""
    try:
        # importlib.resources would cost more than the whole command.
        with open(path(rule), encoding="utf-8") as file:
            return parse(file.read())
    except FileNotFoundError:
        return None


def parse(markdown: str) -> Page:
    head, *parts = re.split(r"^## ", markdown, flags=re.MULTILINE)
    title, _, meaning = head.partition("\n")
    split = (part.partition("\n") for part in parts)
    sections = {name.strip(): body.strip("\n") + "\n" for name, _, body in split}
    return Page(title.removeprefix("# ").strip(), meaning.strip(), sections, markdown)
