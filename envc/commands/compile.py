"""`envc compile FILE`: writes the recipes of a locked spec, or says whether they are still true."""

import argparse
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from envc import exits
from envc.diagnostics.telling import show
from envc.reading import STDIN

if TYPE_CHECKING:
    from envc.check import Checked
    from envc.compile.compare import Change
    from envc.compile.make import Scripts, Tree
    from envc.compile.write import Refused
    from envc.diagnostics.model import Diagnostic
    from envc.facts.problem import Problem
    from envc.lock.model import Lock
    from envc.plan.model import Plan
    from envc.store.objects import Store

NAME = "envc compile"
OUT = "envc-out"
"""Beside the spec."""


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser(
        "compile",
        help="write the recipes and jobs of a locked spec: Dockerfile, Apptainer, Slurm …",
        description="Writes a folder for each app, choice and target of a spec and its lock: the "
        "recipes, the packages and sources that they take, and a page that says how to use them; "
        "and a folder of jobs for each scheduler that the spec emits, for each site of its "
        "campaigns and for each that is named. Only what changed is written again; what envc did "
        "not write stays.",
        epilog="exit codes: 0 fine, 1 mistakes in the spec, or what cannot be said in a format, or "
        "(with --check) what is there differs, 2 wrong usage, 3 the lock is stale or missing, "
        "4 a source is not in the store",
    )
    parser.add_argument("file", metavar="FILE", help="a spec, with its lock beside it")
    parser.add_argument(
        "-b",
        "--backend",
        metavar="BACKEND",
        action="append",
        default=[],
        help="only this format: guix, dockerfile or apptainer, or jobs for a scheduler",
    )
    parser.add_argument(
        "-t",
        "--target",
        metavar="TARGET",
        action="append",
        default=[],
        help="only this CPU target",
    )
    parser.add_argument(
        "-s",
        "--site",
        metavar="SITE",
        action="append",
        default=[],
        help="also the jobs for this site",
    )
    parser.add_argument(
        "-o", "--out", metavar="DIR", help=f"where to write (default: {OUT} beside the spec)"
    )
    parser.add_argument(
        "--tools",
        metavar="REF",
        default="",
        help="the image that fetches and unpacks packages of Debian; nothing of it is kept",
    )
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(args: argparse.Namespace) -> int:
    from envc.check import Checked, check_path

    if args.file == STDIN:
        print(f"{NAME}: a lock stands beside a file, and `-` is none", file=sys.stderr)
        return exits.USAGE
    checked = check_path(args.file)
    if not isinstance(checked, Checked):
        return show(checked, exits.DIAGNOSTICS)
    if not checked.is_good:
        return show(checked.diagnostics, exits.DIAGNOSTICS)
    tree = _unusable(args.tools) or _tree(checked, args)
    if isinstance(tree, int):
        return tree
    out = args.out or os.path.join(os.path.dirname(args.file), OUT)
    return _compare(out, tree, args) if args.check else _write(out, tree, args)


def _unusable(tools: str) -> int:
    """Whether it is no name of an image; such a name stands in recipes without quotes."""
    if not tools:
        return exits.FINE
    from envc.facts.problem import Problem
    from envc.registry.reference import read

    found = read(tools)
    if not isinstance(found, Problem):
        return exits.FINE
    _say(found)
    return exits.USAGE


def _tree(checked: "Checked", args: argparse.Namespace) -> "Tree | int":
    """Or how it ended."""
    from envc.compile.asked import jobs
    from envc.compile.make import Tree, make, refusals
    from envc.facts.problem import Problem
    from envc.library import standard
    from envc.lock.model import Lock
    from envc.plan.backend import backend
    from envc.plan.make import plans
    from envc.resolve.fresh import fresh

    lock = fresh(args.file, checked)
    if not isinstance(lock, Lock):
        return show(lock, exits.LOCK_STALE)
    planned = plans(checked, lock, standard())
    made = tuple(replace(each, tools=args.tools) for each in planned.plans)
    found = jobs(checked.spec, made, args.backend, args.target)
    if isinstance(found, Problem):
        _say(found)
        return exits.USAGE
    scheduled = _jobs(checked, lock, made, args)
    if isinstance(scheduled, Problem):
        _say(scheduled)
        return exits.USAGE
    told = (*planned.diagnostics, *scheduled.told)
    if any(each.rule.severity == "error" for each in told):
        return show((*told, *refusals(found, backend)), exits.DIAGNOSTICS)
    if told:
        show(told, exits.FINE)
    if not found and not scheduled.scripts:
        _say(Problem(f"`{args.file}` has no app", "name what is built with `app`"))
        return exits.DIAGNOSTICS
    tree = make(found, backend, os.path.basename(args.file), scheduled.scripts)
    return tree if isinstance(tree, Tree) else show(tree, exits.DIAGNOSTICS)


class _Scheduled(NamedTuple):
    scripts: "tuple[Scripts, ...]" = ()
    told: "tuple[Diagnostic, ...]" = ()


def _jobs(
    checked: "Checked", lock: "Lock", made: "tuple[Plan, ...]", args: argparse.Namespace
) -> "_Scheduled | Problem":
    from envc.compile.asked import campaigned, schedulers

    emitted = any(schedulers(app, args.backend) for app in checked.spec.apps)
    # A campaign has the nodes of each of its sites in mind, and one target is not for all of them.
    sites = () if args.target else campaigned(checked.spec, args.backend)
    if not (args.site or emitted or sites):
        return _Scheduled()
    from envc.compile.jobs import scripts, wanted
    from envc.facts.problem import Problem

    plans = [each for each in made if not args.target or each.target in args.target]
    found = wanted(checked, lock, plans, args.site, args.backend, of_campaigns=sites)
    if isinstance(found, Problem):
        return found
    if any(each.rule.severity == "error" for each in found.diagnostics):
        return _Scheduled((), found.diagnostics)
    name = os.path.basename(args.file)
    return _Scheduled(scripts(found.jobs, plans, name), found.diagnostics)


# ---- writing -------------------------------------------------------------------------------------


def _write(out: str, tree: "Tree", args: argparse.Namespace) -> int:
    from envc.compile.write import Refused, write
    from envc.store.objects import standard

    store = standard(os.environ)
    done = write(out, tree, store)
    if isinstance(done, Refused) and done.missing and _packed(store, args):
        done = write(out, tree, store)
    if isinstance(done, Refused):
        return _refused(done, args)
    if args.json:
        _print_json(out, tree, done, args)
    elif not args.quiet:
        print(f"{out}: {_summary(tree, done)}", file=sys.stderr)
    return exits.FINE


def _packed(store: "Store", args: argparse.Namespace) -> bool:
    """Packs the folders beside the spec again that are its code: nobody else has to bring them."""
    from envc.resolve.needed import Needed, needed, remake
    from envc.store.progress import shown

    asked = needed(args.file, None, os.environ)
    if not isinstance(asked, Needed):
        return False
    with shown(sys.stderr, NAME, quiet=args.quiet) as show:
        remake(asked, store, offline=True, show=show)
    return True


def _refused(refused: "Refused", args: argparse.Namespace) -> int:
    from envc.facts.problem import Problem

    for problem in refused.missing:
        _say(Problem(problem.message, f"`envc fetch {args.file}` brings it"))
    if refused.missing:
        return exits.INPUT_CHANGED
    for path in refused.in_the_way:
        _say(Problem(f"`{path}` was not written by envc, or was changed since"))
    _say(Problem("nothing was written", "move it away, or name another folder with `-o`"))
    return exits.DIAGNOSTICS


def _summary(tree: "Tree", done: "list[Change]") -> str:
    from envc.compile.compare import Kind
    from envc.diagnostics.text import counted

    words = {Kind.NEW: "new", Kind.CHANGED: "changed", Kind.GONE: "removed"}
    counts = {words[kind]: sum(each.kind is kind for each in done) for kind in words}
    said = [f"{count} {word}" for word, count in counts.items() if count]
    files = ", ".join(said) or "nothing changed"
    return f"{counted(len(tree.leaves), 'folder')}: {files}"


# ---- comparing -----------------------------------------------------------------------------------


def _compare(out: str, tree: "Tree", args: argparse.Namespace) -> int:
    from envc.compile.compare import Kind, compare, told
    from envc.facts.problem import Problem

    found = told(compare(out, tree))
    if args.json:
        _print_json(out, tree, found, args)
    else:
        for change in found:
            print(f"{change.kind} {os.path.join(out, change.path)}")
    if found:
        blocked = any(each.kind is Kind.IN_THE_WAY for each in found)
        help_ = "`!` marks what envc may not replace" if blocked else f"run `{NAME} {args.file}`"
        _say(Problem(f"`{out}` is not what the spec says", help_))
        return exits.DIAGNOSTICS
    if not args.quiet:
        print(f"{out} is what the spec says", file=sys.stderr)
    return exits.FINE


# ---- telling -------------------------------------------------------------------------------------


def _print_json(out: str, tree: "Tree", found: "list[Change]", args: argparse.Namespace) -> None:
    import json

    document = {
        "schema": 1,
        "spec": args.file,
        "out": out,
        "written": not args.check,
        "folders": [
            {"folder": each.path, "files": [entry.path for entry in each.entries]}
            for each in tree.leaves
        ],
        "changes": [{"change": each.kind.name.lower(), "path": each.path} for each in found],
    }
    print(json.dumps(document, indent=2, ensure_ascii=False))


def _say(problem: "Problem") -> None:
    from envc.store.progress import tell

    tell(NAME, problem, sys.stderr)
