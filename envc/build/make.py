"""From a plan to the layers of its image."""

from envc.build import cache, roots
from envc.build.app import app
from envc.build.bench import Bring, bench, nobody
from envc.build.model import Built, Conditions, Failed, Layer
from envc.build.parts import Stuck
from envc.build.tools import Tools
from envc.facts.problem import Problem
from envc.plan.model import Plan
from envc.store.content import digits
from envc.store.objects import Store
from envc.store.parallel import both
from envc.store.progress import Show
from envc.store.trouble import NotStoredError, of_disk

USUAL = Conditions()


def build(
    plan: Plan,
    store: Store,
    *,
    conditions: Conditions = USUAL,
    show: Show,
    bring: Bring = nobody,
    stuck: Stuck | None = None,
) -> Built | Failed | Problem:
    """Of packages of Debian. `bring` is asked for what the store lacks."""
    with bench(store, show, bring) as there:
        if isinstance(there, Problem):
            return there
        return build_by(Tools(there, plan), plan, conditions, stuck)


def build_by(
    tools: Tools, plan: Plan, conditions: Conditions = USUAL, stuck: Stuck | None = None
) -> Built | Failed | Problem:
    """With tools that are used for more than this."""
    try:
        return _build(tools, plan, conditions, stuck)
    except NotStoredError as error:
        return error.problem
    except OSError as error:
        return of_disk(error, tools.bench.store.folder, f"the image of {plan.name}", None)


def _build(
    tools: Tools, plan: Plan, conditions: Conditions, stuck: Stuck | None
) -> Built | Failed | Problem:
    """What it runs with and what is built from sources do not wait for each other."""
    run, made = both(
        lambda: roots.layer(tools, plan, conditions),
        lambda: app(tools, plan, conditions, stuck),
    )
    if isinstance(made, Failed | Problem):
        return made
    if isinstance(run, Problem):
        return run
    content = made[cache.LAYER]
    log, compiled = (cache.path(tools.bench, made[name]) for name in (cache.LOG, cache.COMPILED))
    own = Layer(digits(content.digest), content.size, "what was built, and what starts it")
    with open(compiled, encoding="utf-8", errors="replace") as file:
        lines = tuple(file.read().splitlines())
    return Built(plan, (run, own), log, lines)
