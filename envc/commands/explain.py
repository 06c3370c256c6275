"""`envc explain E0213`: the page of a rule, in prose with an example."""

import argparse
import os
import sys
from typing import Any

from envc import exits
from envc.diagnostics import manual, page, rules
from envc.diagnostics.colour import Ink, Paint, paint_for
from envc.diagnostics.model import Rule


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "explain",
        help="say what a diagnostic means, with an example",
        description="Says what a diagnostic means, with an example. Without WHAT, lists them all.",
    )
    parser.add_argument("what", nargs="?", metavar="WHAT", help="a code or a name: E0213")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace) -> int:
    if args.what is None:
        return _list(as_json=args.json)
    rule = _meant(args.what)
    if rule is None:
        return _refuse(args.what)
    told = page.load(rule)
    if args.json:
        _print_json({**_described(rule), "page": told.markdown if told else None})
    else:
        paint = paint_for(sys.stdout, os.environ)
        text = told.markdown if told else f"# {rule.code} {rule.name}\n\n{rule.summary}\n"
        print(manual.render(text, paint), end="")
    return exits.FINE


def _meant(what: str) -> Rule | None:
    said = what.strip().lower()
    # A message shows `error[E0213]`; people copy more of it than the code.
    said = said.partition("[")[2].rstrip(":]") or said
    return next(
        (rule for rule in rules.BY_CODE.values() if said in (rule.code.lower(), rule.name)), None
    )


def _refuse(what: str) -> int:
    from envc.facts.words import close
    from envc.options import did_you_mean

    names = [word for rule in rules.BY_CODE.values() for word in (rule.code, rule.name)]
    print(
        f"envc explain: there is no rule {what}{did_you_mean(close(what, names))}\n"
        "  `envc explain` lists them all",
        file=sys.stderr,
    )
    return exits.USAGE


def _list(*, as_json: bool) -> int:
    ordered = sorted(rules.BY_CODE.values(), key=lambda rule: rule.code[1:] + rule.code)
    if as_json:
        _print_json({"rules": [_described(rule) for rule in ordered]})
        return exits.FINE
    paint: Paint = paint_for(sys.stdout, os.environ)
    widest = max(len(rule.name) for rule in ordered)
    for rule in ordered:
        print(f"{paint(rule.code, Ink.STRONG)}  {rule.name:<{widest}}  {rule.summary}")
    return exits.FINE


def _described(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "summary": rule.summary,
    }


def _print_json(said: dict[str, Any]) -> None:
    import json

    print(json.dumps({"schema": 1, **said}, indent=2))
