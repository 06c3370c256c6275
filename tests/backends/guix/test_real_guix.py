"""The real Guix 1.5.0 reads what is written, and means by it what the lock says."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from envc.lock.contents import spelled
from envc.lock.model import LockedItem
from envc_backends.guix.supply import chosen
from tests.backends.guix.compiled import Compiled
from tests.backends.guix.conftest import SHARE, Lab

if TYPE_CHECKING:
    import subprocess

pytestmark = [
    pytest.mark.tool("mmdebstrap"),
    pytest.mark.slow,
    pytest.mark.xdist_group("guix-host"),
]

MANIFEST = "(packages->manifest (list {}))\n"
CHECKERS = (
    "name,description,synopsis,license,inputs-should-be-native,inputs-should-not-be-input,"
    "inputs-should-be-minimal,wrapper-inputs,optional-tests,source-file-name,"
    "misplaced-flags,tests-true,compiler-for-target"
)
"""All that ask neither the network nor how wide a line is. `input-labels` finds fault with two
outputs of one package, which Guix' own packages have."""
BROKEN = {
    "name": (MANIFEST.format('(specification->package "gssl@2.8")'), "gssl: package not found"),
    "version": (MANIFEST.format('(specification->package "gsl@9.9")'), "package not found"),
    "output": (
        MANIFEST.format('(list (specification->package "gsl@2.8") "fortran")'),
        "fortran",
    ),
    "cpu": (
        "(use-modules (guix transformations))\n"
        '(define tuned (options->transformation \'((tune . "zen9"))))\n'
        + MANIFEST.format('(tuned (specification->package "gsl@2.8"))'),
        "does not support micro-architecture zen9",
    ),
    "parenthesis": (MANIFEST.format("(list "), "missing closing parenthesis"),
    "input": (MANIFEST.format('(load "package.scm")'), "not the file that is locked"),
}


@pytest.fixture(scope="session")
def told(written: Lab, made: tuple[Compiled, ...]) -> dict[str, Any]:
    """What one process says of every manifest, good or broken."""
    asked = [(each.plan.architecture, f"{SHARE}/{each.folder}/manifest.scm") for each in made]
    roots = next(each for each in made if each.name == "roots")
    for name, (text, _) in BROKEN.items():
        opened = f"(use-modules (gnu packages) (guix profiles))\n{text}"
        asked.append(("x86_64-linux", written.put(f"broken/{name}/manifest.scm", opened)))
    written.put("broken/input/package.scm", roots.text("package.scm"))
    written.put("broken/input/inputs/source.tar", b"another source")
    return {each["file"]: each for each in written.repl("evaluate.scm", asked)}


def of(told: dict[str, Any], each: Compiled) -> Any:
    return told[f"{SHARE}/{each.folder}/manifest.scm"]


def test_there_is_something_of_everything(made: tuple[Compiled, ...]) -> None:
    assert {each.plan.architecture for each in made} == {"x86_64-linux", "aarch64-linux"}
    tuned = {item.tune for each in made for item in chosen(each.plan, each.plan.run_items)}
    assert {"", "x86-64-v3", "znver4"} < tuned
    systems = {recipe.system for each in made for recipe in each.plan.recipes}
    assert systems == {"cmake", "autotools", "meson", "make", "python", "shell"}


def test_every_manifest_is_a_profile(told: dict[str, Any], made: tuple[Compiled, ...]) -> None:
    wrong = {each.folder: of(told, each).get("error") for each in made}
    assert not {folder: error for folder, error in wrong.items() if error}
    assert all(of(told, each)["profile"].endswith("-profile") for each in made)


def test_entries_are_at_the_paths_of_the_lock(
    told: dict[str, Any], made: tuple[Compiled, ...]
) -> None:
    for each in made:
        app, *others = of(told, each)["entries"]
        assert (app["name"], app["version"]) == (each.plan.name, each.plan.version)
        said = {named(entry): entry["path"] for entry in others if entry["name"] != "bash"}
        assert said == {spelled(item): item.path for item in run(each)}


def test_the_application_is_built_with_what_is_locked(
    told: dict[str, Any], made: tuple[Compiled, ...]
) -> None:
    """A tuned package is tuned where it counts, too: in what the application is linked with."""
    for each in made:
        inputs = set(of(told, each)["entries"][0]["inputs"])
        for item in run(each):
            if not item.name.endswith("-toolchain") and item.name != "python":
                assert item.path in inputs, (each.folder, item)


def named(entry: Any) -> str:
    output = "" if entry["output"] == "out" else f":{entry['output']}"
    return f"{entry['name']}@{entry['version']}{output}"


def run(each: Compiled) -> tuple[LockedItem, ...]:
    return chosen(each.plan, each.plan.run_items)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_manifest_is_refused(told: dict[str, Any], name: str) -> None:
    assert BROKEN[name][1] in told[f"{SHARE}/broken/{name}/manifest.scm"]["error"]


# ---- programs of Guix ----------------------------------------------------------------------------


def test_style_changes_nothing(written: Lab, made: tuple[Compiled, ...]) -> None:
    paths = {f"styled/{each.folder}/{file.path}": file.text for each in made for file in each.files}
    written.say("guix", "style", "-f", *(written.put(path, paths[path]) for path in paths))
    assert {path: written.read(f"{SHARE}/{path}") for path in paths} == paths


def test_lint_has_nothing_to_say(written: Lab, made: tuple[Compiled, ...]) -> None:
    several = {each.name: each for each in made}.values()
    words = [f'--expression=(load "{SHARE}/{each.folder}/package.scm")' for each in several]
    done = written.start("guix", "lint", f"--checkers={CHECKERS}", *words)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""


def test_lint_would_say_it(written: Lab, made: tuple[Compiled, ...]) -> None:
    roots = next(each for each in made if each.name == "roots")
    worse = (
        roots.text("package.scm")
        .replace("Sum of", "a sum of")
        .replace('x86_64_v2.")', 'x86_64_v2")')
    )
    path = written.put(f"{roots.folder}/worse.scm", worse)
    done = written.start("guix", "lint", f"--checkers={CHECKERS}", f'--expression=(load "{path}")')
    assert "synopsis should start with an upper-case letter" in done.stdout
    assert "description should end with a period" in done.stdout


def commands(each: Compiled) -> Iterator[str]:
    yield from (file.use for file in each.files if file.use)
    for line in each.text("manifest.scm").splitlines():
        if line.startswith(";; guix "):
            yield line.removeprefix(";; ")


def carried_out(lab: Lab, each: Compiled, command: str) -> "subprocess.CompletedProcess[str]":
    """As far as it goes without building."""
    dry = "--derivation" if " pack " in command else "--dry-run"
    return lab.start("sh", "-c", f"cd {SHARE}/{each.folder} && {command} {dry}")


def test_commands_are_taken(written: Lab, made: tuple[Compiled, ...]) -> None:
    each = next(one for one in made if one.folder == "roots/x86_64_v2")
    kinds = [command.split(" -- ")[1].split()[0] for command in commands(each)]
    assert kinds == ["shell", "build", "pack", "pack", "pack"]
    for command in commands(each):
        done = carried_out(written, each, command)
        assert done.returncode == 0, command + done.stderr


@pytest.mark.parametrize("commit", ["230aa373f315", "1" * 40])
def test_a_commit_that_is_not_the_locked_one(
    written: Lab, made: tuple[Compiled, ...], commit: str
) -> None:
    each = next(one for one in made if one.folder == "roots/x86_64_v2")
    text = each.text("channels.scm").replace(each.plan.channels[0].commit, commit)
    other = written.put(f"other/{commit}.scm", text)
    done = written.start("guix", "time-machine", "-C", other, "--", "describe")
    assert done.returncode != 0
