"""What the folders are called: by app, by choices where there are any, and by target."""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from envc.plan.model import Plan

Build = tuple[str, tuple[str, ...], str]
"""App, choices, target."""
Chosen = Mapping[tuple[str, tuple[str, ...]], str]
"""By app and choice, what tells it from the app's other choices."""


def build(plan: Plan) -> Build:
    return plan.app, plan.choices, plan.target


def choices(plans: Iterable[Plan]) -> Chosen:
    of_app: dict[str, list[tuple[str, ...]]] = {}
    for plan in plans:
        made = of_app.setdefault(plan.app, [])
        if plan.choices not in made:
            made.append(plan.choices)
    return {
        (app, each): name
        for app, made in of_app.items()
        for each, name in zip(made, _names(made), strict=True)
    }


def _names(made: Sequence[tuple[str, ...]]) -> list[str]:
    shared = set(made[0]).intersection(*made)
    names = ["_".join(_word(word) for word in each if word not in shared) for each in made]
    # `a-b` of `c` and `a` of `b-c` read alike.
    return [
        f"{name}_{_short(each)}" if names.count(name) > 1 else name
        for name, each in zip(names, made, strict=True)
    ]


def _word(said: str) -> str:
    """`+mpi`, `~fortran` and `precision=float`, as a shell takes them without quotes."""
    word = said.removeprefix("+").replace("=", "-")
    return f"no-{word.removeprefix('~')}" if word.startswith("~") else word


def folders(plans: Sequence[Plan]) -> Mapping[Build, str]:
    named = choices(plans)
    apps = _apps(plans)
    return {
        build(plan): "/".join(
            part for part in (apps[plan.app], named[plan.app, plan.choices], plan.target) if part
        )
        for plan in plans
    }


def _apps(plans: Iterable[Plan]) -> Mapping[str, str]:
    """By its name alone, unless two share it."""
    names = {plan.app: plan.name for plan in plans}
    alike = list(names.values())
    return {
        app: name if alike.count(name) == 1 else re.sub(r"[^\w.+@-]", "-", app, flags=re.ASCII)
        for app, name in names.items()
    }


def _short(words: Iterable[str]) -> str:
    return sha256("\n".join(words).encode()).hexdigest()[:8]
