"""Which of the images that a lock has are for the nodes of a job, the best first."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from envc.compile import tags
from envc.cpu import lattice
from envc.cpu.selector.needs import NoRuleError, best_first
from envc.facts.problem import Problem
from envc.facts.words import listed
from envc.jobs.model import Image, Node, Words
from envc.lock.model import Lock
from envc.plan.model import Plan


class Chosen(NamedTuple):
    images: tuple[Image, ...]
    is_known: bool
    """Whether the first is right for all of the nodes, so that nothing has to be asked there."""


def choose(
    images: Sequence[Image], node: Node | None, preferred: Words, *, by_target: bool
) -> Chosen | Problem:
    """`by_target`: the scheduler gives no other nodes than those of the one target."""
    if not images:
        return Problem("the lock has no image of it", "`envc lock` makes one for each target")
    ordered = _ordered(images, preferred)
    cpus = node.targets if node is not None else ()
    if not cpus or node is None:
        return ordered if isinstance(ordered, Problem) else Chosen(ordered, len(ordered) == 1)
    for cpu in cpus:
        if not any(lattice.covers(each.target, cpu) for each in images):
            return _none(images, node, cpu)
    if isinstance(ordered, Problem):
        return ordered
    fit = tuple(each for each in ordered if any(_may_run(each.target, cpu) for cpu in cpus))
    is_one = len(cpus) == 1 and (by_target or lattice.vendor(cpus[0]) != "generic")
    if is_one:
        fit = tuple(each for each in fit if lattice.covers(each.target, cpus[0]))[:1]
    fit = tuple(each for each in fit if not _is_lesser(each, fit, cpus, preferred))
    return Chosen(fit, is_one or len(fit) == 1)


def image(plan: Plan, choices: str, registry: str, lock: Lock) -> Image:
    name = tags.image(plan, choices)
    outputs = {each.closure: each.digest for each in lock.outputs if each.kind == "oci"}
    return Image(
        target=plan.target,
        file=f"{name.replace(':', '-')}.sif",
        reference=f"{registry}/{name}" if registry else name,
        closure=plan.closure,
        digest=outputs.get(plan.closure, ""),
        platform=plan.platform,
    )


def _may_run(target: str, cpu: str) -> bool:
    """A generic CPU is the least that nodes are: some may run more."""
    if lattice.covers(target, cpu):
        return True
    return lattice.vendor(cpu) == "generic" and lattice.covers(cpu, target)


def _is_lesser(image: Image, images: Iterable[Image], cpus: Words, preferred: Words) -> bool:
    """Whether another is better wherever it is sure to run."""
    runs = [cpu for cpu in cpus if lattice.covers(image.target, cpu)]
    return image.target not in preferred and any(
        other is not image
        and lattice.covers(image.target, other.target)
        and runs
        and all(lattice.covers(other.target, cpu) for cpu in runs)
        for other in images
    )


def _ordered(images: Iterable[Image], preferred: Words) -> tuple[Image, ...] | Problem:
    """As the selector would try them."""
    by_target = {each.target: each for each in images}
    try:
        order = [each.name for each in best_first(tuple(by_target))]
    except NoRuleError as reason:
        if len(by_target) == 1:
            return tuple(by_target.values())
        return Problem(str(reason), "give the app one target, or name a site with one kind of CPU")
    first = [each for each in preferred if each in by_target]
    return tuple(by_target[name] for name in dict.fromkeys((*first, *order)))


def _none(images: Iterable[Image], node: Node, cpu: str) -> Problem:
    built = listed((each.target for each in images), "and")
    return Problem(
        f"nodes of partition `{node.name}` are `{cpu}`, which runs none of {built}",
        f"add `{cpu}`, or a target that runs on it, to `targets`",
    )
