"""What a package is, in the manner that `guix lint` asks for."""

import re

_LONGEST = 79


def synopsis(summary: str, name: str) -> str:
    """A phrase without an article, the package's own name or a full stop."""
    text = " ".join(summary.split()).rstrip(".")
    bare = re.sub(rf"(?i)^{re.escape(name)}\b\W*(?:is )?", "", text)
    bare = re.sub(r"(?i)^an? +", "", bare)
    if not bare:
        return "Application for research"
    while len(_marked(bare)) > _LONGEST:
        bare = bare.rpartition(" ")[0] or bare[: _LONGEST // 2]
    return _marked(_capital(bare.rstrip(" .,;:")))


def description(summary: str, name: str, target: str) -> str:
    """Sentences, with two spaces between them."""
    text = " ".join(summary.split()).rstrip(".")
    text = re.sub("[™®]", "", text)
    text = _marked(re.sub(r"(?<![A-Z])\. +(?=[A-Z])", ".  ", text))
    told = re.sub(r"(?<!\w)'([^' ]+)'", r"@code{\1}", text)
    about = f"{_capital(told)}.  " if told else ""
    return f"{about}This package of {_marked(name)} is built for the CPUs of {target}."


def _marked(text: str) -> str:
    """Texinfo reads braces and `@` as its own."""
    return re.sub("[@{}]", r"@\g<0>", text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
