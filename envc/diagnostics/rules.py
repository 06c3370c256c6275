"""Every rule of envc. A code is never reused; `pages/CODE.md` holds its page.

E00 reading files · E01 syntax · E02 meaning · E025 targets and compilers · E03 packages.
A warning's code begins with W and shares the numbers of its stage.
"""

from envc.diagnostics.model import Rule, Severity

# ---- E01: syntax ---------------------------------------------------------------------------------

UNEXPECTED_WORD = Rule("E0101", "unexpected-word", "A word stands where it cannot.")
MISSING_WORD = Rule("E0102", "missing-word", "Something that a statement needs is not there.")
UNKNOWN_STATEMENT = Rule("E0103", "unknown-statement", "A statement begins with an unknown word.")
OPEN_STRING = Rule("E0104", "open-string", "A text in quotes is not closed on its line.")
STRAY_CHARACTER = Rule("E0105", "stray-character", "A character that no word begins with.")
OPEN_BLOCK = Rule("E0106", "open-block", "A block is not closed.")
STRAY_BRACE = Rule("E0107", "stray-brace", "A `}` that closes nothing.")
FOREIGN_SPELLING = Rule("E0108", "foreign-spelling", "A habit of another language.")
TOO_DEEP = Rule("E0109", "too-deep", "Parentheses are nested too deeply.")
TOO_MANY_MISTAKES = Rule("E0110", "too-many-mistakes", "A file that is hardly a spec at all.")

# ---- E02: meaning --------------------------------------------------------------------------------

COMPILER_CANNOT_TARGET = Rule(
    "E0213", "compiler-cannot-target", "The chosen compiler has no flags for a target."
)


def _all() -> dict[str, Rule]:
    return {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}


BY_CODE = _all()
