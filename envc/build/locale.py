"""A locale that nobody has: `a A b B` is its order of letters, `3,14` how it writes a number.

What comes out otherwise in it depends on a user's language. It is compiled by the locked glibc.
"""

import os
from collections.abc import Iterator

from envc.build.tools import Tools
from envc.facts.problem import Problem

NAME, LANGUAGE = "zz_ZZ.utf8", "zz_ZZ.UTF-8"
"""As glibc looks for it, and as a user asks for it."""
PLACE = f"/usr/lib/locale/{NAME}"
_LETTERS = """\
<code_set_name> UTF-8
<comment_char> %
<escape_char> /
<mb_cur_min> 1
<mb_cur_max> 6
CHARMAP
<U0000>..<U007F>     /x00         ASCII
END CHARMAP
"""


def bring(tools: Tools, there: str) -> Problem | None:
    """`localedef` warns of each chapter that says nothing, and ends with 1."""
    for name, text in (("letters", _LETTERS), ("language", _language())):
        with open(os.path.join(there, name), "x", encoding="ascii") as file:
            file.write(text)
    words = ("localedef", "-c", "-i", "/out/language", "-f", "/out/letters", f"/out/{NAME}")
    tools.run(words, folders={there: "/out"})
    if os.path.exists(os.path.join(there, NAME, "LC_COLLATE")):
        return None
    return Problem("`localedef` of the locked packages made no locale of another language")


def _language() -> str:
    return "\n".join(
        (
            "comment_char %",
            "escape_char /",
            "LC_COLLATE",
            "order_start forward",
            *(f"<U{ord(each):04X}>" for each in letters()),
            "order_end",
            "END LC_COLLATE",
            "LC_NUMERIC",
            'decimal_point ","',
            'thousands_sep "."',
            "grouping 3;3",
            "END LC_NUMERIC",
            "",
        )
    )


def letters() -> Iterator[str]:
    """In its order: what is no letter first, then each letter small and large."""
    for code in range(0x20, 0x7F):
        if not chr(code).isalpha():
            yield chr(code)
    for small in "abcdefghijklmnopqrstuvwxyz":
        yield small
        yield small.upper()
