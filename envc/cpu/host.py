"""Which targets this machine runs: the only part of envc/cpu that looks at a machine.

It asks the run-time selector, written for every target of the machine's family, so that this answer
and the one of a job script are the same: also where a virtual machine hides a feature.
"""

import os
import subprocess
from dataclasses import dataclass

from envc.cpu import lattice
from envc.cpu.selector import script

FAMILIES = {
    "x86_64": "x86_64",
    "amd64": "x86_64",
    "aarch64": "aarch64",
    "arm64": "aarch64",
    "ppc64le": "ppc64le",
    "ppc64": "ppc64",
    "riscv64": "riscv64",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`runs` are the targets made for this CPU, `foreign` those made for others that run here too.

    `lacking` are the selector's own sentences about the rest.
    """

    family: str
    best: str
    runs: tuple[str, ...]
    foreign: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing can be said about this machine, and why."""

    reason: str


def ask(machine: str) -> Verdict | Unknown:
    """For the machine's own name, as `uname -m` gives it."""
    family = FAMILIES.get(machine)
    if family is None:
        return Unknown(f"{machine} is no family of targets that envc can tell apart")
    text = script(lattice.by_family(family))
    chosen = _run(text)
    if chosen.returncode:
        return Unknown(_last(chosen.stderr))
    answers = _run(text, "all").stdout.split()
    own = [each for each in answers if not each.endswith("~")]
    return Verdict(
        family,
        chosen.stdout.strip(),
        _in_order(own),
        _in_order([each.removesuffix("~") for each in answers if each.endswith("~")]),
        tuple(_sentences(chosen.stderr)),
    )


def _run(text: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # A target forced on jobs says nothing about the machine.
    kept = {name: value for name, value in os.environ.items() if name != "ENVC_TARGET"}
    return subprocess.run(  # noqa: S603 - the script is ours, and starts no program
        ["/bin/sh", "-s", "--", *arguments],
        input=text,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )


def _in_order(names: list[str]) -> tuple[str, ...]:
    return tuple(each for each in lattice.names() if each in names)


def _sentences(said: str) -> list[str]:
    lines = (line.removeprefix("envc: ") for line in said.splitlines())
    return [line for line in lines if line.startswith("not ")]


def _last(said: str) -> str:
    return said.strip().rpartition("\n")[2].removeprefix("envc: ")
