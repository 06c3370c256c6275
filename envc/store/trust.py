"""Which certificates are trusted: those that the user's environment names, or the system's."""

import os
import ssl
from collections.abc import Mapping

VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""The first that is set holds. Clusters set one of them, and it is not always the same."""
_USUAL = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Guix
    "/etc/pki/tls/certs/ca-bundle.crt",  # Red Hat
    "/etc/ssl/ca-bundle.pem",  # SUSE
)
"""For a Python that was built elsewhere and looks where this system has nothing."""


class NotTrustedError(Exception):
    """A variable names certificates that are not there."""


def context(environ: Mapping[str, str]) -> ssl.SSLContext:
    variable = next((name for name in VARIABLES if environ.get(name)), None)
    path = environ[variable] if variable is not None else _of_system()
    if path is None:
        return ssl.create_default_context()
    try:
        if os.path.isdir(path):
            return ssl.create_default_context(capath=path)
        return ssl.create_default_context(cafile=path)
    except OSError as error:
        raise NotTrustedError(
            f"`{variable}` names `{path}`, which holds no certificates"
        ) from error


def _of_system() -> str | None:
    known = ssl.get_default_verify_paths()
    if known.cafile is not None or known.capath is not None:
        return None
    return next(filter(os.path.isfile, _USUAL), None)
