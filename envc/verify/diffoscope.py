"""Lets diffoscope look at the files that differ, where it is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from typing import NamedTuple

from envc.images.tree import File
from envc.verify.compare import Pair

_SECONDS = 120
_MOST = 20
_LARGEST = 1 << 24


class _Sides(NamedTuple):
    one: str
    other: str


def judge(pairs: Iterable[Pair], path: str) -> str:
    """The path of its page; empty where it is missing, or was not done in time."""
    program = shutil.which("diffoscope")
    chosen = [each for each in pairs if _is_fit(each)][:_MOST]
    if program is None or not chosen:
        return ""
    page = f"{path}.diffoscope.html"
    with tempfile.TemporaryDirectory(prefix="envc-diffoscope-") as folder:
        sides = _Sides(os.path.join(folder, "first"), os.path.join(folder, "other"))
        for pair in chosen:
            _place(pair, sides)
        words = [program, "--html", page, "--no-progress", "--no-default-limits"]
        limits = ["--max-report-size", "4000000", "--max-diff-block-lines", "500"]
        try:
            done = subprocess.run(  # noqa: S603 - reads files that envc has built
                [*words, *limits, sides.one, sides.other],
                timeout=_SECONDS,
                check=False,
                capture_output=True,
            )
        except (subprocess.TimeoutExpired, OSError):
            return ""
    return page if done.returncode == 1 and os.path.exists(page) else ""


def _is_fit(pair: Pair) -> bool:
    one, other = pair.one, pair.other
    return isinstance(one, File) and isinstance(other, File) and one.size + other.size < _LARGEST


def _place(pair: Pair, sides: _Sides) -> None:
    """Names in an image lead nowhere out of it: they were read so."""
    for side, node in ((sides.one, pair.one), (sides.other, pair.other)):
        path = os.path.join(os.fsencode(side), *pair.path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if isinstance(node, File):
            with open(path, "xb") as file:
                file.writelines(node.data.chunks())
