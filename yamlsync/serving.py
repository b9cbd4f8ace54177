"""One page, served on this machine alone and kept up to date: the owner of http.server (PRE-50)."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from yamlsync.errors import OperationError, describe

_HOST = "127.0.0.1"
_QUIET = 15.0
"""Seconds between signs of life: a browser that has gone is noticed by them."""

_PATIENCE = 10.0
"""Seconds that a client may take for its question, and for taking what it asked for."""

_MOST_CLIENTS = 64

_HEADERS = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)


class Served:
    """What is served: the page as it is now, and a word for it that no other page has had."""

    def __init__(self) -> None:
        self.closed = False
        self._page = b""
        self._word = ""
        self._start = secrets.token_hex(8)
        self._count = 0
        self._changed = threading.Condition()

    def next_word(self) -> str:
        """The word of the next page, for the script in it (`script`)."""
        return f"{self._start}-{self._count + 1}"

    def show(self, page: str) -> None:
        """Serves another page from now on; browsers that have an older one are told."""
        with self._changed:
            self._count += 1
            self._word = f"{self._start}-{self._count}"
            self._page = page.encode(errors="backslashreplace")
            self._changed.notify_all()

    def page(self) -> bytes:
        """The page as it is now."""
        with self._changed:
            return self._page

    def close(self) -> None:
        """Lets go of all who wait."""
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def words(self) -> Iterator[str]:
        """The word of the page, at once and after each change; "" where nothing has changed for a while."""
        last = ""
        while not self.closed:
            with self._changed:
                if self._word == last and not self.closed:
                    self._changed.wait(_QUIET)
                word = "" if self._word == last else self._word
            if self.closed:
                return
            last = word or last
            yield word


def script(word: str, *, is_course: bool = True) -> str:
    """What runs in a page that is served: it is loaded again once the server has another one.

    A course is then read on where it was, even where a page that `is_course` is not stood in between.
    """
    reload = f'if (event.data !== "{word}") {{ {_KEEP if is_course else ""}location.reload(); }}'
    return f'new EventSource("/events").onmessage = event => {{ {reload} }};{_RESTORE if is_course else ""}'


_KEEP = 'history.replaceState(history.state ?? scrollY, ""); '
_RESTORE = (
    ' if (history.state !== null) { history.scrollRestoration = "manual"; addEventListener("load", () => {'
    ' scrollTo({top: history.state, behavior: "instant"}); history.replaceState(null, "");'
    ' setTimeout(() => { history.scrollRestoration = "auto"; }, 1000); }); }'
)
"""A browser that is let do it, even right after the page was loaded, scrolls to where the last page was."""


@contextmanager
def serving(served: Served, port: int) -> Iterator[str]:
    """Serves on this machine, at a port or, for 0, at a free one; gives the address.

    Ends with each connection closed and each thread gone. Raises OperationError where the port is taken.
    """
    try:
        server = _Server((_HOST, port), served)
    except (OSError, OverflowError) as error:
        said = describe(error) if isinstance(error, OSError) else str(error)
        raise OperationError(
            f"port {port} cannot be listened on: {said}", "name another one, or leave --port out"
        ) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    try:
        yield f"http://{_HOST}:{server.server_port}/"
    finally:
        served.close()
        server.shutdown()
        server.hang_up()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True
    request_queue_size = 32

    def __init__(self, address: tuple[str, int], served: Served) -> None:
        self.served = served
        self._open: set[Any] = set()
        self._lock = threading.Lock()
        super().__init__(address, _Handler)
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in (_HOST, "localhost"))

    def server_bind(self) -> None:
        # Not as http.server does it: that asks the network for this machine's name.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ARG002 - its interface
        with self._lock:
            if len(self._open) >= _MOST_CLIENTS:
                return False
            self._open.add(request)
            return True

    def shutdown_request(self, request: Any) -> None:
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing: a browser that goes away while it is answered is nobody's fault."""

    def hang_up(self) -> None:
        """Ends all connections, so that no thread waits for a client."""
        with self._lock:
            for request in self._open:
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    timeout = _PATIENCE
    server: _Server

    def do_GET(self) -> None:
        """Answers / with the page, and /events with a word for each page."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """As GET, without what is asked for."""
        self._answer(body=False)

    def _answer(self, *, body: bool) -> None:
        # A page elsewhere may have its name lead to this machine; the browser still says that name.
        if self.headers.get("Host") not in self.server.hosts or self.headers.get_all("Host", [])[1:]:
            self._say(421, "text/plain", b"Ask for 127.0.0.1 or localhost.\n", body=body)
        elif self.path == "/":
            self._say(200, "text/html", self.server.served.page(), body=body)
        elif self.path == "/events":
            self._events(body=body)
        else:
            self._say(404, "text/plain", b"There is one page here, at /.\n", body=body)

    def _say(self, status: int, kind: str, data: bytes, *, body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def _events(self, *, body: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        for word in self.server.served.words() if body else ():
            self.wfile.write(f"data: {word}\n\n".encode() if word else b": still here\n\n")

    def end_headers(self) -> None:
        """Each answer has the same headers: nothing of it is kept, framed or read by another page."""
        for name, value in _HEADERS:
            self.send_header(name, value)
        super().end_headers()

    def version_string(self) -> str:
        """Who answers; not which Python."""
        return "yamlsync"

    def send_error(
        self,
        code: int,
        message: str | None = None,  # noqa: ARG002 - its interface
        explain: str | None = None,  # noqa: ARG002
    ) -> None:
        """What http.server refuses by itself, in our words and without repeating what was asked."""
        self.close_connection = True
        status = 405 if code == 501 else code
        self._say(status, "text/plain", b"Only GET and HEAD are answered.\n", body=True)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody asked for a log."""
