"""docs/schedulers.md says what the labs show; `ENVC_REWRITE=1` writes it anew."""

import ast
import os
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "schedulers.md"
LABS = {"slurm": "Slurm", "sge": "Grid Engine", "oar": "OAR", "htcondor": "HTCondor"}
BEGIN, END = "<!-- made: labs -->\n", "<!-- end of labs -->"


def shown(lab: str) -> Iterator[str]:
    """What its tests are called."""
    for each in ast.parse((HERE / f"test_{lab}.py").read_text()).body:
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"):
            yield each.name.removeprefix("test_").replace("_", " ")


def table() -> Iterator[str]:
    found = {lab: tuple(shown(lab)) for lab in LABS}
    yield f"| | {' | '.join(LABS.values())} |"
    yield "|---" * (len(LABS) + 1) + "|"
    for what in dict.fromkeys(what for lab in LABS for what in found[lab]):
        cells = ("yes" if what in found[lab] else "" for lab in LABS)
        yield f"| {what} | {' | '.join(cells)} |"


def test_the_page_says_what_the_labs_show() -> None:
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    made = before + BEGIN + "".join(f"{row}\n" for row in table()) + END + after
    if os.environ.get("ENVC_REWRITE"):
        PAGE.write_text(made)
    assert PAGE.read_text() == made
