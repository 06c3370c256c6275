"""Texts in a definition of Apptainer, written so that its reader takes them for no more.

That reader knows no quotes. It replaces `{{ name }}` wherever it stands, starts a stage at a line
that begins with `Bootstrap:` and a section at a line whose first word begins with `%`, drops a
carriage return at the end of a line, and gives up at a section of 64 KiB.
"""

import re
from typing import NamedTuple

from envc.quoting import sh

LONGEST = 60_000
"""Bytes of one section, with some left for what stands around a text."""

_BRACE = re.compile(r"\{(?=\{)")
_MEANS_MORE = re.compile(r"^\s*%|^bootstrap:|\{\{|\r$", re.MULTILINE | re.IGNORECASE)
_LABEL_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", re.ASCII)
_REFERENCE = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9._/:@+~-]*", re.ASCII)
_APP = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*", re.ASCII)
_SECTION = re.compile(r"^(?=%)", re.MULTILINE)

AGENTS = (
    "docker",
    "docker-archive",
    "docker-daemon",
    "library",
    "localimage",
    "oci",
    "oci-archive",
)
"""Where Apptainer can take an image from; a reference without one of them is of a registry."""


class Origin(NamedTuple):
    """The two header lines of a stage."""

    bootstrap: str
    place: str


def word(text: str) -> str:
    """A word of sh. In single quotes `''` adds nothing, and stands between what must not meet.

    What a container's variables are is read by a shell inside Apptainer, which keeps the backslash
    of `'a'\\''b'` (seen with 1.4.5).
    """
    quoted = sh.word(text)
    if quoted == text:
        return text
    quoted = quoted.replace("'\\''", "'\"'\"'")
    return _BRACE.sub("{''", quoted).replace("\n", "''\n''")


def assignment(name: str, value: str) -> str:
    if not sh.is_name(name):
        raise ValueError(f"`{name}` cannot be the name of a variable")
    return f"{name}={word(value)}"


def script(text: str) -> str:
    """A script of sh, as it stands where the reader would leave it alone."""
    if not _MEANS_MORE.search(text):
        return text
    # Bars keep the reader away from both ends of each line, and from what follows a brace.
    lines = (f"|{line}|\n" for line in text.replace("{", "{|").split("\n"))
    return f"""\
eval "$(sed 's/^|//; s/|$//; s/{{|/{{/g' <<'envc-end'
{"".join(lines)}envc-end
)"
"""


def sayable(name: str, value: str) -> bool:
    """Whether a line of `%labels` can hold it."""
    plain = value == value.strip() and not re.search(r"[\n\r\0]", value)
    return plain and not _BRACE.search(value) and _LABEL_NAME.fullmatch(name) is not None


def label(name: str, value: str) -> str:
    if not sayable(name, value):
        raise ValueError(f"a definition has no way to say {name!r} = {value!r}")
    return f"{name} {value}".rstrip()


def longest(text: str) -> str:
    """The head of the section that is too long for the reader; empty where none is."""
    for section in _SECTION.split(text):
        if len(section.encode()) > LONGEST:
            return section.partition("\n")[0]
    return ""


def is_app(name: str) -> bool:
    """Whether a section of an app can bear it, and a folder of the image."""
    return _APP.fullmatch(name) is not None


def prose(text: str) -> str:
    """One line to be read by people, after a word of ours."""
    return _BRACE.sub("{ ", " ".join(text.replace("\0", " ").split()))


def comment(text: str) -> str:
    return f"# {prose(text)}"


def is_origin(reference: str) -> bool:
    """Whether a header reads it as it stands."""
    return _REFERENCE.fullmatch(_origin(reference).place) is not None


def origin(reference: str) -> Origin:
    """`debian:trixie-slim`, `oci:FOLDER`, `localimage:FILE`…"""
    if not is_origin(reference):
        raise ValueError(f"{reference!r} means more to a definition than its letters")
    return _origin(reference)


def _origin(reference: str) -> Origin:
    agent, colon, place = reference.partition(":")
    known = bool(colon) and agent in AGENTS
    return Origin(agent, place) if known else Origin("docker", reference)
