"""The machine as a TextMate grammar, which VS Code and many others read.

TextMate has no states but nested rules, so each step nests in the one before it until the line
ends, and a `{` holds its block. Only captures are named: nesting shows in no scope.
"""

import json
from typing import Any

from envc.editor.machine import CONTINUES, Machine, State, Step
from envc.editor.words import Class, choice, pattern, tokens, units
from envc.syntax.words import Kind

SCOPES: dict[Class, str] = {
    Class.KEYWORD: "keyword.control.envc",
    Class.MODIFIER: "keyword.other.envc",
    Class.DEFINITION: "entity.name.type.envc",
    Class.KEY: "variable.other.property.envc",
    Class.NAME: "variable.other.envc",
    Class.NUMBER: "constant.numeric.envc",
    Class.UNIT: "keyword.other.unit.envc",
    Class.STRING: "string.quoted.double.envc",
    Class.TAGGED: "constant.other.tagged.envc",
    Class.VERSIONS: "constant.other.versions.envc",
    Class.OPERATOR: "keyword.operator.envc",
    Class.PUNCTUATION: "punctuation.envc",
    Class.COMMENT: "comment.line.number-sign.envc",
}
_END = r"(?=$|\})"
_MORE_LINES = r"^(?=[ \t]*[^ \t\r\n#])"

Node = dict[str, Any]


def grammar(machine: Machine) -> str:
    repository: Node = {
        "comment": {"match": "#.*$", "name": SCOPES[Class.COMMENT]},
    }
    for number, state in enumerate(machine.states):
        repository[f"state{number}"] = {"patterns": _patterns(state, number)}
    return (
        json.dumps(
            {
                "$schema": "https://json.schemastore.org/tmlanguage.json",
                "information_for_contributors": [
                    "Made from grammar/envc.lark: python -m envc.editor.generate"
                ],
                "name": "envc",
                "scopeName": "source.envc",
                "fileTypes": ["envc"],
                "patterns": [_include("state0")],
                "repository": repository,
            },
            indent=1,
        )
        + "\n"
    )


def _patterns(state: State, here: int) -> list[Node]:
    steps = {step.symbol: step for step in state.steps if step.symbol in set(Kind)}
    nodes: list[Node] = [_include("comment")]
    for kind in tokens():
        if kind == Kind.NAME:
            nodes.extend(_keywords(state, here))
        if kind == Kind.LBRACE:
            nodes.append(_block(state.block))
        elif kind in CONTINUES:
            nodes.append(_list(steps[kind]))
        elif kind != Kind.RBRACE:
            nodes.append(_step(pattern(kind), steps[kind], here))
    return nodes


def _keywords(state: State, here: int) -> list[Node]:
    groups: dict[tuple[Class, int], list[str]] = {}
    for step in state.steps:
        if step.symbol not in set(Kind):
            groups.setdefault((step.shown, step.to), []).append(step.symbol)
    return [
        _step(choice(tuple(words)), Step("", shown, to), here)
        for (shown, to), words in groups.items()
    ]


def _step(regex: str, step: Step, here: int) -> Node:
    shown: tuple[Class, ...] = (step.shown,)
    if step.symbol == Kind.NUMBER:
        regex = f"({regex})(?:[ \\t]+({choice(units())}))?"
        shown = (Class.NUMBER, Class.UNIT)
    else:
        regex = f"({regex})"
    if step.to == here:
        return {"match": regex, "captures": _captures(*shown)}
    return {
        "begin": regex,
        "beginCaptures": _captures(*shown),
        "end": _END,
        "patterns": [_include(f"state{step.to}")],
    }


def _list(step: Step) -> Node:
    """A comma: behind one that ends its line the statement goes on."""
    mark = {"match": pattern(step.symbol), "name": SCOPES[step.shown]}
    return {
        "begin": f"(?={pattern(step.symbol)})",
        "end": _END,
        "patterns": [_continued(step), mark, _include(f"state{step.to}")],
    }


def _continued(step: Step) -> Node:
    return {
        "begin": f"({pattern(step.symbol)})[ \\t]*(#.*)?$",
        "beginCaptures": _captures(step.shown, Class.COMMENT),
        "end": _MORE_LINES,
        "patterns": [_include("comment")],
    }


def _block(start: int) -> Node:
    punctuation = {"0": {"name": SCOPES[Class.PUNCTUATION]}}
    return {
        "begin": r"\{",
        "beginCaptures": punctuation,
        "end": r"\}",
        "endCaptures": punctuation,
        "patterns": [_include(f"state{start}")],
    }


def _captures(*classes: Class) -> Node:
    return {str(place): {"name": SCOPES[each]} for place, each in enumerate(classes, 1)}


def _include(name: str) -> Node:
    return {"include": f"#{name}"}
