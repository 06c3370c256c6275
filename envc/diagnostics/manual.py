"""Markdown for a terminal: the little of it that the pages use, without the marks."""

import re
from collections.abc import Iterator

from envc.diagnostics.colour import Ink, Paint, plain

WIDTH = 80
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_CODE = re.compile(r"`[^`]*`")
_GLUE = "\0"
"""Stands for a space inside code, so that no line ends there."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def render(markdown: str, paint: Paint = plain) -> str:
    return "\n\n".join(_blocks(markdown, paint)) + "\n"


def _blocks(markdown: str, paint: Paint) -> Iterator[str]:
    """Each heading, paragraph, list and code block, as shown."""
    gathered: list[str] = []
    fenced = False
    for line in markdown.splitlines():
        if line.startswith("```"):
            if fenced or gathered:
                yield _code(gathered) if fenced else _paragraph(gathered)
            gathered, fenced = [], not fenced
        elif fenced:
            gathered.append(line)
        elif line.startswith("#") or not line.strip():
            if gathered:
                yield _paragraph(gathered)
            gathered = []
            if line.startswith("#"):
                yield paint(line.lstrip("#").strip(), Ink.STRONG)
        else:
            gathered.append(line)
    if gathered:
        yield _paragraph(gathered)


def _code(lines: list[str]) -> str:
    return "\n".join(f"    {line}".rstrip() for line in lines)


def _paragraph(lines: list[str]) -> str:
    from textwrap import fill

    items = re.split(r"\n(?=[*-] )", "\n".join(lines))
    filled = (
        fill(
            _plain(item),
            WIDTH,
            subsequent_indent="  " if item[:2] in ("* ", "- ") else "",
            break_long_words=False,
            break_on_hyphens=False,
        )
        for item in items
    )
    return "\n".join(filled).replace(_GLUE, " ")


def _plain(item: str) -> str:
    text = _BOLD.sub(r"\1", _LINK.sub(r"\1 (\2)", " ".join(item.split())))
    return _CODE.sub(lambda code: code[0].replace(" ", _GLUE), text)
