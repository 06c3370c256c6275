"""One try at one object from one place."""

import re
from dataclasses import dataclass, field

from envc.store import files
from envc.store.incoming import Incoming
from envc.store.progress import Row
from envc.store.web import NoAnswerError, Reply, Web

_CONTENT_RANGE = re.compile(r"bytes (\d{1,19})-\d{1,19}/(\d{1,19}|\*)", re.ASCII)


@dataclass(slots=True)
class Try:
    url: str
    coming: Incoming
    size: int | None
    row: Row
    etag: str | None = None
    """Of what came from this place so far."""
    mixed: bool = field(init=False)
    """Whether the first part came from another place, or in another run."""

    def __post_init__(self) -> None:
        self.mixed = self.coming.size > 0

    def restart(self) -> None:
        self.coming.restart()
        self.etag, self.mixed = None, False


def transfer(web: Web, this: Try) -> None:
    """Brings what is still to come; NoAnswerError where it breaks off."""
    if files.is_file(this.url):
        _copy(this)
        return
    with web.get(this.url, _headers(this)) as reply:
        if reply.status == 200:
            _check_size(reply.length, this.size, reply)
            this.restart()
        elif reply.status in (206, 416) and this.coming.size:
            _check_rest(reply, this)
        else:
            raise reply.no_answer()
        this.etag = reply.headers.get("ETag")
        for piece in reply.pieces():
            _take(piece, this)
        _check_end(this)


def _headers(this: Try) -> dict[str, str]:
    if not this.coming.size:
        return {}
    asked = {"Range": f"bytes={this.coming.size}-"}
    if this.etag is not None and not this.etag.startswith("W/"):
        asked["If-Range"] = this.etag
    return asked


def _check_rest(reply: Reply, this: Try) -> None:
    """Whether what comes goes on where the last one broke off, in the same file."""
    said = _CONTENT_RANGE.fullmatch(reply.headers.get("Content-Range", ""))
    if reply.status == 206 and said is not None:
        whole = None if said[2] == "*" else int(said[2])
        _check_size(whole, this.size, reply)
        same = this.etag is None or reply.headers.get("ETag") == this.etag
        if same and int(said[1]) == this.coming.size:
            return
    this.restart()
    raise NoAnswerError("has another file than it had before", passing=True)


def _check_size(offered: int | None, due: int | None, reply: Reply | None = None) -> None:
    if offered is None or due is None or offered == due:
        return
    packed = reply.packed if reply is not None else None
    how = f" packed as {packed}, though it was asked not to pack" if packed else ""
    raise NoAnswerError(f"has {offered} bytes{how} where {due} are due")


def _take(piece: bytes, this: Try) -> None:
    if this.size is not None and this.coming.size + len(piece) > this.size:
        this.restart()
        raise NoAnswerError(f"sends more than the {this.size} bytes that are due")
    this.coming.write(piece)
    this.row.has(this.coming.size)


def _check_end(this: Try) -> None:
    if this.size is not None and this.coming.size < this.size:
        raise NoAnswerError("broke the connection", passing=True)


# ---- folders -------------------------------------------------------------------------------------


def _copy(this: Try) -> None:
    with files.opened(this.url) as file:
        _check_size(file.size, this.size)
        this.restart()
        for piece in file.pieces:
            _take(piece, this)
    _check_end(this)
