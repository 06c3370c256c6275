"""`envc explain WHAT`: a rule, a target or any package, in prose with an example."""

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
        description="Says what a diagnostic means, with an example, or what a target or a package "
        "is. Without WHAT, lists all diagnostics.",
    )
    parser.add_argument(
        "what", nargs="?", metavar="WHAT", help="a code such as E0213, or a name such as zen4"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace) -> int:
    if args.what is None:
        return _list(as_json=args.json)
    rule = _meant(args.what)
    if rule is None:
        return _explain_name(args)
    told = page.load(rule)
    text = told.markdown if told else f"# {rule.code} {rule.name}\n\n{rule.summary}\n"
    return _show(_described(rule), text, as_json=args.json)


def _explain_name(args: argparse.Namespace) -> int:
    """A package's name, or a target's, which `envc targets` knows best."""
    from envc import library, prose

    package = library.standard().package(args.what)
    if package is not None:
        return _show({"package": package.name}, prose.page(package), as_json=args.json)
    from envc.cpu import findings

    if findings.target(args.what)[0] is None:
        return _explain_beyond(args, library.standard().names())
    from envc.commands import targets

    args.asked, args.name = "show", args.what
    return targets.run(args)


def _explain_beyond(args: argparse.Namespace, packages: tuple[str, ...]) -> int:
    """What only Debian or Guix has; an entry for a spec stands at the edge, ready to be taken."""
    from envc.names import pages, shipped

    debian, guix, name = shipped.debian(), shipped.guix(), args.what
    told = (
        pages.direct(name, debian, guix)
        if "/" in name
        else pages.plain(name, debian, guix, packages)
    )
    if told is None:
        return _refuse(name, packages)
    page = told.pop("page")
    code = _show(told, page, as_json=args.json)
    if not args.json and (entry := told.get("entry")):
        print(f"\n{entry}", end="")
    return code


def _show(described: dict[str, Any], markdown: str, *, as_json: bool) -> int:
    if as_json:
        _print_json({**described, "page": markdown})
    else:
        print(manual.render(markdown, paint_for(sys.stdout, os.environ)), end="")
    return exits.FINE


def _meant(what: str) -> Rule | None:
    said = what.strip().lower()
    # A message shows `error[E0213]`; people copy more of it than the code.
    said = said.partition("[")[2].rstrip(":]") or said
    return next(
        (rule for rule in rules.BY_CODE.values() if said in (rule.code.lower(), rule.name)), None
    )


def _refuse(what: str, packages: tuple[str, ...]) -> int:
    from envc.cpu import lattice
    from envc.facts.words import close
    from envc.options import did_you_mean

    codes = [word for rule in rules.BY_CODE.values() for word in (rule.code, rule.name)]
    likely = close(what, [*codes, *packages]) or list(lattice.suggest(what))[:3]
    likely = likely or _elsewhere(what)
    print(
        f"envc explain: nothing is called {what}{did_you_mean(likely)}\n"
        "  `envc explain` lists all rules, `envc targets` all targets",
        file=sys.stderr,
    )
    return exits.USAGE


def _elsewhere(what: str) -> list[str]:
    from envc.facts.words import close
    from envc.names import shipped

    provider, slash, own = what.partition("/")
    if not slash:
        return close(what, shipped.names())
    return [f"{provider}/{each}" for each in close(own, shipped.names_of(provider))]


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
