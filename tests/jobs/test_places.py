"""Which jobs a campaign makes: for each of its sites, what it takes of each app."""

from dataclasses import replace

import pytest

from envc.check import Checked, check_source
from envc.diagnostics.model import Diagnostic
from envc.jobs.make import jobs
from envc.jobs.model import Job
from envc.jobs.sites import find
from envc.lock import asked
from envc.lock.model import Lock, LockedEnvironment
from envc.plan.model import Plan
from envc.source import Source
from envc.spec import Site
from tests.compile.plans import plan

TEXT = """envc 1

app heat@1.0 {
  source   dir "."
  variant  mpi  default no
  targets  x86_64_v2, x86_64_v3, zen4
  build    cmake
  run grid { command "heat --grid" }
  run demo {
    after    grid
    command  "heat"
  }
  run other { command "heat --other" }
  run long {
    array     1..3
    cpus      2
    walltime  10 min
    command   "heat --number {index}"
  }
}

site lab {
  scheduler  slurm { account required }
  partition  big { target zen4 }
}

site desk {
  scheduler  local
  partition  here { target zen3 }
}

site club {
  scheduler  oar { project "public" }
  partition  old { target zen3 }
}
"""


def check(*campaigns: str) -> Checked:
    written = "".join(f"\ncampaign c{n} {{\n{body}\n}}\n" for n, body in enumerate(campaigns))
    checked = check_source(Source("all.envc", TEXT + written))
    assert checked.is_good, checked.diagnostics
    return checked


def plans(checked: Checked) -> list[Plan]:
    return [
        replace(plan("x86_64"), target=target, choices=asked.said(chosen.items()))
        for app in checked.spec.apps
        for chosen, target in asked.builds(app)
    ]


def made(*campaigns: str, at: str = "") -> tuple[tuple[Job, ...], tuple[Diagnostic, ...]]:
    """For the campaigns' own sites, or as `--site` asks for one."""
    checked = check(*campaigns)
    own = plans(checked)
    environment = LockedEnvironment("heat@1.0", "debian/trixie", (), "amd64", ())
    lock = Lock("0.2.7", "sha256:0", environments=(environment,))
    named = find(checked.spec, at) if at else None
    sites = [named] if isinstance(named, Site) else []
    found = jobs(checked, lock, own, sites, of_campaigns=() if at else checked.spec.sites)
    return found.jobs, found.diagnostics


def told(*campaigns: str, at: str = "") -> list[str]:
    """`demo at lab +mpi: zen4`."""
    found, diagnostics = made(*campaigns, at=at)
    assert diagnostics == ()
    return [
        f"{job.run} at {job.where.site} {' '.join(job.choices)}: "
        + " ".join(image.target for image in job.images)
        for job in found
    ]


def test_each_site_gets_the_runs_and_what_they_come_after() -> None:
    assert told("include heat\n sites lab, desk\n runs demo\n account lisa") == [
        "grid at lab ~mpi: zen4",
        "demo at lab ~mpi: zen4",
        "grid at desk ~mpi: x86_64_v3",
        "demo at desk ~mpi: x86_64_v3",
    ]


def test_a_campaign_without_runs_has_them_all() -> None:
    assert [each.partition(" ")[0] for each in told("include heat\n sites desk")] == [
        "grid",
        "demo",
        "other",
        "long",
    ]


def test_without_sites_there_are_no_jobs() -> None:
    assert told("include heat") == []


def test_each_campaign_has_its_own_choices_at_its_own_site() -> None:
    both = (
        "include heat +mpi\n sites lab\n runs grid\n account lisa",
        "include heat ~mpi\n sites desk\n runs other",
    )
    assert told(*both) == ["grid at lab +mpi: zen4", "other at desk ~mpi: x86_64_v3"]
    assert told(*both, at="desk") == [
        f"{run} at desk ~mpi: x86_64_v3" for run in ("grid", "demo", "other", "long")
    ]


def test_sites_may_have_a_condition() -> None:
    lines = "include heat +mpi\n include heat\n runs grid\n sites desk\n sites club when mpi"
    assert told(lines) == ["grid at club +mpi: x86_64_v3", "grid at desk ~mpi: x86_64_v3"]


def test_a_site_gets_no_target_that_the_campaign_leaves_out() -> None:
    lines = "include heat\n runs grid\n sites desk\n targets x86_64_v2"
    assert told(lines, "include heat\n runs grid\n sites club") == [
        "grid at desk ~mpi: x86_64_v2",
        "grid at club ~mpi: x86_64_v3",
    ]


def test_a_site_that_is_named_and_no_campaigns_own_gets_all() -> None:
    lines = "include heat +mpi\n sites desk\n runs grid"
    assert len(told(lines, at="club")) == 4


# ---- who pays ------------------------------------------------------------------------------------


def test_sites_that_ask_get_what_the_campaign_says() -> None:
    found, _ = made("include heat\n runs grid\n sites lab, desk, club\n account lisa\n project gw")
    charged = {
        job.where.site: (job.account and job.account.value, job.project and job.project.value)
        for job in found
    }
    assert charged == {"lab": ("lisa", None), "desk": (None, None), "club": (None, "gw")}
    [account] = [job.account for job in found if job.account is not None]
    assert "account lisa" in account.place.source.line(
        account.place.source.position(account.place.span.start).line
    )


def test_what_a_site_has_for_everybody_is_taken_where_the_campaign_is_silent() -> None:
    [job], _ = made("include heat\n runs grid\n sites club")
    assert job.project is not None
    assert job.project.value == "public"


def test_what_is_missing_belongs_into_the_campaign() -> None:
    found, (missing,) = made("include heat\n runs grid\n sites lab")
    assert found == ()
    assert missing.rule.code == "E0603"
    assert missing.help == "add `account …` to the campaign"


# ---- the budget ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget", "sites", "wanted"),
    [
        ("2 h", "desk, club", []),
        ("119 min", "desk, club", ["the jobs of campaign `c0` may take 2 h of CPU time"]),
        ("119 min", "desk", []),
    ],
)
def test_all_jobs_of_a_campaign_share_its_budget(
    budget: str, sites: str, wanted: list[str]
) -> None:
    lines = f"include heat\n runs long\n sites {sites}\n budget {budget}"
    _, diagnostics = made(lines)
    assert [each.message for each in diagnostics] == wanted
    assert made(lines, at="desk")[1] == ()


def test_a_run_that_may_take_for_ever_has_no_place_in_a_budget() -> None:
    _, (told,) = made("include heat\n runs grid\n sites desk, club\n budget 2 h")
    assert told.message == "run `grid` says no `walltime`, and campaign `c0` has a budget"
