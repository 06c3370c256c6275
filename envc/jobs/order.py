"""In which order runs are started: those that a run comes after are before it."""

from collections.abc import Iterator

from envc.spec import App, Run


def before(app: App, name: str) -> tuple[Run, ...]:
    """A run behind all that it comes after, each once; the check has refused circles."""
    runs = {run.name: run for run in app.runs}
    ordered: dict[str, Run] = {}

    def add(one: str) -> None:
        for other in _waits_for(runs[one]):
            add(other)
        ordered[one] = runs[one]

    add(name)
    return tuple(ordered.values())


def _waits_for(run: Run) -> Iterator[str]:
    for each in run.settings:
        if each.key == "after" and isinstance(each.value, tuple):
            yield from each.value
