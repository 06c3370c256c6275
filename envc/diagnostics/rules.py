"""Every rule of envc. A code is never reused; `pages/CODE.md` holds its page.

E00 reading files · E01 syntax · E02 meaning · E025 targets and compilers · E03 packages.
A warning's code begins with W and shares the numbers of its stage.
"""

from envc.diagnostics.model import Rule, Severity

# ---- E00: reading files --------------------------------------------------------------------------

NO_SUCH_FILE = Rule("E0001", "no-such-file", "A file that is named is not there.")
IS_A_FOLDER = Rule("E0002", "is-a-folder", "A folder stands where a file is read.")
NOT_A_FILE = Rule("E0003", "not-a-file", "A pipe, a socket or a device, which is never read.")
UNREADABLE_FILE = Rule("E0004", "unreadable-file", "The system refuses to hand out a file.")
LINK_LOOP = Rule("E0005", "link-loop", "Symbolic links that lead back to themselves.")
NOT_UTF8 = Rule("E0006", "not-utf-8", "A file whose bytes are not UTF-8 text.")
NUL_BYTE = Rule("E0007", "nul-byte", "A NUL byte, which no text holds.")
BYTE_ORDER_MARK = Rule(
    "W0008", "byte-order-mark", "An invisible mark before the first word.", Severity.WARNING
)
HUGE_FILE = Rule("E0009", "huge-file", "A file too large to be a spec.")

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

# ---- E025: targets -------------------------------------------------------------------------------

UNKNOWN_TARGET = Rule("E0250", "unknown-target", "A target that archspec does not name.")
UNKNOWN_FEATURE = Rule("E0251", "unknown-feature", "A CPU feature that no target has.")
UNKNOWN_VENDOR = Rule("E0252", "unknown-vendor", "A vendor of no target.")
UNKNOWN_FAMILY = Rule("E0253", "unknown-family", "A family that holds no target.")
EMPTY_RANGE = Rule("E0254", "empty-range", "A range of targets that nothing lies in.")
NO_COMMON_TARGET = Rule("E0255", "no-common-target", "No target of an app runs on a node.")
BASE_NEEDS_MORE = Rule("E0256", "base-needs-more", "A base image needs a newer CPU than a target.")
HOST_AS_TARGET = Rule("E0257", "host-as-target", "`native` stands where a target is asked for.")
ARCHSPEC_OVERRIDDEN = Rule(
    "E0258", "archspec-overridden", "A variable is set that replaces archspec's data."
)
TARGET_ALIAS = Rule("W0250", "target-alias", "A target is written by another name.", Severity.NOTE)
FLAGS_OF_AN_ANCESTOR = Rule(
    "W0251", "flags-of-an-ancestor", "A compiler gets an older target's flags.", Severity.WARNING
)
GUIX_LACKS_TUNE = Rule(
    "W0252", "guix-lacks-tune", "Guix has no name for tuning to a target.", Severity.WARNING
)
CONDITION_NEVER_HOLDS = Rule(
    "W0253", "condition-never-holds", "No target of the app meets a condition.", Severity.WARNING
)
COMPILER_HOLDS_BACK = Rule(
    "W0254", "compiler-holds-back", "A compiler does less for this CPU.", Severity.WARNING
)
NUMERIC_NOT_HELD = Rule(
    "W0255", "numeric-not-held", "No flag keeps a target's results the same.", Severity.WARNING
)


def _all() -> dict[str, Rule]:
    return {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}


BY_CODE = _all()
