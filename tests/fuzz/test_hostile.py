"""Whatever the text, reading it ends: in time, without an exception, and pointing into the text.

`ENVC_FUZZ_SECONDS` says how long mutations are tried; a failing seed is in the message.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from envc.check import check_source
from envc.diagnostics.model import Diagnostic, Edit, Label
from envc.source import Source
from envc.syntax.layout import layout
from envc.syntax.parser import Parsed, parse
from tests.fuzz.mutations import STARTS, WALLS, corpus, mutated, walls

SECONDS = float(os.environ.get("ENVC_FUZZ_SECONDS", "10"))


def assert_inside(diagnostic: Diagnostic) -> None:
    places: list[Label | Edit] = [*diagnostic.labels, *diagnostic.fix]
    for place in places:
        assert 0 <= place.span.start <= place.span.end <= len(place.source.text), diagnostic


def timed(text: str) -> tuple[Parsed, float]:
    start = time.process_time()
    parsed = parse(Source("a.envc", text))
    return parsed, time.process_time() - start


def assert_survives(text: str, seconds: float = 1.0) -> None:
    parsed, took = timed(text)
    # The same process holds what tests before left, and Python may have stopped to look through it.
    if took >= seconds:
        parsed, took = min((timed(text) for _ in range(3)), key=lambda each: each[1])
    assert took < seconds, text[:80]
    for diagnostic in parsed.diagnostics:
        assert_inside(diagnostic)
    if not parsed.diagnostics:
        laid_out = layout(parsed.file)
        assert layout(parse(Source("a.envc", laid_out)).file) == laid_out


@pytest.mark.parametrize("place", range(len(STARTS)), ids=map(repr, STARTS))
def test_walls_of_100_kb(place: int) -> None:
    for number, text in enumerate(walls(100_000)):
        if number // len(WALLS) == place:
            assert_survives(text)


@pytest.mark.parametrize("wall", ["x", "#", "\\n", '\\"'])
def test_a_word_of_10_mb(wall: str) -> None:
    assert_survives('app a { license "' + wall * (10_000_000 // len(wall)), seconds=20)


@pytest.mark.parametrize("wall", ['"', "(", "a ", "1, "])
def test_a_line_of_1_mb(wall: str) -> None:
    assert_survives("app a { license " + wall * (1_000_000 // len(wall)), seconds=10)


def test_mutations_of_specs() -> None:
    texts = corpus()
    first = random.randrange(2**32)
    end = time.monotonic() + SECONDS
    seed = first
    while time.monotonic() < end:
        try:
            text = mutated(texts, random.Random(seed))
            assert_survives(text)
            for diagnostic in check_source(Source("a.envc", text)).diagnostics:
                assert_inside(diagnostic)
        except Exception as problem:
            problem.add_note(f"seed {seed}")
            raise
        seed += 1
    assert seed > first


def test_coverage_guided_fuzzing(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    target = Path(__file__).with_name("atheris_parse.py")
    done = subprocess.run(
        [
            sys.executable,
            target,
            f"-max_total_time={round(SECONDS)}",
            "-max_len=4000",
            # libFuzzer's own limit counts what the test's process took before it became the fuzzer.
            "-rss_limit_mb=0",
            "-malloc_limit_mb=1024",
            tmp_path,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS + 120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
