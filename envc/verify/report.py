"""What a verification found, as values that every form of a report prints."""

from dataclasses import dataclass
from typing import NamedTuple

from envc.build.model import Failed
from envc.plan.model import Words
from envc.verify.conditions import Fixed, Varied
from envc.verify.difference import Difference


class Recorded(NamedTuple):
    """What the lock remembers of an image, and what came out."""

    kind: str
    recorded: str
    found: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one image."""

    app: str
    target: str
    choices: Words
    closure: str
    protected: bool
    varied: tuple[Varied, ...]
    fixed: tuple[Fixed, ...]
    layers: tuple[Words, ...]
    """The digests that came out of each world."""
    differences: tuple[Difference, ...]
    """The first of them."""
    count: int
    """Of all files that differ."""
    recorded: tuple[Recorded, ...] = ()
    """Only where the lock has digests of the same closure."""
    diffoscope: str = ""
    """The path of what it wrote."""

    @property
    def is_same(self) -> bool:
        return len(set(self.layers)) == 1

    @property
    def is_good(self) -> bool:
        return self.is_same and all(each.recorded == each.found for each in self.recorded)


@dataclass(frozen=True, slots=True)
class FailedIn:
    """A build that ended well in the worlds before did not in this one."""

    world: int
    varied: tuple[Varied, ...]
    failed: Failed


@dataclass(frozen=True, slots=True)
class Report:
    spec: str
    signed: Words
    """Who stands for the lock and the images that lie there."""
    verdicts: tuple[Verdict, ...]

    @property
    def is_good(self) -> bool:
        return all(each.is_good for each in self.verdicts)
