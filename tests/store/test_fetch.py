"""Objects come whole from the first place that has them, however badly the others behave."""

import os
from pathlib import Path

import pytest

from envc.store.fetch import Wanted, fetch
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.store.conftest import QUICK, Handler, Request, Server, in_turn, plainly, wanted

DATA = os.urandom(300_000)


class Listening(Silent):
    def __init__(self) -> None:
        self.told: list[str] = []

    def tells(self, sentence: str) -> None:
        self.told.append(sentence)


def fetched(store: Store, *wishes: Wanted, show: Silent | None = None) -> list[str]:
    found = fetch(store, wishes, offline=False, show=show or Silent(), patience=QUICK)
    return [each.message for each in found]


def whole(store: Store, wish: Wanted) -> bytes:
    path = store.verified(wish.digest, wish.size)
    assert isinstance(path, str)
    return Path(path).read_bytes()


def breaks_after(count: int, data: bytes = DATA, **headers: str) -> Handler:
    def handler(request: Request) -> None:
        start = request.start
        part = data[start : start + count]
        told = {"Content_Length": str(len(data) - start), **headers}
        if start:
            told["Content_Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        request.send(206 if start else 200, part, **told)
        request.hang_up()

    return handler


def test_an_object_comes_from_the_web(store: Store, server: Server) -> None:
    wish = wanted(DATA, server.serve("/heat", DATA))
    assert fetched(store, wish) == []
    assert whole(store, wish) == DATA
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


def test_what_is_there_is_not_asked_for(store: Store, server: Server) -> None:
    wish = wanted(DATA, server.serve("/heat", DATA))
    store.add(DATA)
    assert fetched(store, wish) == []
    assert server.asked == []


def test_a_broken_transfer_goes_on_where_it_broke(store: Store, server: Server) -> None:
    wish = wanted(DATA, server.serve("/heat", in_turn(breaks_after(100_000), plainly(DATA))))
    assert fetched(store, wish) == []
    assert whole(store, wish) == DATA
    assert server.asked[1].headers["Range"] == "bytes=100000-"
    assert server.sent == len(DATA)


@pytest.mark.parametrize("size", [-1, None])
def test_many_breaks_are_borne_while_something_comes(
    store: Store, server: Server, size: int | None
) -> None:
    wish = wanted(DATA, server.serve("/heat", breaks_after(70_000)), size=size)
    assert fetched(store, wish) == []
    assert whole(store, wish) == DATA
    assert len(server.asked) == 5
