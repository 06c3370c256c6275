"""Several questions in one go: a script of sh that asks them, and what its output says.

Whatever the shells of a site print of themselves comes before the first mark and is passed over.
"""

from collections.abc import Sequence
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.quoting import sh
from envc.submit.model import Answer, Words

TOO_LATE = 124
"""What `timeout` ends with."""
NO_PROGRAM = 127


class Asked(NamedTuple):
    script: str
    mark: str
    questions: int


def asked(questions: Sequence[Words], seconds: int, mark: str) -> Asked:
    """`seconds` is what each of them may take. `mark` is a word that no answer holds."""
    lines = "".join(f"ask {sh.words(each)}\n" for each in questions)
    return Asked(_SCRIPT.format(mark=mark, seconds=seconds) + lines, mark, len(questions))


_SCRIPT = """\
at=$(mktemp -d) || exit
trap 'rm -rf -- "$at"' EXIT
trap '' HUP
size() {{
  wc -c <"$1" | tr -d ' '
}}
ask() {{
  code=0
  timeout -k 5 {seconds} "$@" </dev/null >"$at/out" 2>"$at/err" || code=$?
  printf '\\n{mark} %s %s %s\\n' "$code" "$(size "$at/out")" "$(size "$at/err")"
  cat "$at/out" "$at/err"
}}
"""


def answers(asked: Asked, output: bytes) -> tuple[Answer, ...] | Problem:
    """One for each question."""
    found = []
    rest = output
    for _ in range(asked.questions):
        _, mark, rest = rest.partition(f"\n{asked.mark} ".encode())
        head, _, rest = rest.partition(b"\n")
        numbers = head.split()
        if not mark or len(numbers) != len(Answer._fields) or not all(map(bytes.isdigit, numbers)):
            return Problem("the answer broke off")
        code, out, err = map(int, numbers)
        if len(rest) < out + err:
            return Problem("the answer broke off")
        text, error = rest[:out], rest[out : out + err]
        found.append(Answer(code, _text(text), _text(error)))
        rest = rest[out + err :]
    return tuple(found)


def _text(content: bytes) -> str:
    """What is no text stays as it is: a log may be cut within a letter."""
    return content.decode("utf-8", "surrogateescape")
