"""A language client as small as one can be: messages over a real server's pipes."""

import json
import subprocess
import sys
import threading
import time
from typing import Any, Self

COMMAND = "from envc.commands import lsp; raise SystemExit(lsp.run(lsp.argparse.Namespace()))"


class Client:
    def __init__(self) -> None:
        command = [sys.executable, "-c", COMMAND]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.deadline = threading.Timer(20, self.process.kill)
        self.deadline.start()
        self.texts: dict[str, str] = {}
        self.number = 0
        self.told: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        capabilities = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
        params = {"processId": None, "rootUri": None, "capabilities": capabilities}
        self.offered = self.ask("initialize", params)["capabilities"]
        self.tell("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.code = self.process.wait(timeout=20)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.deadline.cancel()
        self.process.stdin.close()
        self.process.stdout.close()

    def tell(self, method: str, params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        answer = self.answer(method, params)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def answer(self, method: str, params: Any) -> dict[str, Any]:
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}
        self._send(message)
        while True:
            message = self._receive()
            if message.get("id") == self.number:
                return message
            self.told.append(message)

    def open(self, uri: str, text: str) -> list[Any]:
        self.texts[uri] = text
        document = {"uri": uri, "languageId": "envc", "version": 0, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(uri)

    def change(self, uri: str, version: int, text: str) -> None:
        """The server asks for whole texts."""
        self.texts[uri] = text
        params = {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"text": text}],
        }
        self.tell("textDocument/didChange", params)

    def diagnostics(self, uri: str, version: int = 0) -> list[Any]:
        """What the server says of that state of the text, however long it takes."""
        while True:
            for message in self.told:
                params = message.get("params", {})
                if params.get("uri") == uri and params.get("version", 0) >= version:
                    self.told.remove(message)
                    return list(params["diagnostics"])
            self.told.append(self._receive())

    def timed_change(self, uri: str, version: int, text: str) -> float:
        """Seconds from sending a change to having its diagnostics."""
        start = time.perf_counter()
        self.change(uri, version, text)
        self.diagnostics(uri, version)
        return time.perf_counter() - start

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        assert size, "the server has ended"
        received: dict[str, Any] = json.loads(self.process.stdout.read(size))
        return received
