"""Objects come whole from the first place that has them, however badly the others behave."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from envc.facts.problem import Problem
from envc.store import content
from envc.store.fetch import FORGOTTEN, Wanted, fetch
from envc.store.objects import Store
from envc.store.progress import Silent
from tests.store.conftest import (
    QUICK,
    Request,
    Server,
    breaks_after,
    in_turn,
    plainly,
    status,
    wanted,
)

DATA = os.urandom(300_000)
OTHER = os.urandom(300_000)


class Listening(Silent):
    def __init__(self) -> None:
        self.told: list[str] = []

    def tells(self, sentence: str) -> None:
        self.told.append(sentence)


def problems(store: Store, *wishes: Wanted, show: Silent | None = None) -> Sequence[Problem]:
    return fetch(store, wishes, offline=False, show=show or Silent(), patience=QUICK)


def problem(store: Store, wish: Wanted) -> str:
    (found,) = problems(store, wish)
    assert store.find(wish.digest) is None
    return found.message


def check(store: Store, wish: Wanted, data: bytes = DATA, show: Silent | None = None) -> None:
    assert problems(store, wish, show=show) == ()
    path = store.verified(wish.digest, len(data))
    assert isinstance(path, str)
    assert Path(path).read_bytes() == data
    assert partial(store) == []


def partial(store: Store) -> list[str]:
    return os.listdir(os.path.join(store.folder, "partial"))


def left(store: Store, data: bytes, whole: bytes = DATA) -> None:
    """What a killed process leaves behind of an object."""
    store.add(b"so that there are folders")
    name = content.digits(content.of_bytes(whole).digest)
    Path(store.folder, "partial", name).write_bytes(data)


# ---- good servers --------------------------------------------------------------------------------


def test_an_object_comes_from_the_web(store: Store, server: Server) -> None:
    check(store, wanted(DATA, server.serve("/heat", DATA)))
    assert server.asked[0].headers["Accept-Encoding"] == "identity"
    assert server.asked[0].headers["User-Agent"].startswith("envc/")


def test_an_object_comes_from_a_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / "heat 1.0").write_bytes(DATA)
    check(store, wanted(DATA, f"file://{tmp_path}/heat%201.0"))


def test_what_is_there_is_not_asked_for(store: Store, server: Server) -> None:
    store.add(DATA)
    check(store, wanted(DATA, server.serve("/heat", DATA)))
    assert server.asked == []


def test_the_same_object_is_asked_for_once(store: Store, server: Server) -> None:
    good = server.serve("/heat", DATA)
    wishes = [wanted(DATA, server.base + "/none"), wanted(DATA, good, name="heat, again")]
    assert problems(store, *wishes) == ()
    assert [each.path for each in server.asked] == ["/none", "/heat"]


def test_many_objects_come_over_few_connections(store: Store, server: Server) -> None:
    wishes = [
        wanted(b"%d" % number, server.serve(f"/{number}", b"%d" % number)) for number in range(40)
    ]
    assert problems(store, *wishes) == ()
    assert all(store.find(each.digest) for each in wishes)
    assert len({each.client_address for each in server.asked}) <= QUICK.at_once


def test_an_empty_object_comes(store: Store, server: Server) -> None:
    check(store, wanted(b"", server.serve("/empty", b"")), b"")


def test_offline_asks_no_place(store: Store, server: Server) -> None:
    wish = wanted(DATA, server.serve("/heat", DATA))
    (found,) = fetch(store, [wish], offline=True, show=Silent())
    assert found.message == "heat 1.0 is not in the store, and no place was asked"
    assert server.asked == []
    assert not os.path.exists(store.folder)


# ---- breaks --------------------------------------------------------------------------------------


def test_a_broken_transfer_goes_on_where_it_broke(store: Store, server: Server) -> None:
    handler = in_turn(breaks_after(100_000, DATA), plainly(DATA))
    check(store, wanted(DATA, server.serve("/heat", handler)))
    assert server.asked[1].headers["Range"] == "bytes=100000-"
    assert server.sent == len(DATA)


@pytest.mark.parametrize("size", [-1, None])
def test_breaks_are_borne_while_something_comes(
    store: Store, server: Server, size: int | None
) -> None:
    check(store, wanted(DATA, server.serve("/heat", breaks_after(70_000, DATA)), size=size))
    assert len(server.asked) == 5


def test_a_place_that_always_breaks_is_left_for_the_next(store: Store, server: Server) -> None:
    bad = server.serve("/bad", breaks_after(1000, DATA))
    check(store, wanted(DATA, bad, server.serve("/good", DATA)))
    assert [each.path for each in server.asked] == ["/bad"] * QUICK.tries + ["/good"]
    assert server.sent == len(DATA)


def test_a_server_that_ignores_ranges_starts_anew(store: Store, server: Server) -> None:
    handler = in_turn(breaks_after(100_000, DATA), lambda request: request.send(200, DATA))
    check(store, wanted(DATA, server.serve("/heat", handler)))
    assert server.sent == len(DATA) + 100_000


def test_a_file_that_changed_meanwhile_starts_anew(store: Store, server: Server) -> None:
    handler = in_turn(
        breaks_after(100_000, OTHER, ETag='"1"'),
        lambda request: request.send_part(DATA, ETag='"2"'),
        lambda request: request.send_part(DATA, ETag='"2"'),
    )
    check(store, wanted(DATA, server.serve("/heat", handler)))
    assert server.asked[1].headers["If-Range"] == '"1"'
    assert "Range" not in server.asked[2].headers


def test_another_length_after_a_break_is_another_file(store: Store, server: Server) -> None:
    handler = in_turn(breaks_after(100_000, DATA), plainly(DATA + b"more"))
    url = server.serve("/heat", handler)
    assert problem(store, wanted(DATA, url)).endswith("has 300004 bytes where 300000 are due")


def test_what_another_run_left_is_gone_on_with(store: Store, server: Server) -> None:
    left(store, DATA[:200_000])
    check(store, wanted(DATA, server.serve("/heat", DATA)))
    assert server.sent == 100_000


@pytest.mark.parametrize("size", [-1, None])
def test_what_another_run_left_whole_is_taken(
    store: Store, server: Server, size: int | None
) -> None:
    left(store, DATA)
    check(store, wanted(DATA, server.base + "/none", size=size))
    assert server.asked == []


@pytest.mark.parametrize(
    "rest", [OTHER[:200_000], OTHER, DATA + b"more"], ids=["a part", "another", "too much"]
)
def test_what_another_run_left_wrong_is_no_loss(store: Store, server: Server, rest: bytes) -> None:
    left(store, rest)
    show = Listening()
    check(store, wanted(DATA, server.serve("/heat", DATA)), show=show)
    assert show.told == []


def test_what_nobody_goes_on_with_is_swept(store: Store, server: Server) -> None:
    left(store, b"old", whole=b"an old one")
    left(store, b"new", whole=b"a new one")
    name = content.digits(content.of_bytes(b"an old one").digest)
    long_ago = time.time() - FORGOTTEN - 60
    os.utime(os.path.join(store.folder, "partial", name), (long_ago, long_ago))
    assert problems(store, wanted(DATA, server.serve("/heat", DATA))) == ()
    assert partial(store) == [content.digits(content.of_bytes(b"a new one").digest)]


# ---- bad servers ---------------------------------------------------------------------------------


def test_other_bytes_are_told_and_the_next_place_asked(store: Store, server: Server) -> None:
    bad = server.serve("/bad", OTHER)
    show = Listening()
    check(store, wanted(DATA, bad, server.serve("/good", DATA)), show=show)
    assert show.told == [f"heat 1.0: {bad} sent other bytes: {content.of_bytes(OTHER).digest}"]


def test_what_one_place_began_wrong_another_sends_whole(store: Store, server: Server) -> None:
    bad = server.serve("/bad", breaks_after(1000, OTHER))
    show = Listening()
    check(store, wanted(DATA, bad, server.serve("/good", DATA)), show=show)
    assert show.told == []


def test_each_place_is_named_with_what_it_answered(store: Store, server: Server) -> None:
    places = [
        server.serve("/missing", status(404)),
        server.serve("/wrong", OTHER),
        server.serve("/short", DATA[:-1]),
        "http://[",
        "ftp://127.0.0.1/heat",
        "file://elsewhere/heat",
        "file:///nowhere/heat",
    ]
    url = server.base
    assert problem(store, wanted(DATA, *places)).split("; ") == [
        f"heat 1.0 could not be fetched: {url}/missing answers 404 Not Found",
        f"{url}/wrong sent other bytes: {content.of_bytes(OTHER).digest}",
        f"{url}/short has 299999 bytes where 300000 are due",
        "http://[ is no URL of http, https or file",
        "ftp://127.0.0.1/heat is no URL of http, https or file",
        "file://elsewhere/heat names a file of elsewhere, and only this machine's can be read",
        "file:///nowhere/heat cannot be read: no such file or directory",
    ]


def test_a_place_that_sends_more_is_left(store: Store, server: Server) -> None:
    def more(request: Request) -> None:
        request.close_connection = True
        request.send_response(200)
        request.end_headers()
        request.wfile.write(DATA + b"more")

    url = server.serve("/heat", more)
    assert problem(store, wanted(DATA, url)).endswith(
        "sends more than the 300000 bytes that are due"
    )


def test_a_place_that_sends_less_than_it_says_is_left(store: Store, server: Server) -> None:
    def less(request: Request) -> None:
        request.send(200, DATA[:1000], Content_Length=str(len(DATA)))
        request.hang_up()

    url = server.serve("/heat", in_turn(less, breaks_after(0, DATA)))
    assert problem(store, wanted(DATA, url)).endswith("broke the connection")
    assert len(server.asked) == QUICK.tries


@pytest.mark.parametrize("code", [429, 500, 503])
def test_a_passing_trouble_passes(store: Store, server: Server, code: int) -> None:
    check(store, wanted(DATA, server.serve("/heat", in_turn(status(code), plainly(DATA)))))


def test_a_server_that_asks_to_wait_is_waited_for(store: Store, server: Server) -> None:
    busy = status(503, Retry_After="1")
    before = time.monotonic()
    check(store, wanted(DATA, server.serve("/heat", in_turn(busy, plainly(DATA)))))
    assert time.monotonic() - before >= 1


def test_a_lasting_trouble_is_told(store: Store, server: Server) -> None:
    url = server.serve("/heat", status(500))
    assert problem(store, wanted(DATA, url)).endswith("answers 500 Internal Server Error")
    assert len(server.asked) == QUICK.tries


def test_a_silent_server_is_left(store: Store, server: Server) -> None:
    def silent(request: Request) -> None:
        request.send(200, b"he", Content_Length=str(len(DATA)))
        request.wfile.flush()
        time.sleep(2 * QUICK.silence)
        request.close_connection = True

    bad = server.serve("/bad", silent)
    check(store, wanted(DATA, bad, server.serve("/good", DATA)))


def test_a_slow_server_is_borne(store: Store, server: Server) -> None:
    def slow(request: Request) -> None:
        request.send(200, b"", Content_Length="5")
        for letter in b"heat\n":
            time.sleep(0.6 * QUICK.silence)
            request.wfile.write(bytes([letter]))
            request.wfile.flush()

    check(store, wanted(b"heat\n", server.serve("/heat", slow)), b"heat\n")


def test_packed_bytes_are_not_unpacked(store: Store, server: Server) -> None:
    """Debian's mirrors say of a `.tar.gz` that they packed it."""
    import gzip

    packed = gzip.compress(DATA)
    url = server.serve(
        "/heat.gz", lambda request: request.send(200, packed, Content_Encoding="gzip")
    )
    check(store, wanted(packed, url), packed)
    assert "packed as gzip, though it was asked not to" in problem(store, wanted(DATA, url))


def test_a_server_that_is_not_there_is_asked_about_one_object_only(
    store: Store, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = "http://127.0.0.1:9"
    for number in range(20):
        data = b"%d" % number
        url = server.serve(f"/{number}", data)
        check(store, wanted(data, f"{gone}/{number}", url), data)
    wishes = [
        wanted(b"x%d" % number, f"{gone}/{number}", server.serve(f"/x{number}", b"x%d" % number))
        for number in range(20)
    ]
    before = time.monotonic()
    assert problems(store, *wishes) == ()
    assert time.monotonic() - before < 2


# ---- several processes ---------------------------------------------------------------------------

FETCH = """
import sys
from envc.store.fetch import Wanted, fetch
from envc.store.objects import Store
from envc.store.progress import Silent
folder, digest, size, *urls = sys.argv[1:]
wanted = Wanted("heat 1.0", digest, int(size), tuple(urls))
print("ready", flush=True)
sys.stdin.readline()
found = fetch(Store(folder), [wanted], offline=False, show=Silent())
sys.exit(len(found))
"""


def process(store: Store, wish: Wanted) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-c", FETCH, store.folder, wish.digest, str(wish.size), *wish.urls]
    started = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert started.stdout is not None
    assert started.stdout.readline() == b"ready\n"
    return started


def go(started: "subprocess.Popen[bytes]") -> None:
    assert started.stdin is not None
    started.stdin.write(b"\n")
    started.stdin.close()


def end(started: "subprocess.Popen[bytes]") -> int:
    assert started.stdout is not None
    started.stdout.close()
    return started.wait(timeout=60)


def test_two_processes_bring_an_object_once(store: Store, server: Server) -> None:
    def slow(request: Request) -> None:
        time.sleep(0.3)
        request.send_part(DATA)

    wish = wanted(DATA, server.serve("/heat", slow))
    both = [process(store, wish) for _ in range(2)]
    for each in both:
        go(each)
    assert [end(each) for each in both] == [0, 0]
    assert server.sent == len(DATA)
    check(store, wish)


def test_a_killed_process_is_gone_on_with(store: Store, server: Server) -> None:
    first = 100_000

    def half(request: Request) -> None:
        request.send(200, DATA[:first], Content_Length=str(len(DATA)))
        request.wfile.flush()
        time.sleep(1)
        request.close_connection = True

    wish = wanted(DATA, server.serve("/heat", in_turn(half, plainly(DATA))))
    killed = process(store, wish)
    go(killed)
    path = Path(store.folder, "partial", content.digits(wish.digest))
    limit = time.monotonic() + 20
    while not (path.exists() and path.stat().st_size == first):
        assert time.monotonic() < limit
        time.sleep(0.01)
    killed.kill()
    assert end(killed) < 0
    assert store.find(wish.digest) is None
    check(store, wish)
    assert server.asked[1].headers["Range"] == f"bytes={first}-"
    assert server.sent == len(DATA)


# ---- memory --------------------------------------------------------------------------------------

MEASURED = """
import sys
from envc.store.fetch import Wanted, fetch
from envc.store.objects import Store
from envc.store.progress import Silent
folder, digest, size, url = sys.argv[1:]
wanted = Wanted("huge", digest, int(size), (url,))
assert fetch(Store(folder), [wanted], offline=False, show=Silent()) == ()
assert isinstance(Store(folder).verified(digest), str)
# Not ru_maxrss, which begins with what the test's own process takes.
with open("/proc/self/status") as status:
    print(next(line.split()[1] for line in status if line.startswith("VmHWM:")))
"""


def test_a_huge_object_takes_little_memory(store: Store, tmp_path: Path) -> None:
    piece, count = os.urandom(1 << 20), 128
    with open(tmp_path / "huge", "wb") as file:
        file.writelines(piece for _ in range(count))
    known = content.of_chunks(piece for _ in range(count))
    url = f"file://{tmp_path}/huge"
    words = [sys.executable, "-c", MEASURED, store.folder, known.digest, str(known.size), url]
    said = subprocess.run(words, stdout=subprocess.PIPE, check=True, timeout=60).stdout
    assert int(said) < 100 << 10
