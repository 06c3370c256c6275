"""What a runtime is asked of its images before a program starts, without a word to its output."""

from envc.runtimes.model import Word


def silent(command: str, image: Word, *words: str) -> tuple[Word, ...]:
    """The command, given the image and more words; it says nothing."""
    rest = "".join(f" {word}" for word in words)
    return _with(f'exec {command} "$1"{rest} >/dev/null 2>&1', image)


def fetched(command: str, image: Word, before: str = "") -> tuple[Word, ...]:
    """Only from a registry that is named: nobody else's image of the same name is taken."""
    return _with(f'case $1 in */*) exec {command} "{before}$1" >&2 ;; esac; exit 1', image)


def _with(text: str, image: Word) -> tuple[Word, ...]:
    return (("sh",), ("-c",), (text,), ("envc",), image)
