"""configure, make, make install: in the source itself, which not all of them can leave."""

from collections.abc import Iterator

from envc.plan.model import Do, Option, Recipe, Step
from envc.plan.systems import folder


def steps(recipe: Recipe, prefix: str) -> Iterator[Step]:
    where = folder(recipe)
    if recipe.bootstrap:
        yield Do(("autoreconf", "--force", "--install", "--verbose"), where)
    ours = (f"--prefix={prefix}", f"--libdir={prefix}/lib")
    yield Do(("./configure", *ours, *map(_option, recipe.options)), where)
    yield Do(("make", f"--jobs={recipe.jobs}", "V=1"), where)
    yield Do(("make", "install"), where)


def _option(option: Option) -> str:
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


_WITHOUT = {"enable": "disable", "with": "without"}
