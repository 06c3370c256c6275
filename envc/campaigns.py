"""What a campaign takes of an app: which of its builds, which of its runs, and where."""

from collections.abc import Iterator

from envc import choices
from envc.spec import ALWAYS, App, Campaign, Combination, Setting, Want
from envc.values import dataclass

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one `include` takes."""

    include: Want
    campaign: Campaign

    def of(self, app: App) -> Iterator[Combination]:
        for chosen, target in app.matrix(dict(self.include.choices)):
            if self.takes(chosen, target):
                yield chosen, target

    def takes(self, chosen: choices.Choices, target: str | None) -> bool:
        targets = self.words("targets", chosen, target)
        return (
            all(chosen.get(name) == choice for name, choice in self.include.choices)
            and self.include.guard.holds(chosen, target)
            and not any(hole.holds(chosen, target) for hole in self.campaign.skips)
            and (not targets or target in targets)
        )

    def words(self, key: str, chosen: choices.Choices, target: str | None = None) -> Words:
        """Empty where the campaign does not say."""
        found = self.setting(key, chosen, target)
        return found.value if found is not None and isinstance(found.value, tuple) else ()

    def setting(
        self, key: str, chosen: choices.Choices, target: str | None = None
    ) -> Setting | None:
        """A line whose condition holds comes before one that has none."""
        lines = [each for each in self.campaign.settings if each.key == key]
        holding = (each for each in lines if each.guard.holds(chosen, target))
        return next(iter(sorted(holding, key=lambda each: each.guard == ALWAYS)), None)
