"""Asks one registry about one repository: who asks, how often, and how far a redirect may lead.

A login or token goes to the registry and to the server of tokens that it names, over https, and to
nobody else. Plain http is for registries on this machine.
"""

import json
import re
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode, urljoin, urlsplit

from envc.facts.problem import Problem
from envc.registry.credentials import Login, login
from envc.registry.reference import HUB, Reference
from envc.registry.trouble import RegistryError
from envc.store.web import NoAnswerError, Patience, Web, in_words

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_HUB_SERVER = "registry-1.docker.io"
"""What answers for docker.io, which is a web page."""
_REDIRECTS = (301, 302, 303, 307, 308)
_PASSING = (408, 425, 429, 500, 502, 503, 504)
_LONGEST_PAUSE = 60.0
"""Seconds that a registry may ask to wait for."""
_TOKEN_LARGEST = 1 << 16
_TOKEN = re.compile(r"[\x21-\x7e]+")
_FACTS = re.compile(r'(\w+)="([^"]*)"')


class Session:
    def __init__(
        self,
        reference: Reference,
        environ: Mapping[str, str],
        web: Web,
        *,
        pushing: bool = False,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.reference = reference
        self.patience = web.patience
        self.base = f"{server(reference.host)}/v2/{reference.repository}/"
        self._scope = f"repository:{reference.repository}:pull{',push' * pushing}"
        self._environ = environ
        self._web = web
        self.wait = wait
        self._login: Login | None = None
        self._authorization = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._web.close()

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> "BaseHTTPResponse":
        """`path` is within the repository, or whole; the answer's body is still to be read."""
        for tried in range(self.patience.tries):
            pause = self.patience.pause * 2**tried
            try:
                response = self.once(method, path, headers, body)
            except NoAnswerError as error:
                reason = error.reason
                if not error.passing:
                    break
            else:
                if response.status not in _PASSING:
                    return response
                reason = _answered(response)
                pause = self._pause(response, pause)
                response.close()
            if tried + 1 < self.patience.tries:
                self.wait(pause)
        raise RegistryError(self.problem(reason))

    def once(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> "BaseHTTPResponse":
        """For what must not be said twice; NoAnswerError where nothing comes back."""
        url = urljoin(self.base, path)
        response, is_registry = self._led(method, url, headers or {}, body)
        if response.status != 401 or not is_registry:
            return response
        self._authorize(response)
        return self._led(method, url, headers or {}, body)[0]

    def problem(self, reason: str, help_: str = "") -> Problem:
        return Problem(f"{self.reference.host} {reason}", help_)

    def refused(self, response: "BaseHTTPResponse") -> Problem:
        """Why an answer is none, as far as its number says it."""
        response.close()
        name, host = self.reference, self.reference.host
        log_in = f"log in with `podman login {host}` or `docker login {host}`"
        match response.status:
            case 401 | 403 if self._login is not None:
                file = self._login.file
                return self.problem(f"refuses {name} to the login in `{file}`", log_in)
            case 401 | 403:
                message = f"hands {name} to nobody without a login, or there is no such image"
                return self.problem(message, f"check the name, or {log_in}")
            case 404:
                return self.problem(f"has no {name}", "check its name and its tag or digest")
            case _:
                return self.problem(_answered(response))

    def _led(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> "tuple[BaseHTTPResponse, bool]":
        """The answer that leads nowhere else, and whether it is the registry's own."""
        for _ in range(self.patience.redirects + 1):
            response = self._send(method, url, headers, body)
            place = response.headers.get("Location", "")
            if method not in ("GET", "HEAD") or response.status not in _REDIRECTS or not place:
                return response, _origin(url) == _origin(self.base)
            response.close()
            url = self.next(url, place)
        raise RegistryError(self.problem("sends from one place to the next without end"))

    def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None
    ) -> "BaseHTTPResponse":
        from urllib3 import Timeout

        from envc import __version__

        own = {"User-Agent": f"envc/{__version__}", "Accept-Encoding": "identity"}
        if self._authorization and _origin(url) == _origin(self.base):
            own["Authorization"] = self._authorization
        patience = self.patience
        with in_words(patience):
            return self._web.pool(url).request(
                method,
                url,
                headers={**own, **headers},
                body=body,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=False,
                timeout=Timeout(connect=patience.connect, read=patience.silence),
            )

    def next(self, url: str, place: str) -> str:
        """Where a registry sends to, if it may."""
        led = urljoin(url, place)
        if _is_safe(led) and (is_loopback(led) <= is_loopback(self.base)):
            return led
        scheme, host = urlsplit(led)[:2]
        raise RegistryError(self.problem(f"sends to {scheme}://{host}, where envc does not follow"))

    def _pause(self, response: "BaseHTTPResponse", otherwise: float) -> float:
        said = response.headers.get("Retry-After", "")
        if not said.isascii() or not said.isdigit():
            return otherwise
        if len(said) > 9 or float(said) > _LONGEST_PAUSE:
            response.close()
            message = f"answers with status {response.status} and to wait {said[:20]} seconds"
            raise RegistryError(self.problem(message, "try again then, or log in to be given more"))
        return float(said)

    # ---- who asks --------------------------------------------------------------------------------

    def _authorize(self, response: "BaseHTTPResponse") -> None:
        challenge = ", ".join(response.headers.getlist("WWW-Authenticate"))
        response.close()
        found = login(self.reference, self._environ)
        if isinstance(found, Problem):
            raise RegistryError(found)
        self._login = found
        if re.search(r"\bBearer\b", challenge, re.IGNORECASE):
            self._authorization = f"Bearer {self._token(dict(_FACTS.findall(challenge)))}"
        elif found is not None:
            self._authorization = found.header

    def _token(self, facts: Mapping[str, str]) -> str:
        realm = facts.get("realm", "")
        if not _is_safe(realm) or is_loopback(realm) > is_loopback(self.base):
            raise RegistryError(self.problem(f"asks for a token of `{realm}`, which is not https"))
        # Asked for what is needed, whatever more the registry would have.
        service = {"service": facts["service"]} if "service" in facts else {}
        query = urlencode({**service, "scope": self._scope})
        joint = "&" if urlsplit(realm).query else "?"
        headers = {"Authorization": self._login.header} if self._login else {}
        response, _ = self._led("GET", f"{realm}{joint}{query}", headers, None)
        if response.status != 200:
            raise RegistryError(self.refused(response))
        data = body(response, _TOKEN_LARGEST, self.patience)
        try:
            said = json.loads(data)
            token = said.get("token") or said.get("access_token")
        except (ValueError, AttributeError):
            token = None
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise RegistryError(self.problem("gives a token that is none"))
        return token


def body(response: "BaseHTTPResponse", most: int, patience: Patience) -> bytes:
    """No more of it than one byte beyond what is allowed."""
    try:
        with in_words(patience):
            data: bytes = response.read(most + 1, decode_content=False)
    finally:
        response.close()
    return data


def server(host: str) -> str:
    """Where a registry answers: over https, unless it is on this machine."""
    scheme = "http" if is_loopback(f"//{host}") else "https"
    return f"{scheme}://{_HUB_SERVER if host == HUB else host}"


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_safe(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url))


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _answered(response: "BaseHTTPResponse") -> str:
    return f"answers with status {response.status}"
