"""Steps as POSIX sh: the one way in which every format of a recipe that has a shell prints them.

What is printed is to be read by `sh -eu`, as root. Each step leaves neither folder nor variable to
the next, but for `Set`. A program is started by `exec`, so that no word of it is a shell's own.
"""

from collections.abc import Iterable
from posixpath import dirname

from envc.plan.model import (
    INPUTS,
    Check,
    Do,
    Install,
    Link,
    Patch,
    Script,
    Set,
    Step,
    Unpack,
    Variables,
    Words,
    Write,
)
from envc.quoting import sh

PRELUDE = "set -eu\numask 022\n"
"""What holds for all steps: a step that fails ends the build."""

WIDTH = 100


def script(steps: Iterable[Step]) -> str:
    """All of them, to be run as one."""
    return PRELUDE + "".join(lines(each) for each in steps)


def lines(step: Step) -> str:
    """Whole lines, which may stand behind each other's."""
    match step:
        case Set(name, value):
            return f"export {sh.assignment(name, value)}\n"
        case Do(words, folder, variables):
            return _in(folder, variables, _started(words))
        case Script(path, folder):
            return _in(folder, (), _started(("sh", "-eu", "--", _here(path))))
        case Write(path, text, mode):
            return _write(path, text, mode)
        case Link(path, names):
            return _link(path, names)
        case Install(files, folder, into):
            return _install(files, folder, into)
        case Patch(file, sha256, folder):
            given = f"patch --batch --strip=1 --input={sh.word(f'{INPUTS}/{file}')}"
            return _checked(file, sha256) + _in(folder, (), f"exec {given}")
        case Unpack(file, sha256, folder, strip):
            return _checked(file, sha256) + _unpack(file, folder, strip)


def check(test: Check) -> str:
    """Runs a test of the spec; what it prints is shown, and has to hold what it should."""
    started = sh.words(test.words)
    if test.expect is None:
        return f"({_exec(test.words)})\n"
    shown = f"{started} printed no `{test.expect}`"
    return (
        f"said=$({_exec(test.words)})\n"
        "printf '%s\\n' \"$said\"\n"
        "case $said in\n"
        f"  *{sh.quoted(test.expect)}*) ;;\n"
        f"  *) printf '%s\\n' {sh.word(shown)} >&2; exit 1 ;;\n"
        "esac\n"
    )


# ---- one step ------------------------------------------------------------------------------------


def _in(folder: str, variables: Variables, started: str) -> str:
    exports = "".join(f" export {sh.assignment(*each)} &&" for each in variables)
    return f"(cd {sh.word(folder)} &&{exports} {started})\n"


def _started(words: Words) -> str:
    line = _exec(words)
    if len(line) <= WIDTH and "\n" not in line:
        return line
    first, *others = words
    return " \\\n  ".join((_exec((first,)), *map(sh.word, others)))


def _exec(words: Words) -> str:
    """`exec` takes a leading dash for an option of its own."""
    before = "nice -n 0 -- " if words[0].startswith("-") else ""
    return f"exec {before}{sh.words(words)}"


def _here(path: str) -> str:
    """What has no slash is looked for in the path first."""
    return path if "/" in path else f"./{path}"


def _write(path: str, text: str, mode: int) -> str:
    *whole, last = text.split("\n")
    where = sh.word(path)
    printed = [f"printf '%s\\n' \\\n{_listed(whole)} \\\n"] if whole else []
    printed += [f"printf %s {sh.word(last)} "] if last or not whole else []
    first, *others = printed
    lines = [f"{first}  >{where}" if whole else f"{first}>{where}"]
    lines += [f"{each}>>{where}" for each in others]
    return (
        f"mkdir -p {sh.word(dirname(path) or '/')}\n"
        + "".join(f"{each}\n" for each in lines)
        + f"chmod {mode:04o} {where}\n"
    )


def _listed(texts: Iterable[str]) -> str:
    return " \\\n".join(f"  {sh.word(each)}" for each in texts)


def _link(path: str, names: Words) -> str:
    folder, _, name = path.rpartition("/")
    return (
        f"for name in {' '.join(map(sh.word, names))}; do\n"
        f'  ln -sf -- {sh.word(name)} {sh.word(folder)}/"$name"\n'
        "done\n"
    )


def _install(files: Words, folder: str, into: str) -> str:
    copied = f"exec cp -R -P -- {' '.join(map(sh.word, files))} {sh.word(into)}/"
    return f"mkdir -p {sh.word(into)}\n" + _in(folder, (), copied)


def _checked(file: str, sha256: str) -> str:
    shown = sh.word(f"{file} is not the file that is locked")
    return (
        f'[ "$(sha256sum <{sh.word(f"{INPUTS}/{file}")})" = {sh.word(f"{sha256}  -")} ] ||\n'
        f"  {{ printf '%s\\n' {shown} >&2; exit 1; }}\n"
    )


def _unpack(file: str, folder: str, strip: int | None) -> str:
    """As whoever builds, whatever the archive says of owners."""
    where = sh.word(folder)
    opened = f"tar --no-same-owner --no-same-permissions -xf {sh.word(f'{INPUTS}/{file}')}"
    if strip is not None:
        stripped = f" --strip-components={strip}" if strip else ""
        return f"mkdir -p {where}\n{opened} -C {where}{stripped}\n"
    whole = sh.word(f"{folder}.whole")
    return (
        f"mkdir -p {whole}\n"
        f"{opened} -C {whole}\n"
        # Where one folder holds all, it is what was meant.
        f'(inner={whole}/"$(ls -A {whole})" &&\n'
        '  if [ -d "$inner" ] && [ ! -L "$inner" ]; then\n'
        f'    mv "$inner" {where} && rmdir {whole}\n'
        f"  else mv {whole} {where}; fi)\n"
    )
