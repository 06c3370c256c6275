"""URLs as they are shown, and the names and passwords that some hold."""

import re
from base64 import b64encode
from urllib.parse import unquote, urlsplit, urlunsplit

_LOGIN = re.compile(r"^([^/?#]*//)[^/?#]*@")
_SERVER = re.compile(r"[^/?#]*//[^/?#]*")


def shown(url: str) -> str:
    """For people and logs: without the name and the password, even of what is no URL."""
    return _LOGIN.sub(r"\1", url)


def server(url: str) -> str:
    """What answers for a URL: scheme, host and port."""
    found = _SERVER.match(shown(url))
    return found[0] if found else ""


def without_login(url: str) -> tuple[str, str | None]:
    """The URL alone, and what an `Authorization` header says of its `user:password@`."""
    parts = urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, None
    code = b64encode(unquote(login).encode()).decode()
    return urlunsplit(parts._replace(netloc=host)), f"Basic {code}"
