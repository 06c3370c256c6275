"""The words behind a key, read as what the key wants."""

from collections.abc import Callable, Mapping

from envc.check import amounts, texts
from envc.check.asked import Asked
from envc.check.report import Report
from envc.spec import Value
from envc.syntax.nodes import Items
from envc.syntax.words import Word
from envc.values import dataclass
from envc.vocabulary import Key, Shape


@dataclass(frozen=True, slots=True)
class Values:
    """Reads values; what it cannot read it tells, and answers None."""

    report: Report
    targets_of: Callable[[tuple[Word, ...]], tuple[str, ...]]

    def read(self, name: Word, items: Items, key: Key) -> Value | None:
        if any(not word.text for item in items for word in item):
            return None  # something was missing, and the parser has said so
        return _READERS[key.shape](Asked(self.report, name, items, key, self.targets_of))


_READERS: Mapping[Shape, Callable[[Asked], Value | None]] = {
    Shape.TEXT: texts.read_text,
    Shape.PATH: texts.read_text,
    Shape.FLAGS: texts.read_text,
    Shape.COMMAND: texts.read_command,
    Shape.NAME: texts.read_one,
    Shape.GPU: texts.read_gpu,
    Shape.CHOICE: texts.read_choice,
    Shape.YES_NO: texts.read_yes_no,
    Shape.NAMES: texts.read_names,
    Shape.SITES: texts.read_names,
    Shape.RUNS: texts.read_names,
    Shape.TARGETS: texts.read_targets,
    Shape.SITE_FACT: texts.read_site_fact,
    Shape.FREE: texts.read_free,
    Shape.COUNT: amounts.read_count,
    Shape.MEMORY: amounts.read_memory,
    Shape.DURATION: amounts.read_duration,
    Shape.RANGE: amounts.read_range,
    Shape.SIGNAL: amounts.read_signal,
}
