"""Words of a Dockerfile, written so that BuildKit, buildah and kaniko read back what went in.

An instruction is one line. Its list form is JSON, read as it stands: it can hold any word. Names
and values (`ENV`, `LABEL`) are read as a shell would: in double quotes a backslash, a quote and a
dollar sign need a backslash before them, and nothing stands for the end of a line.
"""

import json
import re

_SPECIAL = re.compile(r'[\\"$]')
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:@-]*")
_PATH = re.compile(r"[A-Za-z0-9_/][A-Za-z0-9._/+~:=@-]*")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_LONGEST = 32_000
"""Bytes: BuildKit reads no line of more than 65 535, and each may need a backslash."""


def sayable(value: str) -> bool:
    """Whether `ENV` and `LABEL` can hold it."""
    return not re.search("[\n\0]", value) and len(value.encode()) <= _LONGEST


def is_reference(text: str) -> bool:
    """Whether `FROM` reads it as it stands."""
    return _REFERENCE.fullmatch(text) is not None


def listed(words: tuple[str, ...]) -> str:
    """The list form of `RUN`, `ENTRYPOINT` and `CMD`: no shell reads it."""
    return json.dumps(words, ensure_ascii=False)


def assigned(name: str, value: str) -> str:
    """`NAME="value"`, for `ENV` and `LABEL`."""
    if not _NAME.fullmatch(name) or not sayable(value):
        raise ValueError(f"a Dockerfile has no way to say {name!r} = {value!r}")
    quoted = _SPECIAL.sub(r"\\\g<0>", value)
    return f'{name}="{quoted}"'


def path(text: str) -> str:
    """Of `COPY` and `WORKDIR`, which read patterns and variables even in their list form."""
    return _plain(_PATH, text)


def reference(text: str) -> str:
    """Of an image, after `FROM`."""
    return _plain(_REFERENCE, text)


def comment(text: str) -> str:
    """One line, whatever is in the text.

    The first line of a file must be no text of somebody else: there, and only there, a comment
    such as `# syntax=…` is an instruction.
    """
    return " ".join(("#", *text.replace("\0", " ").split()))


def _plain(known: re.Pattern[str], text: str) -> str:
    if not known.fullmatch(text):
        raise ValueError(f"{text!r} means more to a Dockerfile than its letters")
    return text
