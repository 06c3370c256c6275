"""Toolchains of an environment: Guix' own, with compilers that get the options of the target.

What only one shell is told reaches no image, and a profile has no place for it. So the compilers
themselves are others: `compilers.scm` makes a package that is Guix' toolchain but for them.
"""

import pkgutil
from collections.abc import Iterator
from dataclasses import replace

from envc.lock.model import LockedItem
from envc.plan import compilers
from envc.plan.model import Compiler, Plan
from envc.quoting.scheme import Symbol
from envc_backends.guix.forms import form, quoted
from envc_backends.guix.layout import Comment, Node
from envc_backends.guix.supply import is_toolchain

FILE = "compilers.scm"
_WITH_OPTIONS, _COMPILERS = Symbol("with-options"), Symbol("compilers")
_SHELL, _PROGRAM = "#!/bin/sh", "/the/compiler/itself"
"""What a script has where only Guix knows the path."""


def are_optioned(plan: Plan) -> bool:
    own = any(each.called for each in plan.compilers)
    return plan.is_environment and own and any(map(is_toolchain, plan.items))


def text() -> str:
    """Of the file beside the manifest."""
    found = pkgutil.get_data(__name__, FILE)  # also out of a zip file
    if found is None:
        raise RuntimeError(f"{FILE} is missing from the installation")
    return found.decode()


def definitions(plan: Plan) -> Iterator[Node]:
    """What `optioned` stands for."""
    own = tuple(_compiler(each) for each in plan.compilers if each.called)
    yield form("define", _WITH_OPTIONS, form("load", FILE))
    yield Comment(f"First the options of {plan.target}; what a build says comes later, and counts.")
    yield form("define", _COMPILERS, quoted(own))


def optioned(package: Node, item: LockedItem) -> Node:
    return (_WITH_OPTIONS, package, _COMPILERS) if is_toolchain(item) else package


def _compiler(compiler: Compiler) -> Node:
    script = compilers.at_work(replace(compiler, program=_PROGRAM))
    return (compiler.called, compiler.program, tuple(_parts(script.removeprefix(_SHELL))))


def _parts(script: str) -> Iterator[Node]:
    yield from ("#!", Symbol("shell"))
    for place, piece in enumerate(script.split(_PROGRAM)):
        if place:
            yield Symbol("program")
        yield piece
