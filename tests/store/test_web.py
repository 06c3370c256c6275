"""How servers are asked: redirects, logins, proxies and certificates."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from urllib.parse import urlsplit

import pytest

from envc.facts.problem import Problem
from envc.store.download import Downloaded, download
from envc.store.urls import server as server_of
from envc.store.urls import shown
from tests.store.conftest import QUICK, Handler, Request, Server, in_turn, plainly, serving, status

DATA = b"heat\n"


def got(*urls: str) -> bytes:
    found = download(urls, limit=1000, patience=QUICK)
    assert isinstance(found, Downloaded), found
    return found.data


def problem(*urls: str) -> str:
    found = download(urls, limit=1000, patience=QUICK)
    assert isinstance(found, Problem)
    return found.message


def to(url: str, code: int = 302) -> Handler:
    return status(code, Location=url)


# ---- downloads -----------------------------------------------------------------------------------


def test_the_first_place_that_has_it_is_named(server: Server) -> None:
    urls = (server.base + "/none", server.serve("/heat", DATA))
    assert download(urls, limit=5, patience=QUICK) == Downloaded(DATA, urls[1])


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "heat").write_bytes(DATA)
    assert got(f"file://{tmp_path}/heat") == DATA


def test_no_more_is_read_than_is_allowed(server: Server, tmp_path: Path) -> None:
    (tmp_path / "long").write_bytes(b"x" * 1001)
    url = server.serve("/long", b"x" * 1001)
    assert problem(url) == f"{url} sends more than 1000 bytes"
    assert problem(f"file://{tmp_path}/long").endswith("/long sends more than 1000 bytes")


def test_what_breaks_is_asked_for_again(server: Server) -> None:
    def breaks(request: Request) -> None:
        request.send(200, b"he", Content_Length="5")
        request.hang_up()

    assert got(server.serve("/heat", in_turn(breaks, plainly(DATA)))) == DATA
    url = server.serve("/broken", breaks)
    assert problem(url) == f"{url} broke the connection"
    assert len(server.asked) == 2 + QUICK.tries


def test_what_was_packed_on_the_way_is_refused(server: Server) -> None:
    packing = lambda request: request.send(200, DATA, Content_Encoding="gzip")  # noqa: E731
    url = server.serve("/InRelease", packing)
    assert problem(url) == f"{url} packed it as gzip, though it was asked not to"
    assert got(server.serve("/Packages.gz", packing)) == DATA


def test_without_a_place_there_is_nothing() -> None:
    assert problem() == "no place is known to ask"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://[", "is no URL of http, https or file"),
        ("http://127.0.0.1:99999/", "is no URL of http, https or file"),
        ("ftp://127.0.0.1/", "is no URL of http, https or file"),
        ("http:///heat", "is no URL of http, https or file"),
        ("", "is no URL of http, https or file"),
        ("file://elsewhere/heat", "names a file of elsewhere, and only this machine's can be read"),
        ("file:///nowhere/heat", "cannot be read: no such file or directory"),
        ("file:///", "cannot be read: not a plain file"),
        ("http://127.0.0.1:9/", "took no connection: connection refused"),
        ("http://nowhere.invalid/", "has a name that is not known"),
    ],
)
def test_what_is_no_place_is_told(url: str, reason: str) -> None:
    assert problem(url) == f"{url} {reason}"


# ---- redirects -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_followed(server: Server, code: int) -> None:
    server.serve("/there/heat", DATA)
    assert got(server.serve("/here", to("there/heat", code))) == DATA


def test_redirects_end(server: Server) -> None:
    url = server.serve("/round", to("/round"))
    assert problem(url) == f"{url} sends on to another place more than 4 times"
    assert len(server.asked) == QUICK.redirects + 1


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/"])
def test_redirects_lead_to_the_web_alone(server: Server, target: str) -> None:
    url = server.serve("/here", to(target))
    scheme = target.partition(":")[0]
    assert problem(url) == f"{url} sends on from http to {scheme}, which is not followed"


def test_redirects_to_nothing_are_told(server: Server) -> None:
    url = server.serve("/here", to("http://["))
    assert problem(url) == f"{url} sends on to what is no URL"


# ---- logins --------------------------------------------------------------------------------------


def test_a_login_is_sent_and_not_shown(server: Server) -> None:
    url = server.serve("/heat", DATA).replace("//", "//me:p%40ss@")
    assert got(url) == DATA
    assert server.asked[0].headers["Authorization"] == "Basic bWU6cEBzcw=="
    assert problem(url + "x") == f"{server.base}/heatx answers 404 Not Found"


def test_a_login_does_not_follow_to_another_server(server: Server) -> None:
    with serving() as other:
        url = server.serve("/here", to(other.serve("/heat", DATA))).replace("//", "//me:pass@")
        assert got(url) == DATA
        assert "Authorization" not in other.asked[0].headers


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://me:pass@host/a@b", "https://host/a@b"),
        ("https://me@host", "https://host"),
        ("http://me:pa@ss@[bad", "http://[bad"),
        ("https://host/a", "https://host/a"),
        ("file:///a//b@c", "file:///a//b@c"),
    ],
)
def test_what_is_shown_of_a_url(url: str, said: str) -> None:
    assert shown(url) == said
    assert "pass" not in server_of(url)


# ---- proxies -------------------------------------------------------------------------------------


def proxied(request: Request) -> None:
    request.send(200, urlsplit(request.path).netloc.encode())


def test_a_proxy_is_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.serve("http://heat.invalid/heat", proxied)
    monkeypatch.setenv("http_proxy", server.base.replace("//", "//me:pass@"))
    assert got("http://heat.invalid/heat") == b"heat.invalid"
    assert server.asked[0].headers["Proxy-Authorization"] == "Basic bWU6cGFzcw=="


def test_no_proxy_is_asked_for_what_needs_none(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "localhost,127.0.0.1")
    assert got(server.serve("/heat", DATA)) == DATA


def test_https_goes_through_the_proxy_unread(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", server.base)
    assert "is behind a proxy that fails" in problem("https://heat.invalid/heat")


def test_a_proxy_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://me:pass@127.0.0.1:9")
    assert problem("http://heat.invalid/") == (
        "http://heat.invalid/ was not asked: the proxy `socks5://127.0.0.1:9` is no URL of http or "
        "https"
    )


# ---- certificates --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and the certificate of 127.0.0.1 that it signs itself, in one file."""
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", path),
        ],
        check=True,
        capture_output=True,
    )
    return path


@pytest.fixture
def secure(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as started:
        yield started


@pytest.mark.tool("openssl")
@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_the_named_certificates_are_trusted(
    secure: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(certificate))
    assert got(secure.serve("/heat", DATA)) == DATA


@pytest.mark.tool("openssl")
def test_no_other_certificate_is_trusted(secure: Server) -> None:
    url = secure.serve("/heat", DATA)
    assert problem(url) == (f"{url} has a certificate that is not trusted: self-signed certificate")
    assert secure.asked == []


def test_who_speaks_no_tls_is_told(server: Server) -> None:
    url = server.base.replace("http:", "https:")
    assert problem(url) == f"{url} gives no secure connection: wrong version number"


@pytest.mark.tool("openssl")
def test_https_does_not_lead_to_http(
    secure: Server, server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    url = secure.serve("/here", to(server.serve("/heat", DATA)))
    assert problem(url) == f"{url} sends on from https to http, which is not followed"
    assert server.asked == []


@pytest.mark.tool("openssl")
def test_http_leads_to_https(
    secure: Server, server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert got(server.serve("/here", to(secure.serve("/heat", DATA)))) == DATA


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "SSL_CERT_DIR"])
def test_certificates_that_are_not_there_are_told(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "/nowhere/ca.pem")
    assert problem("https://127.0.0.1:9/") == (
        f"https://127.0.0.1:9/ was not asked: `{variable}` names `/nowhere/ca.pem`, which holds no "
        "certificates"
    )
