"""What is said of a build that failed: in which world, and what was another there."""

from envc.facts.problem import Problem
from envc.quoting import sh
from envc.verify.report import FailedIn


def problem(made: FailedIn, name: str) -> Problem:
    failed = made.failed
    said = f"`{sh.words(failed.step)}` of {failed.part} ended with {failed.code}"
    message = f"{failed.place}: build {made.world + 1} of {name} failed: {said}"
    help_ = f"see {failed.log}"
    if made.world:
        changed = ", ".join(f"{each.what} {each.values[made.world]}" for each in made.varied)
        help_ = f"the build before did not; here was {changed}; {help_}"
    return Problem(message, help_)
