"""A git repository as Guix fetches it: with its submodules where it has some."""

from dataclasses import replace

import pytest

from envc.plan.model import Input
from envc_backends.guix.layout import laid_out
from envc_backends.guix.sources import source

PLAIN = Input(
    *("roots.tar", "1" * 64, 9, "git", ("https://example.org/roots.git",)),
    commit="5fd81649833fb3f532104a4e4d6649cb4062a4c5",
    nar="2" * 64,
)


@pytest.mark.parametrize("modules", [(), ("lib/inner 5fd81649833fb3f532104a4e4d6649cb4062a4c5",)])
def test_submodules_are_asked_for_where_there_are_some(modules: tuple[str, ...]) -> None:
    text = laid_out([source(replace(PLAIN, modules=modules))])
    assert ("(recursive? #t)" in text) == bool(modules)
    assert text.count("(") == text.count(")")
