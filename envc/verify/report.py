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
class ByEngine:
    """Of one image that another program made, several times."""

    app: str
    target: str
    choices: Words
    closure: str
    engine: str
    version: str
    grade: str
    digests: Words
    """Of what it left each time: a manifest, or a file."""
    trees: Words
    """Of the files in it."""
    own: str
    """Of the files that envc's own builder makes."""

    @property
    def is_same(self) -> bool:
        return len(set(self.digests)) == 1

    @property
    def is_good(self) -> bool:
        """Of what promises no more than its inputs, the files alone have to be the same."""
        files = {*self.trees, self.own}
        return len(files) == 1 and (self.is_same or self.grade != "bit-for-bit")


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
    engines: tuple[ByEngine, ...] = ()

    @property
    def is_good(self) -> bool:
        return all(each.is_good for each in self.verdicts) and all(
            each.is_good for each in self.engines
        )
