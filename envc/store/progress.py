"""What long work tells of itself: bars on a terminal, nothing elsewhere but what went wrong."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import IO, TYPE_CHECKING, Protocol

from envc.diagnostics.screen import visible
from envc.facts.problem import Problem

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Row(Protocol):
    """One thing that is being worked on."""

    def has(self, count: int) -> None:
        """So many bytes are there now. It can become less, where a place sent wrong ones."""


class Show(Protocol):
    """Told from several threads at once."""

    def row(self, name: str, size: int | None) -> AbstractContextManager[Row]:
        """Work on `name`, which has so many bytes where that is known."""

    def tells(self, sentence: str) -> None:
        """Something went wrong on the way, though it may still end well."""


class Silent:
    """For who wants to hear nothing."""

    @contextmanager
    def row(self, name: str, size: int | None) -> Iterator[Row]:  # noqa: ARG002 - a Show
        yield self

    def has(self, count: int) -> None: ...

    def tells(self, sentence: str) -> None: ...


class Sentences(Silent):
    """Says what goes wrong, and nothing else."""

    def __init__(self, stream: IO[str], command: str) -> None:
        self._stream = stream
        self._command = command

    def tells(self, sentence: str) -> None:
        print(f"{self._command}: {visible(sentence)}", file=self._stream)


class Sum:
    """One row for all that several rows have."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._count = 0
        self._counting = Lock()

    def part(self, row: Row) -> "Part":
        return Part(self, row)

    def grows(self, by: int) -> None:
        with self._counting:
            self._count += by
            self._row.has(self._count)


class Part:
    """A row whose count is also part of a sum."""

    def __init__(self, whole: Sum, row: Row) -> None:
        self._whole = whole
        self._row = row
        self._count = 0

    def has(self, count: int) -> None:
        self._row.has(count)
        self._whole.grows(count - self._count)
        self._count = count


class Bars:
    """A bar for each that is being worked on."""

    def __init__(self, progress: "Progress", command: str) -> None:
        self._progress = progress
        self._command = command

    @contextmanager
    def row(self, name: str, size: int | None) -> Iterator[Row]:
        bar = self._progress.add_task(visible(name), total=size)
        try:
            yield _Bar(self._progress, bar)
        finally:
            self._progress.remove_task(bar)

    def tells(self, sentence: str) -> None:
        said = f"{self._command}: {visible(sentence)}"
        self._progress.console.print(said, markup=False, highlight=False, soft_wrap=True)


class _Bar:
    def __init__(self, progress: "Progress", bar: "TaskID") -> None:
        self._progress = progress
        self._bar = bar

    def has(self, count: int) -> None:
        self._progress.update(self._bar, completed=count)


@contextmanager
def shown(stream: IO[str], command: str, *, quiet: bool) -> Iterator[Show]:
    """What fits the stream, usually standard error, until the work is done."""
    if quiet or not stream.isatty():
        yield Sentences(stream, command)
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.DownloadColumn(binary_units=True),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(
        *columns,
        console=Console(file=stream),
        transient=True,
        redirect_stdout=False,  # a document goes there
        redirect_stderr=False,
    ) as bars:
        yield Bars(bars, command)


def tell(command: str, problem: Problem, stream: IO[str]) -> None:
    """A problem that ended it, and what to do about it."""
    print(f"{command}: {visible(problem.message)}", file=stream)
    if problem.help:
        print(f"  help: {visible(problem.help)}", file=stream)
