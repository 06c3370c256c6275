"""From a checked spec, its lock and its plans to jobs: pure, asking nothing of this machine.

A job is one run of one app for one choice of its variants, at one place. A place is a site, or a
scheduler alone, of whose nodes nothing is known.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from envc.check import Checked
from envc.compile import names
from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Label
from envc.facts.command import CommandWord
from envc.facts.problem import Problem
from envc.jobs import limits, mpi, partition, wanted
from envc.jobs.budget import Counted, beyond
from envc.jobs.fields import Fields, fields
from envc.jobs.images import Chosen, choose, image
from envc.jobs.model import Job, Launch, Mpi, Node, Said, Shape, Words
from envc.jobs.places import Place, places
from envc.jobs.shape import shape
from envc.jobs.sites import is_by_target, values, where
from envc.lock import asked
from envc.lock.model import Lock
from envc.lock.text import write
from envc.plan.model import Plan
from envc.spec import ALWAYS, App, Run, Setting, Site
from envc.vocabulary import RUN

USUAL = "apptainer"
"""What runs images where neither run nor site says."""
NO_IMAGE = "none"
"""The runtime that needs none."""


class Jobs(NamedTuple):
    jobs: tuple[Job, ...]
    """Only those in which nothing is wrong."""
    diagnostics: tuple[Diagnostic, ...]
    """Warnings, too."""


def jobs(
    checked: Checked,
    lock: Lock,
    plans: Sequence[Plan],
    sites: Sequence[Site],
    schedulers: Callable[[App], Iterable[str]] = lambda _: (),
    *,
    of_campaigns: Iterable[Site] = (),
) -> Jobs:
    """For each site, for each that a campaign has for it, and for each of its schedulers alone."""
    ours = tuple(of_campaigns)
    made = [
        (_made(build, run, place), place)
        for build in _builds(checked.spec.apps, lock, plans)
        for place in (
            *places(build.app, build.choices, sites, ours),
            *(Place(None, name) for name in schedulers(build.app)),
        )
        for run in build.app.runs
        if place.has_run(run)
    ]
    counted = (Counted(job, place.campaigns) for one, place in made for job in one.jobs)
    told = (each for one, _ in made for each in one.diagnostics)
    found = tuple(job for one, _ in made for job in one.jobs)
    return Jobs(found, tuple(dict.fromkeys((*told, *beyond(counted)))))


# ---- what is run ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Build:
    """One app for one choice of its variants, for all its targets and from all its origins."""

    app: App
    choices: Mapping[str, str]
    name: str
    """Tells it from the app's other choices; empty where there is one."""
    plans: tuple[Plan, ...]
    lock: Lock
    digest: str

    def said(self, run: Run, target: str | None) -> tuple[Setting, ...]:
        """A value under a condition takes the place of one that has none."""
        holding = [each for each in run.settings if each.guard.holds(self.choices, target)]
        refined = {each.key for each in holding if each.guard != ALWAYS}
        return tuple(
            each
            for each in holding
            if each.guard != ALWAYS or each.key not in refined or RUN[each.key].repeat
        )

    def plans_for(self, runtime: str) -> tuple[Plan, ...]:
        """Guix runs its own packages; images are of Debian's where both are there."""
        own = tuple(each for each in self.plans if (each.run is None) == (runtime == "guix"))
        return own or (() if runtime == "guix" else self.plans)

    def mpi(self, plan: Plan) -> Mpi | None:
        for each in self.lock.environments:
            is_its = (each.app, each.choices, each.origin) == (plan.app, plan.choices, plan.origin)
            if is_its and plan.target in each.targets:
                return mpi.of_image(each)
        return None


def _builds(apps: Iterable[App], lock: Lock, plans: Sequence[Plan]) -> Iterator[_Build]:
    named = names.choices(plans)
    digest = f"sha256:{sha256(write(lock).encode()).hexdigest()}"
    for app in apps:
        chosen = {asked.said(choices.items()): choices for choices, _ in asked.builds(app)}
        for said, choices in chosen.items():
            own = tuple(
                each for each in plans if (each.app, each.choices) == (asked.label(app), said)
            )
            if own:
                yield _Build(app, choices, named[own[0].app, said], own, lock, digest)


# ---- one job -------------------------------------------------------------------------------------


def _made(build: _Build, run: Run, place: Place) -> Jobs:
    first = wanted.usual(fields(build.said(run, None)), place)
    landed = partition.choose(first, place.site)
    told = (*wanted.missing(first, place, run), *landed.told)
    runtime = _runtime(first, place.site)
    plans = [each for each in build.plans_for(runtime) if place.has_target(each.target)]
    images = [image(each, build.name, _registry(place.site), build.lock) for each in plans]
    chosen = choose(images, landed.node, _preferred(build.app), by_target=is_by_target(place.site))
    if isinstance(chosen, Problem) and runtime == NO_IMAGE:
        chosen = choose(images, None, (), by_target=False)
    if any(each.rule.severity == "error" for each in told):
        return Jobs((), told)
    if isinstance(chosen, Problem):
        return Jobs((), (*told, _no_image(chosen, first, run)))
    settled = _settled(build, run, chosen)
    if isinstance(settled, Diagnostic):
        return Jobs((), (*told, settled))
    asked_for = {**wanted.usual(settled, place), "runtime": runtime}
    plan = next(each for each in plans if each.target == chosen.images[0].target)
    case = _Case(build, run, place, landed.node)
    job = _job(case, plan, {**asked_for, "queue": landed.queue}, chosen)
    wrong = (*mpi.refusals(job), *limits.beyond(job, wanted.longest(place.site)))
    return Jobs(() if wrong else (job,), (*told, *wrong))


def _settled(build: _Build, run: Run, chosen: Chosen) -> Fields | Diagnostic:
    """What is asked for is said before the job knows on which CPU it lands."""
    first, *others = (build.said(run, each.target) for each in chosen.images)
    for other in others:
        for one in (*first, *other):
            if one not in first or one not in other:
                return Diagnostic(
                    rules.CANNOT_BE_SAID,
                    f"`{one.key}` depends on the CPU, and which one it is only the job will know",
                    (Label(one.place.source, one.place.span),),
                    help="leave the condition out, or name a partition with one kind of CPU",
                )
    return fields(first)


class _Case(NamedTuple):
    build: _Build
    run: Run
    place: Place
    node: Node | None


def _job(case: _Case, plan: Plan, said: Fields, chosen: Chosen) -> Job:
    build, run, place, node = case
    taken = shape(said, node)
    library = build.mpi(plan)
    known = _known(build, plan, taken, is_fixed="nodes" in said or taken.tasks == 1)
    words = tuple(_filled(word, known) for word in said["command"].value)
    return Job(
        app=plan.app,
        name=plan.name,
        version=plan.version,
        choices=plan.choices,
        run=run.name,
        spec=build.app.place.source.name.rpartition("/")[2],
        lock=build.digest,
        place=run.place,
        where=where(place.site, place.scheduler, node),
        prefix=plan.prefix,
        variables=plan.variables,
        images=chosen.images,
        preferred=_preferred(build.app),
        is_chosen=chosen.is_known,
        launch=_launch(said, taken, library),
        mpi=library,
        shape=taken,
        **{**said, "command": Said(words, said["command"].place)},
    )


def _launch(said: Fields, taken: Shape, library: Mpi | None) -> Launch:
    if "launched" in said:
        return Launch(said["launched"].value)
    if taken.tasks > 1 and library is not None:
        return Launch.MPI_HYBRID
    return Launch.OPENMP if taken.cpus_per_task > 1 else Launch.PLAIN


# ---- words ---------------------------------------------------------------------------------------


def _known(build: _Build, plan: Plan, taken: Shape, *, is_fixed: bool) -> Mapping[str, str]:
    """What need not wait for the job. Where the run does not say how many nodes, the scheduler
    may take more than it needs."""
    numbers = {
        "tasks": taken.tasks,
        "cpus": taken.cpus_per_task,
        "gpus": taken.gpus_per_node,
        "jobs": plan.recipes[-1].jobs if plan.recipes else 1,
        **({"nodes": taken.nodes} if is_fixed else {}),
    }
    return {
        "app": build.app.name,
        "version": build.app.version,
        "prefix": plan.prefix,
        **{name: str(number) for name, number in numbers.items()},
    }


def _filled(word: CommandWord, known: Mapping[str, str]) -> CommandWord:
    parts = (part if isinstance(part, str) else known.get(part.name, part) for part in word.parts)
    return CommandWord(tuple(parts), word.start, word.end)


# ---- facts of app and site -----------------------------------------------------------------------


def _preferred(app: App) -> Words:
    found = next((each.value for each in app.facts if each.key == "prefer"), ())
    return found if isinstance(found, tuple) else ()


def _runtime(said: Fields, site: Site | None) -> str:
    if "runtime" in said:
        return str(said["runtime"].value)
    return str(values(site.settings).get("runtime", USUAL)) if site is not None else USUAL


def _registry(site: Site | None) -> str:
    """Where a site's images are, if that is no folder."""
    found = str(values(site.settings).get("images", "")) if site is not None else ""
    return "" if found.startswith("/") else found.rstrip("/")


def _no_image(problem: Problem, said: Fields, run: Run) -> Diagnostic:
    place = said["queue"].place if "queue" in said else run.place
    label = Label(place.source, place.span)
    return Diagnostic(rules.NO_IMAGE_FOR_NODES, problem.message, (label,), help=problem.help)
