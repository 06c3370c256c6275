"""Makes the index that comes with envc, from a Guix of its commit.

guix repl -- envc/guix/scheme/tell.scm $(python -m envc.guix.make --asked) > told.jsonl
python -m envc.guix.make < told.jsonl

The same Guix gives the same index. `docs/guix.md` says more.
"""

import os
import sys

from envc.cpu import lattice
from envc.cpu.tables.guix import tune
from envc.cpu.tables.names import guix_system
from envc.guix.channels import DEFAULT
from envc.guix.packed import packed
from envc.guix.told import tables

SYSTEMS = ("x86_64-linux", "aarch64-linux")
"""Those whose store paths come with envc."""
DATA = os.path.join(os.path.dirname(__file__), "data")


def tunings() -> list[tuple[str, str]]:
    """Each name that Guix tunes by for a target of these systems, behind the system."""
    names = {(guix_system(target), tune(target).name) for target in lattice.names()}
    return sorted((system, name) for system, name in names if system in SYSTEMS and name)


def asked() -> tuple[str, str]:
    """The words behind `tell.scm` that ask for every package."""
    return ",".join(SYSTEMS), ",".join(f"{system}={name}" for system, name in tunings())


def main() -> None:
    if sys.argv[1:] == ["--asked"]:
        sys.stdout.write(" ".join(asked()) + "\n")
        return
    os.makedirs(DATA, exist_ok=True)
    for name, table in tables(sys.stdin)._asdict().items():
        with open(os.path.join(DATA, f"{name}.table"), "wb") as file:
            file.write(packed(DEFAULT.commit, table))


if __name__ == "__main__":
    main()
