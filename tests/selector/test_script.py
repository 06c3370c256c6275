"""The script as people meet it: its words, exits, overrides and its answer for many nodes."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.cpu import lattice, selector
from envc.cpu.selector.needs import best_first, hard, needs
from envc.cpu.selector.tables import EMITTED, FAMILIES, SOFT

Run = Callable[..., subprocess.CompletedProcess[str]]
Tool = Callable[[str, str], str]

BUILT = ("x86_64_v2", "x86_64_v3", "x86_64_v4", "zen3", "zen4", "icelake", "neoverse_v1")


def test_best_first_contradicts_neither_the_order_nor_the_features() -> None:
    for family in FAMILIES:
        names = tuple(each for each in lattice.names() if lattice.family(each) == family)
        line = [each.name for each in best_first(names)]
        for better, lesser in itertools.combinations(line, 2):
            assert not lattice.covers(better, lesser)
            assert not hard(better) < hard(lesser)


def test_the_tables_hold_nothing_unknown() -> None:
    assert set(EMITTED) <= set(lattice.names())
    assert not {each for several in EMITTED.values() for each in several} & SOFT.keys()


def test_the_same_bytes_for_any_order_and_hash_seed() -> None:
    program = (
        "import sys; from envc.cpu import selector;"
        "sys.stdout.write(selector.script(sys.argv[1:], preference=['zen3']))"
    )
    texts = {
        subprocess.run(
            [sys.executable, "-c", program, *order],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for order, seed in ((BUILT, "0"), (tuple(reversed(BUILT)), "1"), ((*BUILT, *BUILT), "2"))
    }
    assert texts == {selector.script(BUILT, preference=["zen3"])}
    assert texts.pop().isascii()  # some schedulers refuse job scripts that are not


def test_shellcheck_is_content(tool: Tool, tmp_path: Path) -> None:
    script = tmp_path / "selector.sh"
    script.write_text(selector.script(BUILT, preference=["zen3"]))
    found = subprocess.run(
        [tool("shellcheck", "shellcheck"), "--shell=sh", "--enable=all", *_EXCLUDED, str(script)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""


# Taste, not mistakes: braces around every variable, a default in every `case`.
_EXCLUDED = ("--exclude=SC2250,SC2249",)


def test_what_is_no_set_of_targets_is_refused() -> None:
    for targets, preference, reason in (
        ((), (), "no target was built"),
        (("zen4", "a'; rm -rf /"), (), "`a'; rm -rf /` is not a target"),
        (("zen4",), ("zen5",), "`zen5` is preferred but not built"),
        (("ppc64", "power9le"), (), "does not tell ppc64 from ppc64le"),
        (("sparc64",), (), "does not tell `sparc64`"),
    ):
        with pytest.raises(selector.NoRuleError, match=reason):
            selector.script(targets, preference=preference)


# ---- one node -----------------------------------------------------------------------------------


def test_the_preference_goes_before_all_rules(shell: list[str], run: Run, machines: Path) -> None:
    text = selector.script(BUILT, preference=["icelake", "x86_64_v3"])
    zen4 = run(shell, text, cpuinfo=machines / "linux-rocky8.5-zen4")
    assert zen4.stdout == "icelake\n"
    assert "the first of those preferred that runs here" in zen4.stderr
    assert run(shell, text, cpuinfo=machines / "linux-ubuntu20.04-zen3").stdout == "x86_64_v3\n"


@pytest.mark.parametrize(
    ("built", "chosen"),
    [
        (("haswell", "x86_64_v3"), "x86_64_v3"),  # as good, and not tuned for another maker
        (("haswell", "x86_64_v2"), "haswell"),  # AVX2 is worth more than the tuning
        (("icelake", "zen4"), "zen4"),
        (("zen3", "x86_64_v4"), "x86_64_v4"),
        (("zen5", "zen6", "zen"), "zen"),
    ],
)
def test_makers_and_levels(
    built: tuple[str, ...], chosen: str, shell: list[str], run: Run, machines: Path
) -> None:
    done = run(shell, selector.script(built), cpuinfo=machines / "linux-rocky8.5-zen4")
    assert done.stdout == f"{chosen}\n"


def test_hypervisors_hide_what_no_code_uses(shell: list[str], run: Run, machines: Path) -> None:
    for machine, right in (("linux-rocky8.5-zen4", "zen4"), ("linux-rocky9-zen5", "zen5")):
        text = (machines / machine).read_text()
        for word in ("pku", "ospke", "flush_l1d", "xsavec", "umip", "clwb", "clzero"):
            text = text.replace(f" {word}", "")
        assert run(shell, selector.script(["x86_64", right]), cpuinfo=text).stdout == f"{right}\n"


ZEN4_IN_KVM = """\
processor\t: 0
vendor_id\t: AuthenticAMD
cpu family\t: 25
model name\t: AMD EPYC
flags\t\t: fpu mmx sse sse2 ht syscall nx lm pni pclmulqdq ssse3 fma cx16 sse4_1 sse4_2 movbe \
popcnt aes xsave avx f16c rdrand hypervisor lahf_lm abm sse4a fsgsbase bmi1 avx2 bmi2 avx512f \
avx512dq rdseed adx avx512ifma clflushopt clwb avx512cd sha_ni avx512bw avx512vl xsaveopt xsavec \
avx512_bf16 clzero avx512vbmi umip avx512_vbmi2 gfni vaes vpclmulqdq avx512_vnni avx512_bitalg \
avx512_vpopcntdq rdpid fsrm
bugs\t\t: spectre_v1
power management:

processor\t: 1
flags\t\t: lm
"""


def test_a_virtual_zen4_is_a_zen4(shell: list[str], run: Run) -> None:
    assert run(shell, selector.script(BUILT), cpuinfo=ZEN4_IN_KVM).stdout == "zen4\n"


# The kernel reports Apple's M4 with streaming SVE only: a neoverse_v1 image would fault there.
M4_IN_A_VM = """\
processor\t: 0
Features\t: fp asimd aes pmull sha1 sha2 crc32 atomics fphp asimdhp cpuid asimdrdm jscvt fcma \
lrcpc dcpop sha3 asimddp sha512 asimdfhm dit uscat ilrcpc flagm sb paca pacg dcpodp sme svei8mm \
svebf16 flagm2 frint i8mm bf16 bti ecv
CPU implementer\t: 0x61
CPU part\t: 0x000
"""


def test_streaming_vectors_are_no_vectors(shell: list[str], run: Run) -> None:
    built = ["neoverse_v1", "neoverse_v2", "armv8.4a", "aarch64"]
    assert run(shell, selector.script(built), cpuinfo=M4_IN_A_VM).stdout == "armv8.4a\n"


def test_none_fits(shell: list[str], run: Run, machines: Path) -> None:
    text = selector.script(["zen4", "x86_64_v4"])
    done = run(shell, text, cpuinfo=machines / "linux-rhel7-ivybridge")
    assert (done.returncode, done.stdout) == (3, "")
    assert "not x86_64_v4: this CPU does not show abm avx2 avx512bw" in done.stderr
    assert (
        "envc: no target fits this CPU (GenuineIntel, Intel(R) Xeon(R) CPU E5-2650" in done.stderr
    )
    assert done.stderr.endswith("built are: zen4 x86_64_v4\n")


@pytest.mark.parametrize("cpuinfo", ["", "processor : 0\n\nflags", "Features\t: half thumb\n"])
def test_no_known_cpu(cpuinfo: str, shell: list[str], run: Run) -> None:
    done = run(shell, selector.script(BUILT), cpuinfo=cpuinfo)
    assert (done.returncode, done.stdout) == (3, "")


def test_no_cpuinfo_at_all(shell: list[str], run: Run, tmp_path: Path) -> None:
    done = run(shell, selector.script(BUILT), cpuinfo=tmp_path / "absent")
    assert done.returncode == 3
    assert "cannot read" in done.stderr


def test_the_override(shell: list[str], run: Run, machines: Path) -> None:
    text, ivy = selector.script(BUILT), machines / "linux-rhel7-ivybridge"
    forced = run(shell, text, cpuinfo=ivy, variables={"ENVC_TARGET": "zen4"})
    assert (forced.returncode, forced.stdout) == (0, "zen4\n")
    assert "warning: zen4 may stop with an illegal instruction: no abm adx" in forced.stderr
    mistyped = run(shell, text, cpuinfo=ivy, variables={"ENVC_TARGET": "zen 4"})
    assert (mistyped.returncode, mistyped.stdout) == (2, "")
    assert (
        "ENVC_TARGET=zen 4 is none of the built targets: neoverse_v1 zen4 icelake"
        in mistyped.stderr
    )


def test_wrong_usage(shell: list[str], run: Run) -> None:
    for words in (("best",), ("all", "zen4"), ("weigh",)):
        done = run(shell, selector.script(BUILT), *words, cpuinfo=ZEN4_IN_KVM)
        assert (done.returncode, done.stdout) == (2, "")
        assert "usage" in done.stderr


# ---- many nodes ---------------------------------------------------------------------------------


def test_common_of_a_mixed_allocation(shell: list[str], run: Run, machines: Path) -> None:
    text = selector.script(BUILT)
    nodes = {
        name: run(shell, text, "all", cpuinfo=machines / machine).stdout
        for name, machine in (
            ("zen4", "linux-rocky8.5-zen4"),
            ("zen3", "linux-ubuntu20.04-zen3"),
            ("spr", "linux-unknown-sapphirerapids"),
            ("ivy", "linux-rhel7-ivybridge"),
            ("arm", "linux-amazon-neoverse_v1"),
        )
    }
    assert nodes["zen4"] == "zen4 icelake~ x86_64_v4 zen3 x86_64_v3 x86_64_v2\n"
    for allocation, best in (
        (("zen4", "zen4"), "zen4"),
        (("zen4", "zen3"), "zen3"),
        (("zen4", "spr"), "x86_64_v4"),
        (("zen4", "zen3", "spr"), "x86_64_v3"),
        (("spr", "ivy", "zen4"), "x86_64_v2"),
        (("spr",), "icelake"),
    ):
        answers = "".join(nodes[each] for each in allocation)
        done = run(shell, text, "common", answers=answers)
        assert (done.returncode, done.stdout) == (0, f"{best}\n")
        assert f"chose {best} for {len(allocation)} nodes" in done.stderr
    none = run(shell, text, "common", answers=nodes["arm"] + nodes["zen4"])
    assert (none.returncode, none.stdout) == (3, "")
    assert "no target runs on all 2 nodes" in none.stderr


def test_common_reads_files_and_labels(shell: list[str], run: Run, tmp_path: Path) -> None:
    text = selector.script(BUILT)
    (tmp_path / "a").write_text("0: zen4 x86_64_v4 zen3\n")
    (tmp_path / "b").write_text("1: zen3 x86_64_v3")
    files = (str(tmp_path / "a"), str(tmp_path / "b"))
    assert run(shell, text, "common", *files).stdout == "zen3\n"
    assert run(shell, text, "common", str(tmp_path / "c")).returncode == 2


@pytest.mark.parametrize("answers", ["", "\n\n", "zen4 $(reboot)\n", "zen4 *\n"])
def test_common_refuses_what_is_no_answer(answers: str, shell: list[str], run: Run) -> None:
    done = run(shell, selector.script(BUILT), "common", answers=answers)
    assert (done.returncode, done.stdout) == (2, "")


def test_common_keeps_the_preference(shell: list[str], run: Run) -> None:
    text = selector.script(BUILT, preference=["x86_64_v3"])
    done = run(shell, text, "common", answers="zen4 x86_64_v3\nzen4 x86_64_v3\n")
    assert done.stdout == "x86_64_v3\n"


def test_it_is_quick(run: Run, machines: Path) -> None:
    """A node with 256 CPUs: only the first is read, or dash would read 400 kB byte by byte."""
    text = (machines / "linux-rocky8.5-zen4").read_text()
    done = run(["dash"], selector.script(BUILT), cpuinfo=text + "\n" + "x" * 50_000_000)
    assert done.stdout == "zen4\n"


def test_needs_are_linux_words() -> None:
    assert "pni" in needs("x86_64_v2").words
    assert "sse3" not in needs("x86_64_v2").words
