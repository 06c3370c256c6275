"""The table of docs/peers.md, of what was measured and nothing else."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeGuard

from benchmarks.peers.model import Built, Result, Tool
from benchmarks.peers.trees import Change

BEGIN, END = "<!-- peers: begin -->", "<!-- peers: end -->"
_NAMED = 4
"""Files that are named of those that differ."""
_NOTHING = "—"


def put_into(page: str, text: str) -> str:
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{text}{END}{after}"


def rendered(result: Result) -> str:
    tools = result.tools
    heads = " | ".join(f"{tool.name} {tool.version}" for tool in tools)
    lines = [f"Measured on {result.when} with {result.engines}.", "", f"| | {heads} |"]
    lines += ["|---|" + "---|" * len(tools)]
    lines += [f"| {name} | {' | '.join(map(cell, tools))} |" for name, cell in _rows(tools)]
    notes = [f"* {note}" for tool in tools for note in _notes(tool)]
    if result.distribution:
        notes.append(f"* hpccm, not told what Debian is nearest to: `{result.distribution}`.")
    return "\n".join([*lines, "", *notes, ""])


def _rows(tools: Sequence[Tool]) -> Iterator[tuple[str, Callable[[Tool], str]]]:
    for fact in ("images by digest", "packages by hash", "sources by hash"):
        yield f"pinned: {fact}", partial(_pinned, fact)
    yield "the Dockerfile builds", lambda tool: _builds(tool.docker)
    yield "the app's own test passes in it", lambda tool: _tested(tool.docker)
    yield "a second build gives the same image", _again
    yield "the definition builds", lambda tool: _builds(tool.apptainer)
    yield "the app's own test passes in that", lambda tool: _tested(tool.apptainer)
    yield "both images hold the same files", _formats
    yield "compiled with `-march=x86-64-v3`", _compiled
    yield "paths in the image", lambda tool: _size(tool.docker, "files")
    yield "its files, MB", lambda tool: _size(tool.docker, "megabytes")
    yield "lines of the Dockerfile", lambda tool: str(tool.lines)
    fastest = min(tool.seconds for tool in tools)
    yield "CPU time to write both recipes, a ratio", lambda tool: f"{tool.seconds / fastest:.1f}"


def _pinned(fact: str, tool: Tool) -> str:
    found = tool.pinned[fact]
    return "there are none" if found == "0 of 0" else found


def _builds(built: Built | None) -> str:
    return _NOTHING if built is None else _yes(built.problem)


def _tested(built: Built | None) -> str:
    return _yes(built.test) if _done(built) else _NOTHING


def _size(built: Built | None, what: str) -> str:
    return f"{getattr(built, what):,}" if _done(built) else _NOTHING


def _done(built: Built | None) -> TypeGuard[Built]:
    return built is not None and not built.problem


def _yes(problem: str) -> str:
    return "no" if problem else "yes"


def _again(tool: Tool) -> str:
    if not (_done(tool.docker) and _done(tool.again)):
        return _NOTHING
    if tool.docker.digest == tool.again.digest:
        return "yes, the same digest"
    return f"no: {_counted(tool.rebuilt)}" if tool.rebuilt.paths else "its files, not its digest"


def _formats(tool: Tool) -> str:
    if not (_done(tool.docker) and _done(tool.again) and _done(tool.apptainer)):
        return _NOTHING
    if not tool.formats.paths:
        return "but for what a rebuild changes" if tool.rebuilt.paths else "yes"
    beyond = ", beyond what a rebuild changes" if tool.rebuilt.paths else ""
    return f"no: {_counted(tool.formats)}{beyond}"


def _counted(change: Change) -> str:
    parts = (
        (len(change.contents), "in contents"),
        (len(change.rights), "in rights"),
        (len(change.alone), "in one only"),
    )
    said = [f"{number:,} {where}" for number, where in parts if number]
    paths = f"{change.paths:,} {'path differs' if change.paths == 1 else 'paths differ'}"
    if len(said) == 1:
        return f"{paths} {said[0].partition(' ')[2]}"
    return f"{paths} ({', '.join(said)})"


def _compiled(tool: Tool) -> str:
    parts = [f"{each.project} {each.marched:,} of {each.files:,}" for each in tool.compiled]
    return "; ".join(parts) or _NOTHING


def _notes(tool: Tool) -> Iterator[str]:
    for name, built in (("Dockerfile", tool.docker), ("definition", tool.apptainer)):
        if built and built.problem:
            yield f"{tool.name}, the {name}: `{built.problem}`."
        if built and built.test:
            yield f"{tool.name}, the test in the image of the {name}: `{built.test}`."
    for when, change in (("built again", tool.rebuilt), ("by Apptainer", tool.formats)):
        for how, paths in zip(("other contents", "other rights", "one only"), change, strict=True):
            if paths:
                yield f"{tool.name}, {when}, {how}: {_some(paths)}."


def _some(paths: Sequence[str]) -> str:
    """The first of each folder, so that one of many files does not hide the rest."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault("/".join(path.split("/")[:-1][:3]), []).append(path)
    first = [several[0] for several in folders.values()][:_NAMED]
    rest = len(paths) - len(first)
    named = ", ".join(f"`/{path}`" for path in first)
    return f"{named} and {rest:,} more" if rest else named
