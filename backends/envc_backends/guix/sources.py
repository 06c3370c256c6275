"""Where a package's code comes from, by the same hashes as in the lock."""

import re

from envc.plan.model import Input, Recipe
from envc.quoting.scheme import Symbol
from envc.sources.nar import nix_base32
from envc_backends.guix.forms import form, listed
from envc_backends.guix.layout import Node

INPUTS = "inputs"
"""The folder beside the recipes that holds what is not fetched."""

CHECKED: Node = form(
    "define",
    (Symbol("checked"), Symbol("file"), Symbol("hash")),
    "The FILE, which has to have this SHA-256.",
    form(
        "let",
        ((Symbol("name"), form("local-file-absolute-file-name", Symbol("file"))),),
        form(
            "unless",
            form("bytevector=?", form("file-sha256", Symbol("name")), Symbol("hash")),
            form("leave", form("G_", "~a: not the file that is locked~%"), Symbol("name")),
        ),
        Symbol("file"),
    ),
)


def source(code: Input) -> Node:
    match code.kind:
        case "git":
            return _repository(code)
        case "dir":
            return beside(code)
        case _:
            return _archive(code)


def beside(code: Input) -> Node:
    """A file of the inputs."""
    name = _name(code.file)
    called = (name,) if name != code.file else ()
    file = form("local-file", f"{INPUTS}/{code.file}", *called)
    return form("checked", file, _base32(code.sha256))


def is_beside(recipe: Recipe) -> bool:
    code = recipe.source
    return bool(recipe.patches) or (code is not None and code.kind == "dir")


def _repository(code: Input) -> Node:
    """Guix asks Software Heritage where the repository is gone: it knows folders by this hash."""
    within = (form("recursive?", True),) if code.modules else ()
    where = (form("url", code.urls[0]), form("commit", code.commit))
    reference = form("git-reference", *where, *within)
    return form(
        "origin",
        form("method", Symbol("git-fetch")),
        form("uri", reference),
        form("file-name", form("git-file-name", Symbol("name"), Symbol("version"))),
        form("sha256", _base32(code.nar)),
    )


def _archive(code: Input) -> Node:
    return form(
        "origin",
        form("method", Symbol("url-fetch")),
        form("uri", code.urls[0] if len(code.urls) == 1 else listed(code.urls)),
        form("file-name", _name(code.file)),
        form("sha256", _base32(code.sha256)),
    )


def _name(file: str) -> str:
    """In Guix' store, where names have few letters and begin with no dot."""
    return re.sub("[^A-Za-z0-9+._?=-]", "-", file).lstrip(".") or "source"


def _base32(digits: str) -> Node:
    return form("base32", nix_base32(bytes.fromhex(digits.removeprefix("sha256:"))))
