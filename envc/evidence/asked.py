"""Of which images evidence is asked for."""

from collections.abc import Mapping, Sequence

from envc.compile.names import build, folders
from envc.facts.problem import Problem
from envc.facts.words import close, listed
from envc.plan.model import Plan


def chosen(
    plans: Sequence[Plan], target: str | None, origin: str | None, *, one: bool
) -> Mapping[str, Plan] | Problem:
    """By the folder of each image; of two origins, Debian's, which `envc build` takes."""
    if not plans:
        return Problem("the spec has no app that is built", "name what is built with `app`")
    targets = sorted({each.target for each in plans})
    if target is not None and target not in targets:
        return _unknown("target", target, targets)
    origins = sorted({each.origin for each in plans})
    if origin is not None and not any(_is_from(each, origin) for each in origins):
        return _unknown("origin", origin, origins)
    places = folders(plans)
    found: dict[str, Plan] = {}
    # Guix's come first, and give way where there is another.
    for plan in sorted(plans, key=lambda each: not _is_from(each.origin, "guix")):
        if target in {None, plan.target} and (origin is None or _is_from(plan.origin, origin)):
            found[places[build(plan)]] = plan
    if not found:
        return Problem(f"`{target}` is not made of packages from `{origin}` here")
    if one and len(found) > 1:
        return Problem(
            f"there are {len(found)} images: {listed(sorted(found), 'and')}",
            "name one target with `-t`, or a folder for all of them with `-o`",
        )
    return found


def _is_from(origin: str, said: str) -> bool:
    """`debian` is any release."""
    return origin == said or origin.startswith(f"{said}/")


def _unknown(what: str, said: str, known: Sequence[str]) -> Problem:
    near = close(said, known)
    help_ = f"did you mean {listed(near)}?" if near else f"here are {listed(known, 'and')}"
    return Problem(f"the spec and its lock have nothing for the {what} `{said}`", help_)
