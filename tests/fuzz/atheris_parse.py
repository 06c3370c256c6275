"""A target for atheris: `python tests/fuzz/atheris_parse.py [CORPUS]`."""

import sys

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

with atheris.instrument_imports(include=["envc.syntax"]):
    from envc.source import Source
    from envc.syntax.layout import layout
    from envc.syntax.parser import parse


def read(content: bytes) -> None:
    source = Source("a.envc", content.decode("utf-8", "ignore"))
    parsed = parse(source)
    for diagnostic in parsed.diagnostics:
        for span in (each.span for part in (diagnostic.labels, diagnostic.fix) for each in part):
            assert 0 <= span.start <= span.end <= len(source.text)
    if not parsed.diagnostics:
        once = layout(parsed.file)
        assert layout(parse(Source("a.envc", once)).file) == once


atheris.Setup(sys.argv, read)
atheris.Fuzz()
