"""Small functions of sh that scripts share; each script holds those that it calls."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol


class _Step(Protocol):
    @property
    def uses(self) -> tuple[str, ...]: ...


class _Function(NamedTuple):
    text: str
    uses: tuple[str, ...] = ()


NEED = "need"
LEFT = "left"
BRING = "bring"
FETCH = "fetch"
FAIL = "fail"
SAY = "say"
LOAD = "load"

_FUNCTIONS = {
    LOAD: _Function(
        """\
load() { # MODULE
  # What `module` runs may leave variables unset, and is none of ours.
  set +eu
  module load "$1"
  loaded=$?
  set -eu
  [ "$loaded" -eq 0 ] || fail 69 "the module $1 cannot be loaded"
}
""",
        (FAIL,),
    ),
    NEED: _Function(
        """\
need() { # PATH
  [ -e "$1" ] || fail 66 "the input $1 is not in $PWD"
}
""",
        (FAIL,),
    ),
    BRING: _Function(
        """\
bring() { # PATH: a copy in the scratch folder
  case $1 in
    /*) into=$ENVC_SCRATCH ;;
    *) into=$(dirname -- "$ENVC_SCRATCH/$1") ;;
  esac
  mkdir -p -- "$into"
  cp -pR -- "$1" "$into/"
}
""",
    ),
    FETCH: _Function(
        """\
fetch() { # PATH: what the program left in the scratch folder
  [ -e "$ENVC_SCRATCH/$1" ] || return 0
  into=$(dirname -- "./$1")
  mkdir -p -- "$into"
  cp -pR -- "$ENVC_SCRATCH/$1" "$into/"
}
""",
    ),
    LEFT: _Function(
        """\
left() { # PATH
  [ -e "$1" ] || say "warning: the program has not left $1 in $PWD"
}
""",
        (SAY,),
    ),
    FAIL: _Function(
        """\
fail() { # CODE SENTENCE
  say "$2"
  exit "$1"
}
""",
        (SAY,),
    ),
    SAY: _Function(
        """\
say() {
  printf 'envc: %s\\n' "$*" >&2
}
"""
    ),
}


def called(steps: Iterable[_Step]) -> Iterator[str]:
    """Those that the steps use, and what these use, in one order."""
    wanted: set[str] = set()
    pending = [name for each in steps for name in each.uses]
    while pending:
        name = pending.pop()
        if name not in wanted:
            wanted.add(name)
            pending += _FUNCTIONS[name].uses
    yield from (each.text for name, each in _FUNCTIONS.items() if name in wanted)
