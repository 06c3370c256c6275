"""envc's values as the protocol's: the only place that counts in UTF-16."""

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types as lsp

from envc import library
from envc.diagnostics.model import Diagnostic, Label, Severity
from envc.editor.completion import Offer
from envc.editor.document import position
from envc.editor.hover import Hover
from envc.editor.offers import MOST_OFFERED, Look
from envc.editor.quickfix import Fix
from envc.editor.symbols import Symbol
from envc.source import Source, Span

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}
_LOOKS: dict[Look, lsp.CompletionItemKind] = {
    "keyword": lsp.CompletionItemKind.Keyword,
    "key": lsp.CompletionItemKind.Property,
    "value": lsp.CompletionItemKind.Value,
    "variant": lsp.CompletionItemKind.EnumMember,
    "package": lsp.CompletionItemKind.Module,
    "target": lsp.CompletionItemKind.Constant,
    "name": lsp.CompletionItemKind.Reference,
    "unit": lsp.CompletionItemKind.Unit,
}
_SYMBOLS = {
    "app": lsp.SymbolKind.Class,
    "package": lsp.SymbolKind.Package,
    "toolchain": lsp.SymbolKind.Constructor,
    "targets": lsp.SymbolKind.Array,
    "site": lsp.SymbolKind.Namespace,
    "campaign": lsp.SymbolKind.Event,
    "variant": lsp.SymbolKind.Enum,
    "run": lsp.SymbolKind.Function,
    "partition": lsp.SymbolKind.Struct,
    "provider": lsp.SymbolKind.Interface,
}


def uri_of(source: Source) -> str:
    name = library.path_on_disk(source)
    return name if "://" in name else Path(name).absolute().as_uri()


def range_of(source: Source, span: Span) -> lsp.Range:
    start, end = position(source, span.start), position(source, span.end)
    return lsp.Range(lsp.Position(*start), lsp.Position(*end))


def location(source: Source, span: Span) -> lsp.Location:
    return lsp.Location(uri_of(source), range_of(source, span))


def diagnostics(source: Source, found: Iterable[Diagnostic]) -> list[lsp.Diagnostic]:
    """What is wrong with another file is shown where that file is open, or taken in."""
    return [_diagnostic(source, each) for each in found if each.place.source.name == source.name]


def _diagnostic(source: Source, diagnostic: Diagnostic) -> lsp.Diagnostic:
    said = [diagnostic.message]
    if diagnostic.place.text:
        said.append(diagnostic.place.text)
    said += diagnostic.notes
    if diagnostic.help:
        said.append(f"help: {diagnostic.help}")
    return lsp.Diagnostic(
        range_of(source, diagnostic.place.span),
        "\n".join(said),
        severity=_SEVERITIES[diagnostic.rule.severity],
        code=diagnostic.rule.code,
        source="envc",
        related_information=[_related(label) for label in diagnostic.labels[1:]] or None,
    )


def _related(label: Label) -> lsp.DiagnosticRelatedInformation:
    return lsp.DiagnosticRelatedInformation(location(label.source, label.span), label.text)


def completion(source: Source, offer: Offer, at: int) -> lsp.CompletionList:
    replaced = range_of(source, Span(offer.start, at))
    items = [
        lsp.CompletionItem(
            item.text,
            kind=_LOOKS[item.look],
            detail=item.about or None,
            text_edit=lsp.TextEdit(replaced, item.text),
            filter_text=item.text,
        )
        for item in offer.items
    ]
    return lsp.CompletionList(is_incomplete=len(items) >= MOST_OFFERED, items=items)


def hover(source: Source, found: Hover) -> lsp.Hover:
    text = lsp.MarkupContent(lsp.MarkupKind.Markdown, found.text)
    return lsp.Hover(text, range_of(source, found.span))


def symbol(source: Source, each: Symbol) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        each.name,
        _SYMBOLS[each.detail],
        range_of(source, each.whole),
        range_of(source, each.own),
        detail=each.detail,
        children=[symbol(source, below) for below in each.below],
    )


def rewritten(source: Source, text: str) -> list[lsp.TextEdit]:
    """Only the lines between the first and the last that differ, so that the cursor stays."""
    if text == source.text:
        return []
    old, new = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    span = Span(sum(map(len, old[:same])), len(source.text) - sum(map(len, old[len(old) - tail :])))
    return [lsp.TextEdit(range_of(source, span), "".join(new[same : len(new) - tail]))]


def action(source: Source, uri: str, fix: Fix) -> lsp.CodeAction:
    edits = [lsp.TextEdit(range_of(source, edit.span), edit.text) for edit in fix.edits]
    return lsp.CodeAction(
        fix.title,
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(source, fix.diagnostic)],
        edit=lsp.WorkspaceEdit(changes={uri: list(edits)}),
        is_preferred=True,
    )
