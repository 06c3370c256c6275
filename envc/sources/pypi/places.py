"""Where the world finds a file of the public index, whichever mirror it came from."""

from hashlib import blake2b
from urllib.parse import quote, urlsplit

FILES = "https://files.pythonhosted.org"


def lasting(url: str, name: str, path: str) -> str:
    """For the file that lies at `path`; the address itself where no mirror of PyPI gave it.

    PyPI puts a file below its own BLAKE2 digest, and its mirrors keep that: what lies there is
    that file, so that a lock need not name the mirror.
    """
    digest = blake2b(digest_size=32)
    with open(path, "rb") as opened:
        while data := opened.read(1 << 20):
            digest.update(data)
    digits = digest.hexdigest()
    below = f"/packages/{digits[:2]}/{digits[2:4]}/{digits[4:]}/{quote(name)}"
    return f"{FILES}{below}" if urlsplit(url).path.endswith(below) else url
