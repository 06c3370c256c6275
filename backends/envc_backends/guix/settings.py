"""What a spec sets of a build system, as its argument in Guix."""

from collections.abc import Iterable

from envc.plan.model import Option, Recipe
from envc.quoting.scheme import Keyword
from envc_backends.guix.forms import for_the_build, listed, placed, quoted
from envc_backends.guix.layout import Node, Pair

_MESON = {"yes": "true", "no": "false"}
_WITHOUT = {"enable": "disable", "with": "without"}


def settings(recipe: Recipe, prefix: str) -> tuple[Node, ...]:
    """Guix says the prefix itself, and where libraries lie."""
    match recipe.system:
        case "cmake":
            words = [f"-D{each.key}={each.value}" for each in recipe.options]
            return (Keyword("build-type"), "Release", *_flags("configure-flags", words, prefix))
        case "meson":
            words = [
                f"-D{each.key}={_MESON.get(each.value, each.value)}" for each in recipe.options
            ]
            return (Keyword("build-type"), "release", *_flags("configure-flags", words, prefix))
        case "autotools":
            return _flags("configure-flags", map(_configured, recipe.options), prefix)
        case "make":
            ours = () if recipe.installed else (f"PREFIX={prefix}", f"prefix={prefix}")
            words = [f"{each.key}={each.value}" for each in recipe.options]
            return _flags("make-flags", (*ours, *words), prefix)
        case "python" if recipe.options:
            pairs = tuple(Pair(each.key, each.value) for each in recipe.options)
            return (Keyword("configure-flags"), for_the_build(quoted(pairs)))
        case _:
            return ()


def _flags(name: str, words: Iterable[str], prefix: str) -> tuple[Node, ...]:
    said = [placed(word, prefix) for word in words]
    return (Keyword(name), for_the_build(listed(said))) if said else ()


def _configured(option: Option) -> str:
    """`enable-x yes` is `--enable-x`, `with-y no` is `--without-y`, `CC mpicc` is `CC=mpicc`."""
    key, value = option.key, option.value
    kind, _, name = key.partition("-")
    if key.isupper():
        return f"{key}={value}"
    if value == "yes":
        return f"--{key}"
    if value == "no" and name and kind in _WITHOUT:
        return f"--{_WITHOUT[kind]}-{name}"
    return f"--{key}={value}"
