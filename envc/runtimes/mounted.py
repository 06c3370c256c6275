"""A folder under its own name, as Docker's `--mount` has it, and other runtimes after it."""

from envc.runtimes.model import Word


def mounted(folder: Word) -> Word:
    """Quotes let a path have the commas and colons that it likes."""
    return ('type=bind,"source=', *folder, '","destination=', *folder, '"')
