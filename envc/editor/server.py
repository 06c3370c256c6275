"""`envc lsp`: the language server. It only carries: every answer comes from a pure function."""

import asyncio
import gc
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlparse

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from envc import __version__, library
from envc.check import Checked, check_source
from envc.diagnostics.model import Diagnostic
from envc.editor import answers, completion, hover, navigation, quickfix, symbols
from envc.editor.document import Document, offset
from envc.editor.offers import Known
from envc.reading import Read
from envc.source import Source, Span
from envc.syntax.layout import layout

DELAY = 0.002
"""Seconds to wait for the next keystroke: a burst is checked once."""
PAUSE = 1.0
"""Seconds without a keystroke after which what checks left behind is collected."""


_At = lsp.CompletionParams | lsp.HoverParams | lsp.DefinitionParams | lsp.ReferenceParams


class RenameRefusedError(JsonRpcException):
    CODE = lsp.LSPErrorCodes.RequestFailed.value
    MESSAGE = "cannot be renamed"


class Server(LanguageServer):
    """Keeps the last check of each open file, and the texts that are not saved yet."""

    def __init__(self) -> None:
        # Whole texts: pygls puts changes in at lines that end where no editor's do, at U+2028 …
        super().__init__("envc", __version__, lsp.TextDocumentSyncKind.Full)
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int | None] = {}
        self.documents: dict[str, Document] = {}
        self.checks: dict[str, Checked] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}
        self.tidying: asyncio.TimerHandle | None = None

    def document(self, uri: str) -> Document:
        """The text as it is now, read anew only where it has changed."""
        text = self.texts.get(uri, "")
        known = self.documents.get(uri)
        if known is None or known.text != text:
            known = self.documents[uri] = Document(Source(path_of(uri), text))
        return known

    def checked(self, uri: str) -> Checked:
        document = self.document(uri)
        known = self.checks.get(uri)
        if known is None or known.file.source is not document.source:
            find = Unsaved(self.documents)
            known = self.checks[uri] = check_source(document.source, find=find)
            document.adopt(known.file)
        return known

    def known(self, uri: str) -> Known:
        document, checked = self.document(uri), self.checked(uri)
        uses = tuple(sorted(set(library.Beside().known(document.source))))
        return Known(document.file, checked.spec, library.standard(), uses)

    def diagnostics(self, uri: str) -> Sequence[Diagnostic]:
        return self.checked(uri).diagnostics

    def check_soon(self, uri: str) -> None:
        if (waiting := self.waiting.pop(uri, None)) is not None:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        self.waiting[uri] = loop.call_later(DELAY, self.publish, uri)

    def publish(self, uri: str) -> None:
        self.waiting.pop(uri, None)
        try:
            found = answers.diagnostics(self.document(uri).source, self.diagnostics(uri))
        except Exception as bug:  # noqa: BLE001 - silence would look like a spec without mistakes
            said = f"a bug in envc: this file could not be checked ({bug!r})"
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Error, said))
            found = []
        self.text_document_publish_diagnostics(
            lsp.PublishDiagnosticsParams(uri, found, version=self.versions[uri])
        )
        self._tidy_later()

    def _tidy_later(self) -> None:
        if self.tidying is not None:
            self.tidying.cancel()
        self.tidying = asyncio.get_running_loop().call_later(PAUSE, gc.collect)

    def forget(self, uri: str) -> None:
        if (waiting := self.waiting.pop(uri, None)) is not None:
            waiting.cancel()
        for kept in (self.texts, self.versions, self.documents, self.checks):
            kept.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))


class Unsaved(library.Beside):
    """Finds what `use` names as the editor shows it, saved or not."""

    def __init__(self, documents: dict[str, Document]) -> None:
        self.open = {each.source.name: each.source for each in documents.values()}

    def __call__(self, path: str, said_in: Source) -> Read | None:
        beside = str(Path(said_in.name).parent / (path + library.SUFFIX))
        if beside in self.open:
            return Read(self.open[beside])
        return super().__call__(path, said_in)


def path_of(uri: str) -> str:
    parsed = urlparse(uri)
    return unquote(parsed.path) if parsed.scheme == "file" else uri


def serve() -> None:
    # A collection in the middle of a check would double its time: they wait for a pause.
    gc.freeze()
    gc.disable()
    server().start_io()


def server() -> Server:
    made = Server()
    _add_synchronisation(made)
    _add_questions(made)
    _add_changes(made)
    return made


# ---- what the editor tells -----------------------------------------------------------------------


def _add_synchronisation(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        server.texts[document.uri] = document.text
        server.versions[document.uri] = document.version
        server.publish(document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        server.texts[document.uri] = params.content_changes[-1].text
        server.versions[document.uri] = document.version
        server.check_soon(document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        del params
        server.checks.clear()  # other open files may take this one in
        for uri in list(server.documents):
            server.check_soon(uri)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        server.forget(params.text_document.uri)


# ---- what it asks --------------------------------------------------------------------------------


def _add_questions(server: Server) -> None:
    def at(params: _At) -> tuple[Document, int]:
        document = server.document(params.text_document.uri)
        place = params.position
        return document, offset(document.source, place.line, place.character)

    characters = lsp.CompletionOptions(trigger_characters=["@", "+", "~", "="])

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, characters)
    def complete(params: lsp.CompletionParams) -> lsp.CompletionList:
        document, place = at(params)
        offer = completion.complete(document, place, server.known(params.text_document.uri))
        return answers.completion(document.source, offer, place)

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        document, place = at(params)
        found = hover.hover(document, place, server.known(params.text_document.uri))
        return answers.hover(document.source, found) if found is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_DEFINITION)
    def define(params: lsp.DefinitionParams) -> lsp.Location | None:
        document, place = at(params)
        spec = server.checked(params.text_document.uri).spec
        find = Unsaved(server.documents)
        found = navigation.definition(document, place, spec, library.standard(), find)
        return answers.location(found.source, found.span) if found is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_REFERENCES)
    def refer(params: lsp.ReferenceParams) -> list[lsp.Location]:
        document, place = at(params)
        return [
            answers.location(document.source, each.span)
            for each in navigation.references_at(document, place)
            if params.context.include_declaration or not each.declares
        ]

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def outline(params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
        document = server.document(params.text_document.uri)
        return [answers.symbol(document.source, each) for each in symbols.symbols(document.file)]


# ---- what it lets be changed ---------------------------------------------------------------------


def _add_changes(server: Server) -> None:
    @server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: lsp.PrepareRenameParams) -> lsp.Range | None:
        document = server.document(params.text_document.uri)
        place = offset(document.source, params.position.line, params.position.character)
        span = navigation.renameable(document, place)
        return answers.range_of(document.source, span) if span is not None else None

    @server.feature(lsp.TEXT_DOCUMENT_RENAME, lsp.RenameOptions(prepare_provider=True))
    def rename(params: lsp.RenameParams) -> lsp.WorkspaceEdit:
        uri = params.text_document.uri
        document = server.document(uri)
        place = offset(document.source, params.position.line, params.position.character)
        found = navigation.rename(document, place, params.new_name)
        if isinstance(found, navigation.Refusal):
            raise RenameRefusedError(found.why)
        edits = [
            lsp.TextEdit(answers.range_of(document.source, span), params.new_name) for span in found
        ]
        return lsp.WorkspaceEdit(changes={uri: edits})

    @server.feature(lsp.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
        document = server.document(params.text_document.uri)
        if document.file.broken:
            return []  # a file that is not understood is not touched
        return answers.rewritten(document.source, layout(document.file))

    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix])

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)
    def mend(params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        uri = params.text_document.uri
        source = server.document(uri).source
        start, end = (
            offset(source, each.line, each.character)
            for each in (params.range.start, params.range.end)
        )
        found = quickfix.fixes(source, server.diagnostics(uri), Span(start, end))
        return [answers.action(source, uri, each) for each in found]
