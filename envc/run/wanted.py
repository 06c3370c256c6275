"""Which jobs are started here: those of the run that is asked for, and of the runs before it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from envc.check import Checked
from envc.cpu.selector.needs import NoRuleError, best_first
from envc.diagnostics.model import Diagnostic
from envc.facts.command import CommandWord
from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.jobs.make import jobs
from envc.jobs.model import Job, Said, Words
from envc.lock import asked
from envc.lock.model import Lock
from envc.plan.model import Plan
from envc.spec import ALWAYS, App, Command, Quantity, Run, Setting

SCHEDULER = "local"
_ONE = Quantity(1)


class Wish(NamedTuple):
    run: str | None
    words: Words
    """More arguments for the run; without one, a program of the image and its arguments."""
    app: str | None


class Wanted(NamedTuple):
    jobs: tuple[Job, ...]
    """In the order in which they are started."""
    spread: Words
    """Runs that ask for several nodes, of which they get the one that there is."""


def wanted(
    checked: Checked, lock: Lock, plans: Sequence[Plan], wish: Wish, can: Collection[str]
) -> Wanted | Problem | tuple[Diagnostic, ...]:
    """`can` are the targets that this machine runs."""
    app = _app(checked, wish)
    if isinstance(app, Problem):
        return app
    run = _run(app, wish)
    if isinstance(run, Problem):
        return run
    runs = (*app.runs, run) if wish.run is None and wish.words else app.runs
    here = tuple(map(_on_one_node, runs))
    own = replace(checked.spec, apps=(replace(app, runs=here),))
    fit = _for_here(app, plans, can)
    if isinstance(fit, Problem):
        return fit
    made = jobs(checked._replace(spec=own), lock, fit, (), lambda _: (SCHEDULER,))
    order = [each.name for each in _before(app, run)]
    # Of an app's choices the first, which are the usual ones.
    of_run = {each.run: each for each in reversed(made.jobs)}
    if not of_run.keys() >= {*order}:
        return made.diagnostics
    found = [of_run[name] for name in order]
    more = wish.words if wish.run is not None else ()
    spread = tuple(each.name for each in runs if each not in here)
    return Wanted((*found[:-1], _with_more(found[-1], more)), spread)


# ---- of a spec -----------------------------------------------------------------------------------


def _app(checked: Checked, wish: Wish) -> App | Problem:
    apps = [
        each
        for each in checked.spec.apps
        if wish.app in (None, each.name, asked.label(each))
        and (wish.run is None or wish.run in [run.name for run in each.runs])
    ]
    if len(apps) == 1:
        return apps[0]
    if apps:
        named = listed((asked.label(each) for each in apps), "and")
        return Problem(f"the spec has {named}", "choose one with `--app`")
    if wish.app not in (None, *(name for one in checked.spec.apps for name in _names(one))):
        return Problem(f"the spec has no app `{wish.app}`")
    runs = [run.name for app in checked.spec.apps for run in app.runs]
    near = close(wish.run or "", runs)
    help_ = f"did you mean {listed(near)}?" if near else _all(runs)
    return Problem(f"the spec has no run `{wish.run}`", help_)


def _names(app: App) -> Words:
    return app.name, asked.label(app)


def _run(app: App, wish: Wish) -> Run | Problem:
    if wish.run is not None:
        return next(each for each in app.runs if each.name == wish.run)
    if wish.words:
        words = tuple(CommandWord((each,) if each else (), 0, 0) for each in wish.words)
        return Run("", (Setting("command", Command(words), ALWAYS, app.place),), app.place)
    if len(app.runs) == 1:
        return app.runs[0]
    return Problem(
        f"`{app.name}` has more than one run" if app.runs else f"`{app.name}` has no run",
        _all([each.name for each in app.runs]),
    )


def _all(runs: Sequence[str]) -> str:
    if runs:
        return f"here are {listed(dict.fromkeys(runs), 'and')}"
    return "name a program of the image: `envc run FILE -- PROGRAM`"


def _before(app: App, run: Run) -> Iterator[Run]:
    """A run after those that it waits for, each once; the check has told of circles."""
    seen: dict[str, Run] = {}

    def visit(one: Run) -> None:
        for name in _waits_for(one):
            visit(next(each for each in app.runs if each.name == name))
        seen.setdefault(one.name, one)

    visit(run)
    yield from seen.values()


def _on_one_node(run: Run) -> Run:
    kept = tuple(each for each in run.settings if each.key != "nodes" or each.value == _ONE)
    return run if kept == run.settings else replace(run, settings=kept)


def _waits_for(run: Run) -> Iterator[str]:
    for each in run.settings:
        if each.key == "after" and isinstance(each.value, tuple):
            yield from each.value


def _with_more(job: Job, words: Words) -> Job:
    more = tuple(CommandWord((each,) if each else (), 0, 0) for each in words)
    return replace(job, command=Said((*job.command.value, *more), job.command.place))


# ---- for this machine ----------------------------------------------------------------------------


def _for_here(app: App, plans: Sequence[Plan], can: Collection[str]) -> tuple[Plan, ...] | Problem:
    """Those of the one target that is best here."""
    own = [each for each in plans if each.app == asked.label(app)]
    built = tuple(dict.fromkeys(each.target for each in own))
    targets = [each for each in built if each in can]
    if not targets:
        names = listed(built, "and") if built else "nothing"
        return Problem(
            f"this machine's CPU runs none of the targets of `{app.name}`, which are {names}",
            "`envc targets --host` says which it runs: add one to `targets`",
        )
    best = _best(app, targets)
    return tuple(each for each in own if each.target == best)


def _best(app: App, targets: Sequence[str]) -> str:
    """As the selector would try them."""
    said = next((each.value for each in app.facts if each.key == "prefer"), ())
    preferred = [each for each in said if each in targets] if isinstance(said, tuple) else []
    try:
        return str((*preferred, *(each.name for each in best_first(tuple(targets))))[0])
    except NoRuleError:
        return targets[0]
