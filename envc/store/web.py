"""Asks web servers, as the user's environment says they are to be asked.

Redirects are followed here and not by urllib3, which would go from https to http.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from envc import __version__
from envc.store.urls import shown, without_login

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, PoolManager

PIECE = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)


_NO_URL = "is no URL of http, https or file"
LONGEST_WAIT = 30
"""Seconds: who asks to be left alone for longer is not waited for as long."""


class Patience(NamedTuple):
    tries: int = 4
    """How often in a row a place may fail before the next one is asked."""
    pause: float = 0.5
    """Seconds before the second try; twice as many before each other."""
    connect: float = 10.0
    silence: float = 30.0
    """How many seconds may pass without a byte."""
    redirects: int = 10
    at_once: int = 4


class NoAnswerError(Exception):
    """Why a place did not give what was asked of it, in words that follow its name."""

    def __init__(
        self, reason: str, *, passing: bool = False, unreachable: bool = False, wait: float = 0.0
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing
        """It may go better the next time."""
        self.unreachable = unreachable
        """Nothing else can be had from there either."""
        self.wait = wait
        """Seconds that the place asked to be left alone."""


class Reply:
    """What a server answers; its body comes piece by piece, just as it was sent."""

    def __init__(self, response: "BaseHTTPResponse", patience: Patience) -> None:
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._patience = patience

    @property
    def length(self) -> int | None:
        """Of the body, where the server says so."""
        return _number(self.headers.get("Content-Length", ""))

    @property
    def packed(self) -> str | None:
        """What the server packed the body with, though it was asked not to."""
        said = self.headers.get("Content-Encoding", "identity").strip().lower()
        return None if said in ("", "identity") else said

    def no_answer(self) -> "NoAnswerError":
        """For a status that brings nothing."""
        said = f"answers {self.status} {self._response.reason or ''}".rstrip()
        wait = min(_number(self.headers.get("Retry-After", "")) or 0, LONGEST_WAIT)
        return NoAnswerError(said, passing=self.status in _PASSING, wait=wait)

    def pieces(self) -> Iterator[bytes]:
        while piece := self._piece():
            yield piece

    def _piece(self) -> bytes:
        with in_words(self._patience):
            return self._response.read1(PIECE, decode_content=False)


class Web:
    """Keeps connections open from one question to the next; for several threads."""

    def __init__(self, patience: Patience) -> None:
        self.patience = patience
        self._pools: dict[str | None, PoolManager] = {}
        self._making = Lock()

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[Reply]:
        """The answer that is no redirect; NoAnswerError where there is none."""
        for _ in range(self.patience.redirects + 1):
            response = self._ask(url, headers)
            try:
                if response.status not in _REDIRECTS or "Location" not in response.headers:
                    yield Reply(response, self.patience)
                    return
                url = _next(url, response.headers["Location"])
                if (_number(response.headers.get("Content-Length", "")) or PIECE) < PIECE:
                    response.drain_conn()  # it may answer the next question too
            finally:
                response.close()
        raise NoAnswerError(f"sends on to another place more than {self.patience.redirects} times")

    def _ask(self, url: str, headers: Mapping[str, str]) -> "BaseHTTPResponse":
        from urllib3 import Timeout

        try:
            plain, login = without_login(url)
        except ValueError as error:
            raise NoAnswerError(_NO_URL) from error
        if not plain.lower().startswith(("http://", "https://")):
            raise NoAnswerError(_NO_URL)
        asked = {
            "Accept-Encoding": "identity",
            "User-Agent": f"envc/{__version__}",
            **({"Authorization": login} if login is not None else {}),
            **headers,
        }
        with in_words(self.patience):
            return self.pool(plain).request(
                "GET",
                plain,
                headers=asked,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=Timeout(connect=self.patience.connect, read=self.patience.silence),
            )

    def pool(self, url: str) -> "PoolManager":
        proxy = _proxy(url)
        with self._making:
            if proxy not in self._pools:
                self._pools[proxy] = _new_pool(proxy, self.patience.at_once)
            return self._pools[proxy]

    def close(self) -> None:
        """Ends the connections that are kept open."""
        for pool in self._pools.values():
            pool.clear()


def _new_pool(proxy: str | None, size: int) -> "PoolManager":
    from urllib3 import PoolManager, ProxyManager, make_headers

    from envc.store import trust

    try:
        context = trust.context(os.environ)
    except trust.NotTrustedError as error:
        raise NoAnswerError(f"was not asked: {error}", unreachable=True) from error
    if proxy is None:
        return PoolManager(maxsize=size, ssl_context=context)
    user, colon, password = urlsplit(proxy).netloc.rpartition("@")[0].partition(":")
    login = make_headers(proxy_basic_auth=f"{unquote(user)}:{unquote(password)}") if colon else None
    return ProxyManager(
        without_login(proxy)[0], proxy_headers=login, maxsize=size, ssl_context=context
    )


def _proxy(url: str) -> str | None:
    """By `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`."""
    from urllib.request import getproxies_environment, proxy_bypass

    parts = urlsplit(url)
    proxies = getproxies_environment()
    proxy = proxies.get(parts.scheme, proxies.get("all"))
    if proxy is None or proxy_bypass(parts.netloc, proxies):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not _is_proxy(proxy):
        reason = f"was not asked: the proxy `{shown(proxy)}` is no URL of http or https"
        raise NoAnswerError(reason, unreachable=True)
    return proxy


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _next(url: str, location: str) -> str:
    try:
        target = urljoin(url, location)
        before, after = urlsplit(url).scheme, urlsplit(target).scheme
    except ValueError as error:
        raise NoAnswerError("sends on to what is no URL") from error
    if after not in ("http", "https") or (before == "https" and after == "http"):
        raise NoAnswerError(f"sends on from {before} to {after}, which is not followed")
    return target


@contextmanager
def in_words(patience: Patience) -> Iterator[None]:
    """Says in words what urllib3 raises."""
    from http.client import HTTPException

    from urllib3 import exceptions as known

    try:
        yield
    except known.NameResolutionError as error:
        raise NoAnswerError("has a name that is not known", unreachable=True) from error
    except known.NewConnectionError as error:
        reason = _cause(error)
        raise NoAnswerError(
            f"took no connection: {reason}", passing=True, unreachable=True
        ) from error
    except known.ConnectTimeoutError as error:
        reason = f"took no connection within {patience.connect:g} s"
        raise NoAnswerError(reason, unreachable=True) from error
    except known.LocationValueError as error:
        raise NoAnswerError(_NO_URL) from error
    except known.ReadTimeoutError as error:
        reason = f"was silent for {patience.silence:g} s"
        raise NoAnswerError(reason, passing=True) from error
    except known.SSLError as error:
        raise NoAnswerError(_insecure(error), unreachable=True) from error
    except known.ProxyError as error:
        reason = f"is behind a proxy that fails: {_cause(error)}"
        raise NoAnswerError(reason, unreachable=True) from error
    except (known.HTTPError, HTTPException, OSError) as error:
        raise NoAnswerError("broke the connection", passing=True) from error


def _number(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else None


def _insecure(error: BaseException) -> str:
    import ssl

    inner = _innermost(error)
    if isinstance(inner, ssl.SSLCertVerificationError):
        return f"has a certificate that is not trusted: {inner.verify_message}"
    reason = (inner.reason if isinstance(inner, ssl.SSLError) else None) or "it speaks no TLS"
    return f"gives no secure connection: {reason.lower().replace('_', ' ')}"


def _cause(error: BaseException) -> str:
    """What the system said, of all that was wrapped around it."""
    inner = _innermost(error)
    said = inner.strerror if isinstance(inner, OSError) else None
    return (said or str(inner)).lower()


def _innermost(error: BaseException) -> BaseException:
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return error
