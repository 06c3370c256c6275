"""What a value becomes in a Dockerfile: read back by BuildKit's own parser, and by buildah."""

import json
import subprocess
from pathlib import Path
from typing import Any

import dockerfile as buildkit  # type: ignore[import-not-found]  # compiled, without stubs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from envc.quoting import dockerfile
from tests.conftest import Tool

SPECIAL = "\\\"'$`#{}()<>|&;*?[]!~=,:%@ \t\r\v\f\x1b\x85\u2028\ufeffé\U0001f600aA0-_/"
words = st.text(
    st.sampled_from(SPECIAL + "\n")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0")
)
values = words.filter(dockerfile.sayable)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]*", fullmatch=True)
AWKWARD = (
    "", " ", "  two  ", "a'b", 'a"b', "\\", "a\\", "\\\\n", "$HOME", "${HOME}", "\\$HOME", "$(id)",
    "`id`", "#", "# syntax=evil", "<<EOF", "-leading", "--", "*", "é — 日本", "a=b c=d", "\t",
    "&& id", "%s", "!", "'", '"', '\\"', "[]", "RUN id", "\r", "\u2028", "x\\",
)  # fmt: skip
TWO_LINES = "two\nlines"


def only(text: str) -> Any:
    """The one instruction after `FROM`."""
    first, *rest = buildkit.parse_string(f"FROM scratch\n{text}\n")
    assert first.cmd == "FROM"
    (command,) = rest
    return command


def unquoted(text: str) -> str:
    """As BuildKit's shell reads a word in double quotes (shell/lex.go, processDoubleQuote)."""
    assert text[0] == text[-1] == '"'
    inner, said, at = text[1:-1], "", 0
    while at < len(inner):
        if inner[at] == "\\" and inner[at + 1] in '\\"$':
            at += 1
        else:
            assert inner[at] not in '"$', text
        said += inner[at]
        at += 1
    return said


@pytest.mark.parametrize("instruction", ["RUN", "ENTRYPOINT", "CMD"])
@settings(deadline=None)
@given(listed=st.lists(words))
def test_a_list_holds_exactly_the_words_that_went_in(instruction: str, listed: list[str]) -> None:
    found = only(f"{instruction} {dockerfile.listed(tuple(listed))}")
    assert (found.cmd, found.json, found.value) == (instruction, True, tuple(listed))


@pytest.mark.parametrize("instruction", ["ENV", "LABEL"])
@settings(deadline=None)
@given(pairs=st.lists(st.tuples(names, values), min_size=1))
def test_a_pair_holds_its_name_and_its_value(
    instruction: str, pairs: list[tuple[str, str]]
) -> None:
    found = only(" ".join((instruction, *(dockerfile.assigned(*pair) for pair in pairs))))
    assert found.cmd == instruction
    read = zip(found.value[::2], map(unquoted, found.value[1::2]), strict=True)
    assert list(read) == pairs


@settings(deadline=None)
@given(words)
def test_a_comment_is_never_more(text: str) -> None:
    (command,) = buildkit.parse_string(f"# ours\n{dockerfile.comment(text)}\nFROM scratch\n")
    assert command.cmd == "FROM"


@settings(deadline=None)
@given(words)
def test_a_path_or_a_reference_is_plain_or_refused(text: str) -> None:
    for said in (dockerfile.path, dockerfile.reference):
        try:
            found = only(f"COPY --from={said(text)} {said(text)} /")
        except ValueError:
            continue
        assert (found.flags, found.value) == ((f"--from={text}",), (text, "/"))


@pytest.mark.parametrize(
    ("name", "value"),
    [("A", "two\nlines"), ("A", "\0"), ("A B", ""), ("", ""), ("A", "x" * 70_000)],
)
def test_what_a_line_cannot_hold_is_not_written(name: str, value: str) -> None:
    with pytest.raises(ValueError, match="no way to say"):
        dockerfile.assigned(name, value)


def test_the_longest_value_is_still_a_line() -> None:
    value = "$" * 32_000
    assert dockerfile.sayable(value)
    assert unquoted(only(f"ENV {dockerfile.assigned('A', value)}").value[1]) == value


@pytest.mark.tool("buildah")
def test_buildah_keeps_awkward_values(tool: Tool, tmp_path: Path) -> None:
    pairs = [(f"V{number}", value) for number, value in enumerate(AWKWARD)]
    lines = [
        "FROM scratch",
        *(f"ENV {dockerfile.assigned(*pair)}" for pair in pairs),
        *(f"LABEL {dockerfile.assigned(*pair)}" for pair in pairs),
        f"ENTRYPOINT {dockerfile.listed(AWKWARD)}",
        f"CMD {dockerfile.listed((*AWKWARD, TWO_LINES))}",
    ]
    (tmp_path / "Dockerfile").write_text("\n".join(lines) + "\n")
    buildah = [tool("buildah"), "--root", f"{tmp_path}/store", "--runroot", f"{tmp_path}/run"]
    buildah += ["--storage-driver", "vfs"]
    build = [*buildah, "build", "--isolation=chroot", "--quiet", "--tag=awkward", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True)
    said = subprocess.run([*buildah, "inspect", "awkward"], check=True, capture_output=True)
    config = json.loads(said.stdout)["OCIv1"]["config"]
    env = dict(each.split("=", 1) for each in config["Env"])
    assert [env[name] for name, _ in pairs] == list(AWKWARD)
    assert [config["Labels"][name] for name, _ in pairs] == list(AWKWARD)
    assert config["Entrypoint"] == list(AWKWARD)
    assert config["Cmd"] == [*AWKWARD, TWO_LINES]
