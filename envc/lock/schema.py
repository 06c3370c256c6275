"""The JSON Schema of locks, for other programs: `python -m envc.lock.schema FILE` writes it.

It is made of the blocks themselves, and their docstrings describe it. It says what TOML's readers
give: which tables there are, and what each of them holds.
"""

import ast
import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from envc import writing
from envc.lock import model
from envc.lock.model import BLOCKS, VERSION, Block
from envc.lock.text import FIELDS, Field

Schema = dict[str, Any]


def schema() -> Schema:
    """Draft 7, which editors of TOML read."""
    told = _told()
    lock = told["Lock"]
    archspec = {
        "version": {"type": "string", "minLength": 1},
        "digest": {**_said(lock.get("archspec_digest")), "type": "string", "minLength": 1},
    }
    tables = {kind.TABLE: _table(name, kind, told) for name, kind in BLOCKS.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"urn:envc:lock:{VERSION}",
        "title": f"envc.lock, version {VERSION}",
        "description": "What was chosen for a spec, to the byte. envc takes only its own layout.",
        **_object(
            {
                "lock-version": {
                    "description": _line(told[""]["VERSION"]),
                    "const": VERSION,
                },
                "archspec": {
                    "description": "The data on CPUs that compiler options come from.",
                    **_object(archspec, list(archspec)),
                },
                **tables,
            },
            ["lock-version", "archspec"],
        ),
    }


def text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _table(name: str, kind: type[Block], told: Mapping[str, Mapping[str, str]]) -> Schema:
    about = told[kind.__name__]
    fields = FIELDS[name]
    facts = {field.key: {**_said(about.get(field.name)), **_value(field)} for field in fields}
    required = [field.key for field in fields if field.default is None]
    return {
        "description": _line(inspect.getdoc(kind) or ""),
        "type": "array",
        "minItems": 1,
        "uniqueItems": True,
        "items": {"title": kind.TABLE, **_object(facts, required)},
    }


def _object(properties: Mapping[str, Schema], required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": required,
        "additionalProperties": False,
    }


def _value(field: Field) -> Schema:
    """What is as it mostly is, is left out: a text that may be left out is never empty."""
    if field.kind is int:
        return {"type": "integer", "minimum": 0}
    left_out = field.default is not None and not field.default
    if field.kind is str:
        return {"type": "string", **({"minLength": 1} if left_out else {})}
    words = {"type": "array", "items": {"type": "string"}}
    return {**words, **({"minItems": 1} if left_out else {})}


def _said(about: str | None) -> Schema:
    return {"description": _line(about)} if about else {}


def _line(text: str) -> str:
    return " ".join(text.split())


# ---- what the model says of itself ---------------------------------------------------------------


def _told() -> Mapping[str, Mapping[str, str]]:
    """By class, what stands behind each of its fields; constants of the module under no name."""
    tree = ast.parse(inspect.getsource(model))
    classes = (each for each in tree.body if isinstance(each, ast.ClassDef))
    return {
        "": dict(_behind(tree.body)),
        **{each.name: dict(_behind(each.body)) for each in classes},
    }


def _behind(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for pair in pairwise(body):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str() as said)),
            ):
                yield name, said
            case _:  # what nothing is said of
                pass


if __name__ == "__main__":
    writing.write(sys.argv[1], text())
