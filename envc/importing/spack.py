"""Reads an environment of Spack's, `spack.yaml`."""

from collections.abc import Callable, Mapping

from envc.importing import compiler_options, ranges
from envc.importing.found import Found, Refused
from envc.importing.packages import Asked, want
from envc.importing.spack_specs import SpackSpec, parse
from envc.importing.yaml_lines import Value, load
from envc.source import Source

_VIRTUAL = frozenset({"mpi", "blas", "lapack", "scalapack", "fftw-api", "c", "cxx", "fortran"})


def read(source: Source) -> Found | Refused:
    value = load(source)
    if isinstance(value, Refused):
        return value
    inside = value.get("spack") or value.get("env")
    if inside is None:
        return Refused(value.line, "there is no `spack:`: this is no environment of Spack's")
    found = Found(emits=("dockerfile", "apptainer"))
    found.note(inside.line, "variants that no spec names are as the library has them, not Spack")
    lists = _definitions(inside.get("definitions"))
    for key, each in inside.mapped:
        if key == "specs":
            _specs(found, each, lists)
    for key, each in inside.mapped:
        action = _ACTIONS.get(key)
        if action is not None:
            action(found, each)
        elif key not in ("specs", "definitions", "view"):
            found.note(each.line, f"`{key}` has no counterpart: left out")
    return found


Lists = Mapping[str, tuple[Value, ...]]


def _definitions(value: Value | None) -> dict[str, tuple[Value, ...]]:
    """Named lists of specs; those that a condition guards are read like the others."""
    lists: dict[str, tuple[Value, ...]] = {}
    for each in value.elements() if value is not None else ():
        for name, listed in each.mapped:
            if name != "when":
                lists[name] = lists.get(name, ()) + listed.elements()
    return lists


def _specs(found: Found, value: Value, lists: Lists) -> None:
    for each in value.elements():
        if each.text is not None and each.text.startswith("$"):
            name = each.text[1:].lstrip("^%")
            for one in lists.get(name, ()):
                _spec(found, one)
            if name not in lists:
                found.note(each.line, f"there is no list `{each.text}` in `definitions`")
        else:
            _spec(found, each)


def _spec(found: Found, value: Value) -> None:
    if value.text is None:
        is_matrix = value.get("matrix") is not None
        what = "a matrix of specs" if is_matrix else "what YAML reads as more than a word"
        found.note(value.line, f"{what} has no counterpart among specs: left out")
        return
    specs = parse(value.text)
    if isinstance(specs, Refused):
        found.note(value.line, f"{specs.message}: left out")
        return
    for each in specs:
        if each.name and each.name not in _VIRTUAL:
            _want(found, each, value.line)
        _options(found, each, value.line)


def _want(found: Found, spec: SpackSpec, line: int) -> None:
    versions = _range(spec.versions)
    want(found, Asked(spec.name, line, versions, spec.choices, written=_shown(spec)), "spack")


def _options(found: Found, spec: SpackSpec, line: int) -> None:
    if spec.target:
        compiler_options.target(found, spec.target, line, f"target={spec.target}")
    for key, text in spec.flags:
        variable = key.upper()
        if variable in compiler_options.VARIABLES:
            compiler_options.carry(found, variable, text, line)
        else:
            found.note(line, f"`{key}={text}` has no counterpart: left out")
    for text in spec.left_out:
        found.note(line, f"`{text}` of `{spec.name}` has no counterpart: left out")


def _range(text: str) -> str | None:
    """Spack's ranges are envc's, but for lists of them and for commits."""
    if not text:
        return ""
    return None if "," in text or text.startswith("git.") else ranges.read(text)


def _shown(spec: SpackSpec) -> str:
    return spec.name + (f"@{spec.versions}" if spec.versions else "")


# ---- preferences ---------------------------------------------------------------------------------


def _packages(found: Found, value: Value) -> None:
    for name, each in value.mapped:
        for key, said in each.mapped:
            _preference(found, name, key, said)


def _preference(found: Found, name: str, key: str, said: Value) -> None:
    texts = [text for text, _ in said.texts()]
    if name == "all" and key == "target":
        for text in texts:
            compiler_options.target(found, text.rstrip(":"), said.line, f"target: {text}")
    elif name == "all" and key == "providers":
        _providers(found, said)
    elif name == "all" and key == "compiler":
        for text in texts[:1]:
            _spec(found, Value(said.line, text))
    elif key in ("require", "prefer", "variants", "version"):
        _required(found, name, key, said, texts)
    elif key == "externals" or (key == "buildable" and texts == ["false"]):
        found.note(said.line, f"`{name}` is a site's own: say so with `host` in a `site`")
    elif key not in ("buildable", "permissions"):
        found.note(said.line, f"`{key}` of `{name}` has no counterpart: left out")


def _required(found: Found, name: str, key: str, said: Value, texts: list[str]) -> None:
    """A requirement of a package that is asked for; of all packages, its CPU and its options."""
    for text in texts:
        spelled = f"@{text}" if key == "version" else text
        specs = parse(spelled)
        if isinstance(specs, Refused):
            found.note(said.line, f"{specs.message}: left out")
            continue
        first = specs[0]._replace(name="" if name == "all" else name)
        _options(found, first, said.line)
        if name != "all" and any(each.name == name for each in found.wanted):
            _want(found, first, said.line)
    if not texts:
        found.note(said.line, f"`{key}` of `{name}` is no plain list: left out")


def _providers(found: Found, said: Value) -> None:
    """`mpi: [openmpi]` says which one is meant by what asks for any."""
    for virtual, each in said.mapped:
        for text, line in list(each.texts())[:1]:
            if virtual in _VIRTUAL:
                _spec(found, Value(line, text))


def _concretizer(found: Found, value: Value) -> None:
    for key, each in value.mapped:
        is_usual = key == "unify" and each.text in ("true", "when_possible")
        if not is_usual:
            found.note(each.line, f"`concretizer: {key}` has no counterpart: an app is one world")


def _container(found: Found, value: Value) -> None:
    form = value.get("format")
    if form is not None and form.text in ("docker", "singularity"):
        found.emits = ("dockerfile",) if form.text == "docker" else ("apptainer",)
    for key, each in value.mapped:
        if key != "format":
            found.note(each.line, f"`container: {key}` has no counterpart: left out")


_ACTIONS: Mapping[str, Callable[[Found, Value], None]] = {
    "packages": _packages,
    "concretizer": _concretizer,
    "container": _container,
}
