"""A small client of the yaml-language-server: what an editor asks it, over stdio."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from attrs import define, field

Message: TypeAlias = dict[str, Any]

_PATIENCE = 60.0
"""Seconds to wait for one answer: far more than it takes, so that only a server that hangs fails a test."""


@define
class LanguageServer:
    """A running server, for the folder `root`.

    Each text is opened under a URI of its own, that nothing which is said of an earlier one is taken for
    an answer: below a folder in `root` whose name is a number. No file has to be there.
    """

    _process: subprocess.Popen[bytes]
    _settings: Mapping[str, Any]
    _root: Path
    _inbox: queue.Queue[Message | None] = field(factory=queue.Queue)
    _last_id: int = 0
    _opened: int = 0
    _found: dict[str, list[Message]] = field(factory=dict)

    def diagnostics(self, documents: Mapping[str, str]) -> dict[str, list[Message]]:
        """What the server has to say of each document, by path."""
        uris = {path: self._open(path, text) for path, text in documents.items()}
        while not self._found.keys() >= set(uris.values()):
            self._take(self._next())
        found = {path: self._found[uri] for path, uri in uris.items()}
        for uri in uris.values():
            self._close(uri)
        return found

    def hover(self, path: str, text: str, line: int, column: int) -> str:
        """The Markdown that is shown when the mouse rests on a place; lines and columns count from 0."""
        answer = self._ask_at("hover", path, text, line, column)
        return str(answer["contents"]["value"]) if answer else ""

    def completions(self, path: str, text: str, line: int, column: int) -> dict[str, str]:
        """What can be written at a place: the labels, and what each inserts."""
        answer = self._ask_at("completion", path, text, line, column)
        items = answer["items"] if isinstance(answer, dict) else answer
        return {item["label"]: item["textEdit"]["newText"] for item in items}

    def start(self) -> None:
        """Says hello. Everything that the server asks meanwhile is answered."""
        threading.Thread(target=self._listen, daemon=True).start()
        markdown = {"documentationFormat": ["markdown"], "snippetSupport": True}
        capabilities = {
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": markdown},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
        }
        root = self._root.as_uri()
        folders = [{"uri": root, "name": "course"}]
        hello = {"processId": None, "rootUri": root, "workspaceFolders": folders}
        self._ask("initialize", {**hello, "capabilities": capabilities})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})

    def stop(self) -> None:
        """Says goodbye, and waits for the process to end."""
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.wait(_PATIENCE)

    def _ask_at(self, what: str, path: str, text: str, line: int, column: int) -> Any:
        uri = self._open(path, text)
        place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": column}}
        answer = self._ask(f"textDocument/{what}", place)
        self._close(uri)
        return answer

    def _open(self, path: str, text: str) -> str:
        self._opened += 1
        uri = f"{self._root.as_uri()}/{self._opened}/{path}"
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return uri

    def _close(self, uri: str) -> None:
        self._tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def _ask(self, method: str, params: Any) -> Any:
        self._last_id += 1
        self._send({"id": self._last_id, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self._last_id and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._take(message)

    def _tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _take(self, message: Message) -> None:
        """Keeps what the server tells, and answers what it asks."""
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
            case "workspace/configuration":
                items = message["params"]["items"]
                self._send(
                    {"id": message["id"], "result": [self._settings.get(item["section"]) for item in items]}
                )
            case _ if "id" in message:
                self._send({"id": message["id"], "result": None})

    def _send(self, message: Message) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _next(self) -> Message:
        message = self._inbox.get(timeout=_PATIENCE)
        assert message is not None, "the language server ended"
        return message

    def _listen(self) -> None:
        """Runs in a thread of its own, since a pipe cannot be read with a time limit everywhere."""
        for message in _messages(self._process):
            self._inbox.put(message)
        self._inbox.put(None)


def _messages(process: subprocess.Popen[bytes]) -> Iterator[Message]:
    output = process.stdout
    assert output is not None
    while header := output.readline():
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        if not header.strip():
            yield json.loads(output.read(length))


@contextmanager
def serve(place: Path, settings: Mapping[str, Any], root: Path) -> Iterator[LanguageServer]:
    """A server from the npm package in the folder `place`, until the end of the block."""
    script = place / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    command = ["node", str(script), "--stdio"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        server = LanguageServer(process, settings, root)
        try:
            server.start()
            yield server
            server.stop()
        finally:
            process.kill()
