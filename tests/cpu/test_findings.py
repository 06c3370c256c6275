"""The sentences, whole: what is wrong, why, and what to do."""

import pytest

from envc.cpu import findings
from envc.cpu.conditions import Has, exactly
from envc.cpu.findings import Finding
from envc.cpu.flags import Flags, Refusal
from envc.diagnostics import rules


def only(found: list[Finding]) -> Finding:
    (one,) = found
    return one


def test_an_unknown_target() -> None:
    resolved, found = findings.target("zne4")
    assert resolved is None
    assert only(found) == Finding(
        rules.UNKNOWN_TARGET, "there is no target `zne4`", "did you mean `zen4`?"
    )
    _, found = findings.target("qqqqqq")
    assert only(found).help == "`envc targets list` names them all"


def test_another_name_for_a_target() -> None:
    resolved, found = findings.target("milan")
    assert resolved is not None
    assert resolved.name == "zen3"
    assert only(found) == Finding(rules.TARGET_ALIAS, "`milan` is archspec's `zen3`")
    assert findings.target("zen3")[1] == []


def test_the_host_as_a_target() -> None:
    resolved, found = findings.target("native")
    assert resolved is None
    assert only(found).rule is rules.HOST_AS_TARGET


def test_unknown_features_vendors_and_families() -> None:
    assert findings.feature("avx2") == []
    assert only(findings.feature("avx3")).help.startswith("did you mean ")
    assert findings.vendor("amd") == []
    assert only(findings.vendor("via")).help.startswith("one of `amd`, ")
    assert findings.family("arm64") == []
    assert only(findings.family("zen4")).help == "did you mean `x86_64`?"


def test_a_range_the_wrong_way_round() -> None:
    assert findings.empty_range("zen2", "zen4") == []
    assert only(findings.empty_range("zen4", "zen2")) == Finding(
        rules.EMPTY_RANGE,
        "no target lies in `zen4..zen2`: code for `zen4` does not run on `zen2`",
        "write `zen2..zen4`",
    )


def test_a_range_between_vendors() -> None:
    found = only(findings.empty_range("haswell", "zen4"))
    assert found.notes == ("the best that runs on both is `x86_64_v3`",)
    assert only(findings.empty_range("zen4", "a64fx")).notes == ()


def test_a_condition_that_no_target_meets() -> None:
    assert findings.never_holds(Has("avx512f"), ("zen4", "zen3")) == []
    assert findings.never_holds(exactly("zen2"), ()) == []
    found = only(findings.never_holds(Has("avx512f"), ("zen2", "zen3")))
    assert found.notes == ("the targets are `zen2` and `zen3`",)


def test_a_compiler_that_cannot() -> None:
    answer, found = findings.codegen("zen4", "gcc", "9.4.0")
    assert isinstance(answer, Refusal)
    assert only(found) == Finding(
        rules.COMPILER_CANNOT_TARGET,
        "gcc 9.4.0 cannot generate code for zen4",
        "use gcc@10.3:, or target zen2, which zen4 nodes also run",
        ("needs gcc >= 10.3 or clang >= 12.0 or aocc >= 3.0 or nvhpc >= 21.11 (archspec 0.2.7)",),
    )


def test_a_compiler_that_no_longer_can() -> None:
    _, found = findings.codegen("mic_knl", "gcc", "15.2.0")
    assert only(found).help == "target broadwell, which mic_knl nodes also run"
    assert "gcc 5.1:14" in only(found).notes[0]


def test_a_compiler_that_nobody_knows() -> None:
    _, found = findings.codegen("zen4", "msvc", "19.3")
    assert only(found).notes[0] == "no table of flags for the compiler `msvc`"
    assert only(found).help == ""


def test_a_target_that_no_compiler_knows() -> None:
    _, found = findings.codegen("sparc", "gcc", "14.2")
    assert only(found).notes[-1] == "no compiler has (archspec 0.2.7)"


def test_an_ancestors_flags() -> None:
    answer, found = findings.codegen("zen5", "gcc", "13.3.0")
    assert isinstance(answer, Flags)
    assert only(found) == Finding(
        rules.FLAGS_OF_AN_ANCESTOR,
        "gcc 13.3.0 builds `zen4` code for `zen5`",
        "use gcc@14.1: to tune to it",
        (f"{answer.why}; the lock records it",),
    )


def test_exact_flags_need_no_words() -> None:
    assert findings.codegen("zen4", "gcc", "14.2.0")[1] == []


def test_intel_on_amd() -> None:
    _, found = findings.codegen("zen2", "intel", "2021.6")
    assert only(found).rule is rules.COMPILER_HOLDS_BACK


def test_guix_without_a_name() -> None:
    assert findings.guix_tuning("zen4") == []
    assert only(findings.guix_tuning("neoverse_v1")).notes == (
        "`--tune=armv8.4-a` is used",
        "tuned packages do without sve",
        "images and source builds are not affected",
    )
    assert only(findings.guix_tuning("x60")).notes[0] == "nothing is tuned"


def test_a_base_image_that_is_too_new() -> None:
    assert findings.base_image("almalinux:10", "haswell") == []
    assert findings.base_image("debian:12", "x86_64") == []
    assert findings.base_image("debian:12", "ppc64le") == []
    found = only(findings.base_image("almalinux:10", "ivybridge"))
    assert found.message == "`almalinux:10` needs `x86_64_v3`, and `ivybridge` has less"


def test_a_node_that_runs_nothing() -> None:
    assert findings.node("zen4", ("x86_64_v3",)) == []
    found = only(findings.node("zen2", ("zen4", "x86_64_v4")))
    assert found.rule is rules.NO_COMMON_TARGET
    assert found.help == "add `zen2`, or `x86_64_v3`, which it also runs"


def test_numbers_that_cannot_be_kept() -> None:
    assert findings.numeric("zen3", "gcc", ("zen3", "zen2")) == []
    found = only(findings.numeric("zen4", "gcc", ("zen4", "zen2")))
    assert found.rule is rules.NUMERIC_NOT_HELD
    assert found.help == "target x86_64_v3, or compare the results with a tolerance"


def test_archspecs_own_variables() -> None:
    assert findings.overridden(()) == []
    found = only(findings.overridden(("ARCHSPEC_CPU_DIR",)))
    assert (found.message, found.help) == ("ARCHSPEC_CPU_DIR is set", "unset ARCHSPEC_CPU_DIR")


@pytest.mark.parametrize("name", ["zen4", "zne4", "native", "milan", "", "🦀"])
def test_messages_have_no_full_stop(name: str) -> None:
    for each in findings.target(name)[1]:
        assert not each.message.endswith(".")
