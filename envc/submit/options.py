"""Options that several commands have."""

import argparse
import re

_USUAL = 30
_LONGEST = 3600


def add_patience(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--patience",
        metavar="SECONDS",
        type=_seconds,
        default=_USUAL,
        help=f"how long a scheduler may take to answer (default: {_USUAL})",
    )


def add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-d", "--folder", metavar="DIR", default="", help="where the spec is (default: here)"
    )


def _seconds(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _LONGEST):
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds from 1 to {_LONGEST}")
    return int(text)


def days(text: str) -> int:
    found = re.fullmatch(r"(\d{1,6}) ?([dw])", text, re.ASCII)
    if found is None:
        raise argparse.ArgumentTypeError(f"`{text}` is neither days, as `30d`, nor weeks, as `8w`")
    return int(found[1]) * (7 if found[2] == "w" else 1)
