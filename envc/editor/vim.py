"""The machine as a Vim syntax file: each step is a match that says what may come next.

In Vim, of several matches at one place the one defined last is taken, so they stand in the
opposite order of the lexer's.
"""

import re

from envc.editor.machine import CONTINUES, Machine, State, Step
from envc.editor.words import CLASS_OF, Class, choice, pattern, tokens, units
from envc.syntax.words import Kind

GROUPS: dict[Class, str] = {
    Class.KEYWORD: "Statement",
    Class.MODIFIER: "Conditional",
    Class.DEFINITION: "Function",
    Class.KEY: "Identifier",
    Class.NAME: "Normal",
    Class.NUMBER: "Number",
    Class.UNIT: "Type",
    Class.STRING: "String",
    Class.TAGGED: "Constant",
    Class.VERSIONS: "Special",
    Class.OPERATOR: "Operator",
    Class.PUNCTUATION: "Delimiter",
    Class.COMMENT: "Comment",
}
_KEYWORD = "keyword"
_BEGINS = r"%(%(^|\{)\s*)@<="
_HEAD = """\
" Vim syntax file
" Language: envc
" Made from grammar/envc.lark: python -m envc.editor.generate

if exists("b:current_syntax")
  finish
endif
let s:cpo_save = &cpo
set cpo&vim

syn case match
syn sync fromstart
"""
_FOOT = """\

let b:current_syntax = "envc"
let &cpo = s:cpo_save
unlet s:cpo_save
"""


_LOOSE = (Kind.STRING, Kind.NUMBER, Kind.VERSIONS, Kind.TAGGED)
"""Coloured even in a line that fits nowhere."""


def syntax(machine: Machine) -> str:
    blocks = sorted({0, *(state.block for state in machine.states)})
    lines = [_HEAD]
    for loose in reversed(_LOOSE):
        name = _group(CLASS_OF[loose])
        lines += [f"syn match {name} /\\v{magic(pattern(loose))}/ contained"]
    for place, state in enumerate(machine.states):
        lines += _cluster(place, state)
    for kind in reversed(tokens()):
        for place, state in enumerate(machine.states):
            lines += _steps(place, state, kind, begins=place in blocks)
    unit = magic(choice(units()))
    for place, _ in enumerate(machine.states):
        to = f"nextgroup=@envcS{place} skipwhite"
        lines.append(f"syn match envcU{place} /\\v{unit}/ contained {to}")
    lines += ["", r"syn match envcComment /#.*$/"]
    lines += [line for block in blocks for line in _block(block)]
    lines += [f"hi def link {_group(each)} {group}" for each, group in GROUPS.items()]
    return "\n".join(lines) + "\n" + _FOOT


def _cluster(place: int, state: State) -> list[str]:
    """`S`: what may come in this state; `C`: the same behind a comma that ends its line."""
    names = ",".join(f"envcT{place}_{number}" for number, _ in enumerate(_matches(state)))
    to = f"nextgroup=@envcC{place} skipwhite skipnl skipempty"
    return [
        "",
        f"syn cluster envcS{place} contains=envcB{state.block},{names}",
        f"syn cluster envcA{place} contains={names.replace('envcT', 'envcA')}",
        f"syn cluster envcC{place} contains=@envcS{place},envcC{place}",
        f"syn cluster envcU{place} contains=@envcS{place},envcU{place}",
        f"syn match envcC{place} /#.*$/ contained {to}",
        f"hi def link envcC{place} envcComment",
        f"hi def link envcU{place} envcUnit",
    ]


def _matches(state: State) -> list[tuple[str, str, Step]]:
    """A kind, its expression and where it leads; keywords that lead to one state are one match."""
    groups: dict[tuple[Class, int], list[str]] = {}
    found: list[tuple[str, str, Step]] = []
    for step in state.steps:
        if step.symbol in CLASS_OF:
            found.append((step.symbol, pattern(step.symbol), step))
        else:
            groups.setdefault((step.shown, step.to), []).append(step.symbol)
    for (shown, to), words in groups.items():
        found.append((_KEYWORD, choice(tuple(words)), Step(_KEYWORD, shown, to)))
    return found


def _steps(place: int, state: State, kind: str, *, begins: bool) -> list[str]:
    kinds = (kind, _KEYWORD) if kind == Kind.NAME else (kind,)
    lines: list[str] = []
    for wanted in kinds:
        for number, (each, regex, step) in enumerate(_matches(state)):
            if each == wanted:
                lines += _match(f"{place}_{number}", regex, step, begins=begins, top=place == 0)
    return lines


def _match(name: str, regex: str, step: Step, *, begins: bool, top: bool) -> list[str]:
    cluster = {Kind.NUMBER: "U"}.get(Kind(step.symbol), "") if step.symbol in CLASS_OF else ""
    skip = "skipwhite"
    if step.symbol in CONTINUES:
        cluster, skip = "C", "skipwhite skipnl skipempty"
    to = f"nextgroup=@envc{cluster or 'S'}{step.to} {skip}"
    group = _group(step.shown)
    lines = [
        f"syn match envcT{name} /\\v{magic(regex)}/ contained {to}",
        f"hi def link envcT{name} {group}",
    ]
    if begins:
        contained = "" if top else "contained "
        lines += [
            f"syn match envcA{name} /\\v{_BEGINS}{magic(regex)}/ {contained}{to}",
            f"hi def link envcA{name} {group}",
        ]
    return lines


def _block(place: int) -> list[str]:
    loose = ",".join(dict.fromkeys(_group(CLASS_OF[kind]) for kind in _LOOSE))
    ends = "matchgroup=envcPunctuation start=/{/ end=/}/"
    holds = f"contains=@envcA{place},envcComment,{loose}"
    return [f"syn region envcB{place} {ends} contained {holds}"]


def magic(regex: str) -> str:
    """Python's notation into Vim's "very magic" one, as far as the grammar's patterns go."""
    closes: list[str] = []
    said: list[str] = []
    for part in re.findall(r"\[(?:\\.|[^\]\\])*\]|\(\?:|\(\?!|\\.|.", regex):
        if part.startswith("["):
            said.append(_set(part))
        elif part in ("(?:", "(?!", "("):
            closes.append({"(?!": ")@!"}.get(part, ")"))
            said.append("%(")
        elif part == ")":
            said.append(closes.pop())
        else:
            said.append("\\" + part if part in "@~<>=&%{}/" else part)
    return "".join(said)


def _set(part: str) -> str:
    """Vim's sets know no shorthand, and hold the end of the line only where told."""
    plain = part.replace("\n", "").replace("\\n", "").replace("\\s", " \\t")
    return "." if plain == "[^]" else plain.replace("\\/", "/").replace("/", "\\/")


def _group(shown: Class) -> str:
    return "envc" + shown.capitalize()
