"""The page beside the recipes, for whoever finds the folder without knowing envc."""

import re
from collections.abc import Iterable, Iterator, Sequence
from shlex import quote
from typing import NamedTuple

from envc.compile.tree import RECORD
from envc.cpu import lattice
from envc.plan.backend import File
from envc.plan.model import Input, Plan
from envc.vocabulary import IMAGES

README = "README.md"
_MARKS = re.compile(r"([\\`*{}\[\]<>#|]|\b_|_\b)")
"""An underscore inside a word is one."""


class Written(NamedTuple):
    """What one backend makes of one plan."""

    format: str
    plan: Plan
    files: tuple[File, ...]


class Leaf(NamedTuple):
    """A folder of one app, choice and target."""

    path: str
    choices: str
    written: tuple[Written, ...]
    inputs: tuple[Input, ...]


# ---- one folder ----------------------------------------------------------------------------------


def page(leaf: Leaf, spec: str) -> str:
    """`spec` is the name of the file, without its folder."""
    plan = leaf.written[0].plan
    title = " ".join(part for part in (plan.name, plan.version, "for", plan.target) if part)
    blocks = [
        f"# {prose(title)}",
        *_summary(plan),
        (
            "This folder was written by `envc compile`. What is changed here is not carried back: "
            f"change {code(spec)}, and compile it again."
        ),
        "## How to use it",
        *_uses(leaf.written),
        "## What each file is",
        table(("file", "what it is"), _files(leaf)),
        "## What it is for",
        *_target(tuple(_plans(leaf.written))),
        "## What it is made from",
        *(_made_of(each) for each in _plans(leaf.written)),
        *_sources(leaf.inputs),
        "## How to check it",
        "Whether the files are still as envc wrote them:",
        session(f"sha256sum -c {RECORD}"),
        "Whether they are what the spec and its lock say, in the folder of the spec:",
        session(f"envc compile --check {quote(spec)}"),
    ]
    return "\n\n".join(blocks) + "\n"


def _summary(plan: Plan) -> Iterator[str]:
    if plan.summary:
        yield prose(plan.summary)
    facts = [
        f"Licence: {prose(plan.license)}." if plan.license else "",
        f"Homepage: {prose(plan.homepage)}" if plan.homepage else "",
        f"Built with {codes(plan.choices)}." if plan.choices else "",
    ]
    if any(facts):
        yield " ".join(filter(None, facts))


def _uses(written: Iterable[Written]) -> Iterator[str]:
    for each in written:
        for file in each.files:
            if file.use:
                yield f"{IMAGES[each.format]}, {code(file.path)}:"
                yield session(file.use)


def _files(leaf: Leaf) -> Iterator[tuple[str, str]]:
    told = {file.path: file.about for each in leaf.written for file in each.files}
    yield from ((code(path), prose(about)) for path, about in sorted(told.items()))
    for each in leaf.inputs:
        yield code(f"inputs/{each.file}"), _input(each)
    yield code(RECORD), "The SHA-256 of each of these files."


def _input(each: Input) -> str:
    what = "A change to the source" if each.kind == "patch" else "The source"
    return f"{what}, {each.size} bytes."


def _target(plans: Sequence[Plan]) -> Iterator[str]:
    plan = plans[0]
    # A target of somebody else's library may be newer than the table of targets.
    target = lattice.target(plan.target) if plan.target in lattice.names() else None
    maker = f", of {target.vendor}" if target and target.vendor != "generic" else ""
    yield (
        f"`{plan.target}`{maker}: `{plan.platform}` in the words of container registries. "
        "What is built here runs on such CPUs and on those that can do all that they can; on "
        f"others it does not start. `envc explain {plan.target}` says what that CPU is, and "
        "`envc targets host` what a machine runs."
    )
    rows = [
        (
            prose(f"{each.name} {each.version} of {plan.origin}, {each.language}"),
            code(" ".join(each.flags)),
        )
        for plan in plans
        for each in plan.compilers
    ]
    if rows:
        yield table(("compiler", "its options"), rows)


def _plans(written: Iterable[Written]) -> Iterator[Plan]:
    """Two formats of one origin share their plan."""
    yield from {each.plan.origin: each.plan for each in written}.values()


def _made_of(plan: Plan) -> str:
    closure = f"The digest of everything that goes in: `{plan.closure}`."
    if plan.channels:
        commits = ", ".join(f"{each.name} at `{each.commit}`" for each in plan.channels)
        count = len(set(plan.build_items) | set(plan.run_items))
        return f"{count} packages of Guix, and all that these need: {commits}. {closure}"
    packages = {each.sha256 for root in (plan.build, plan.run) if root for each in root.debs}
    moment = f" as it was at {code(plan.snapshot)}" if plan.snapshot else ""
    over = f", over {code(plan.base.reference)} at `{plan.base.digest}`" if plan.base else ""
    origin = code(plan.origin)
    return f"{len(packages)} packages of {origin}{moment}, each by its hash{over}. {closure}"


def _sources(inputs: Sequence[Input]) -> Iterator[str]:
    if inputs:
        rows = ((code(each.file), f"`{each.sha256}`") for each in inputs)
        yield table(("source", "SHA-256"), rows)


# ---- all folders ---------------------------------------------------------------------------------


def top(leaves: Sequence[Leaf], spec: str, jobs: Sequence[tuple[str, str]] = ()) -> str:
    """`jobs` are folders, each with the names of its runs."""
    rows = []
    for leaf in leaves:
        plan = leaf.written[0].plan
        formats = ", ".join(dict.fromkeys(IMAGES[each.format] for each in leaf.written))
        rows.append((f"[{prose(leaf.path)}]({leaf.path}/{README})", code(plan.image), formats))
    blocks = (
        f"# What {prose(spec)} compiles to",
        (
            "Each folder holds all that is needed to build one app for one kind of CPU, and a page "
            "that says how."
        ),
        table(("folder", "image", "formats"), rows),
        *_jobs(jobs),
        (
            "`tags.json` in the folder of an app names the image of each target, and the images of "
            "which one index for all targets is made."
        ),
        (
            "These folders were written by `envc compile`. What is changed here is not carried "
            f"back: change {code(spec)}, and compile it again. Files that envc did not write stay."
        ),
        "Whether all is still as envc wrote it:",
        session(f"sha256sum -c {RECORD}"),
        "Whether it is what the spec and its lock say, in the folder of the spec:",
        session(f"envc compile --check {quote(spec)}"),
    )
    return "\n\n".join(blocks) + "\n"


def _jobs(jobs: Sequence[tuple[str, str]]) -> Iterator[str]:
    if jobs:
        rows = [(f"[{prose(path)}]({path}/{README})", runs) for path, runs in jobs]
        yield "These hold what is handed to a scheduler:"
        yield table(("folder", "runs"), rows)


# ---- Markdown ------------------------------------------------------------------------------------


def prose(text: str) -> str:
    """Somebody's words in one line, none of them a mark of Markdown."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """In a table `|` would end the cell, wherever it stands."""
    flat = " ".join(text.split()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", flat)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {flat} {fence}" if longest else f"`{flat}`"


def codes(words: Iterable[str]) -> str:
    return ", ".join(map(code, words))


def session(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}sh\n{text}\n{fence}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
