"""Reads a spec from the world: a source, or a diagnostic that says why there is none.

Nothing here waits: what is no ordinary file is refused before it is opened.
"""

import errno
import os
import stat
import sys
from typing import NamedTuple

from envc.diagnostics import rules
from envc.diagnostics.model import Diagnostic, Edit, Label, Rule
from envc.facts.words import close, listed
from envc.source import Source, Span

LARGEST = 16 * 1024 * 1024
"""Bytes. A spec of 100,000 lines has four million."""

STDIN = "-"
STDIN_NAME = "<stdin>"
"""What messages call standard input."""

_BOM = b"\xef\xbb\xbf"
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class Read(NamedTuple):
    """No source means that there is nothing to check; with one, there may be warnings."""

    source: Source | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read(path: str) -> Read:
    """Reads a file under the name it was given, or standard input for `-`."""
    if path == STDIN:
        return _read_stdin()
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):
            return _not_a_file(path, mode)
        content = _content(path)
    except OSError as problem:
        return _refused(path, problem)
    except ValueError:  # a NUL byte, or half a character
        return _told(rules.NO_SUCH_FILE, f"`{path}` is no name that a file can have", path)
    return _decoded(path, content)


def _content(path: str) -> bytes:
    # The file may have become a pipe since it was looked at: never wait for one.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        return file.read(LARGEST + 1)


def _read_stdin() -> Read:
    if sys.stdin is None:  # closed by whoever started us
        return _refused(STDIN_NAME, OSError(errno.EBADF, os.strerror(errno.EBADF)))
    try:
        return _decoded(STDIN_NAME, sys.stdin.buffer.read(LARGEST + 1))
    except OSError as problem:
        return _refused(STDIN_NAME, problem)


# ---- bytes into text -----------------------------------------------------------------------------


def _decoded(name: str, content: bytes) -> Read:
    if len(content) > LARGEST:
        return _told(
            rules.HUGE_FILE,
            f"`{name}` holds more than {LARGEST // 1024**2} MiB; it was not read",
            name,
            help="check that it is a spec; one of 100,000 lines takes 4 MiB",
        )
    marked = content.startswith(_BOM)
    body = content.removeprefix(_BOM)
    wide = _wide_encoding(body)
    if wide:
        help_ = f"save it as UTF-8, for example with `iconv -f {wide} -t UTF-8`"
        return _told(rules.NOT_UTF8, f"`{name}` is {wide} text, not UTF-8", name, help=help_)
    try:
        source = Source(name, body.decode("utf-8"))
    except UnicodeDecodeError as problem:
        return _not_utf8(name, body, problem.start, len(content) - len(body))
    if "\0" in source.text:
        return _nul_bytes(source)
    return Read(source, (_byte_order_mark(source),) if marked else ())


def _byte_order_mark(source: Source) -> Diagnostic:
    # The mark is not part of the text, so writing the text back as it is removes it.
    here = Span(0, 0)
    return Diagnostic(
        rules.BYTE_ORDER_MARK,
        "this file begins with a byte order mark",
        (Label(source, here),),
        ("UTF-8 needs none, and other tools read it as part of the first word",),
        help="save the file as UTF-8 without a byte order mark",
        fix=(Edit(source, here, ""),),
    )


def _nul_bytes(source: Source) -> Read:
    first = source.text.index("\0")
    count = source.text.count("\0")
    message = "this byte is NUL, which no text holds"
    if count > 1:
        message = f"{count} bytes of this file are NUL, which no text holds"
    return Read(
        None,
        (
            Diagnostic(
                rules.NUL_BYTE,
                message,
                (Label(source, Span(first, first + 1), "the first one" if count > 1 else ""),),
                help="check that this file is a spec; an unfinished download may look like this",
            ),
        ),
    )


def _not_utf8(name: str, body: bytes, start: int, before: int) -> Read:
    # Bytes that are no text show as `\xe9`: four letters for the caret to stand under.
    source = Source(name, body.decode("utf-8", "backslashreplace"))
    place = len(body[:start].decode("utf-8"))
    # Windows has quotes and dashes where Latin-1 has nothing that is ever written.
    older = "WINDOWS-1252" if body[start] < 0xA0 else "ISO-8859-1"
    letter = bytes([body[start]]).decode(older, "ignore")
    diagnostic = Diagnostic(
        rules.NOT_UTF8,
        f"byte 0x{body[start]:02X} at offset {before + start} is not UTF-8",
        (Label(source, Span(place, place + 4), f"`{letter}` in {older}" if letter else ""),),
        help=f"save it as UTF-8, for example with `iconv -f {older} -t UTF-8`",
    )
    return Read(None, (diagnostic,))


def _wide_encoding(body: bytes) -> str:
    """UTF-16 begins with a mark, or has a NUL in every second byte of plain English."""
    start = body[:1024]
    if start.startswith(b"\xff\xfe") or start[1::2].count(0) > len(start) // 4:
        return "UTF-16LE"
    if start.startswith(b"\xfe\xff") or start[0::2].count(0) > len(start) // 4:
        return "UTF-16BE"
    return ""


# ---- files that cannot be read -------------------------------------------------------------------


def _refused(path: str, problem: OSError) -> Read:
    number = problem.errno
    if number == errno.ENOENT and os.path.islink(path):
        message = f"`{path}` is a link to `{os.readlink(path)}`, which is not there"
        return _told(rules.NO_SUCH_FILE, message, path)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return _missing(path)
    if number == errno.ELOOP:
        message = f"`{path}` is a link that leads back to itself"
        return _told(rules.LINK_LOOP, message, path, help="see where it leads with `ls -l`")
    if number == errno.EACCES:
        message = f"`{path}` may not be read by this user"
        return _told(rules.UNREADABLE_FILE, message, path, help="ask `ls -l` who may read it")
    reason = problem.strerror or str(problem)
    reason = reason[:1].lower() + reason[1:]
    return _told(rules.UNREADABLE_FILE, f"`{path}` cannot be read: {reason}", path)


def _missing(path: str) -> Read:
    folder, name = os.path.split(path)
    if folder and not os.path.isdir(folder):
        return _told(rules.NO_SUCH_FILE, f"there is no folder `{folder}`", path)
    names = [entry for entry in _listing(folder) if entry.endswith(".envc")]
    likely = [f"{name}.envc"] if f"{name}.envc" in names else close(name, names)
    help_ = ""
    if likely:
        help_ = f"did you mean {listed([os.path.join(folder, each) for each in likely])}?"
    elif not names:
        help_ = "`envc init` writes a first spec"
    return _told(rules.NO_SUCH_FILE, f"there is no file `{path}`", path, help=help_)


def _not_a_file(path: str, mode: int) -> Read:
    if stat.S_ISDIR(mode):
        names = sorted(entry for entry in _listing(path) if entry.endswith(".envc"))[:3]
        help_ = ""
        if names:
            help_ = f"name a file in it, such as {listed([os.path.join(path, n) for n in names])}"
        return _told(rules.IS_A_FOLDER, f"`{path}` is a folder", path, help=help_)
    kind = next((kind for test, kind in _KINDS if test(mode)), "no ordinary file")
    message = f"`{path}` is {kind}, which envc does not open"
    help_ = "give its content on standard input, and `-` as the name"
    return _told(rules.NOT_A_FILE, message, path, help=help_)


def _listing(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


def _told(rule: Rule, message: str, name: str, help: str = "") -> Read:  # noqa: A002
    # No text was read, so the place is the file as a whole.
    label = Label(Source(name, ""), Span(0, 0))
    return Read(None, (Diagnostic(rule, message, (label,), help=help),))
