"""Which graphs a person asks for: the app, the choices of its variants and the target.

`envc graph` and `envc why` read these options alike. What the file does not have is refused with
what may have been meant.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from envc.choices import MOST_COMBINATIONS, YES_NO, combinations
from envc.facts.words import close, listed
from envc.spec import App, Spec

SIGNS = {"+": "yes", "~": "no"}


@dataclass(frozen=True, slots=True)
class Asked:
    app: App
    choices: Mapping[str, str]
    target: str | None

    def differences(self, other: "Asked") -> list[str]:
        """The options that lead from this to the other."""
        changed = [f"--with {n}={c}" for n, c in other.choices.items() if self.choices[n] != c]
        moved = [f"-t {other.target}"] if other.target not in (None, self.target) else []
        return [*changed, *moved]


class RefusedError(Exception):
    """An option that says what the file does not have."""

    def __init__(self, message: str, word: str = "", known: Iterable[str] = ()) -> None:
        names = list(known)
        near = close(word, names)
        if near:
            message += f", did you mean {' or '.join(near)}?"
        elif word and 0 < len(names) <= 12:
            message += f"; it has {listed(names, 'and').replace('`', '')}"
        super().__init__(message)


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--app", metavar="NAME", help="which app (default: the first)")
    parser.add_argument(
        "-t", "--target", metavar="TARGET", help="which CPU (default: the first of the app's)"
    )
    parser.add_argument(
        "--with",
        dest="choices",
        metavar="VARIANT=CHOICE",
        action="append",
        default=[],
        help="a choice other than the default, also as +VARIANT or ~VARIANT; may be repeated",
    )


def one(spec: Spec, args: argparse.Namespace) -> Asked:
    app = _app(spec, args.app)
    usual, target = _usual(app)
    chosen = {**usual, **_choices(app, args.choices)}
    asked = Asked(app, chosen, target if args.target is None else _target(app, args.target))
    _check_conflicts(asked)
    return asked


def every(spec: Spec, args: argparse.Namespace) -> Iterator[Asked]:
    """The whole matrix of every app, as far as the options leave it open."""
    apps = spec.apps if args.app is None else (_app(spec, args.app),)
    for app in apps:
        fixed = _choices(app, args.choices)
        target = _target(app, args.target) if args.target is not None else None
        axes = {axis.key for axis in app.axes}
        loose = {name: choice for name, choice in fixed.items() if name not in axes}
        for chosen, on in app.combinations():
            fits = all(chosen[name] == fixed[name] for name in axes & set(fixed))
            if fits and target in (None, on):
                yield Asked(app, {**chosen, **loose}, on)


def nearest(asked: Asked) -> Iterator[Asked]:
    """What else could be asked of the app, the smallest changes first; at most a few thousand."""
    app = asked.app
    options = app.options()
    count = 1
    for choices in options.values():
        count *= len(choices)
    open_options = options if count <= MOST_COMBINATIONS else {}
    others = [
        Asked(app, {**app.defaults(), **chosen}, target)
        for chosen in combinations(open_options)
        for target in app.targets or (asked.target,)
    ]
    others.sort(key=lambda other: len(asked.differences(other)))
    return (each for each in others[1:] if _conflict(each) is None)


# ---- reading -------------------------------------------------------------------------------------


def _app(spec: Spec, name: str | None) -> App:
    if name is None:
        return spec.apps[0]
    found = next((app for app in spec.apps if app.name == name), None)
    if found is None:
        raise RefusedError(f"there is no app {name}", name, [app.name for app in spec.apps])
    return found


def _usual(app: App) -> tuple[dict[str, str], str | None]:
    """The first that campaigns take, where there are any."""
    plain = (app.defaults(), next(iter(app.targets), None))
    return next(app.combinations(), plain) if app.parts else plain


def _target(app: App, name: str) -> str | None:
    if name in app.targets:
        return name
    from envc.cpu import lattice

    resolved = lattice.resolve(name)
    if resolved is None:
        known = lattice.suggest(name)
        hint = f", did you mean {' or '.join(known)}?" if known else ""
        raise RefusedError(f"there is no target {name}{hint}")
    if app.targets and resolved.name not in app.targets:
        raise RefusedError(f"{app.name} is not built for {resolved.name}", name, app.targets)
    return resolved.name


def _choices(app: App, words: Iterable[str]) -> dict[str, str]:
    options = app.options()
    said: dict[str, str] = {}
    for word in words:
        variant, choice = _split(word)
        if variant not in options:
            raise RefusedError(f"{app.name} has no variant {variant}", variant, options)
        choice = choice or YES_NO[0]
        if choice not in options[variant]:
            known = options[variant]
            raise RefusedError(f"{variant} of {app.name} has no choice {choice}", choice, known)
        if said.setdefault(variant, choice) != choice:
            raise RefusedError(f"{variant} cannot be {said[variant]} and {choice} at once")
    return said


def _split(word: str) -> tuple[str, str]:
    """`gpu=cuda`, `+mpi`, `~mpi`, and `mpi` for yes."""
    if word[:1] in SIGNS:
        return word[1:], SIGNS[word[:1]]
    variant, _, choice = word.partition("=")
    return variant, choice


def _check_conflicts(asked: Asked) -> None:
    reason = _conflict(asked)
    if reason is not None:
        raise RefusedError(f"{asked.app.name} rules this choice out: {reason}")


def _conflict(asked: Asked) -> str | None:
    return next(
        (
            f"{conflict.reason} ({conflict.place})"
            for conflict in asked.app.conflicts
            if conflict.guard.holds(asked.choices, asked.target)
        ),
        None,
    )
