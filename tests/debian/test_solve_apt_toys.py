"""On archives made at random, apt finds nothing that `solve` does not, and nothing else."""

from pathlib import Path
from random import Random

import pytest

from envc.debian.solve import Solution, Wanted, solve, wanted
from tests.debian.apt_oracle import packages_text, toy
from tests.debian.toy_worlds import asked, packages
from tests.own_apt import apt_of

pytestmark = [pytest.mark.tool("apt-get"), pytest.mark.xdist_group("apt-toys")]

WORLDS = 60


def test_worlds_at_random(tmp_path: Path) -> None:
    # One archive for all, as apt is slow to start: names of a world begin with its number.
    worlds = [packages(Random(seed), f"w{seed}") for seed in range(WORLDS)]
    every = [stanza for world in worlds for stanza in world]
    (tmp_path / "Packages").write_text(packages_text(every))
    apt = apt_of(tmp_path / "apt", f"deb [trusted=yes] file:{tmp_path} ./")
    index = toy(every)
    agreed = alone = 0
    for seed, world in enumerate(worlds):
        words = asked(Random(seed), world)
        wishes = [wish for wish in map(wanted, words) if isinstance(wish, Wanted)]
        found, simulated = solve([index], wishes), apt.simulate(*words)
        if simulated is not None:
            assert isinstance(found, Solution), (words, str(found))
            assert found.versions() == simulated, words
            agreed += 1
        elif isinstance(found, Solution):
            alone += 1
    assert agreed > WORLDS // 6
    assert alone <= WORLDS // 10  # apt does not search: it gives up where two choices clash
