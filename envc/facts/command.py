"""A command as a list of words: quotes as in POSIX, placeholders, and no shell."""

import re
from collections.abc import Iterator, Mapping

from envc.facts.problem import PlacedProblem
from envc.values import dataclass


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`{name}`; the offsets include the braces."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CommandWord:
    """One argument, unquoted, with its place in the text as written, quotes included."""

    parts: tuple[str | Placeholder, ...]
    start: int
    end: int

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        return tuple(part for part in self.parts if isinstance(part, Placeholder))

    def filled(self, values: Mapping[str, str]) -> str:
        return "".join(part if isinstance(part, str) else values[part.name] for part in self.parts)


def split_command(text: str) -> list[CommandWord] | PlacedProblem:
    """
    command = blank? (word (blank word)*)? blank?
    word    = (plain | "\\" any | "'" … "'" | '"' … '"' | "{" name "}" | "{{" | "}}")+
    """
    words: list[CommandWord] = []
    parts: list[str | Placeholder] = []
    begun = end = 0
    for piece in _pieces(text):
        match piece.what:
            case PlacedProblem() as problem:
                return problem
            case None:
                if parts:
                    words.append(CommandWord(_joined(parts), begun, end))
                parts = []
            case part:
                begun = begun if parts else piece.start
                end = piece.end
                parts.append(part)
    if not words:
        return PlacedProblem("the command is empty", start=0, end=len(text))
    return _assignment(text) or words


def placeholders(text: str) -> list[Placeholder]:
    """Those of a text that is no command, such as a variable's value; `{{` is a brace alone."""
    found = re.finditer(r"\{\{|\}\}|\{([^{}]*)\}", text)
    return [Placeholder(each[1], *each.span()) for each in found if each[1] is not None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a word, and where it stands."""

    what: str | Placeholder | PlacedProblem | None  # None is the gap between two words
    start: int
    end: int


_BRACES = r"(?P<brace>\{\{|\}\})|(?P<placeholder>\{[a-z][a-z0-9_]*\})|(?P<lone>[{}])"
_DOLLAR = r"\$(?:\w+|\(|\{\w*\}?)?|`"
_OPERATOR = r"&&|\|[|&]?|;+|[0-9]*(?:>[>&|]?|<[<&>]*)[0-9]*|&>?|[()*?\[]|[\r\n]+"
# `~` and `#` mean something to a shell only where a word begins.
_AT_START = r"(?<![^ \t])(?:~[^\s/]*|#)"

_RULES = {
    "": re.compile(
        rf"(?P<gap>[ \t]+)|(?P<quote>['\"])|\\(?P<escaped>[^\r\n\0])|(?P<backslash>\\)"
        rf"|(?P<shell>{_AT_START}|{_DOLLAR}|{_OPERATOR})|{_BRACES}|(?P<nul>\0)"
        r"|(?P<plain>[0-9]+(?![0-9<>])|[^\s'\"\\{}$`;|&<>()*?\[~#\0-9]+|.)"
    ),
    "'": re.compile(rf"(?P<close>')|{_BRACES}|(?P<nul>\0)|(?P<plain>[^'{{}}\0]+)"),
    '"': re.compile(
        rf"(?P<close>\")|\\(?P<escaped>[\"\\$`])|(?P<shell>{_DOLLAR})|{_BRACES}|(?P<nul>\0)"
        r"|(?P<plain>\\|[^\"\\{}$`\0]+)"
    ),
}


def _pieces(text: str) -> Iterator[_Piece]:
    """Ends with a gap, so that the last word is closed like every other."""
    at = opened = 0
    quote = ""
    while at < len(text):
        match = _RULES[quote].match(text, at)
        assert match is not None, (quote, text[at:])  # noqa: S101 - the rules cover every letter
        what: str | Placeholder | PlacedProblem | None = ""  # an opening quote begins a word: ""
        match match.lastgroup:
            case "gap":
                what = None
            case "quote":
                quote, opened = match["quote"], at
            case "close":
                quote = ""
            case "placeholder":
                what = Placeholder(match[0][1:-1], *match.span())
            case "brace":
                what = match[0][0]
            case "plain" | "escaped":
                what = match[match.lastgroup]
            case kind:
                what = _refused(kind or "", match[0], at)
        yield _Piece(what, at, match.end())
        at = match.end()
    if quote:
        problem = PlacedProblem(f"this {quote} is never closed", start=opened, end=len(text))
        yield _Piece(problem, opened, at)
    yield _Piece(None, at, at)


def _refused(kind: str, found: str, start: int) -> PlacedProblem:
    end = start + len(found)
    if kind == "lone":
        return PlacedProblem(
            f"this `{found}` belongs to no placeholder",
            f"write `{found * 2}` for the character itself",
            found * 2,
            start=start,
            end=end,
        )
    if kind == "nul":
        return PlacedProblem("a NUL character cannot be passed to a program", start=start, end=end)
    if kind == "backslash":
        message = "a `\\` with nothing after it on its line"
        return PlacedProblem(message, "write `\\\\` for the character", start=start, end=end)
    return _shell(found, start, end)


def _shell(found: str, start: int, end: int) -> PlacedProblem:
    shown = "a line break" if found[0] in "\r\n" else f"`{found}`"
    if found[0] == "$" and found[1:2] not in {"", "("}:
        advice = "use a placeholder such as `{cpus}`, or single quotes for the text itself"
    elif found in "*?[":
        advice = "name the files, or put the word in quotes for the text itself"
    elif found[0] in "~#":
        advice = "put the word in quotes for the text itself"
    else:
        advice = "write a script and call it, or put the word in single quotes for the text itself"
    message = f"{shown} is shell, and a command is a list of words, not shell"
    return PlacedProblem(message, advice, start=start, end=end)


def _assignment(text: str) -> PlacedProblem | None:
    """`OMP_NUM_THREADS=8 program` would look for a program of that name."""
    found = re.match(r"\s*([A-Za-z_]\w*=)", text)
    if found is None:
        return None
    message = f"`{found[1]}…` is shell, and a command is a list of words, not shell"
    advice = "set the variable in `env { … }`"
    return PlacedProblem(message, advice, start=found.start(1), end=found.end(1))


def _joined(parts: list[str | Placeholder]) -> tuple[str | Placeholder, ...]:
    joined: list[str | Placeholder] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return tuple(joined)
