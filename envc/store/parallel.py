"""A few threads for work that waits."""

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


class _Work(Generic[Given, Made]):
    def __init__(self, work: Callable[[Given], Made], given: Sequence[Given]) -> None:
        self._work = work
        self._rest: SimpleQueue[tuple[int, Given]] = SimpleQueue()
        self.made: dict[int, Made] = {}
        self.failures: list[BaseException] = []
        for numbered in enumerate(given):
            self._rest.put(numbered)

    def go_on(self) -> None:
        try:
            while not self.failures:
                number, given = self._rest.get_nowait()
                self.made[number] = self._work(given)
        except Empty:
            return
        except BaseException as failure:  # noqa: BLE001 - raised again where it is waited for
            self.failures.append(failure)


def in_parallel(work: Callable[[Given], Made], given: Sequence[Given], at_once: int) -> list[Made]:
    """What `work` makes of each, in their order.

    The threads end with the program, unlike those of `concurrent.futures`: Ctrl-C does not wait
    for a silent server.
    """
    shared = _Work(work, given)
    threads = [Thread(target=shared.go_on, daemon=True) for _ in range(min(at_once, len(given)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if shared.failures:
        raise shared.failures[0]
    return [shared.made[number] for number in range(len(given))]


def both(one: Callable[[], Given], other: Callable[[], Made]) -> tuple[Given, Made]:
    """Two works of different kinds at once."""
    ones: list[Given] = []
    others: list[Made] = []
    works: tuple[Callable[[], None], ...] = (
        lambda: ones.append(one()),
        lambda: others.append(other()),
    )
    in_parallel(lambda work: work(), works, len(works))
    return ones[0], others[0]
