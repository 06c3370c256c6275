"""Without a scheduler: the script runs on by itself, in a session of its own.

Its number is its id, its process and when that began, since numbers of processes come again. What
became of it stands in files: `code`, and `cancelled` where it was asked to end.
"""

from collections.abc import Sequence

from envc.facts.problem import Problem
from envc.submit.clients.plain import Plain, ended
from envc.submit.model import VANISHED, Answer, Client, Names, Order, Report, State, Words

_BEGAN = """\
began() {
  # One that has ended may still be listed, as Z, until somebody hears of it.
  sed -n "s/.*) \\([^Z]\\) /\\1 /p" "/proc/$1/stat" 2>/dev/null | cut -d " " -f 20
}
"""
_RUN = f"""\
{_BEGAN}
id=$1 file=$2
shift 2
trap : TERM INT HUP
printf "%s.%s.%s\\n" "$id" "$$" "$(began "$$")" >process.new
mv process.new process
lives() {{
  [ "$(began "${{1%.*}}")" = "${{1#*.}}" ]
}}
over() {{
  printf "%s\\n" "$1" >code.new
  mv code.new code
  exit
}}
for before; do
  # Nobody may be left who would ever write the code.
  while [ ! -e "../$before/code" ]; do
    [ ! -e cancelled ] || over 143
    process=$(cut -d . -f 2,3 "../$before/process") || over 125
    lives "$process" || [ -e "../$before/code" ] || over 125
    sleep 0.2
  done
  [ "$(cat "../$before/code")" = 0 ] || over 125
done
: >began
sh "$file" </dev/null >"$id.out" 2>"$id.err" &
program=$!
# A signal ends the waiting, not the program.
while
  code=0
  wait "$program" || code=$?
  kill -s 0 "$program" 2>/dev/null
do :; done
over "$code"
"""
_START = """\
run=$1
shift
setsid sh -c "$run" run "$@" </dev/null >/dev/null 2>&1 &
until [ -e process ]; do sleep 0.1; done
cat process
"""
_LOOK = f"""\
{_BEGAN}
cd ".envc/jobs/$1" 2>/dev/null || exit 0
shift
[ ! -e cancelled ] || echo cancelled
if [ -e code ]; then
  echo over "$(cat code)"
elif [ "$(began "$1")" = "$2" ]; then
  [ -e began ] && echo running || echo waiting
fi
"""
_END = f"""\
{_BEGAN}
cd ".envc/jobs/$1" || exit
shift
[ "$(began "$1")" = "$2" ] || exit 0
: >cancelled
kill -s TERM -- "-$1" || exit
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ ! -e code ] || exit 0
  sleep 0.5
done
printf "137\\n" >code
kill -s KILL -- "-$1" || :
"""
_NEVER_BEGAN = 125


class _Local(Plain):
    nothing = r"No such file"
    pattern = r"^([\w-]+\.\d+\.\d+)$"

    def hand_in(self, order: Order) -> Words:
        before = tuple(number.partition(".")[0] for number in order.before)
        return ("sh", "-c", _START, "start", _RUN, order.id, order.file, *before)

    def search(self, id: str) -> tuple[Words, ...]:  # noqa: A002 - of envc
        return (("cat", f".envc/jobs/{id}/process"),)

    def questions(self, number: str) -> tuple[Words, ...]:
        return (("sh", "-c", _LOOK, "look", *number.split(".")),)

    def report(self, number: str, answers: Sequence[Answer]) -> Report | Problem:
        del number
        (answer,) = answers
        said = answer.text.split()
        is_cancelled = said[:1] == ["cancelled"]
        match said[is_cancelled:]:
            case ["over", _] if is_cancelled:
                return Report(State.CANCELLED)
            case ["over", code]:
                return _over(int(code))
            case ["running"]:
                return Report(State.RUNNING)
            case ["waiting"]:
                return Report(State.WAITING, None, "for jobs before it")
            case _:
                return Report(State.CANCELLED) if is_cancelled else VANISHED

    def cancel(self, number: str) -> Words:
        return ("sh", "-c", _END, "end", *number.split("."))

    def outputs(self, names: Names) -> Words:
        return (f"{names.id}.out", f"{names.id}.err")


def _over(code: int) -> Report:
    if code == _NEVER_BEGAN:
        return Report(State.CANCELLED, None, "a job before it did not succeed")
    return ended(code)


CLIENT: Client = _Local()
