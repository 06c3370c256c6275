"""One mistake is told once: what follows from it is not told too."""

import pytest

from envc.check import check_source
from envc.source import Source

APP = """envc 1

app heat2d@1.4.0 {{
  source  dir "."
  variant gpu = none | cuda  default none
  {}
}}
"""

MISTAKES = [
    ("matrix {\n    gpu  none, cuda\n    skip when gpuu is cuda\n  }", ["E0209"]),
    ("needs hdf6@9: +mpii", ["E0301"]),
    ('build shell {\n    run "a > b"\n  }', ["E0218"]),
    ('run demo {\n    comand "heat2d"\n    command "heat2d"\n  }', ["E0204"]),
    ("run demo {\n    command heat2d\n  }", ["E0205"]),
    ("env {\n    A 1 on zen99..zen4\n    A 2 on zen4\n  }", ["E0250"]),
    ("env {\n    A\n  }", ["E0102"]),
    ('conflict "no" when gpu is cudaa', ["E0210"]),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "codes"), MISTAKES)
def test_a_mistake_is_told_once(statement: str, codes: list[str]) -> None:
    checked = check_source(Source("heat2d.envc", APP.format(statement)))
    assert [each.rule.code for each in checked.diagnostics] == codes
