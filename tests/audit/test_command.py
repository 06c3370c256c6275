"""`envc audit`: what it prints and how it ends."""

import argparse
import json
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from envc.commands import audit as command
from envc.cpu.audit import x86
from envc.cpu.audit.elf import Elf, NotReadableError

Build = Callable[..., str]

AVX512 = 'void planted(float *a) { __asm__("vaddps (%0), %%zmm1, %%zmm2" : : "r"(a)); }'


def test_findings_end_with_1(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    file = build(AVX512)
    assert _run(file, "--target", "x86-64-v3") == 1
    printed = capsys.readouterr()
    assert f"{file}: planted: avx512f is beyond x86_64_v3\n" in printed.out
    assert "vaddps (%rdi),%zmm1,%zmm2" in printed.out
    assert "1 ELF files, 1 findings beyond x86_64_v3, 0 allowed, 0 not judged" in printed.err


def test_clean_files_end_with_0(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(build(AVX512), "-t", "zen4") == 0
    assert capsys.readouterr().out == ""


def test_json_is_one_document(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(build(AVX512), "-t", "x86_64_v3", "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert document["target"] == "x86_64_v3"
    assert document["findings"][0]["kind"] == "instruction"
    assert document["findings"][0]["place"] == "planted"


def test_allow_needs_a_reason(build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    file = build(AVX512)
    assert _run(file, "-t", "x86_64_v3", "--allow", "lib.so:plant*=it asks cpuid") == 0
    assert "lib.so: 1 allowed: it asks cpuid" in capsys.readouterr().err
    assert _run(file, "-t", "x86_64_v3", "--allow", "lib.so") == 2
    assert "is not FILE[:FUNCTION]=REASON" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["/nonexistent/a.so", "-t", "zen4"], 2, "no such file or folder"),
        ([".", "-t", "zen44"], 1, "there is no target `zen44`"),
        (["/dev/null", "-t", "power9le"], 1, "does not know the instructions of power9le"),
    ],
)
def test_wrong_input(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(*words) == code
    assert said in capsys.readouterr().err


def test_without_the_decoder_it_ends_with_5(
    build: Build, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = build(AVX512)
    monkeypatch.setitem(sys.modules, "iced_x86", None)
    x86._iced.cache_clear()
    assert _run(file, "-t", "x86_64_v3") == 5
    assert "pip install 'envc[audit]'" in capsys.readouterr().err
    monkeypatch.undo()
    x86._iced.cache_clear()


def test_other_machines_are_said_to_be_unjudged(
    build: Build, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(build("int x;", gcc="aarch64-linux-gnu-gcc"), "-t", "zen4") == 0
    assert "not judged: for another machine (ELF number 183)" in capsys.readouterr().err


def test_damaged_files_are_said_to_be_unjudged(
    build: Build, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = Path(build(AVX512)).read_bytes()
    (tmp_path / "cut.so").write_bytes(whole[:5000])
    (tmp_path / "short.so").write_bytes(whole[:20])
    assert _run(str(tmp_path / "cut.so"), str(tmp_path / "short.so"), "-t", "zen4") == 0
    printed = capsys.readouterr().err
    assert "cut.so: not judged: its table of sections is damaged" in printed
    assert "short.so: not judged: cut short" in printed


@pytest.mark.parametrize("step", [7, 13])
def test_no_damage_is_a_bug(step: int, build: Build, tmp_path: Path) -> None:
    """Bytes everywhere overwritten in turn: judged or not, but never a traceback."""
    whole = bytearray(Path(build(AVX512, "-g", "-Wl,-z,x86-64-v4")).read_bytes())
    (start,) = struct.unpack_from("<Q", whole, 40)
    places = [*range(6, 64, 5), *range(64, start, 17 * step), *range(start, len(whole), step)]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        (tmp_path / "d.so").write_bytes(damaged)
        assert _run(str(tmp_path / "d.so"), "-t", "x86_64_v3") in {0, 1}


def test_32_bits_are_refused() -> None:
    with pytest.raises(NotReadableError):
        Elf(b"\x7fELF\x01\x01" + bytes(64))


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    return command.run(parser.parse_args(["audit", *words]))
