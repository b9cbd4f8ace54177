"""A server on this machine that keeps comments as GitHub or GitLab does, as far as we ask it."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from attrs import define, field

_COMMENTS = {
    "github": re.compile(r"/repos/owner/course/issues/(?:7/comments|comments(?:/(\d+))?)"),
    "gitlab": re.compile(r"/projects/12/merge_requests/7/notes(?:/(\d+))?"),
}
_MOST = 65_536


@define
class Forge:
    """What it holds, and how it behaves. `log` has the methods and paths of what was to change something."""

    kind: str
    url: str = ""
    me: str = "github-actions[bot]"
    comments: list[dict[str, Any]] = field(factory=list)
    refuses: tuple[int, str] | None = None
    """The status and the words for whatever would change something."""
    hiccups: list[int] = field(factory=list)
    """Statuses for the next requests, before any is answered."""
    loses: int = 0
    """So many next posts are kept, and answered with an error."""
    names: bool = True
    """Whether it tells whose a token is."""
    log: list[str] = field(factory=list)
    tokens: set[str | None] = field(factory=set)

    def add(self, author: str, body: str, kind: str = "User") -> int:
        """A comment of somebody."""
        number = 1000 + len(self.comments)
        user = {"login": author, "type": kind, "username": author}
        comment = {"id": number, "user": user, "author": user, "body": body}
        self.comments.append(comment | {"html_url": f"https://forge.invalid/c/{number}", "system": False})
        return number

    @property
    def bodies(self) -> list[str]:
        """The texts of all comments."""
        return [comment["body"] for comment in self.comments]

    def answer(self, method: str, target: str, data: Any) -> tuple[int, Any]:  # noqa: PLR0911 - as many answers
        """The status and the answer to a request."""
        parts = urlsplit(target)
        if self.hiccups:
            return self.hiccups.pop(0), {"message": "try again"}
        if parts.path == "/graphql":
            found = {"data": {"viewer": {"login": self.me}}} if self.names else {"message": "no"}
            return (200 if self.names else 403), found
        if parts.path == "/user" and self.kind == "gitlab":
            return 200, {"username": self.me}
        match = _COMMENTS[self.kind].fullmatch(parts.path)
        if match is None:
            return 404, {"message": "Not Found"}
        if method == "GET":
            asked = {
                key: int(values[0]) for key, values in parse_qs(parts.query).items() if values[0].isdigit()
            }
            start = (asked["page"] - 1) * asked["per_page"]
            return 200, self.comments[start : start + asked["per_page"]]
        self.log.append(f"{method} {parts.path}")
        if self.refuses is not None:
            return self.refuses[0], {"message": self.refuses[1]}
        return self._change(method, match[1], data)

    def _change(self, method: str, number: str | None, data: Any) -> tuple[int, Any]:
        if method == "DELETE":
            self.comments = [each for each in self.comments if str(each["id"]) != number]
            return 204, None
        if len(data["body"].encode("utf-16-le")) // 2 > _MOST:
            return 422, {"message": "Body is too long"}
        if method == "POST":
            self.add(self.me, data["body"], "Bot")
            if self.loses:
                self.loses -= 1
                return 502, None
            return 201, self.comments[-1]
        assert method == {"github": "PATCH", "gitlab": "PUT"}[self.kind]
        [found] = [each for each in self.comments if str(each["id"]) == number]
        found["body"] = data["body"]
        return 200, found


@contextmanager
def serving(kind: str) -> Iterator[Forge]:
    """The server, as long as the context lasts."""
    forge = Forge(kind)

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            data = json.loads(self.rfile.read(size)) if size else None
            forge.tokens.add(self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN"))
            status, found = forge.answer(self.command, self.path, data)
            body = b"" if found is None else json.dumps(found).encode()
            self.send_response(status)
            if status in (429, 502):
                self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _any  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forge.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield forge
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
