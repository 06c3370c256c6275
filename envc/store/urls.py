"""URLs as they are shown, and the names and passwords that some hold."""

from base64 import b64encode
from urllib.parse import unquote, urlsplit, urlunsplit


def shown(url: str) -> str:
    """For people and logs: without the name and the password."""
    return without_login(url)[0]


def without_login(url: str) -> tuple[str, str | None]:
    """The URL alone, and what an `Authorization` header says of its `user:password@`."""
    parts = urlsplit(url)
    login, at, host = parts.netloc.rpartition("@")
    if not at:
        return url, None
    code = b64encode(unquote(login).encode()).decode()
    return urlunsplit(parts._replace(netloc=host)), f"Basic {code}"


def server(url: str) -> str:
    """What answers for a URL: scheme, host and port."""
    parts = urlsplit(without_login(url)[0])
    return f"{parts.scheme}://{parts.netloc}"
