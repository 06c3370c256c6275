"""The options by which a graph is asked for, and files without one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--app", "wavs"), "there is no app wavs, did you mean waves?"),
        (("--with", "gpus=cuda"), "waves has no variant gpus, did you mean gpu?"),
        (("--with", "gpu=cda"), "gpu of waves has no choice cda, did you mean cuda?"),
        (("--with", "gpu=rocm"), "gpu of waves has no choice rocm; it has none and cuda"),
        (("--with", "gpu"), "gpu of waves has no choice yes; it has none and cuda"),
        (
            ("--with", "gpu=cuda", "--with", "gpu=none"),
            "gpu cannot be cuda and none at once",
        ),
        (
            ("--with", "gpu=cuda", "--with", "precision=double"),
            "waves rules this choice out: no GPU kernels in double precision (waves.envc:89:3)",
        ),
        (("-t", "zen44"), "there is no target zen44, did you mean zen4?"),
        (
            ("-t", "skylake"),
            "waves is not built for skylake; it has x86_64_v2, x86_64_v3 and zen4",
        ),
    ],
)
@pytest.mark.parametrize("command", [("graph",), ("why", "make")], ids=["graph", "why"])
def test_refused(
    envc: Command, command: tuple[str, ...], options: tuple[str, ...], said: str
) -> None:
    name, *words = command
    ran = envc(name, "waves.envc", *words, *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"envc {name}: {said}\n"


def test_a_target_by_another_name(envc: Command) -> None:
    assert envc("graph", "waves.envc", "-t", "x86-64-v3").out.splitlines()[0].endswith("x86_64_v3")


def test_all_is_narrowed_by_options(envc: Command) -> None:
    ran = envc("graph", "waves.envc", "--all", "--with", "gpu=cuda")
    headings = [line for line in ran.out.splitlines() if line.startswith("waves")]
    assert headings == [
        "waves@2.1.0 gpu=cuda precision=single for x86_64_v2",
        "waves@2.1.0 gpu=cuda precision=single for x86_64_v3",
    ]


def test_a_file_with_errors(envc: Command, tmp_path: Path) -> None:
    spec = tmp_path / "bad.envc"
    spec.write_text("envc 1\n\napp a@1 {\n  needs hdf55\n}\n")
    ran = envc("graph", str(spec))
    assert (ran.code, ran.out) == (1, "")
    assert "error[E0301]" in ran.err


def test_a_file_without_an_app(envc: Command, tmp_path: Path) -> None:
    spec = tmp_path / "none.envc"
    spec.write_text("envc 1\n\ntargets fast = zen4\n")
    ran = envc("graph", str(spec))
    assert (ran.code, ran.out, ran.err) == (1, "", f"envc: there is no app in {spec}\n")


def test_no_file(envc: Command) -> None:
    ran = envc("why", "nothing.envc", "make")
    assert ran.code == 1
    assert "error[E0001]" in ran.err


def test_a_contradiction_is_told_and_drawn(envc: Command, tmp_path: Path) -> None:
    spec = tmp_path / "clash.envc"
    spec.write_text(
        "envc 1\n\npackage x {\n  needs hwloc@:2.9\n  provider debian { x }\n}\n\n"
        "app a@1 {\n  needs x, hwloc@2.12\n}\n"
    )
    ran = envc("graph", str(spec))
    assert ran.code == 1
    assert "error[E0307]" in ran.err
    assert "hwloc" in ran.out
