"""Reading a usual spec loads nothing slow."""

import subprocess
import sys

PROGRAM = """
import sys
from envc.facts import command, hashes, identifiers, licences, units, versions, words
licences.licence("MIT")
versions.read_range("1.2:")
print(*sys.modules)
"""
SLOW = {"packaging", "datetime", "difflib", "urllib", "json", "envc.facts.foreign_versions"}


def test_loads_nothing_slow() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True
    )
    assert not SLOW & set(run.stdout.split())
