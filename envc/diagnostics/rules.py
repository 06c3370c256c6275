"""Every rule of envc. A code is never reused; `pages/CODE.md` holds its page.

E00 reading files · E01 syntax · E02 meaning · E025 targets and compilers · E03 packages ·
E04 the lock · E05 recipes · E06 jobs.
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

NO_HEADER = Rule("E0201", "no-header", "The first line does not say `envc 1`.")
OTHER_LANGUAGE_VERSION = Rule(
    "E0202", "other-language-version", "A file of a version of the language that is not known here."
)
NAME_TAKEN = Rule("E0203", "name-taken", "Two things of one kind have the same name.")
UNKNOWN_KEY = Rule("E0204", "unknown-key", "A block has no fact of this name.")
WRONG_VALUE = Rule("E0205", "wrong-value", "A value is not of the kind that its key wants.")
WRONG_UNIT = Rule("E0206", "wrong-unit", "An amount has no unit, or one that is not known.")
NOT_WHAT_IT_CLAIMS = Rule(
    "E0207", "not-what-it-claims", "A licence, identifier, hash, address or version is malformed."
)
SET_TWICE = Rule("E0208", "set-twice", "A fact is given twice.")
UNKNOWN_VARIANT = Rule("E0209", "unknown-variant", "A variant that is not declared.")
UNKNOWN_CHOICE = Rule("E0210", "unknown-choice", "A choice that the variant does not have.")
NEVER_HOLDS = Rule("E0211", "never-holds", "A condition that contradicts itself.")
UNKNOWN_TOOLCHAIN = Rule("E0212", "unknown-toolchain", "A toolchain that is not declared.")
UNKNOWN_IMPORT = Rule("E0214", "unknown-import", "What `use` names is not there.")
IMPORT_CYCLE = Rule("E0215", "import-cycle", "Specs that take each other in.")
FACT_MISSING = Rule("E0216", "fact-missing", "Something that cannot be left out is left out.")
UNKNOWN_PLACEHOLDER = Rule("E0217", "unknown-placeholder", "`{name}` is not in the closed list.")
SHELL_IN_COMMAND = Rule("E0218", "shell-in-command", "A command holds unquoted shell.")
UNKNOWN_REFERENCE = Rule(
    "E0219", "unknown-reference", "A site, run, application or partition that is not declared."
)
UNKNOWN_WORD = Rule(
    "E0220", "unknown-word", "A build system, scheduler, role or other word of a closed list."
)
OVERLAPPING_CONDITIONS = Rule(
    "E0221", "overlapping-conditions", "Two conditions give a fact two values at once."
)
NO_DEFAULT = Rule("E0222", "no-default", "A variant does not say what it is by default.")
EMPTY_MATRIX = Rule("E0223", "empty-matrix", "Nothing is left of a matrix.")
FLAG_CHOOSES_CPU = Rule("E0224", "flag-chooses-cpu", "A compiler option does what targets do.")
UNREACHABLE = Rule(
    "W0201", "unreachable", "A condition that nothing in the spec can meet.", Severity.WARNING
)
DEPRECATED = Rule("W0202", "deprecated", "A word with a successor.", Severity.WARNING)
UNUSED = Rule(
    "W0203", "unused", "Something that is declared and never asked for.", Severity.WARNING
)

COMPILER_CANNOT_TARGET = Rule(
    "E0213", "compiler-cannot-target", "The chosen compiler has no flags for a target."
)

# ---- E025: targets -------------------------------------------------------------------------------

UNKNOWN_TARGET = Rule("E0250", "unknown-target", "A target that archspec does not name.")
UNKNOWN_FEATURE = Rule("E0251", "unknown-feature", "A CPU feature that no target has.")
UNKNOWN_VENDOR = Rule("E0252", "unknown-vendor", "A vendor of no target.")
UNKNOWN_FAMILY = Rule("E0253", "unknown-family", "A family that holds no target.")
EMPTY_RANGE = Rule("E0254", "empty-range", "A range of targets that nothing lies in.")
NO_COMMON_TARGET = Rule("E0255", "no-common-target", "A CPU runs nothing of what it is given.")
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
NOTHING_COMPILED = Rule(
    "W0256", "nothing-compiled", "Several targets of an app without a compiler.", Severity.WARNING
)

# ---- E03: packages -------------------------------------------------------------------------------

UNKNOWN_PACKAGE = Rule("E0301", "unknown-package", "A package that nobody has by this name.")
NO_SUCH_VERSION = Rule("E0302", "no-such-version", "No provider has a version in this range.")
NO_SUCH_VARIANT = Rule("E0303", "no-such-variant", "A package does not have this variant.")
NO_SUCH_CHOICE = Rule("E0304", "no-such-choice", "A package's variant does not have this choice.")
PACKAGE_CYCLE = Rule("E0305", "package-cycle", "Packages that need each other.")
UNKNOWN_ORIGIN = Rule("E0306", "unknown-origin", "A provider that does not supply the package.")
CONTRADICTING_NEEDS = Rule(
    "E0307", "contradicting-needs", "One package is needed in two ways that exclude each other."
)
PACKAGE_CONFLICT = Rule("E0308", "package-conflict", "A choice that the package itself rules out.")
NEEDED_TWICE = Rule("W0301", "needed-twice", "The same package is needed twice.", Severity.WARNING)

# ---- E04: the lock -------------------------------------------------------------------------------

LOCK_STALE = Rule("E0401", "lock-stale", "The lock does not say what the spec says.")
NOT_A_LOCK = Rule("E0402", "not-a-lock", "A file is not a lock, or not as envc writes it.")
NEWER_LOCK = Rule("E0403", "newer-lock", "A lock of a version that is not known here.")
LOCK_MISSING = Rule("E0404", "lock-missing", "There is no lock beside the spec.")
NO_SUPPLIER = Rule("E0405", "no-supplier", "No provider has what is needed.")
NOT_INSTALLABLE = Rule("E0406", "not-installable", "Packages that cannot be installed together.")
ORIGIN_REFUSED = Rule(
    "E0407", "origin-refused", "An archive or registry is not to be had, or not to be trusted."
)
SOURCE_REFUSED = Rule("E0408", "source-refused", "Code is not to be had, or not what it has to be.")

# ---- E05: recipes --------------------------------------------------------------------------------

NOT_KNOWN_YET = Rule("E0501", "not-known-yet", "The build is told what only a job knows.")
BUILD_LACKS_PROGRAM = Rule(
    "E0502", "build-lacks-program", "A build needs a program that is not installed for it."
)
NOT_BUILT = Rule("E0503", "not-built", "Something that envc has no recipe for.")

# ---- E06: jobs -----------------------------------------------------------------------------------

CANNOT_BE_SAID = Rule(
    "E0601", "cannot-be-said", "A scheduler or runtime has no word for what a run asks for."
)
TOO_MUCH_FOR_SITE = Rule(
    "E0602", "too-much-for-site", "A run asks for more than the nodes of a site have."
)
SITE_WANTS_MORE = Rule("E0603", "site-wants-more", "A site asks for what the run does not say.")
MPI_MISMATCH = Rule("E0604", "mpi-mismatch", "The MPI of an image is not that of the site.")
NO_IMAGE_FOR_NODES = Rule(
    "E0605", "no-image-for-nodes", "No target of the app runs on the nodes of a site."
)
UNKNOWN_QUEUE = Rule("E0606", "unknown-queue", "A site has no partition or queue of this name.")
PARTITION_CHOSEN = Rule(
    "W0601", "partition-chosen", "A partition was chosen, since a run names none.", Severity.WARNING
)


def _all() -> dict[str, Rule]:
    return {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}


BY_CODE = _all()
