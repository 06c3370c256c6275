"""Each cause by its own sign, and by no other's."""

import pytest

from envc.build.model import Conditions
from envc.verify import times
from envc.verify.case import Case, World
from envc.verify.causes import BY_NAME, CATALOGUE, explained
from envc.verify.difference import Detail, Difference, What

HERE = World(Conditions(), 1_795_000_000, 1_795_000_020, 4)
ELSEWHERE = World(
    Conditions(
        host="elsewhere-1",
        user="somebody-1",
        prefix="/home/somebody/in/world-1",
        umask=0o077,
        cpu="Nehalem",
        reversed_files=True,
    ),
    1_829_560_000,
    1_829_560_020,
    2,
)
CASE = Case(HERE, ELSEWHERE, "opt/app/file")
RODATA = ("section .rodata",)


def cause(detail: Detail, case: Case = CASE) -> str:
    found = explained(Difference("opt/app/file", (detail,), 1), case).causes
    return found[0].cause if found else ""


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("umask", Detail(What.MODE, b"0755", b"0700")),
        ("archive-header", Detail(What.OWNER, b"0:0", b"1000:1000", ("object a.o",))),
        ("archive-header", Detail(What.TIME, b"17", b"18", ("unpacked", "object a.o"))),
        ("gzip-time", Detail(What.TIME, b"17", b"18", ("gzip header",))),
        ("member-time", Detail(What.TIME, b"17", b"18", ("unpacked", "member a.txt"))),
        ("pyc-time", Detail(What.TIME, b"17", b"18", ("header of the compiled module",))),
        ("compiled-date", Detail(What.TEXT, b"at Nov 18 2026", b"at Dec 23 2027", RODATA)),
        ("compiled-date", Detail(What.TEXT, b"11:22:33", b"11:22:35", RODATA)),
        ("lto-seed", Detail(What.ONLY_ONE, b".gnu.lto_.opts.1a", b"", ("sections",))),
        (
            "coverage",
            Detail(
                What.TEXT, b"/build/app/a.gcda", b"/home/somebody/in/world-1/build/app/a.gcda"
            ),
        ),
        ("build-path", Detail(What.TEXT, b"/src/app", b"/home/somebody/in/world-1/src/app")),
        ("host-name", Detail(What.TEXT, b"on envc", b"on elsewhere-1")),
        ("user-name", Detail(What.TEXT, b"by root", b"by somebody-1")),
        ("locale-number", Detail(What.TEXT, b"x = 3.14", b"x = 3,14")),
        ("locale-sort", Detail(What.ORDER, b"Al\nFe\nal\nbr", b"al\nAl\nbr\nFe")),
        ("file-order", Detail(What.ORDER, b"b.c\na.c\nc.c", b"a.c\nc.c\nb.c")),
        ("file-order", Detail(What.ORDER, b"a\nb\nc", b"b\nc\na", ("list of members",))),
        ("file-order", Detail(What.ORDER, b"b\na\nc", b"c\nb\na")),
        ("hash-order", Detail(What.ORDER, b"b\na\nc", b"c\na\nb")),
        ("processors", Detail(What.TEXT, b"built with -j4", b"built with -j2")),
        ("build-cpu", Detail(What.TEXT, b"EPYC", b"Core i7 (Nehalem Class Core i7)")),
        ("build-cpu", Detail(What.TEXT, b"-march=znver3", b"-march=nehalem", RODATA)),
        (
            "uuid",
            Detail(
                What.TEXT,
                b"id 0b5ae2b0-0f5a-4b1e-8f3e-0d2b5a1c9e77",
                b"id 9d7cb3a1-5c1f-4a52-b1a9-3d0f6e8c2b10",
            ),
        ),
        ("memory-address", Detail(What.TEXT, b"<f at 0x7f001020>", b"<f at 0x7f001720>")),
        ("process-number", Detail(What.TEXT, b"pid 1207", b"pid 1311")),
        ("temporary-name", Detail(What.TEXT, b"/tmp/ccA1b2C3.o", b"/tmp/ccZ9y8X7.o")),
        ("clock", Detail(What.TEXT, b"made 2026-11-18", b"made 2027-12-23")),
        ("clock", Detail(What.TEXT, b"made 1795000003", b"made 1829560004")),
        ("clock", Detail(What.TEXT, b"Wed Nov 18 11:06:40 UTC 2026", b"Thu Dec 23 2027")),
        (
            "clock",
            Detail(
                What.BYTES, (1_795_000_002).to_bytes(4), (1_829_560_003).to_bytes(4), offset=9
            ),
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_a_sign(name: str, detail: Detail) -> None:
    assert cause(detail) == name


@pytest.mark.parametrize(
    "detail",
    [
        Detail(What.MODE, b"0755", b"0644"),
        Detail(What.TEXT, b"made 1999-01-01", b"made 2001-01-01"),
        Detail(What.TEXT, b"x = 3.14", b"x = 3.15"),
        Detail(What.TEXT, b"build", b"builds"),
        Detail(What.BYTES, b"\1\2\3\4", b"\1\2\3\5", offset=0),
        Detail(What.ONLY_ONE, b"file", b""),
    ],
)
def test_no_cause_is_made_up(detail: Detail) -> None:
    assert cause(detail) == ""


def test_native_needs_a_call_that_says_so() -> None:
    detail = Detail(What.BYTES, b"\x62\xf1", b"\x0f\x58", ("section .text",), offset=4)
    assert cause(detail) == ""
    said = Case(HERE, ELSEWHERE, "a", ("/usr/bin/gcc -O3 -march=native -c a.c",))
    assert cause(detail, said) == "native-code"
    beyond = Case(HERE, ELSEWHERE, "a", beyond="`vaddpd` needs avx, beyond x86_64")
    assert cause(detail, beyond) == "build-cpu"


def test_what_follows_from_a_cause_is_none_of_its_own() -> None:
    path = Detail(What.TEXT, b"/src/a", b"/home/somebody/in/world-1/src/a", (".debug_str",))
    moved = Detail(What.BYTES, b"\1\2", b"\3\4", ("section .debug_info",), offset=12)
    found = explained(Difference("a", (path, moved), 2), CASE)
    assert [each.cause for each in found.causes] == ["build-path"]


def test_each_cause_is_reached_by_a_test_above() -> None:
    marks = test_a_sign.pytestmark  # type: ignore[attr-defined]
    named = {name for name, _ in marks[0].args[1]}
    assert named | {"native-code"} == set(BY_NAME)
    assert len(BY_NAME) == len(CATALOGUE)


@pytest.mark.parametrize("text", [b"2026-11-18T11:06:40", b"18 Nov 2026", b"November 18, 2026"])
def test_forms_of_a_date(text: bytes) -> None:
    assert times.of(HERE, b"made " + text) == text
    assert times.of(ELSEWHERE, text) == b""


@pytest.mark.parametrize("text", [b"2026-13-45", b"99999999999", b"Foo 12 2026", b""])
def test_what_only_looks_like_a_date(text: bytes) -> None:
    assert times.of(HERE, text) == b""
