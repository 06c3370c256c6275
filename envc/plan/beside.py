"""What stands beside a recipe of an image: lists of packages, and the scripts that it starts.

Each format writes the same files, so that images of one plan are made by one text of sh.
"""

from collections.abc import Iterable, Iterator

from envc.plan import roots
from envc.plan.backend import File
from envc.plan.model import Plan, Words
from envc.plan.shell import script
from envc.plan.steps import SETTINGS, parts

SCRIPTS = "steps"
THERE = "/envc"
"""Where they lie while an image is made."""
ENTRY = "entry.sh"
PACKAGES = "/packages"
"""Where they are brought to."""
ROOTS = "build", "run"


def files(plan: Plan) -> tuple[File, ...]:
    return (*_packages(plan), *_scripts(plan))


def packages(root: str) -> str:
    return f"packages-{root}.txt"


def step(name: str) -> str:
    """Of a script, below the recipe's folder."""
    return f"{SCRIPTS}/{name}"


def component(name: str) -> str:
    return f"build-{name}.sh"


def used(plan: Plan) -> Words:
    """The roots that the image is made with."""
    return ROOTS if plan.recipes else ("run",)


def about_run(plan: Plan) -> str:
    if plan.is_environment:
        return "all that it needs: what runs, and what somebody else's code is built with"
    return "what it needs where it runs: no compiler, no headers"


def fetched(lists: Iterable[str]) -> Words:
    """What brings the packages of some roots."""
    return (roots.SCRIPT, "fetch", PACKAGES, *(f"{THERE}/{packages(each)}" for each in lists))


def made(plan: Plan, root: str) -> Words:
    """What makes one of them, over the files of the image that the app starts from, if it does."""
    words = (f"{THERE}/{packages(root)}", PACKAGES, folder(root))
    if plan.base is None:
        return (roots.SCRIPT, "make", *words)
    return (roots.SCRIPT, "over", *words, suite(plan))


def folder(root: str) -> str:
    return f"/root-{root}"


def suite(plan: Plan) -> str:
    return plan.origin.partition("/")[2]


def _packages(plan: Plan) -> Iterator[File]:
    for name, root in zip(ROOTS, (plan.build, plan.run), strict=True):
        if root is not None and name in used(plan):
            what = "builds it" if name == "build" else "it needs where it runs"
            about = f"Every package of what {what}, by its SHA-256."
            yield File(packages(name), roots.packages(root), about, "")


def _scripts(plan: Plan) -> Iterator[File]:
    yield File(step(roots.SCRIPT), roots.script(), "Makes file systems of packages.", "")
    for part in parts(plan):
        if part.name != SETTINGS:
            about = f"Builds {part.name}."
            yield File(step(component(part.name)), script(part.steps), about, "")
    about = "Writes what the image starts with, which tests the CPU first."
    if plan.is_environment and plan.compilers:
        about += " And its compilers, which add the options of the target."
    yield File(step(ENTRY), script(roots.entry(plan)), about, "")
