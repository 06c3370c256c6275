"""Every Linux machine that archspec knows gets the target that it is known to be."""

import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.cpu import lattice, selector
from envc.cpu.selector.needs import Needs, needs

Run = Callable[..., subprocess.CompletedProcess[str]]

# Named after what archspec answers by the distribution's name for little-endian POWER.
LITTLE = {"power8le", "power9", "power10"}
LINUX = [
    "linux-amazon-cortex_a72", "linux-amazon-neoverse_n1", "linux-amazon-neoverse_v1",
    "linux-asahi-m1", "linux-asahi-m2", "linux-centos7-cascadelake", "linux-centos7-power8le",
    "linux-centos7-thunderx2", "linux-debian13-x60", "linux-rhel6-piledriver",
    "linux-rhel7-broadwell", "linux-rhel7-haswell", "linux-rhel7-ivybridge",
    "linux-rhel7-skylake_avx512", "linux-rhel7-x86_64_v3", "linux-rhel7-zen",
    "linux-rhel8-neoverse_v1", "linux-rhel8-power9", "linux-rhel9-neoverse_n2",
    "linux-rhel9-neoverse_v2", "linux-rocky8-a64fx", "linux-rocky8.5-zen4", "linux-rocky9-zen5",
    "linux-rocky9-zen6", "linux-scientific7-k10", "linux-scientific7-piledriver",
    "linux-scientificfermi6-bulldozer", "linux-scientificfermi6-piledriver",
    "linux-sifive-u74mc", "linux-spacemit-x60", "linux-ubuntu18.04-broadwell",
    "linux-ubuntu20.04-zen3", "linux-ubuntu22.04-ampere1", "linux-ubuntu22.04-ampere1a",
    "linux-ubuntu22.04-neoverse_n2", "linux-ubuntu22.04-neoverse_v2",
    "linux-ubuntu24.04-alderlake", "linux-ubuntu24.04-neoverse_v3ae",
    "linux-ubuntu26.04-arrowlake_s", "linux-ubuntu26.04-olympus", "linux-unknown-neoverse_v2",
    "linux-unknown-power10", "linux-unknown-sapphirerapids",
]  # fmt: skip
FAMILIES = ("x86_64", "aarch64", "ppc64le", "riscv64")
ALL = tuple(each for each in lattice.names() if lattice.family(each) in FAMILIES)


def test_no_machine_is_forgotten(machines: Path) -> None:
    assert sorted(each.name for each in machines.glob("linux-*")) == sorted(LINUX)


@pytest.mark.parametrize("machine", LINUX)
def test_the_machine_is_known(machine: str, machines: Path, shell: list[str], run: Run) -> None:
    done = run(shell, selector.script(ALL), cpuinfo=machines / machine)
    assert done.stdout == f"{_right(machine)}\n"
    assert f"envc: chose {_right(machine)} for this CPU" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize("machine", ["bgq-rhel6-power7", "linux-rhel8-power9"])
def test_big_endian_power(machine: str, machines: Path, shell: list[str], run: Run) -> None:
    big = [each for each in lattice.names() if lattice.family(each) == "ppc64"]
    done = run(shell, selector.script(big), cpuinfo=machines / machine)
    assert done.stdout == f"{machine.rsplit('-', 1)[1]}\n"


@pytest.mark.parametrize("machine", LINUX)
def test_any_choice_of_targets(machine: str, machines: Path, run: Run) -> None:
    """Whatever was built: the chosen target runs, and no better one that runs was left."""
    chance = random.Random(machine)
    for _ in range(12):
        built = tuple(chance.sample(ALL, chance.randint(1, 12)))
        done = run(["dash"], selector.script(built), cpuinfo=machines / machine)
        running = [each for each in built if _runs(needs(each), machines / machine)]
        if not running:
            assert (done.returncode, done.stdout) == (3, "")
            continue
        chosen = done.stdout.strip()
        assert chosen in running
        right = _right(machine)
        archspecs = [each for each in running if lattice.covers(each, right)]
        if chosen in archspecs:
            assert not [each for each in archspecs if _better(each, chosen)]
        else:
            assert all(needs(chosen).level > needs(each).level for each in archspecs)


@pytest.mark.parametrize("machine", LINUX)
def test_all_names_what_archspec_says_it_runs(machine: str, machines: Path, run: Run) -> None:
    done = run(["dash"], selector.script(ALL), "all", cpuinfo=machines / machine)
    answer = {each.rstrip("~") for each in done.stdout.split()}
    assert set(lattice.downward(_right(machine))) <= answer


def _better(a: str, b: str) -> bool:
    return a != b and lattice.covers(b, a)


def _right(machine: str) -> str:
    name = machine.rsplit("-", 1)[1]
    return f"{name}le" if name in LITTLE and not name.endswith("le") else name


def _runs(target: Needs, cpuinfo: Path) -> bool:
    """The script's question, asked in Python of the same file."""
    text = cpuinfo.read_text()
    shown: set[str] = set()
    for key, value in re.findall(r"(?m)^(flags|Features|isa|cpu)[ \t]*:[ \t]*(.*)$", text):
        shown |= _words(key, value)
    return shown >= set(target.words)


def _words(key: str, value: str) -> set[str]:
    if key == "cpu":
        newest = re.match(r"POWER(\d+)", value)
        return {"power", *(f"power{n}" for n in range(7, int(newest[1]) + 1))} if newest else set()
    if key == "isa":
        letters, *names = value.split("_")
        return {"rv64", *letters[4:].replace("g", "imafd"), *names}
    return set(value.split()) | ({"x86"} if key == "flags" else set())
