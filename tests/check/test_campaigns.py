"""What is built of an app is what campaigns take of it, and no more."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from envc.check import Checked, check_path, check_source
from envc.lock import asked
from envc.source import Source

HEAT = """
app heat@1.4 {
  source    dir "."
  variant   mpi                       default no
  variant   gpu = none | cuda | hip   default none
  conflict  "GPUs do not talk MPI" when gpu is hip and mpi
  targets   x86_64_v2, x86_64_v3, zen4
  build     cmake
  matrix {
    gpu  none, cuda
  }
  run demo { command "heat" }
  emit apptainer
}
"""
PLACES = """
site lab {
  scheduler  slurm
  partition  big { target zen4 }
}

site desk {
  scheduler  local
  partition  here { target x86_64_v3 }
}
"""


def check(*campaigns: str) -> Checked:
    written = "".join(f"\ncampaign c{n} {{\n{body}\n}}\n" for n, body in enumerate(campaigns))
    return check_source(Source("all.envc", f"envc 1\n{HEAT}{PLACES}{written}"))


def built(*campaigns: str) -> list[str]:
    """`gpu=none ~mpi zen4`."""
    checked = check(*campaigns)
    assert checked.diagnostics == ()
    [app] = checked.spec.apps
    found = [
        " ".join((*asked.said(chosen.items()), target)) for chosen, target in asked.builds(app)
    ]
    assert len(set(found)) == len(found)
    return sorted(found)


def told(*campaigns: str) -> list[tuple[str, str]]:
    return [(each.rule.code, each.message) for each in check(*campaigns).diagnostics]


TARGETS = ("x86_64_v2", "x86_64_v3", "zen4")


def every(*choices: str) -> list[str]:
    return sorted(f"{choice} {target}" for choice in choices for target in TARGETS)


# ---- what is built -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("include", "wanted"),
    [
        ("include heat", every("gpu=none ~mpi", "gpu=cuda ~mpi")),
        ("include heat@1.4 +mpi", every("gpu=none +mpi", "gpu=cuda +mpi")),
        ("include heat gpu=cuda", every("gpu=cuda ~mpi")),
        ("include heat gpu=hip", every("gpu=hip ~mpi")),
        ("include heat when gpu is cuda", every("gpu=cuda ~mpi")),
        ("include heat gpu=none on has avx512f", ["gpu=none ~mpi zen4"]),
        ("include heat gpu=none\n targets x86_64_v3", ["gpu=none ~mpi x86_64_v3"]),
        ("include heat gpu=none\n skip on has avx2", ["gpu=none ~mpi x86_64_v2"]),
        (
            "include heat gpu=none\n targets zen4\n targets x86_64_v2 when gpu is none",
            ["gpu=none ~mpi x86_64_v2"],
        ),
    ],
)
def test_it_is_what_the_campaign_says(include: str, wanted: list[str]) -> None:
    assert built(include) == wanted


def test_several_includes_add_up() -> None:
    includes = "include heat +mpi gpu=none on zen4\n include heat gpu=none\n skip on x86_64_v3"
    wanted = ["gpu=none +mpi zen4", "gpu=none ~mpi x86_64_v2", "gpu=none ~mpi zen4"]
    assert built(includes) == wanted


def test_several_campaigns_add_up_and_each_has_its_own_holes() -> None:
    both = ("include heat gpu=none\n skip on has avx2", "include heat gpu=none\n targets zen4")
    assert built(*both) == ["gpu=none ~mpi x86_64_v2", "gpu=none ~mpi zen4"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "+mpi", "gpu=cuda", "gpu=none ~mpi"]),
            st.sampled_from(["", "on has avx2", "when gpu is none"]),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_a_build_is_there_where_some_include_takes_it(includes: list[tuple[str, str]]) -> None:
    lines = [f"include heat {choices} {condition}" for choices, condition in includes]
    [app] = check("\n".join(lines)).spec.apps
    found = list(app.combinations())
    for chosen, target in found:
        assert any(part.takes(chosen, target) for part in app.parts)
    for part in app.parts:
        assert all(one in found for one in part.of(app))


# ---- what is taken in ----------------------------------------------------------------------------


def folder(tmp_path: Path, campaign: str) -> Checked:
    for name in ("heat", "wave"):
        (tmp_path / "apps" / name).mkdir(parents=True)
        text = HEAT.replace("app heat", f"app {name}").replace('dir "."', 'dir "src"')
        (tmp_path / "apps" / name / f"{name}.envc").write_text(f"envc 1\n{text}")
    (tmp_path / "all.envc").write_text(
        f"envc 1\nuse apps/heat/heat\nuse apps/wave/wave\n\napp own {{ needs make }}\n{campaign}"
    )
    checked = check_path(str(tmp_path / "all.envc"))
    assert isinstance(checked, Checked)
    return checked


def test_what_no_campaign_includes_is_left_out_unless_it_is_the_files_own(tmp_path: Path) -> None:
    checked = folder(tmp_path, "campaign c { include wave gpu=none }\n")
    assert [app.name for app in checked.spec.apps] == ["own", "wave"]


def test_without_a_campaign_all_is_there(tmp_path: Path) -> None:
    checked = folder(tmp_path, "")
    assert [app.name for app in checked.spec.apps] == ["own", "heat", "wave"]


def test_code_lies_beside_the_file_that_says_so(tmp_path: Path) -> None:
    apps = {app.name: app for app in folder(tmp_path, "").spec.apps}
    assert [each.folder for each in apps["heat"].sources] == ["apps/heat"]
    assert [each.where for each in apps["heat"].sources] == ["src"]


@pytest.mark.parametrize(("emit", "wanted"), [("", ("apptainer",)), ("emit slurm", ("slurm",))])
def test_what_a_campaign_emits_is_emitted(emit: str, wanted: tuple[str, ...]) -> None:
    [app] = check(f"include heat\n {emit}").spec.apps
    assert app.emits == wanted


# ---- what is told --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("campaign", "wanted"),
    [
        (
            "include heat +mpi gpu=hip",
            ("E0308", "`heat` cannot be had like this: GPUs do not talk MPI"),
        ),
        ("include heat\n targets zen3", ("E0223", "nothing is left to build of `heat`")),
        ("include heat\n skip when not mpi", ("E0223", "nothing is left to build of `heat`")),
        ("include heat +gpu", ("E0304", "`gpu` of `heat` is not a yes or no")),
        ("include heat +omp", ("E0303", "`heat` has no variant `omp`")),
        ("include heat@2", ("E0302", "there is no `heat` 2")),
        (
            "include heat on has avx512f\n sites desk",
            ("E0255", "no target of `heat` runs at site `desk`"),
        ),
    ],
)
def test_what_cannot_be_is_told(campaign: str, wanted: tuple[str, str]) -> None:
    assert wanted in told(campaign)


def test_a_campaign_may_take_other_builds_for_another_site() -> None:
    lines = "include heat\n sites desk\n targets x86_64_v3"
    assert told(lines, "include heat on zen4\n sites lab") == []
