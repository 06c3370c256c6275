"""Fills the store: several objects at once, each from the first of its places that has it."""

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import NamedTuple

from envc.facts.problem import Problem
from envc.store.incoming import Incoming
from envc.store.objects import Store
from envc.store.parallel import in_parallel
from envc.store.progress import Show, Sum
from envc.store.transfer import Try, transfer
from envc.store.trouble import NotStoredError, of_disk
from envc.store.urls import server, shown
from envc.store.web import NoAnswerError, Patience, Web

PROGRESS = 1 << 16
"""Bytes of which a broken connection must have brought more than nothing, to be tried again."""
FORGOTTEN = 14 * 24 * 3600
"""Seconds after which nobody will go on with what has come of an object."""


class Wanted(NamedTuple):
    name: str
    """For people: `libhdf5-310 1.14.5 (amd64)`."""
    digest: str
    size: int | None
    urls: tuple[str, ...]
    """The places to ask, in this order: http, https or file."""


def fetch(
    store: Store,
    wanted: Sequence[Wanted],
    *,
    offline: bool,
    show: Show,
    patience: Patience | None = None,
) -> tuple[Problem, ...]:
    """A problem for each that is not in the store afterwards, in the order of `wanted`."""
    found = outcomes(store, wanted, offline=offline, show=show, patience=patience)
    return tuple(dict.fromkeys(found.values()))


def outcomes(
    store: Store,
    wanted: Sequence[Wanted],
    *,
    offline: bool,
    show: Show,
    patience: Patience | None = None,
) -> dict[str, Problem]:
    """The same, by digest."""
    missing = _missing(store, wanted)
    if refused := store.refusal():
        return {each.digest: refused for each in missing}
    if offline:
        return {each.digest: _offline(each) for each in missing}
    store.sweep(time.time() - FORGOTTEN)
    with (
        closing(Web(patience or Patience())) as web,
        show.row("all together", _size(missing)) as row,
    ):
        run = _Run(store, web, show, Sum(row))
        problems = in_parallel(run.bring, missing, web.patience.at_once)
    found = zip(missing, problems, strict=True)
    return {each.digest: problem for each, problem in found if problem is not None}


def _offline(wanted: Wanted) -> Problem:
    message = f"{wanted.name} is not in the store, and no place was asked"
    help_ = "run `envc fetch` where there is a network, or `envc mirror import` a mirror"
    return Problem(message, help_)


def _missing(store: Store, wanted: Sequence[Wanted]) -> list[Wanted]:
    """What is not there, each object once with all the places that anybody knows for it."""
    found: dict[str, Wanted] = {}
    for each in wanted:
        known = found.get(each.digest)
        if known is not None:
            urls = tuple(dict.fromkeys((*known.urls, *each.urls)))
            found[each.digest] = known._replace(urls=urls)
        elif store.find(each.digest) is None:
            found[each.digest] = each
    return list(found.values())


def _size(wanted: Sequence[Wanted]) -> int | None:
    """Of all of them, where all are known."""
    sizes = [each.size for each in wanted if each.size is not None]
    return sum(sizes) if len(sizes) == len(wanted) else None


@dataclass(slots=True)
class _Run:
    store: Store
    web: Web
    show: Show
    total: Sum
    unreachable: dict[str, str] = field(default_factory=dict)
    """Why a server is not asked again."""

    def bring(self, wanted: Wanted) -> Problem | None:
        try:
            with self.store.incoming(wanted.digest) as coming:
                return self._fill(wanted, coming) if coming is not None else None
        except NotStoredError as error:
            return error.problem
        except OSError as error:
            return of_disk(error, self.store.folder, wanted.name, wanted.size)

    def _fill(self, wanted: Wanted, coming: Incoming) -> Problem | None:
        answers: list[str] = []
        with self.show.row(wanted.name, wanted.size) as bar:
            row = self.total.part(bar)
            row.has(coming.size)
            try:
                for url in wanted.urls:
                    reason = self._ask(wanted, Try(url, coming, wanted.size, row))
                    if reason is None:
                        self.store.settle(coming)
                        return None
                    answers.append(f"{shown(url)} {reason}")
            except OSError:
                coming.give_up()
                raise
        if not coming.size:
            coming.give_up()
        return _nowhere(wanted, answers)

    def _ask(self, wanted: Wanted, this: Try) -> str | None:
        """Why the place does not have it, however often it is asked."""
        where = server(this.url)
        if where in self.unreachable:
            return self.unreachable[where]
        failures = 0
        while this.coming.content.digest != wanted.digest:
            before = this.coming.size
            try:
                transfer(self.web, this)
            except NoAnswerError as error:
                failures = 1 if this.coming.size - before >= PROGRESS else failures + 1
                if not error.passing or failures == self.web.patience.tries:
                    if error.unreachable:
                        self.unreachable[where] = error.reason
                    return error.reason
                time.sleep(max(error.wait, self.web.patience.pause * 2 ** (failures - 1)))
            else:
                if reason := _wrong(wanted, this):
                    self.show.tells(f"{wanted.name}: {shown(this.url)} {reason}")
                    return reason
        return None


def _wrong(wanted: Wanted, this: Try) -> str | None:
    found = this.coming.content.digest
    if found == wanted.digest:
        return None
    mixed = this.mixed
    this.restart()
    # The wrong part may have come from elsewhere: the place is asked once more, for all of it.
    return None if mixed else f"sent other bytes: {found}"


def _nowhere(wanted: Wanted, answers: Sequence[str]) -> Problem:
    if not answers:
        message = f"{wanted.name} is not in the store, and no place is known that has it"
        return Problem(message, "bring a mirror that has it with `envc mirror import`")
    return Problem(
        f"{wanted.name} could not be fetched: {'; '.join(answers)}",
        "name a mirror that has it with `ENVC_MIRROR`, or bring one with `envc mirror import`",
    )
