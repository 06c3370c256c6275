"""What the tests of targets share: the compilers of this machine, and how they are asked."""

import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Chroot, Tool

TRIPLETS = {
    "x86_64": "x86_64-linux-gnu",
    "aarch64": "aarch64-linux-gnu",
    "arm": "arm-linux-gnueabihf",
    "ppc64": "powerpc64-linux-gnu",
    "ppc64le": "powerpc64le-linux-gnu",
    "riscv64": "riscv64-linux-gnu",
}
PROGRAMS = {
    "c": "int main(void) { return 0; }\n",
    "c++": "int main() { return 0; }\n",
    "f95": "end program\n",
}


@dataclass(frozen=True)
class Compiler:
    """A program, what makes it compile for a family, and the version that it says it has."""

    name: str
    command: tuple[str, ...]
    version: str

    def macros(self, words: tuple[str, ...]) -> frozenset[str]:
        done = self._run([*words, "-E", "-dM", "-x", "c", "-"], "")
        assert done.returncode == 0, done.stderr
        return frozenset(re.findall(r"(?m)^#define (\w+)", done.stdout))

    def complaint(self, words: tuple[str, ...], language: str) -> str:
        """What it says against the flags; nothing where it takes them without a warning."""
        # gcc 14 announces that it will forget a processor; it still compiles for it.
        strict = (
            ["-Werror", "-Wno-deprecated"]
            if language != "f95"
            else ["-ffree-form"] * (self.name == "gcc")
        )
        where = ["-x", language, "-c", "-", "-o", os.devnull]
        done = self._run([*words, *strict, *where], PROGRAMS[language])
        return "" if done.returncode == 0 and not done.stderr else f"{words}: {done.stderr}"

    def _run(self, words: list[str], text: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*self.command, *words], input=text, capture_output=True, text=True, check=False
        )


NEWER = ",".join(
    f"gcc-{version}"
    for version in ("13", "14", "15", "14-aarch64-linux-gnu", "15-aarch64-linux-gnu")
)

CompilerFor = Callable[[str, str, str], Compiler]


@pytest.fixture(scope="session")
def compiler_for(tool: Tool, chroot: Chroot) -> CompilerFor:
    """By archspec's name, its program (gcc, clang++-16 …) and the family it is to build for.

    `gcc-15@sid` is not the machine's own, but unpacked beside it.
    """

    def make(name: str, program: str, family: str) -> Compiler:
        program, _, suite = program.partition("@")
        crossing = name == "gcc" and family != "x86_64"
        full = f"{TRIPLETS[family]}-{program}" if crossing else program
        words = [*chroot("gcc", suite, NEWER), full] if suite else [tool(full)]
        version = _version(name, words)
        return Compiler(name, (*words, *_for(name, family)), version)

    return make


def _for(name: str, family: str) -> list[str]:
    return [f"--target={TRIPLETS[family]}"] if name == "clang" else []


@pytest.fixture(scope="session")
def archspec_folder() -> Path:
    import archspec  # type: ignore[import-untyped]

    return Path(archspec.__file__).parent


def _version(name: str, program: list[str]) -> str:
    option = "--version" if name == "clang" else "-dumpfullversion"
    said = subprocess.run([*program, option], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+\.\d+\.\d+", said)
    assert found is not None, said
    return found[0]
