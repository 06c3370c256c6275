"""How a Guix is asked, and what is said when it does not answer. The real one: test_real_guix.py"""

import json
import os
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.guix.channels import DEFAULT, Channel, scheme
from envc.guix.index import GuixIndex
from envc.guix.machine import ask

ZLIB = {
    "name": "zlib",
    "version": "1.3",
    "public": True,
    "asked": True,
    "outputs": ["out"],
    "systems": ["x86_64-linux"],
    "tunable": False,
    "superseded": None,
    "synopsis": "Compression",
    "licenses": [],
    "builds": [],
}


@pytest.fixture
def guix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in Guix' place, to be written."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return folder / "guix"


def says(guix: Path, script: str) -> None:
    guix.write_text(f"#!/bin/sh\n{script}\n")
    guix.chmod(0o755)


def asked(keep: Path, *names: str) -> GuixIndex | Problem:
    tunings = [("x86_64-linux", "znver4"), ("x86_64-linux", "core2")]
    return ask([DEFAULT], names, ["x86_64-linux", "aarch64-linux"], tunings, keep=str(keep))


def files(keep: Path) -> list[str]:
    return [path.name for path in keep.rglob("*") if path.is_file()]


def test_its_words(guix: Path, tmp_path: Path) -> None:
    says(guix, f'printf "%s\\n" "$@" > {tmp_path}/words; cat "$3" > {tmp_path}/channels')
    asked(tmp_path, "gsl", "fftw", "gsl")
    words = (tmp_path / "words").read_text().splitlines()

    assert (words[:2], words[3:6]) == (["time-machine", "-C"], ["--", "repl", "--"])
    assert words[6].endswith("tell.scm")
    assert words[7:] == [
        "aarch64-linux,x86_64-linux",
        "x86_64-linux=core2,x86_64-linux=znver4",
        "fftw",
        "gsl",
    ]
    assert (tmp_path / "channels").read_text() == scheme([DEFAULT])


def test_it_is_asked_once(guix: Path, tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    says(guix, f"echo x >> {tmp_path}/runs; echo '{json.dumps(ZLIB)}'")
    for _ in range(2):
        found = asked(keep, "zlib")
        assert isinstance(found, GuixIndex)
        assert [each.version for each in found.named("zlib")] == ["1.3"]
    assert (tmp_path / "runs").read_text() == "x\n"
    assert len(files(keep)) == 1

    asked(keep, "fftw")
    assert (tmp_path / "runs").read_text() == "x\nx\n"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("Git error: object not found - no match for id (1234)", "the channel has no such commit"),
        ("failed to connect to `/var/guix/…': No such file", "guix-daemon does not answer"),
        ("In procedure getaddrinfo: Name or service not known", "the channel's server is out of"),
        ("cannot travel past commit `4a0b87f0ec5b'", "no further"),
        ("guix time-machine: error: the moon is full", "failed: the moon is full"),
        ("", "it does not say why"),
    ],
)
def test_why_it_failed(guix: Path, tmp_path: Path, said: str, message: str) -> None:
    says(guix, f'echo half; echo "{said.replace("`", "")}" >&2; exit 1')
    found = asked(tmp_path / "keep", "gsl")

    assert isinstance(found, Problem)
    assert message in found.message
    assert files(tmp_path / "keep") == []


def test_no_guix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = asked(tmp_path, "gsl")

    assert isinstance(found, Problem)
    assert found.message == "Guix is not installed here"
    assert "apt-get install guix" in found.help


def test_channels_without_guix_own(tmp_path: Path) -> None:
    mine = Channel("mine", "https://example.org/mine.git", "main", "a" * 40)
    found = ask([mine], ["gsl"], [], keep=str(tmp_path))

    assert isinstance(found, Problem)
    assert "lack Guix' own" in found.message
