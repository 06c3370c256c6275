"""Every rule of envc. A code is never reused; `pages/CODE.md` holds its page.

E00 reading files · E01 syntax · E02 meaning · E025 targets and compilers · E03 packages.
A warning's code begins with W and shares the numbers of its stage.
"""

from envc.diagnostics.model import Rule, Severity

COMPILER_CANNOT_TARGET = Rule(
    "E0213", "compiler-cannot-target", "The chosen compiler has no flags for a target."
)


def _all() -> dict[str, Rule]:
    return {rule.code: rule for rule in globals().values() if isinstance(rule, Rule)}


BY_CODE = _all()
