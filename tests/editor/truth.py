"""What every word of a spec is, told by the real parser: what the highlighters are held to."""

from dataclasses import fields, is_dataclass
from pathlib import Path

from envc.editor.words import CLASS_OF, Class, units
from envc.source import Source
from envc.syntax import lexer, nodes, tables
from envc.syntax.automaton import Automaton
from envc.syntax.parser import BUILDERS, parse
from envc.syntax.words import Comment, Kind

ROOT = Path(__file__).parents[2]

Piece = tuple[int, int, Class]


def corpus() -> list[Path]:
    """Every spec of the project in which the parser finds no mistake."""
    paths = [
        *ROOT.glob("examples/**/*.envc"),
        *ROOT.glob("specs/**/*.envc"),
        *ROOT.glob("tests/**/*.envc"),
    ]
    return sorted(path for path in paths if _is_clean(path))


def _is_clean(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return "\r" not in text and not parse(Source(path.name, text)).diagnostics


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def classes(text: str) -> list[Piece]:
    comments: list[Comment] = []
    words = list(lexer.words(text, comments))
    automaton = Automaton(tables.load(), BUILDERS)
    named = dict(_named(parse(Source("", text)).file))
    found: list[Piece] = [(*comment.span, Class.COMMENT) for comment in comments]
    before = Kind.NEWLINE
    for word in words:
        begins = automaton.accepts(tables.BROKEN)
        keyword = automaton.tables.keywords.get(word.text) if word.kind is Kind.NAME else None
        if word.kind in CLASS_OF:
            shown = CLASS_OF[word.kind]
            if keyword is not None and automaton.accepts(keyword):
                shown = Class.KEYWORD if begins else Class.MODIFIER
            elif before is Kind.NUMBER and word.text in units():
                shown = Class.UNIT
            elif word.kind is Kind.NAME:
                shown = named.get(word.span.start, shown)
                shown = Class.KEY if begins and word.span.start in named else shown
            found.append((*word.span, shown))
        assert automaton.feed(word)
        before = word.kind
    return sorted(found)


_DECLARING = (
    nodes.App | nodes.Package | nodes.Toolchain | nodes.Site | nodes.Campaign | nodes.TargetSet
    | nodes.Variant | nodes.Run | nodes.Partition
)  # fmt: skip


def _named(node: object) -> list[tuple[int, Class]]:
    """Names whose place in the tree says what they are; only one that begins a line is a key."""
    found: list[tuple[int, Class]] = []
    if isinstance(node, _DECLARING):
        found.append((node.name.span.start, Class.DEFINITION))
    if isinstance(node, nodes.Attribute) and node.key is not None:
        found.append((node.key.span.start, Class.KEY))
    if isinstance(node, nodes.Setting):
        found.append((node.key.span.start, Class.NAME))
    return found + [one for child in _children(node) for one in _named(child)]


def _children(node: object) -> tuple[object, ...]:
    if isinstance(node, tuple):
        return node
    if isinstance(node, nodes.Node | nodes.SpecFile) and is_dataclass(node):
        names = (each.name for each in fields(node) if each.name not in ("source", "span"))
        return tuple(getattr(node, name) for name in names)
    return ()
