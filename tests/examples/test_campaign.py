"""One spec for three sites: it builds what each app builds alone, and no more of it."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from envc.graph.asked import one
from envc.library import standard
from envc.lock.model import Lock
from envc.plan.make import plans
from envc.plan.model import Plan
from envc.resolve.fresh import fresh
from tests.examples.programs import EXAMPLES, checked

CAMPAIGN = EXAMPLES / "campaign.envc"
APPS = ("lattice", "scan")


def planned(path: Path) -> list[Plan]:
    found = checked(path)
    lock = fresh(str(path), found)
    assert isinstance(lock, Lock), lock
    made = plans(found, lock, standard())
    assert made.diagnostics == ()
    return list(made.plans)


def test_it_takes_what_it_says() -> None:
    found = {(plan.name, plan.target) for plan in planned(CAMPAIGN)}
    assert found == {
        *(("scan", target) for target in ("x86_64_v2", "x86_64_v3", "x86_64_v4")),
        *(("lattice", target) for target in ("x86_64_v3", "x86_64_v4")),
    }


def test_its_images_are_those_of_the_apps_alone() -> None:
    """Where both locks are of the same day: `envc lock` of all of them, if they are not."""
    alone = {
        (plan.name, plan.target, plan.origin): plan.closure
        for app in APPS
        for plan in planned(EXAMPLES / app / f"{app}.envc")
    }
    ours = {(plan.name, plan.target, plan.origin): plan.closure for plan in planned(CAMPAIGN)}
    assert ours.items() <= alone.items()


def test_a_graph_is_of_what_it_takes() -> None:
    usual = argparse.Namespace(app="lattice", target=None, choices=[])
    assert one(checked(CAMPAIGN).spec, usual).target == "x86_64_v3"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("-b", "oar"), {"lattice/jobs/gricad-dahu", "scan/jobs/gricad-dahu"}),
        (("-t", "x86_64_v3"), set()),
        (
            ("-t", "x86_64_v3", "--site", "jean-zay"),
            {"lattice/jobs/jean-zay", "scan/jobs/jean-zay"},
        ),
    ],
)
def test_only_what_is_asked_for_is_written(
    words: tuple[str, ...], wanted: set[str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "envc", "compile", "-o", str(tmp_path), *words, str(CAMPAIGN)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {str(each.relative_to(tmp_path)) for each in tmp_path.glob("*/jobs/*")} == wanted
