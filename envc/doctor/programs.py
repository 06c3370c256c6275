"""Engines, runtimes and tools."""

from collections.abc import Callable, Iterator
from functools import partial

from envc.doctor.model import Question
from envc.engines import building, known, runtimes
from envc.engines.asking import program
from envc.engines.finding import missing, plain, usable
from envc.engines.model import Engine, Found
from envc.facts.problem import Problem

_QEMU = ("qemu-x86_64", "qemu-x86_64-static", "qemu-aarch64", "qemu-aarch64-static")


def questions() -> Iterator[Question]:
    for name in known.NAMES:
        engine = known.engine(name)
        if isinstance(engine, Engine):
            yield Question("engines", name, partial(usable, engine), partial(_grade, engine))
    for name in runtimes.NAMES:
        yield Question("runtimes", name, partial(runtimes.found, name))
    for name, ask, what in _TOOLS:
        yield Question("tools", name, ask, partial(_said, what))


def _grade(engine: Engine, found: Found) -> str:
    return f"{engine.recipe}, {building.grade(engine, found.version)}"


def _said(what: str, _: Found) -> str:
    return what


def _newuidmap() -> Found | Problem:
    """It tells no version."""
    path = program("newuidmap")
    return Found(path, "") if path else missing("newuidmap", "newuidmap")


def _ssh_keygen() -> Found | Problem:
    """Its version is that of the whole."""
    path = program("ssh-keygen")
    if path is None:
        return missing("ssh-keygen", "ssh-keygen")
    whole = plain("ssh", "-V")
    return Found(path, whole.version if isinstance(whole, Found) else "")


def _qemu() -> Found | Problem:
    """Of the programs that run programs of one other CPU, any."""
    name = next(filter(program, _QEMU), None)
    return plain(name) if name else missing("qemu", _QEMU[0])


_TOOLS: tuple[tuple[str, Callable[[], Found | Problem], str], ...] = (
    ("git", partial(plain, "git"), "sources from repositories"),
    ("newuidmap", _newuidmap, "builds without root"),
    ("qemu", _qemu, "programs for another CPU"),
    ("diffoscope", partial(plain, "diffoscope"), "what differs inside of files"),
    ("squashfs", partial(plain, "mksquashfs", "-version", package="squashfs"), "Apptainer's files"),
    ("ssh-keygen", _ssh_keygen, "signatures"),
)
