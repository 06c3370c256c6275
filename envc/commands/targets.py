"""`envc targets`: the CPU lattice, one target in full, and what this machine runs."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from envc import exits

if TYPE_CHECKING:
    from envc.cpu.describe import CompilerFlags, Sheet
    from envc.cpu.findings import Finding


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    parser = subparsers.add_parser(
        "targets",
        help="CPU targets, their flags, and what this host runs",
        description="Names every CPU target, explains one, or says which of them this host runs.",
    )
    asked = parser.add_subparsers(dest="asked", metavar="list | show NAME | host")
    every = asked.add_parser("list", help="all targets, family by family")
    every.add_argument("family", nargs="?", metavar="FAMILY", help="x86_64, aarch64, …")
    show = asked.add_parser("show", help="one target: order, features, flags, other names")
    show.add_argument("name", metavar="NAME")
    host = asked.add_parser("host", help="which targets this machine runs")
    # A subcommand's own default would overwrite what stands before it.
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    for each in (every, show, host):
        each.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document"
        )


def run(args: argparse.Namespace) -> int:
    if _refused_environment():
        return exits.DIAGNOSTICS
    match args.asked:
        case "show":
            return _show(args.name, as_json=args.json)
        case "host":
            return _host(as_json=args.json)
        case _:
            return _list(getattr(args, "family", None), as_json=args.json)


def _refused_environment() -> bool:
    from envc.cpu import findings
    from envc.cpu.archspec_json import overrides

    found = findings.overridden(overrides(os.environ))
    _say(found)
    return bool(found)


# ---- list ---------------------------------------------------------------------------------------


def _list(family: str | None, *, as_json: bool) -> int:
    from envc.cpu import findings, lattice

    if family is not None and not lattice.is_family(family):
        _say(findings.family(family))
        return exits.DIAGNOSTICS
    names = lattice.by_family(family) if family is not None else lattice.names()
    if as_json:
        _print_json(
            {
                "archspec": lattice.data_version(),
                "digest": lattice.data_digest(),
                "targets": [_row(name) for name in names],
            }
        )
        return exits.FINE
    widest = max(map(len, names))
    for root in [each for each in names if not lattice.target(each).ancestors]:
        members = lattice.by_family(root)
        print(f"{root}  ({len(members)})")
        for name in members:
            this = lattice.target(name)
            print(f"  {name:<{widest}}  {this.vendor:<13} {', '.join(this.parents)}".rstrip())
    return exits.FINE


def _row(name: str) -> dict[str, Any]:
    from envc.cpu import lattice

    this = lattice.target(name)
    return {
        "name": name,
        "family": this.family,
        "vendor": this.vendor,
        "generic": lattice.generic(name),
        "parents": this.parents,
        "features": sorted(this.features),
    }


# ---- show ---------------------------------------------------------------------------------------


def _show(written: str, *, as_json: bool) -> int:
    from envc.cpu import findings
    from envc.cpu.describe import sheet

    resolved, found = findings.target(written)
    _say(found)
    if resolved is None:
        return exits.DIAGNOSTICS
    described = sheet(resolved.name)
    if as_json:
        _print_json(asdict(described))
    else:
        print("\n".join(_lines(described)))
    return exits.FINE


def _lines(this: "Sheet") -> Iterable[str]:
    yield f"{this.name}: {this.vendor}, family {this.family}"
    yield ""
    yield "Order"
    yield from _field("parents", this.parents or ("none: the family's baseline",))
    yield from _field("runs code for", this.runs)
    yield from _field("its code runs on", this.runs_on)
    yield from _field("for any vendor", (this.generic,))
    yield ""
    yield "Features"
    yield from _field("new in it", this.own_features or ("none that archspec names",))
    yield from _field("from its parents", this.inherited_features or ("none",))
    yield ""
    yield "Flags"
    yield from _compilers(this.flags)
    if this.fortran:
        yield ""
        yield "Flags for Fortran, where they differ"
        yield from _compilers(this.fortran)
    yield ""
    yield "With every build, before the spec's own flags"
    yield from _field("compile", this.codegen)
    yield from _field(
        "link", this.link or ("nothing: the baseline and other families have no note",)
    )
    yield ""
    yield from _elsewhere(this)


def _compilers(all_flags: "Iterable[CompilerFlags]") -> Iterable[str]:
    for each in all_flags:
        words = each.words or ("none:", each.why)
        if each.words and each.why:
            words = (*words, f"(of {each.of})")
        yield from _field(f"{each.compiler} {each.version}", words)


def _elsewhere(this: "Sheet") -> Iterable[str]:
    names = this.elsewhere
    tuned = f"--tune={names.guix_tune}" if names.guix_tune else "no --tune"
    guix = [names.guix_system or "not built for it", *([tuned] if names.guix_system else [])]
    if names.guix_system and names.guix_why:
        guix.append(f"({names.guix_why})")
    yield "Elsewhere"
    yield from _field("also called", names.aliases or ("nothing else",))
    if names.nearest_of:
        yield from _field("stands in for", names.nearest_of)
    yield from _field("OCI platform", (names.oci or "none",))
    yield from _field("glibc-hwcaps", (names.hwcaps or "the plain folder",))
    yield from _field("Guix", guix)
    yield from _field("schedulers", (*names.scheduler, "(guesses: the site file decides)"))


def _field(name: str, words: Iterable[str]) -> Iterable[str]:
    """A name and its words, folded under each other so that a terminal shows them whole."""
    first, width = f"  {name:<18}".ljust(20), 98
    line = first
    for word in words:
        if len(line) + len(word) > width and line.strip() and line != " " * 20:
            yield line.rstrip()
            line = " " * 20
        line += f"{word} "
    yield line.rstrip()


# ---- host ---------------------------------------------------------------------------------------


def _host(*, as_json: bool) -> int:
    from envc.cpu import host

    answer = host.ask(os.uname().machine)
    if isinstance(answer, host.Unknown):
        print(f"envc: {answer.reason}; `envc targets list` names them all", file=sys.stderr)
        return exits.DIAGNOSTICS
    if as_json:
        _print_json(asdict(answer))
        return exits.FINE
    print(f"family {answer.family}")
    print("\n".join(_field("best", [answer.best])))
    print("\n".join(_field("runs code for", answer.runs)))
    if answer.foreign:
        print("\n".join(_field("and of others", answer.foreign)))
    for sentence in _next_steps(answer.best, answer.lacking):
        print(f"  {sentence}")
    return exits.FINE


def _next_steps(best: str, lacking: Iterable[str]) -> list[str]:
    """Why not the targets directly above the best: the others are farther away still."""
    from envc.cpu import lattice

    above = {each for each in lattice.upward(best) if best in lattice.target(each).parents}
    return [each for each in lacking if each.split(":")[0].removeprefix("not ") in above]


# ---- saying -------------------------------------------------------------------------------------


def _say(found: "Iterable[Finding]") -> None:
    for each in found:
        rule = each.rule
        print(f"envc: {rule.severity}[{rule.code}]: {each.message}", file=sys.stderr)
        for note in each.notes:
            print(f"  note: {note}", file=sys.stderr)
        if each.help:
            print(f"  help: {each.help}", file=sys.stderr)


def _print_json(value: Any) -> None:
    print(json.dumps(value, indent=2, ensure_ascii=False))
